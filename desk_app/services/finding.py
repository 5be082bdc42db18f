"""Finding and reading dossiers: the list, the counts, one dossier with its history."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from msgspec import Struct

from desk_app.domain import dates, numbering
from desk_app.domain.dossier import Dossier
from desk_app.domain.moments import VIETNAM, milliseconds
from desk_app.domain.procedure import LimitUnit, Procedure, TimeLimit
from desk_app.errors import UnknownDossierError, UnknownProcedureError
from desk_app.services.desk import Desk
from desk_app.store import catalogue, dossiers, journal, search, search_debt
from desk_app.store.dossiers import Counts, DossierRow

if TYPE_CHECKING:
    from desk_app.services.history import Line

_INDEXED = 20


class Detail(Struct, frozen=True, kw_only=True):
    """One dossier with everything its page shows; `papers` are (name for `papers.draw`, title), `answers` the
    declaration's questions by label, with what was said. `stale` names the papers in the citizen's hand that say
    something else than the dossier does now.
    """

    dossier: Dossier
    procedure: Procedure
    history: tuple[Line, ...]
    papers: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...] = ()
    stale: tuple[str, ...] = ()


def find(desk: Desk, text: str, limit: int = 20) -> list[DossierRow]:
    """Dossiers matching a name, an ID number, a phone or a code, whole or in part; newest first."""
    return search.search(desk.db, text, limit=limit)


def index_more(desk: Desk) -> bool:
    """Index a few dossiers anew that an earlier version left; whether there are more."""
    return search_debt.work_off(desk.db, most=_INDEXED)


def rows(desk: Desk, ids: list[int]) -> list[DossierRow]:
    return dossiers.rows(desk.db, ids)


def counts(desk: Desk) -> Counts:
    """The figures of the tiles, as of now."""
    return dossiers.counts(desk.db, day_start_ms=_day_start(desk), now_ms=_now(desk))


def stream_ids(desk: Desk, which: str) -> Iterator[array[int]]:
    """Row ids newest first, in chunks; `which` is "all" or a filter of the list."""
    return dossiers.ids(desk.db, which=which, day_start_ms=_day_start(desk), now_ms=_now(desk))


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
    from desk_app.services import history, papers, reprints  # noqa: PLC0415 - the list is there before these load

    kept = dossiers.by_code(desk.db, code)
    events = journal.history(desk.db, kept.id)
    procedure = procedure_of(desk, kept)
    return Detail(
        dossier=kept,
        procedure=procedure,
        history=tuple(history.lines(desk, events, kept)),
        papers=tuple(papers.titles(desk, kept)),
        answers=tuple(_answers(desk, kept)),
        stale=tuple(name for name, one in reprints.of(desk, kept, procedure, events).items() if one.is_stale),
    )


def procedure_of(desk: Desk, kept: Dossier) -> Procedure:
    """The version the dossier was received under; where only the desk that received it has that, the closest here."""
    try:
        return catalogue.by_version(desk.db, kept.procedure, kept.procedure_version)
    except UnknownProcedureError:
        here = catalogue.versions(desk.db, kept.procedure)
    if here:
        return here[0]
    unit = TimeLimit(unit=LimitUnit.SAME_DAY)
    return Procedure(code=kept.procedure, name=kept.procedure, version=kept.procedure_version, limit=unit)


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
    code = numbering.code_from_scan(text)
    if code is None:
        return None
    try:
        return dossiers.row_by_code(desk.db, code).code
    except UnknownDossierError:
        return None


def _day_start(desk: Desk) -> int:
    start = datetime.combine(desk.today(), time(), VIETNAM)
    return milliseconds(start)


def _now(desk: Desk) -> int:
    return milliseconds(desk.now())
