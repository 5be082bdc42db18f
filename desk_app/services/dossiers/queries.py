"""Finding and reading dossiers: the list, the counts, one dossier with its history."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.store.queries import dossiers, search_debt

if TYPE_CHECKING:
    from desk_app.domain.calendar import dates
    from desk_app.domain.dossiers.dossier import Dossier
    from desk_app.domain.procedures.procedure import Procedure
    from desk_app.services.catalogue import procedure_versions
    from desk_app.services.custody import places
    from desk_app.services.dossiers import history, rewritten_lines, signers
    from desk_app.services.dossiers.history import HistoryEntry
    from desk_app.services.old_data import memory
    from desk_app.services.papers import papers, reprints, scanned_slips
    from desk_app.store.journal import journal
    from desk_app.store.queries import search
    from desk_app.store.queries.dossiers import Counts, DossierRow
else:
    history = lazy("desk_app.services.dossiers.history")
    rewritten_lines = lazy("desk_app.services.dossiers.rewritten_lines")
    signers = lazy("desk_app.services.dossiers.signers")
    memory = lazy("desk_app.services.old_data.memory")
    papers = lazy("desk_app.services.papers.papers")
    reprints = lazy("desk_app.services.papers.reprints")
    scanned_slips = lazy("desk_app.services.papers.scanned_slips")
    dates = lazy("desk_app.domain.calendar.dates")
    procedure_versions = lazy("desk_app.services.catalogue.procedure_versions")
    places = lazy("desk_app.services.custody.places")
    journal = lazy("desk_app.store.journal.journal")
    search = lazy("desk_app.store.queries.search")

_INDEXED = 20


class Detail(Struct, frozen=True, kw_only=True):
    """One dossier with everything its page shows; `papers` are (name for `papers.draw`, title), `answers` the
    declaration's questions by label, with what was said. `stale` names the papers in the citizen's hand that say
    something else than the dossier does now. `received_by` is the person of the reception that counts.
    `old` are the applicant's dossiers of the time before this program, a line each.
    """

    dossier: Dossier
    procedure: Procedure
    history: tuple[HistoryEntry, ...]
    papers: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...] = ()
    stale: tuple[str, ...] = ()
    received_by: str = ""
    old: tuple[str, ...] = ()


def find(desk: Desk, text: str, limit: int = 20) -> list[DossierRow]:
    """Dossiers matching a name, an ID number, a phone or a code, whole or in part; newest first."""
    return _with_receivers(desk, search.search(desk.db, text, limit=limit))


def index_more(desk: Desk) -> bool:
    """Index a few dossiers anew that an earlier version left; whether there are more."""
    return search_debt.work_off(desk.db, most=_INDEXED)


def rows(desk: Desk, ids: list[int]) -> list[DossierRow]:
    return _with_receivers(desk, dossiers.rows(desk.db, ids))


def _with_receivers(desk: Desk, found: list[DossierRow]) -> list[DossierRow]:
    """The rows with who is proven to have received each, which what a colleague's desk wrote is not."""
    told = signers.who_received(desk, [row.id for row in found])
    remarks = places.remarks(desk, [row.id for row in found])
    return [
        structs.replace(row, clerk=told.get(row.id, row.clerk), remark=remarks.get(row.id, ""))
        if row.id in told or row.id in remarks
        else row
        for row in found
    ]


def counts(desk: Desk) -> Counts:
    """The figures of the tiles, as of now."""
    return dossiers.counts(desk.db, day_start_ms=_day_start(desk), now_ms=_now(desk))


def stream_ids(desk: Desk, which: str) -> Iterator[array[int]]:
    """Row ids newest first, in chunks; `which` is "all" or a filter of the list."""
    return dossiers.ids(desk.db, which=which, day_start_ms=_day_start(desk), now_ms=_now(desk), desk=desk.settings.desk)


def listed(desk: Desk, which: str, limit: int) -> list[DossierRow]:
    """The first `limit` rows of a filter: "late", "today" …"""
    found: list[int] = []
    for chunk in stream_ids(desk, which):
        found.extend(chunk[: limit - len(found)])
        if len(found) >= limit:
            break
    return rows(desk, found)


def reader(desk: Desk) -> Desk:
    """A second, read-only connection to the same desk, for work on another thread. The caller closes it."""
    return replace(desk, db=desk.db.reader(), reader=True, lock=None)


def detail(desk: Desk, code: str) -> Detail:
    """Raises `UnknownDossierError`."""
    kept = dossiers.by_code(desk.db, code)
    events = journal.history(desk.db, kept.id)
    procedure = procedure_versions.procedure_of(desk, kept)
    return Detail(
        dossier=kept,
        procedure=procedure,
        history=(*history.lines(desk, events, kept), *rewritten_lines.lines(desk, kept)),
        papers=tuple(papers.titles(desk, kept)),
        answers=tuple(_answers(desk, kept)),
        received_by=signers.Signers(desk, [kept.founding]).who(kept.founding) if kept.founding else kept.clerk,
        old=memory.dossiers_of(desk, kept.applicant),
        stale=tuple(name for name, one in reprints.of(desk, kept, procedure, events).items() if one.is_stale),
    )


def _answers(desk: Desk, kept: Dossier) -> Iterator[tuple[str, str]]:
    """What was answered, under the labels of the form versions the dossier was received under."""
    left = dict(kept.fields)
    for version in kept.forms:
        form = desk.forms.forms.get((version.form, version.version))
        for field in form.fields if form else ():  # a colleague's desk may have forms of its own
            if answer := left.pop(field.key, ""):
                yield field.label, dates.shown(answer)


def code_of(desk: Desk, text: str) -> str | None:
    """The code of a recorded dossier that a scanned slip names; None when the text is none or unknown."""
    found = scanned_slips.known(desk, text)
    return found[0] if found is not None else None


def _day_start(desk: Desk) -> int:
    start = datetime.combine(desk.today(), time(), VIETNAM)
    return milliseconds(start)


def _now(desk: Desk) -> int:
    return milliseconds(desk.now())
