"""Pages a clerk has not finished: kept while they are typed, offered again, put away, and at last let go of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk_app.domain.calendar.moments import in_vietnam, milliseconds
from desk_app.domain.dossiers.unfinished import Unfinished
from desk_app.errors import DeskError
from desk_app.services.desk.desk import Desk
from desk_app.services.linked import offered
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal
from desk_app.store.reference import drafts

# A page put away by a slip of the hand is missed the same day; how long one that waits is kept, the office decides.
_DROPPED_FOR = timedelta(days=1)
_HALF_READ = "half-read"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftPage:
    """A reception left half filled, as the list offers it; `title` is what the procedure is called, "" for none."""

    page: Unfinished
    title: str
    at: datetime

    @property
    def id(self) -> str:
        return self.page.id

    @property
    def applicant(self) -> str:
        return self.page.applicant


def keep(desk: Desk, page: Unfinished) -> bool:
    """Write the page down, durably; False when it is in the journal already and nothing is left to keep."""
    return _keep(desk, drafts.RECEPTION, page)


def left(desk: Desk) -> list[LeftPage]:
    """Receptions left half filled and not put away, the newest first."""
    return [_told(desk, row) for row in drafts.all_of(desk.db, drafts.RECEPTION) if not row.dropped_at]


def put_away(desk: Desk, id_: str) -> None:
    """The clerk does not want it any more. It can be taken back until the day is closed."""
    with unit_of_work(desk.db):
        drafts.mark_dropped(desk.db, drafts.RECEPTION, id_, at=milliseconds(desk.now()))


def take_back(desk: Desk, id_: str) -> Unfinished | None:
    """What was put away, offered again; None when it is gone."""
    with unit_of_work(desk.db):
        drafts.mark_dropped(desk.db, drafts.RECEPTION, id_, at=0)
        row = drafts.of(desk.db, drafts.RECEPTION, id_)
    return row.page if row else None


def forget(desk: Desk, id_: str) -> None:
    """Nothing stands on the page any more."""
    with unit_of_work(desk.db):
        drafts.forget(desk.db, drafts.RECEPTION, id_)


# --- what is half told of a dossier that exists -------------------------------------------------------------------


def keep_of_dossier(desk: Desk, page: Unfinished) -> None:
    """What stands in the cards of an open dossier; an empty one is let go of."""
    if page.texts:
        _keep(desk, drafts.DOSSIER, page)
    else:
        with unit_of_work(desk.db):
            drafts.forget(desk.db, drafts.DOSSIER, page.id)


def of_dossier(desk: Desk, dossier_id: str) -> Unfinished | None:
    row = drafts.of(desk.db, drafts.DOSSIER, dossier_id)
    return row.page if row else None


# --- declarations prepared at home of which a part is missing -----------------------------------------------------


def keep_half_read(desk: Desk, texts: Sequence[str]) -> None:
    """The parts that are waiting for others, as they were read; none lets go of those before."""
    with unit_of_work(desk.db):
        if texts:
            page = Unfinished(id=_HALF_READ, texts={str(number): text for number, text in enumerate(texts)})
            drafts.put(desk.db, drafts.HALF_READ, page, at=milliseconds(desk.now()))
        else:
            drafts.forget(desk.db, drafts.HALF_READ, _HALF_READ)


def half_read(desk: Desk) -> tuple[str, ...]:
    """The parts kept, in the order in which they were read."""
    row = drafts.of(desk.db, drafts.HALF_READ, _HALF_READ)
    return tuple(row.page.texts.values()) if row else ()


# --- letting go ---------------------------------------------------------------------------------------------------


def end_day(desk: Desk) -> None:
    """The day is closed: what was put away is let go of."""
    now = milliseconds(desk.now())
    with unit_of_work(desk.db):
        drafts.forget_old(desk.db, dropped_before=now + 1, kept_before=_kept_before(desk, now))


def tidy(desk: Desk) -> None:
    """At the start: let go of what was put away yesterday, and of what nobody has touched as long as pages are kept."""
    now = milliseconds(desk.now())
    rows = drafts.all_of(desk.db, drafts.RECEPTION) + drafts.all_of(desk.db, drafts.DOSSIER)
    rows += drafts.all_of(desk.db, drafts.HALF_READ)
    dropped_before = now - _DROPPED_FOR // timedelta(milliseconds=1)
    kept_before = _kept_before(desk, now)
    if any(0 < row.dropped_at < dropped_before or row.at < kept_before for row in rows):
        with unit_of_work(desk.db):
            drafts.forget_old(desk.db, dropped_before=dropped_before, kept_before=kept_before)


def _kept_before(desk: Desk, now: int) -> int:
    return now - timedelta(days=desk.settings.drafts_days) // timedelta(milliseconds=1)


def _keep(desk: Desk, kind: str, page: Unfinished) -> bool:
    with unit_of_work(desk.db):
        if kind == drafts.RECEPTION and journal.made_of(desk.db, page.id, at=milliseconds(desk.now())):
            return False
        return drafts.put(desk.db, kind, page, at=milliseconds(desk.now()))


def _told(desk: Desk, row: drafts.DraftRow) -> LeftPage:
    at = in_vietnam(row.at)
    title = ""
    if row.page.procedure:
        try:
            title = offered.in_force(desk, row.page.procedure, desk.today().isoformat()).title
        except DeskError:
            title = ""  # the law changed meanwhile; the page still opens, and says so
    return LeftPage(page=row.page, title=title, at=at)
