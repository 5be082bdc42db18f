"""The rules for passwords and passphrases as the program ships them: one home for the desk and the district."""

from __future__ import annotations

from functools import cache

from desk_app import places
from desk_app.domain import passwords


@cache
def password_rules() -> passwords.PasswordRules:
    """What resources/passwords says."""
    folder = places.resources() / "passwords"
    return passwords.rules_from((folder / "rules.toml").read_text("utf-8"), (folder / "common.txt").read_text("utf-8"))
