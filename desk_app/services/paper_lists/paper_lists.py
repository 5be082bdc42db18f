"""Lists of many dossiers on one paper: what may stand on one, making it, and every list made so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time

from msgspec import Struct

from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import FormVersion, Recorded, StepTaken
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.history import owned_ids
from desk_app.domain.outgoing import paper_lists as rules
from desk_app.domain.outgoing.list_events import PaperListMade, PaperListPrinted, PaperListRow
from desk_app.domain.outgoing.paper_lists import DESKS, HAND_OVER, KINDS, TO_SIGN, ListKind
from desk_app.domain.permissions import Permission
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, DeskError, MissingFactError
from desk_app.services.accounts import session
from desk_app.services.catalogue import procedure_versions
from desk_app.services.custody import handing
from desk_app.services.desk.desk import Desk
from desk_app.services.papers import outgoing_numbers
from desk_app.store.journal import journal
from desk_app.store.outgoing import paper_lists as listed_events
from desk_app.store.queries import day_events, dossiers, held

MOST = 500
"""So many dossiers stand on one list at most: a page holds about twenty."""


MOST_OFFERED = 60
"""So many of a desk's own dossiers are offered for another desk."""


class UnknownListError(DeskError):
    message = "Không có danh sách nào số {number}."
    remedy = "Xem các danh sách đã lập bằng lệnh desk-app paper-list list."


class Candidate(Struct, frozen=True, kw_only=True):
    """A dossier that may stand on a list; `receiver` has it now, by its last step."""

    code: str
    applicant: str
    procedure: str
    due_at: int
    receiver: str


class MadeList(Struct, frozen=True, kw_only=True):
    """A list as it stands in the journal: what it is, how many dossiers, how often a printer took it."""

    event: Recorded
    made: PaperListMade
    printed: int

    @property
    def kind(self) -> ListKind:
        return KINDS[self.made.what]


def candidates(desk: Desk, what: str) -> list[Candidate]:
    """What today's steps brought there: forwarded today for a hand-over, submitted today for the signature; for
    results all that are ready, in the order of the steps; for another desk what this one has, the newest first.
    """
    kind = _kind(what)
    if what == DESKS:
        return _of_this_desk(desk)
    if what in (HAND_OVER, TO_SIGN):
        wanted = Action.FORWARD if what == HAND_OVER else Action.SUBMIT
        found = (journal.dossier(desk.db, one) for one in dict.fromkeys(_moved_today(desk, wanted)))
        return [_candidate(desk, kept) for kept in found if kept.status in kind.offered and rules.receiver_of(kept)]
    start = milliseconds(datetime.combine(desk.today(), time(), VIETNAM))
    numbers: list[int] = []
    for chunk in dossiers.ids(desk.db, which="ready", day_start_ms=start, now_ms=milliseconds(desk.now())):
        numbers.extend(chunk[: MOST - len(numbers)])
    return [_candidate(desk, journal.dossier(desk.db, row.dossier)) for row in dossiers.rows(desk.db, numbers)]


def candidate(desk: Desk, what: str, code: str) -> Candidate:
    """The dossier of a code, for a list of this kind. Raises `UnknownDossierError`, `BadFactError`."""
    return _candidate(desk, _fit(desk, _kind(what), code))


def make(desk: Desk, what: str, codes: Sequence[str], receiver: str, *, number: str = "") -> MadeList:
    """Put a list of these dossiers in the journal, in this order, each once; its number is the next of its book.

    Raises `UnknownDossierError`, `BadFactError` for no such kind, a dossier that cannot stand on it, too many, a number
    used before; `MissingFactError` without dossiers or without a receiver.
    """
    kind = _kind(what)
    receiver = " ".join(nfc(receiver).split())
    to_desk = _desk_of(desk, receiver) if what == DESKS and receiver else 0
    if not receiver:
        raise MissingFactError(field="receiver", label=kind.receiver)
    if not codes:
        raise MissingFactError(field="codes", label="Hồ sơ của danh sách")
    with session.deed(desk, Permission.STEP if to_desk else Permission.PRINT) as done:
        kept = {one.id: one for one in (_fit(desk, kind, code) for code in codes)}
        if len(kept) > MOST:
            raise BadFactError(field="codes", label="Hồ sơ của danh sách", why=f"nhiều nhất {MOST} hồ sơ")
        if to_desk:
            moved = handing.given(desk, done, [one.code for one in kept.values()], to_desk)
            kept, receiver = {one.id: one for one in moved}, f"Quầy số {to_desk}"
        form = desk.forms.in_force(kind.form, desk.today().isoformat())
        made = PaperListMade(
            list_id=journal.owned_id(desk.db, owned_ids.LIST),
            what=what,
            receiver=receiver,
            giver=_giver(desk),
            number=_number(desk, kind, nfc(number)),
            form=FormVersion(form=form.id, version=form.version),
            office=desk.office,
            rows=tuple(_row(desk, one) for one in kept.values()),
            to_desk=to_desk,
        )
        return MadeList(event=done.record(made, dossier=""), made=made, printed=0)


