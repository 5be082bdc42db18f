"""Dossiers of all units as the projection lists them: found for the pages, written out as a register for offices."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desk_app.district.storage import Session
from desk_app.district.storage.dossiers import DOUBLED
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.text import fold
from desk_app.terminal import clock

PAGE = 50
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
    receptions have one id.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: part of a code or of a name, a unit, a status; "" for any. `page` counts from 0."""

    text: str = ""
    unit: str = ""
    status: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what was looked for, newest first, and how many there are in all."""

    rows: tuple[ListedDossier, ...]
    total: int
    has_more: bool


def find(session: Session, wanted: Wanted) -> Found:
    """One page of dossiers. A text with digits is part of a code; any other is folded words of a name."""
    skip = max(0, wanted.page) * PAGE
    words = fold(wanted.text).split()
    if words and not any(mark.isdigit() for mark in wanted.text):
        kept: list[ListedDossier] = []
        total = 0
        for each in every(session, wanted):
            if _names(each.applicant, words):
                if skip <= total < skip + PAGE:
                    kept.append(each)
                total += 1
        return Found(rows=tuple(kept), total=total, has_more=total > skip + PAGE)
    where, values = _where(wanted, code=wanted.text)
    row = session.one(f"SELECT COUNT(*) FROM dossier WHERE {where}", values)  # noqa: S608 - constants
    total = int(row[0]) if row else 0
    rows = session.all(
        f"SELECT {_COLUMNS} FROM dossier WHERE {where} ORDER BY received_at DESC, n DESC LIMIT ? OFFSET ?",  # noqa: S608 - constants
        [*values, PAGE, skip],
    )
    return Found(rows=tuple(_listed(session, row) for row in rows), total=total, has_more=total > skip + PAGE)


def every(session: Session, wanted: Wanted) -> Iterator[ListedDossier]:
    """Every dossier of the unit and status wanted, newest first, a piece at a time."""
    where, values = _where(wanted, code="")
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


def _names(applicant: str, words: list[str]) -> bool:
    folded = fold(applicant).split()
    return all(any(part.startswith(word) for part in folded) for word in words)


def _where(wanted: Wanted, *, code: str) -> tuple[str, list[object]]:
    parts: list[str] = ["1 = 1"]
    values: list[object] = []
    if code:
        escaped = code.strip().upper().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        parts.append("code LIKE ? ESCAPE '\\'")
        values.append(f"%{escaped}%")
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
