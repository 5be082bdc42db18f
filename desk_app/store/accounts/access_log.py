"""What was done beside the journal: imports, settings, pairing. An event is its own line; this log only grows."""

from __future__ import annotations

from msgspec import Struct

from desk_app.store.database.database import DeskDatabase


class AccessLine(Struct, frozen=True, kw_only=True):
    """Who did what when: `at` UTC ms, `actor` an account's id, `deed` a permission, `dossier` "" where none."""

    at: int
    actor: str
    deed: str
    dossier: str = ""


def add(db: DeskDatabase, line: AccessLine) -> None:
    """Inside `unit_of_work`, with the deed itself."""
    db.execute(
        "INSERT INTO access(at, actor, deed, dossier) VALUES(?,?,?,?)", [line.at, line.actor, line.deed, line.dossier]
    )


def lines(db: DeskDatabase, limit: int = 1000) -> list[AccessLine]:
    """The latest lines, newest first."""
    rows = db.all("SELECT at, actor, deed, dossier FROM access ORDER BY n DESC LIMIT ?", [limit])
    return [AccessLine(at=at, actor=actor, deed=deed, dossier=dossier) for at, actor, deed, dossier in rows]
