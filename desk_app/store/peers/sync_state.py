"""What this desk knows of its district and of its last exchanges. One row a key, JSON inside, as the settings."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app import typed_values
from desk_app.store.database.database import DeskDatabase


class Said(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question put: when (UTC ms), whether on a stick, what was said of each log (hex → number).

    Of a stick: the name of its file, how many events it carries, when its answer came, 0 for not yet, and the proofs
    that it carries (as in `SyncState.rewritten`).
    """

    at: int
    on_stick: bool = False
    logs: dict[str, int] = {}
    file: str = ""
    events: int = 0
    answered_at: int = 0
    proofs: dict[str, tuple[int, str]] = {}


class SyncState(Struct, frozen=True, kw_only=True):
    """Everything with a default: a desk that was never enrolled. Moments are UTC ms, 0 for never.

    `card` is the district's card as JSON, `kid` this device's key id, `digits` the six to compare; `clock_offset` is
    district minus desk in s; `nonces` the outstanding questions by nonce in hex; `bytes_today` and `file_bytes_today`
    count what was sent on `day` (ISO); `refused_relays` are others' logs (hex) that the district did not take: behind
    which number, up to which, on which day. `numbers_unknown` while this desk has the numbers of an earlier machine and
    has not heard which of them are on paper. `receipt_at` is when the newest receipt was signed that this desk has ever
    kept; `rewritten` names, by log (hex), the last number and hash (hex) of a copy that turned out to be rewritten and
    that the district has not been shown yet; `contradicted` says, by log (hex), up to which number it had
    agreed with a receipt that it no more agrees with (0 where the receipts are gone), and where it ended then.
    """

    card: str = ""
    certificate: bytes = b""
    kid: bytes = b""
    enrolled_at: int = 0
    digits: str = ""
    digits_confirmed: bool = False
    last_success_at: int = 0
    last_try_at: int = 0
    last_outcome: str = ""
    last_detail: str = ""
    clock_offset: int = 0
    ended_cleanly: bool = False
    nonces: dict[str, Said] = {}
    day: str = ""
    bytes_today: int = 0
    file_bytes_today: int = 0
    min_app: str = ""
    numbers_unknown: bool = False
    receipt_at: int = 0
    rewritten: dict[str, tuple[int, str]] = {}
    contradicted: dict[str, tuple[int, int]] = {}
    refused_relays: dict[str, tuple[int, int, str]] = {}


def get(db: DeskDatabase) -> SyncState:
    """The state; a key that this program does not know, or a value it cannot read, counts as not set."""
    kept = dict(db.all("SELECT key, value FROM sync_state"))
    values = {}
    for field in _fields():
        if field.name not in kept:
            continue
        try:
            values[field.name] = typed_values.from_json(kept[field.name], field.type)
        except msgspec.DecodeError:
            continue  # a later program may give a key another shape
    return SyncState(**values)


@cache
def _fields() -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(SyncState)


def clock_offset(db: DeskDatabase) -> int:
    """District minus desk in s, as the last exchange found it; 0 before the first."""
    found = db.one("SELECT value FROM sync_state WHERE key = 'clock_offset'")
    try:
        return typed_values.from_json(found[0], int) if found else 0
    except msgspec.DecodeError:
        return 0


def put(db: DeskDatabase, state: SyncState) -> None:
    """Keep the state; only values that changed are written. Inside `unit_of_work` where several things change."""
    old = dict(db.all("SELECT key, value FROM sync_state"))
    new = {name: msgspec.json.encode(getattr(state, name)).decode() for name in state.__struct_fields__}
    changed = [(key, value) for key, value in new.items() if old.get(key) != value]
    db.many(
        "INSERT INTO sync_state(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", changed
    )


def change(db: DeskDatabase, **changes: Any) -> SyncState:
    """Change these values of the state as it now is; the new one. Inside `unit_of_work`."""
    state = replace(get(db), **changes)
    put(db, state)
    return state
