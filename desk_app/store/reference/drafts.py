"""Half-filled pages, kept until they become a dossier. No event, in no log, sent to nobody.

A page is kept whole at each writing: one row, one wait for the disk.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.domain.dossiers.unfinished import Unfinished, speaks_of
from desk_app.domain.people.person import Person
from desk_app.store.database.database import DeskDatabase

RECEPTION, DOSSIER, HALF_READ = "reception", "dossier", "half-read"
"""The third is what was read of declarations prepared at home, of which a part is still missing."""


class DraftRow(Struct, frozen=True, kw_only=True):
    """A page as it was last kept; `at` and `dropped_at` UTC ms, `dropped_at` 0 while nobody put it away."""

    kind: str
    at: int
    dropped_at: int
    page: Unfinished


def put(db: DeskDatabase, kind: str, page: Unfinished, *, at: int) -> bool:
    """Keep the page in place of what was kept of it; False when a reception is in the journal already."""
    body = msgspec.json.encode(page).decode()
    written = db.execute(
        "INSERT INTO draft(id, kind, at, body) SELECT :id, :kind, :at, :body"
        " WHERE :kind <> 'reception' OR NOT EXISTS (SELECT 1 FROM event WHERE dossier = :id)"
        " ON CONFLICT(id, kind) DO UPDATE SET at = excluded.at, body = excluded.body, dropped_at = 0",
        {"id": page.id, "kind": kind, "at": at, "body": body},
    )
    return bool(written.rowcount)


def of(db: DeskDatabase, kind: str, id_: str) -> DraftRow | None:
    """One page; None when there is none."""
    return next(iter(_rows(db, "WHERE kind = ? AND id = ?", (kind, id_))), None)


def all_of(db: DeskDatabase, kind: str) -> list[DraftRow]:
    """Every page of this kind, the one touched last first."""
    return _rows(db, "WHERE kind = ? ORDER BY at DESC, id", (kind,))


def mark_dropped(db: DeskDatabase, kind: str, id_: str, *, at: int) -> None:
    """The clerk put it away at this moment; 0 takes it back."""
    db.execute("UPDATE draft SET dropped_at = ? WHERE kind = ? AND id = ?", (at, kind, id_))


def forget(db: DeskDatabase, kind: str, id_: str) -> None:
    db.execute("DELETE FROM draft WHERE kind = ? AND id = ?", (kind, id_))


def forget_old(db: DeskDatabase, *, dropped_before: int, kept_before: int) -> None:
    """Let go of pages put away before one moment, and of pages not touched since another; UTC ms."""
    db.execute("DELETE FROM draft WHERE (dropped_at > 0 AND dropped_at < ?) OR at < ?", (dropped_before, kept_before))


def forget_people(db: DeskDatabase, people: tuple[Person, ...]) -> None:
    """Let go of every page that names one of these people, and of half declarations, which nobody can read."""
    for row in _rows(db, "", ()):
        if row.kind == HALF_READ or speaks_of(row.page, people):
            forget(db, row.kind, row.page.id)


def forget_all_of(db: DeskDatabase, id_: str) -> None:
    """Let go of whatever belongs to this dossier."""
    db.execute("DELETE FROM draft WHERE id = ?", (id_,))


def _rows(db: DeskDatabase, where: str, values: tuple[object, ...]) -> list[DraftRow]:
    """A page that this program cannot read is left where it is: a later program wrote it."""
    found = []
    for kind, at, dropped_at, body in db.all(f"SELECT kind, at, dropped_at, body FROM draft {where}", values):
        try:
            page = typed_values.from_json(body, Unfinished)
        except msgspec.DecodeError:
            continue
        found.append(DraftRow(kind=kind, at=at, dropped_at=dropped_at, page=page))
    return found
