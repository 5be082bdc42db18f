"""An enrolment under way: what was asked of which district, and its answer until a person has compared six digits."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.store.database.database import DeskDatabase

_KEY = "enrolment"


class Pending(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`code` opens the slot, `secret` are the device's new keys (64 B), `card` is the district's as JSON.

    `certificate` and `digits` are there once the district has answered; `colleagues` are its certificates of others.
    """

    code: str
    card: str
    secret: bytes
    nonce: bytes
    certificate: bytes = b""
    digits: str = ""
    colleagues: tuple[bytes, ...] = ()


def get(db: DeskDatabase) -> Pending | None:
    """The enrolment under way; None where there is none, or a later program wrote it."""
    found = db.one("SELECT value FROM sync_state WHERE key = ?", (_KEY,))
    try:
        return typed_values.from_json(found[0], Pending) if found else None
    except msgspec.DecodeError:
        return None


def put(db: DeskDatabase, pending: Pending) -> None:
    """Keep it in place of an earlier one. Inside `unit_of_work` where several things change."""
    db.execute(
        "INSERT INTO sync_state(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (_KEY, msgspec.json.encode(pending).decode()),
    )


def forget(db: DeskDatabase) -> None:
    """No enrolment is under way any more."""
    db.execute("DELETE FROM sync_state WHERE key = ?", (_KEY,))
