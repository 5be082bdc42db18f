"""The pages of a print trial: is the sheet the right one, is nothing cut or scaled, are all letters there."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.documents.forms.form_records import MM
from desk_app.documents.layout.barcodes import qr
from desk_app.documents.layout.fonts import BOLD, REGULAR, width
from desk_app.documents.layout.marks import Mark, Matrix, Page, Rule, Text

SIZES_MM = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "80mm": (72.0, 110.0)}
"""Wide and high; of a roll the printed part, and a piece of it."""

_LETTERS = ("Ăn quả nhớ kẻ trồng cây, ẵm ễnh ương, ỡm ờ, ữ ự.", "ĂÂĐÊÔƠƯ ăâđêôơư ÁÀẢÃẠ ếềểễệ ốồổỗộ ứừửữự ýỳỷỹỵ")
_EDGE_MM = {"A4": 10.0, "A5": 8.0, "80mm": 2.0}
_LINE = 16.0
_HAIR = 0.6
_TICK = 4.0


def trial_pages(sheet: str, title: str, lines: Sequence[str], *, two_sided: bool) -> list[Page]:
    """A frame along the edge, a measure, letters and a code; `two_sided` gives a second page for the other side."""
    return [_page(sheet, title, lines, number) for number in range(1, 3 if two_sided else 2)]


def _page(sheet: str, title: str, lines: Sequence[str], number: int) -> Page:
    wide, high = (side * MM for side in SIZES_MM[sheet])
    edge = _EDGE_MM[sheet] * MM
    left, size = edge + 8, 9.0 if sheet == "80mm" else 11.0
    marks: list[Mark] = _frame(edge, wide, high)
    y = edge + 26
    marks.append(Text(left, y, BOLD, size + 3, f"{title} · mặt {number}" if number > 1 else title))
    for line in (*lines, *_LETTERS):
        for part in _broken(line, size, wide - 2 * left):
            y += _LINE
            marks.append(Text(left, y, REGULAR, size, part))
    y += 2 * _LINE
    marks += _measure(left, y, 50.0 if sheet == "80mm" else 100.0)
    rows = qr("BAN MOT CUA: IN THU")
    module = 2.4
    if y + 2 * _LINE + len(rows) * module < high - edge:
        marks.append(Matrix(left, y + 2 * _LINE, module, rows, "BAN MOT CUA: IN THU"))
    return Page(wide, high, tuple(marks))


def _frame(edge: float, wide: float, high: float) -> list[Mark]:
    right, below = wide - edge, high - edge
    corners = ((edge, edge, right, edge), (edge, below, right, below), (edge, edge, edge, below))
    return [Rule(*each, _HAIR) for each in (*corners, (right, edge, right, below))]


def _measure(left: float, y: float, mm: float) -> list[Mark]:
    """A line of so many millimetres, with a tick at each tenth."""
    marks: list[Mark] = [Rule(left, y, left + mm * MM, y, _HAIR)]
    for tenth in range(int(mm) // 10 + 1):
        at = left + tenth * 10 * MM
        marks.append(Rule(at, y - _TICK, at, y, _HAIR))
    marks.append(Text(left, y + 12, REGULAR, 9.0, f"Dài đúng {mm:.0f} mm"))
    return marks


def _broken(line: str, size: float, room: float) -> list[str]:
    """The line in pieces no wider than `room` points, broken at blanks."""
    parts, part = [], ""
    for word in line.split():
        longer = f"{part} {word}".strip()
        if part and width(longer, REGULAR, size) > room:
            parts.append(part)
            longer = word
        part = longer
    return [*parts, part]
