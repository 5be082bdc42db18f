"""Many dossiers from desk to desk with one list: what may go, what came, what of a list did not come, by name."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from desk_app.domain.custody.list_standing import Standing, standing
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.outgoing import list_scans
from desk_app.domain.outgoing.paper_lists import DESKS
from desk_app.errors import UnknownDossierError
from desk_app.errors.custody import ListNotHereError
from desk_app.services.custody import handing
from desk_app.services.desk.desk import Desk
from desk_app.services.paper_lists import paper_lists
from desk_app.services.paper_lists.paper_lists import MadeList
from desk_app.store.journal import journal
from desk_app.store.outgoing import paper_lists as listed_events
from desk_app.store.queries import dossiers, held


class Coming(Struct, frozen=True, kw_only=True):
    """A dossier that desk `giver` handed to this one."""

    code: str
    applicant: str
    procedure: str
    giver: int


class DossierOnList(Struct, frozen=True, kw_only=True):
    """A dossier of a list as it stands now; `applicant` "" where this desk has nothing of it."""

    code: str
    applicant: str
    standing: Standing

    @property
    def name(self) -> str:
        return f"{self.applicant} ({self.code})" if self.applicant else self.code


class TakenOver(Struct, frozen=True, kw_only=True):
    """What a desk took, by code, and what of the same list did not come."""

    taken: tuple[str, ...]
    missing: tuple[DossierOnList, ...]


def coming(desk: Desk) -> list[Coming]:
    """What other desks handed to this one and nobody took yet, the newest first."""
    numbers = held.on_the_way(desk.db, desk.settings.desk)[: paper_lists.MOST]
    places = held.at(desk.db, numbers)
    return [
        Coming(code=row.code, applicant=row.applicant, procedure=row.procedure_name, giver=places[row.id].desk)
        for row in dossiers.rows(desk.db, numbers)
    ]


def scanned(desk: Desk, text: str) -> MadeList | None:
    """The list whose barcode was scanned; None for any other text. Raises `ListNotHereError` for one not here yet."""
    list_id = list_scans.list_of(text)
    if not list_id:
        return None
    for event in listed_events.named(desk.db, list_id):
        return paper_lists.made_of(desk, event)
    raise ListNotHereError


def listed(desk: Desk, made: MadeList) -> list[DossierOnList]:
    """Every dossier of a list between desks as it stands now, in its order."""
    found = []
    for row in made.made.rows:
        kept = _known(desk, row.dossier)
        found.append(
            DossierOnList(
                code=kept.code if kept else row.code,
                applicant=kept.applicant.full_name if kept else "",
                standing=standing(kept, made.made.to_desk),
            )
        )
    return found


def awaited(desk: Desk, made: MadeList) -> list[DossierOnList]:
    """Those of a list between desks that are still on their way, as far as this desk knows; none of other lists."""
    if made.made.what != DESKS:
        return []
    moving = held.on_the_way(desk.db, made.made.to_desk)
    rows = {row.dossier: row for row in dossiers.rows(desk.db, moving)}
    here = [rows[row.dossier] for row in made.made.rows if row.dossier in rows]
    return [DossierOnList(code=row.code, applicant=row.applicant, standing=Standing.AWAITED) for row in here]


def take(desk: Desk, codes: Sequence[str], list_id: str = "") -> TakenOver:
    """Confirm that these dossiers are here, all or none; `list_id` names the list they came with.

    Raises as `handing.take`, `UnknownListError`.
    """
    moved = handing.take(desk, codes)
    came_with = paper_lists.numbered(desk, list_id) if list_id else None
    left = missing(desk, came_with) if came_with is not None else ()
    return TakenOver(taken=tuple(each.code for each in moved), missing=left)


def missing(desk: Desk, made: MadeList) -> tuple[DossierOnList, ...]:
    """What of a list between desks its receiver has not taken, also what it knows nothing of yet; none of others."""
    rows = listed(desk, made) if made.made.what == DESKS else []
    return tuple(one for one in rows if one.standing in (Standing.AWAITED, Standing.UNKNOWN))


def _known(desk: Desk, id_: str) -> Dossier | None:
    try:
        return journal.dossier(desk.db, id_)
    except UnknownDossierError:
        return None
