"""Dossiers of all units as the projection lists them: found for the pages, written out as a register for offices."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from desk_app.district.search import debt, finding, terms
from desk_app.district.search.index import NameIndex
from desk_app.district.storage import Session, dossiers
from desk_app.district.storage.at_rest.seals import Seals
from desk_app.district.storage.dossiers import DOUBLED, DossierPlace
from desk_app.domain.dossiers.steps import Status
from desk_app.terminal import clock

PAGE = 50
MOST_PAGED = 10_000
"""Whoever wants to see more than so many narrows the list, or takes the register out."""
_AT_ONCE = 5000
_COLUMNS = "n, unit, id, code, status, procedure, applicant, id_number, received_at, due_at, returned_at, needs_look"
_HEADS = (
    "Đơn vị",
    "Mã hồ sơ",
    "Thủ tục",
    "Người nộp",
    "Số căn cước",
    "Tiếp nhận",
    "Hẹn trả",
    "Trả kết quả",
    "Tình trạng",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDossier:
    """A dossier in a list. Moments UTC ms, 0 for never; `needs_look` where two desks differ, `is_doubled` where two
    receptions have one id. `counts`: it is suspended for the office's own reasons.
    """

    n: int
    unit: str
    id: str
    code: str
    status: str
    procedure: str
    applicant: str
    id_number: str
    received_at: int
    due_at: int
    returned_at: int
    needs_look: bool
    is_doubled: bool = False
    place: DossierPlace | None = None
    counts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: a text (a name, numbers, a code), a unit, a status; "" for any. `page` counts from 0.

    `group` names dossiers of the unit that were received as one: they are shown together, and nothing else.
    """

    text: str = ""
    unit: str = ""
    status: str = ""
    page: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what was looked for, newest first, and how many there are in all.

    `is_more`: `total` were counted and there are more. `is_cut`: no page shows the rest, one more word is needed.
    `unindexed`: about how many dossiers cannot be found by a text yet.
    """

    rows: tuple[ListedDossier, ...]
    total: int
    has_more: bool
    is_more: bool = False
    is_cut: bool = False
    unindexed: int = 0


def find(session: Session, index: NameIndex, wanted: Wanted) -> Found:
    """One page of dossiers: those the text means (`search.readings`), or all; of a unit, in a status."""
    if wanted.group:
        rows = _by_number(session, dossiers.of_group(session, wanted.unit, wanted.group))
        found = Found(rows=rows, total=len(rows), has_more=False)
    else:
        found = _searched(session, index, wanted) if wanted.text.strip() else _paged(session, wanted)
    numbers = [row.n for row in found.rows]
    places, counting = dossiers.places(session, numbers), dossiers.counting(session, numbers)
    listed = (replace(row, place=places.get(row.n), counts=row.n in counting) for row in found.rows)
    return replace(found, rows=tuple(listed))


def _paged(session: Session, wanted: Wanted) -> Found:
    total = dossiers.total(session, unit=wanted.unit, status=wanted.status)
    skip = max(0, wanted.page) * PAGE
    is_shown = skip < min(total, MOST_PAGED)
    rows = session.all(*_page_of(wanted, skip)) if is_shown else []
    return Found(
        rows=tuple(_listed(session, row) for row in rows),
        total=total,
        has_more=min(total, MOST_PAGED) > skip + PAGE,
        is_cut=total > MOST_PAGED <= skip + PAGE,
    )


def _page_of(wanted: Wanted, skip: int) -> tuple[str, list[object]]:
    """The question for a page. Each part of it is answered by one walk along an index, to the end of the page."""
    newest = "ORDER BY received_at DESC, n DESC LIMIT ? OFFSET ?"
    select = f"SELECT {_COLUMNS} FROM dossier"  # noqa: S608 - constants
    if wanted.unit and not wanted.status:
        parts = [
            f"SELECT * FROM ({select} WHERE unit = ? AND status = ? {newest}) AS of_{each.value}"  # noqa: S608 - constants
            for each in Status
        ]
        values: list[object] = []
        for status in Status:
            values += [wanted.unit, status.value, skip + PAGE, 0]
        return f"{' UNION ALL '.join(parts)} {newest}", [*values, PAGE, skip]
    where, values = _where(wanted)
    return f"{select} WHERE {where} {newest}", [*values, PAGE, skip]


def _searched(session: Session, index: NameIndex, wanted: Wanted) -> Found:
    skip = max(0, wanted.page) * PAGE
    unindexed = debt.left(session, index)
    exact = _with_code(session, wanted)
    if exact:
        return Found(rows=exact[skip : skip + PAGE], total=len(exact), has_more=len(exact) > skip + PAGE)
    met = finding.find(
        session,
        index,
        wanted.text,
        narrowed=[
            *([terms.of_unit(wanted.unit)] if wanted.unit else []),
            *([terms.of_status(wanted.status)] if wanted.status else []),
        ],
        at_least=skip + PAGE + 1,
        load=partial(_named, session),
    )
    return Found(
        rows=_by_number(session, [one.n for one in met.rows[skip : skip + PAGE]]),
        total=met.total,
        has_more=len(met.rows) > skip + PAGE,
        is_more=met.is_more,
        is_cut=met.is_cut and len(met.rows) <= skip + PAGE,
        unindexed=unindexed,
    )


def _with_code(session: Session, wanted: Wanted) -> tuple[ListedDossier, ...]:
    """The dossiers that carry exactly this code. What cannot be a code is not asked for.

    A name or a person's number that goes to a PostgreSQL as a value stands in its log, where statements are logged.
    """
    code = wanted.text.strip().upper()
    has_parts = any(not mark.isalnum() for mark in code) and not any(map(str.isspace, code))
    if not (has_parts and any(map(str.isdigit, code))):
        return ()
    where, values = _where(wanted)
    rows = session.all(
        f"SELECT {_COLUMNS} FROM dossier WHERE code = ? AND {where} ORDER BY received_at DESC, n DESC LIMIT {PAGE * 4}",  # noqa: S608 - constants
        [code, *values],
    )
    return tuple(_listed(session, row) for row in rows)


@dataclass(frozen=True, slots=True)
class _Named:
    """As much of a dossier as a text is compared with; the name is opened only when it is asked for."""

    n: int
    code: str
    _applicant: str
    _seals: Seals

    @property
    def applicant(self) -> str:
        return self._seals.opened("dossier", "applicant", (self.n,), self._applicant)


def _named(session: Session, numbers: Sequence[int]) -> list[_Named]:
    """These dossiers in this order; those that have gone since are missing."""
    told = ", ".join(map(str, numbers))
    rows = session.all(f"SELECT n, code, applicant FROM dossier WHERE n IN ({told})")  # noqa: S608 - numbers
    found = {n: _Named(n, code, applicant, session.seals) for n, code, applicant in rows}
    return [found[n] for n in numbers if n in found]


def _by_number(session: Session, numbers: Sequence[int]) -> tuple[ListedDossier, ...]:
    """These dossiers as the list shows them, in this order."""
    told = ", ".join(map(str, numbers))
    rows = session.all(f"SELECT {_COLUMNS} FROM dossier WHERE n IN ({told})") if numbers else []  # noqa: S608 - numbers
    found = {one.n: one for one in (_listed(session, row) for row in rows)}
    return tuple(found[n] for n in numbers if n in found)


def every(session: Session, wanted: Wanted) -> Iterator[ListedDossier]:
    """Every dossier of the unit and status wanted, newest first, a piece at a time."""
    where, values = _where(wanted)
    last: tuple[int, int] | None = None
    while True:
        behind = "" if last is None else " AND (received_at < ? OR (received_at = ? AND n < ?))"
        keys = [] if last is None else [last[0], last[0], last[1]]
        rows = session.all(
            f"SELECT {_COLUMNS} FROM dossier WHERE {where}{behind} ORDER BY received_at DESC, n DESC LIMIT ?",  # noqa: S608 - constants
            [*values, *keys, _AT_ONCE],
        )
        yield from (_listed(session, row) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        last = (rows[-1][8], rows[-1][0])


def units(session: Session) -> list[tuple[str, str]]:
    """Units by code, with the name their desks were enrolled under."""
    rows = session.all("SELECT unit, MAX(name) FROM device WHERE role = 'desk' GROUP BY unit ORDER BY unit")
    return [(unit, name) for unit, name in rows]


def as_csv(found: Iterator[ListedDossier]) -> bytes:
    """The register as a spreadsheet program reads it: UTF-8 with its mark, and no cell that it would take as a formula.

    Holds personal data in full, for it is the office's own register.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADS)
    for each in found:
        row = (
            each.unit,
            each.code,
            each.procedure,
            each.applicant,
            each.id_number,
            clock(each.received_at),
            clock(each.due_at),
            clock(each.returned_at),
            Status(each.status).label,
        )
        writer.writerow([_cell(text) for text in row])
    return out.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    """ID numbers keep their zeros, and what begins like a formula is text."""
    if text.isdigit() and len(text) > 8:
        return f'="{text}"'
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _where(wanted: Wanted) -> tuple[str, list[object]]:
    parts: list[str] = ["1 = 1"]
    values: list[object] = []
    for column, value in (("unit", wanted.unit), ("status", wanted.status)):
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    return " AND ".join(parts), values


def _listed(session: Session, row: tuple[object, ...]) -> ListedDossier:
    names = _COLUMNS.split(", ")
    told: dict[str, Any] = dict(zip(names, row, strict=True))
    for column in ("applicant", "id_number"):
        told[column] = session.seals.opened("dossier", column, (told["n"],), str(told[column]))
    look = told.pop("needs_look")
    return ListedDossier(**told, needs_look=bool(look), is_doubled=look == DOUBLED)
