"""Organisations as earlier dossiers knew them: the newest value of each fact."""

from __future__ import annotations

from msgspec.structs import replace

from desk_app.domain.organisations.organisation import Organisation, number_key
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import journal

_DOSSIERS_READ = 10


def by_number(db: DeskDatabase, number: str) -> Organisation | None:
    """The organisation of this number; facts of newer dossiers win, holes are filled from older ones."""
    rows = db.all(
        "SELECT d.dossier, p.role FROM person p JOIN dossier d ON d.id = p.dossier"
        " WHERE p.number = ? AND role GLOB 'organisation*' ORDER BY p.dossier DESC, p.role LIMIT ?",
        (number_key(number), _DOSSIERS_READ),
    )
    known: Organisation | None = None
    for dossier, role in rows:
        said = journal.dossier(db, dossier).organisations[role]
        known = said if known is None else _completed(known, said)
    return known


def _completed(newer: Organisation, older: Organisation) -> Organisation:
    holes = {name: getattr(older, name) for name in Organisation.__struct_fields__ if not getattr(newer, name)}
    return replace(newer, **holes)