def every(desk: Desk, limit: int = 50) -> list[MadeList]:
    """The lists made so far, the newest first."""
    printed_before = listed_events.times_printed(desk.db)
    return [_made(event, printed_before) for event in listed_events.newest(desk.db, limit)]


def numbered(desk: Desk, number: str) -> MadeList:
    """The newest list of this number or id. Raises `UnknownListError`."""
    for event in listed_events.named(desk.db, nfc(number).strip()):
        return made_of(desk, event)
    raise UnknownListError(number=number)


def made_of(desk: Desk, event: tuple[Recorded, PaperListMade]) -> MadeList:
    """A list of the journal with how often a printer took it."""
    return _made(event, listed_events.times_printed(desk.db))


def printed(desk: Desk, list_id: str, *, copies: int = 1, printer: str = "") -> None:
    """Put in the journal that the list was printed."""
    with session.deed(desk, Permission.PRINT) as done:
        done.record(PaperListPrinted(list_id=list_id, copies=copies, printer=printer), dossier="")


def receivers(found: Iterable[Candidate]) -> list[str]:
    """Who has any of them, each once, in the order of the alphabet."""
    return sorted({one.receiver for one in found if one.receiver})


def _kind(what: str) -> ListKind:
    if what not in KINDS:
        raise BadFactError(field="what", label="Loại danh sách", why=f"cần một trong {', '.join(KINDS)}")
    return KINDS[what]


def _desk_of(desk: Desk, receiver: str) -> int:
    """The number in "2", "Quầy 2", "quầy số 2". Raises `BadFactError` for any other text, and for this very desk."""
    found = re.fullmatch(r"(?:quầy\s*)?(?:số\s*)?(\d{1,3})", receiver, re.IGNORECASE | re.ASCII)
    if found is None:
        raise BadFactError(field="receiver", label="Quầy nhận", why="cần số của một quầy, như 2")
    if int(found[1]) == desk.settings.desk:
        raise BadFactError(field="receiver", label="Quầy nhận", why="phải là quầy khác")
    return int(found[1])


def _fit(desk: Desk, kind: ListKind, code: str) -> Dossier:
    kept = dossiers.by_code(desk.db, code)
    if kept.status not in kind.offered:
        why = f"hồ sơ {kept.code} đang ở trạng thái «{kept.status.label}»"
        raise BadFactError(field="codes", label=kind.label, why=why)
    return kept


def _number(desk: Desk, kind: ListKind, typed: str) -> str:
    if typed:
        return outgoing_numbers.checked(desk, kind.form, typed)
    if desk.settings.paper_numbers != outgoing_numbers.GIVEN:
        return ""
    return outgoing_numbers.next_number(desk, kind.form, kind.book)


def _giver(desk: Desk) -> str:
    return f"{desk.settings.office}, quầy số {desk.settings.desk}, {desk.clerk}"


def _row(desk: Desk, kept: Dossier) -> PaperListRow:
    return rules.row_of(kept, procedure_versions.procedure_of(desk, kept).title)


def _of_this_desk(desk: Desk) -> list[Candidate]:
    """The open dossiers of this desk that are on the way to no other; any further one is added by its slip."""
    numbers = held.of_desk(desk.db, desk.settings.desk)[: 2 * MOST_OFFERED]
    places = held.at(desk.db, numbers)
    wanted = [number for number in numbers if not places[number].way_to][:MOST_OFFERED]
    return [
        Candidate(code=row.code, applicant=row.applicant, procedure=row.procedure_name, due_at=row.due_at, receiver="")
        for row in dossiers.rows(desk.db, wanted)
    ]


def _candidate(desk: Desk, kept: Dossier) -> Candidate:
    return Candidate(
        code=kept.code,
        applicant=kept.applicant.full_name,
        procedure=procedure_versions.procedure_of(desk, kept).title,
        due_at=kept.due_at,
        receiver=rules.receiver_of(kept),
    )


def _moved_today(desk: Desk, action: str) -> Iterator[str]:
    """Ids of dossiers that such a step moved today, each desk's own in their order."""
    start = milliseconds(datetime.combine(desk.today(), time(), VIETNAM))
    events = (event for event, _ in day_events.events_since(desk.db, start))
    moved = [one for one in events if isinstance(one.payload, StepTaken) and one.payload.action == action]
    yield from (event.dossier for event in sorted(moved, key=lambda one: (one.at, one.stamp)))


def _made(made: tuple[Recorded, PaperListMade], printed_before: Mapping[str, int]) -> MadeList:
    event, said = made
    return MadeList(event=event, made=said, printed=printed_before.get(said.list_id, 0))
