"""Small questions a form asks of its values: `key`, `!key`, `key=a|b`, `key!=a|b`; joined by `&` all must hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

PATTERN = re.compile(r"(!?)([a-z_][a-z0-9_.]*)(?:(!?=)([^\[\]{}&]*))?")


def is_key(text: str) -> bool:
    return re.fullmatch(r"[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*", text) is not None


def is_well_formed(condition: str) -> bool:
    return all(PATTERN.fullmatch(part.strip()) for part in condition.split("&"))


def keys_of(condition: str) -> list[str]:
    """The keys the condition asks about; those of malformed parts are left out."""
    found = [PATTERN.fullmatch(part.strip()) for part in condition.split("&")]
    return [part[2] for part in found if part]


def holds(condition: str, values: Mapping[str, object]) -> bool:
    """Whether the condition holds; the empty condition always does. A missing value equals only the empty text.

    Raises `ValueError` for a malformed condition; `forms check` finds those first.
    """
    if not condition:
        return True
    answers = [_holds(part, values) for part in condition.split("&")]  # all of them: a malformed part is told
    return all(answers)


def _holds(part: str, values: Mapping[str, object]) -> bool:
    found = PATTERN.fullmatch(part.strip())
    if found is None:
        raise ValueError(f"malformed condition {part!r}")
    negated, key, operator, wanted = found.groups()
    value = values.get(key) or ""
    if operator is None:
        return bool(value) != bool(negated)
    among = value in [choice.strip() for choice in wanted.split("|")]
    return among == (operator == "=")
