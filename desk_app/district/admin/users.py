"""Who may open the district's pages: names, passwords (Argon2id), visits. A password is never kept or shown again."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from desk_app.district.failures import BadUserNameError, UnknownUserError, UserExistsError
from desk_app.district.storage import Session
from desk_app.domain import passwords
from desk_app.password_rules import password_rules

_NAME = re.compile(r"[a-z0-9][a-z0-9.\-]{1,31}")
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
_VISIT = 8 * 3_600_000  # a working day, ms

_hasher = PasswordHasher()


@cache
def _nobodys() -> str:
    """A name nobody has costs as much as one somebody has, so that the time of an answer tells nothing."""
    return _hasher.hash(secrets.token_hex())


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may look; `added_at` UTC ms."""

    name: str
    added_at: int


def new_password() -> str:
    """Sixteen letters and digits in groups of four, 78 random bits."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(16))
    return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


def add(session: Session, name: str, password: str, *, at: int, known: Collection[str] = ()) -> None:
    """`known` are names of the district, which others guess too.

    Raises `BadUserNameError`, `UserExistsError`, `WeakPasswordError`.
    """
    if not _NAME.fullmatch(name):
        raise BadUserNameError
    if session.one("SELECT 1 FROM account WHERE name = ?", [name]):
        raise UserExistsError(name=name)
    session.run(
        "INSERT INTO account(name, secret, role, added_at) VALUES(?, ?, 'officer', ?)",
        [name, _sealed(session, name, _hashed(session, password, (name, *known))), at],
    )


def set_password(session: Session, name: str, password: str, *, known: Collection[str] = ()) -> None:
    """Also ends the visits under the old one. Raises `UnknownUserError`, `WeakPasswordError`."""
    secret = _sealed(session, name, _hashed(session, password, (name, *known)))
    if not session.run("UPDATE account SET secret = ? WHERE name = ?", [secret, name]):
        raise UnknownUserError(name=name)
    session.run("DELETE FROM visit WHERE name = ?", [name])


def remove(session: Session, name: str) -> None:
    """Raises `UnknownUserError`."""
    session.run("DELETE FROM visit WHERE name = ?", [name])
    if not session.run("DELETE FROM account WHERE name = ?", [name]):
        raise UnknownUserError(name=name)


def listed(session: Session) -> list[User]:
    """By name."""
    return [User(name, at) for name, at in session.all("SELECT name, added_at FROM account ORDER BY name")]


# --- visits -------------------------------------------------------------------------------


def is_known(session: Session, name: str) -> bool:
    """Whether somebody has this name; any text may be asked."""
    return bool(_NAME.fullmatch(name) and session.one("SELECT 1 FROM account WHERE name = ?", [name]))


def secret_of(session: Session, name: str) -> str:
    """What `fits` compares with; for a name nobody has, the hash of a password nobody knows."""
    nobodys = _nobodys()
    row = session.one("SELECT secret FROM account WHERE name = ?", [name]) if _NAME.fullmatch(name) else None
    return session.seals.opened("account", "secret", (name,), str(row[0])) if row else nobodys


def fits(secret: str, password: str) -> bool:
    """Whether the password is the one of this hash; takes tens of milliseconds and 64 MB, so not within a session."""
    return any(_is_of(secret, spelling) for spelling in passwords.spellings(password))


def _is_of(secret: str, spelling: str) -> bool:
    try:
        _hasher.verify(secret, spelling)
    except (VerificationError, InvalidHashError):
        return False
    return True


def begin_visit(session: Session, name: str, *, secret: str, at: int) -> str:
    """A token for the browser; "" when the account went or its password was changed meanwhile. `at` UTC ms."""
    if secret_of(session, name) != secret:
        return ""
    token = secrets.token_urlsafe(32)
    session.run("DELETE FROM visit WHERE until < ?", [at])
    session.run("INSERT INTO visit(token, name, until) VALUES(?, ?, ?)", [_digest(token), name, at + _VISIT])
    return token


def visitor(session: Session, token: str, *, at: int) -> str:
    """Whose visit this is; "" for none or one that is over."""
    row = session.one("SELECT name FROM visit WHERE token = ? AND until >= ?", [_digest(token), at])
    return str(row[0]) if row else ""


def end_visit(session: Session, token: str) -> None:
    session.run("DELETE FROM visit WHERE token = ?", [_digest(token)])


def _digest(token: str) -> bytes:
    """What is kept of a token: a copy of the database opens no page."""
    return hashlib.sha256(b"district visit" + token.encode()).digest()


def _sealed(session: Session, name: str, secret: str) -> str:
    return session.seals.sealed("account", "secret", (name,), secret)


def _hashed(session: Session, password: str, known: Collection[str]) -> str:
    """Refuses what falls into `known` names and those of the communes, as the desk refuses its own."""
    communes = [name for (name,) in session.all("SELECT DISTINCT name FROM device WHERE role = 'desk'")]
    passwords.refuse_weak(password, password_rules(), known=(*known, *communes))
    return _hasher.hash(passwords.plain(password))
