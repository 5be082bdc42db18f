"""Which open dossiers each desk of the commune has, and which are on their way to this one."""

from __future__ import annotations

from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.store.peers import devices
from desk_app.store.queries import held
from desk_app.store.queries.dossiers import DossierRow
from desk_app.store.queries.held import DeskCount, HeldAt

__all__ = ["DeskCount", "HeldAt", "arriving", "counts", "held_by", "is_shared", "others", "places"]


def counts(desk: Desk) -> list[DeskCount]:
    """How many open dossiers each desk has, by its number; the desk itself among them."""
    return held.counts(desk.db)


def held_by(desk: Desk, number: int, *, limit: int = 1000) -> list[DossierRow]:
    """The open dossiers that desk `number` has, the newest first; 0 for all desks but this one."""
    chosen = held.of_others(desk.db, desk.settings.desk) if not number else held.of_desk(desk.db, number)
    return queries.rows(desk, chosen[:limit])


def arriving(desk: Desk, *, limit: int = 1000) -> list[DossierRow]:
    """What other desks handed to this one and nobody has taken yet, the newest first."""
    return queries.rows(desk, held.on_the_way(desk.db, desk.settings.desk)[:limit])


def places(desk: Desk, ids: list[int]) -> dict[int, HeldAt]:
    """Where the open dossiers of these ids are."""
    return held.at(desk.db, ids)


def others(desk: Desk) -> list[int]:
    """The numbers of the commune's other desks that this one knows of: enrolled, or with open dossiers."""
    here, unit = desk.settings.desk, desk.settings.unit
    enrolled = {one.desk for one in devices.all(desk.db) if one.unit == unit}
    return sorted((enrolled | {one.desk for one in held.counts(desk.db)}) - {0, here})


def is_shared(desk: Desk) -> bool:
    """Whether this desk knows of others in its commune: enrolled, with dossiers, or with some on the way."""
    here, unit = desk.settings.desk, desk.settings.unit
    enrolled = any(one.unit == unit and one.desk not in {0, here} for one in devices.all(desk.db))
    return enrolled or held.is_anywhere_else(desk.db, here)
