"""The seals of day reports, noted when a day is closed: how far the log stood that is on paper, and with which hash."""

from __future__ import annotations

from msgspec import Struct

from desk_app.store.database.database import DeskDatabase


class KeptSeal(Struct, frozen=True):
    """What stands on the report of a day (ISO): the log, its last number and hash."""

    day: str
    log: bytes
    seq: int
    hash: bytes


def keep(db: DeskDatabase, seal: KeptSeal) -> None:
    """Note a seal, once; a statement of its own."""
    db.execute(
        "INSERT OR IGNORE INTO day_seal(log, seq, hash, day) VALUES(?,?,?,?)",
        (seal.log, seal.seq, seal.hash, seal.day),
    )


def all(db: DeskDatabase) -> list[KeptSeal]:  # noqa: A001 - read as seals.all(db)
    """Every seal, the oldest day first."""
    rows = db.all("SELECT day, log, seq, hash FROM day_seal ORDER BY day, seq")
    return [KeptSeal(*row) for row in rows]
