"""What colleagues' desks said they hold, in files they wrote for this desk: what an export for them leaves out."""

from __future__ import annotations

import msgspec

from desk_app import typed_values
from desk_app.store.database.database import DeskDatabase

_KEY = "peers"
_shape = dict[str, dict[str, tuple[int, str]]]


def held_by(db: DeskDatabase, kid: bytes) -> dict[bytes, tuple[int, bytes]]:
    """By log: the last number and the first 8 bytes of the head that the desk of this key named last."""
    return {bytes.fromhex(log): (seq, bytes.fromhex(head)) for log, (seq, head) in _all(db).get(kid.hex(), {}).items()}


def note(db: DeskDatabase, kid: bytes, held: dict[bytes, tuple[int, bytes]]) -> None:
    """Keep what the desk of this key says it holds. Inside `unit_of_work`."""
    peers = _all(db) | {kid.hex(): {log.hex(): (seq, head.hex()) for log, (seq, head) in held.items()}}
    db.execute(
        "INSERT INTO sync_state(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (_KEY, msgspec.json.encode(peers).decode()),
    )


def _all(db: DeskDatabase) -> dict[str, dict[str, tuple[int, str]]]:
    found = db.one("SELECT value FROM sync_state WHERE key = ?", (_KEY,))
    try:
        return typed_values.from_json(found[0], _shape) if found else {}
    except msgspec.DecodeError:
        return {}
