"""The projections of events that belong to no dossier: the office's facts, and records of the time before."""

from __future__ import annotations

from desk_app.domain.dossiers.events import Recorded
from desk_app.store.database.database import DeskDatabase
from desk_app.store.projections import office_facts, old_records


def take(db: DeskDatabase, event: Recorded) -> None:
    """Let an event say what it says; any event of a dossier changes nothing. Inside `unit_of_work`."""
    office_facts.take(db, event)
    old_records.take(db, event)


def rebuild(db: DeskDatabase) -> None:
    """Make them anew; inside `unit_of_work`."""
    office_facts.rebuild(db)
    old_records.rebuild(db)
