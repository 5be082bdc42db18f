"""Puts an increment onto a copy of its base: the rows it carries, what the district had erased, and the projections."""

from __future__ import annotations

from pathlib import Path

from desk_app.errors import DamagedFileError
from desk_app.protocol.event_body import columns_of, hole, is_hole
from desk_app.store.backups.backup_tables import GROWING, IN_BLOCKS, OF_LOGS, WHOLE, blocks_of, columns
from desk_app.store.backups.increment import attach, holds
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal.rows import project
from desk_app.store.projections import of_no_dossier, projections

_ERASED = """
    SELECT event.n, event.dossier, event.body, event.hash FROM event JOIN log ON log.id = event.log
    JOIN redaction ON redaction.log = log.name AND redaction.seq = event.seq AND redaction.hash = event.hash
"""
_COLUMNS = "dossier = ?, kind = ?, lamport = ?, at = ?, clock_offset = ?, author = ?, body = ?"


def replay(db: DeskDatabase, file: Path, key: bytes) -> int:
    """Bring the base that `db` writes to where the increment at `file` ends; how many events came.

    Raises `DamagedFileError` where the increment is none of this base.
    """
    attach(db, "added", file, key, how="mode=ro&immutable=1")
    try:
        with unit_of_work(db):
            for table in WHOLE:
                _replace(db, table)
            for table in IN_BLOCKS:
                _replace_blocks(db, table)
            for table in (*OF_LOGS, *GROWING):
                _add(db, table)
            ((events,),) = db.all("SELECT count(*) FROM added.event")
            dossiers = {dossier: list[int]() for (dossier,) in db.all("SELECT DISTINCT dossier FROM added.event")}
            _erase(db, dossiers)
            for dossier, gone in dossiers.items():
                if dossier:
                    project(db, dossier, gone=gone)
            if "" in dossiers:
                of_no_dossier.rebuild(db)
            _see_heads(db)
    finally:
        db.execute("DETACH DATABASE added")
    return int(events)


def _replace(db: DeskDatabase, table: str) -> None:
    if not holds(db, table, "added"):
        return
    names = ", ".join(columns(db, table, "added"))
    if table == "log":  # events refer to its rows
        db.execute(f"INSERT OR IGNORE INTO main.log({names}) SELECT {names} FROM added.log")
        pairs = ", ".join(f"{name} = new.{name}" for name in columns(db, table, "added") if name != "id")
        db.execute("UPDATE main.log SET is_own = 2 WHERE is_own = 1")  # one at a time may be open
        db.execute(f"UPDATE main.log SET {pairs} FROM added.log new WHERE new.id = main.log.id")
        return
    if table == "orphan":  # kept by triggers: rows are added and settled, never taken away
        _merge_orphans(db)
        return
    db.execute(f"DELETE FROM main.{table}")
    db.execute(f"INSERT INTO main.{table}({names}) SELECT {names} FROM added.{table}")


def _replace_blocks(db: DeskDatabase, table: str) -> None:
    """All that goes first: a row may have moved from block to block, and be unique."""
    for ends in db.all(f"SELECT first, last FROM added.{blocks_of(table)}"):
        db.execute(f"DELETE FROM main.{table} WHERE n BETWEEN ? AND ?", ends)
    _add(db, table)


def _merge_orphans(db: DeskDatabase) -> None:
    names = ", ".join(columns(db, "orphan", "added"))
    db.execute(f"INSERT OR IGNORE INTO main.orphan({names}) SELECT {names} FROM added.orphan")
    db.execute(
        "UPDATE main.orphan SET settled = new.settled, anew = new.anew, until = new.until, body = new.body"
        " FROM added.orphan new WHERE new.id = main.orphan.id AND"
        " (new.settled <> main.orphan.settled OR new.body <> main.orphan.body)"
    )


def _add(db: DeskDatabase, table: str) -> None:
    names = ", ".join(columns(db, table, "added"))
    db.execute(f"INSERT INTO main.{table}({names}) SELECT {names} FROM added.{table}")


def _erase(db: DeskDatabase, dossiers: dict[str, list[int]]) -> None:
    """Erase in the base's events what the district had erased since; notes in `dossiers` whose rows change."""
    has_erased = False
    for number, dossier, body, digest in db.all(_ERASED):
        if not is_hole(body):
            nothing = hole(digest).decode()
            db.execute(f"UPDATE event SET {_COLUMNS} WHERE n = ?", (*columns_of(nothing), nothing, number))
            dossiers.setdefault(dossier, []).append(number)
            has_erased = True
    if has_erased:
        projections.forget_deleted(db)


def _see_heads(db: DeskDatabase) -> None:
    """Each log must end with an event of the hash that its row names."""
    wrong = db.one(
        "SELECT 1 FROM log LEFT JOIN event ON event.log = log.id AND event.seq = log.last_seq"
        " WHERE log.last_seq > 0 AND event.hash IS NOT log.head"
    )
    if wrong:
        raise DamagedFileError(file=db.path.name)
