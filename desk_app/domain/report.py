"""A report: columns, rows, totals and what it was filtered by. One record for screen, paper and workbook. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from desk_app.domain import money
from desk_app.domain.calendar.moments import in_vietnam, shown_day, shown_moment

ColumnKind = Literal["text", "count", "money", "day", "moment"]
Cell = str | int | None


class Column(Struct, frozen=True, kw_only=True):
    """What stands in one place of each row: "day" and "moment" are UTC ms, "money" đồng; None is not known."""

    key: str
    title: str
    kind: ColumnKind = "text"
    is_summed: bool = False

    def shown(self, cell: Cell) -> str:
        """The cell as a person reads it."""
        if cell is None:
            return "chưa rõ"
        if not isinstance(cell, int):
            return cell
        match self.kind:
            case "day":
                return shown_day(cell)
            case "moment":
                return shown_moment(cell)
            case "money" | "count":
                return money.dotted(cell)
            case _:
                return str(cell)

    def told(self, cell: Cell) -> Cell:
        """The cell as JSON tells it: a day as ISO, a moment with its zone, figures as numbers."""
        if not isinstance(cell, int) or self.kind not in {"day", "moment"}:
            return cell
        if not cell:
            return None
        at = in_vietnam(cell)
        return at.date().isoformat() if self.kind == "day" else at.isoformat(timespec="seconds")


class Report(Struct, frozen=True, kw_only=True):
    """`name` is what the terminal calls it, `filters` stand above it ("Từ ngày" → "01/11/2026"), rows by column key."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Cell], ...]
    filters: Mapping[str, str] = {}

    @property
    def totals(self) -> dict[str, int]:
        """The sum of each summed column; what is not known counts nothing."""
        return {
            column.key: sum(cell for row in self.rows if isinstance(cell := row[column.key], int))
            for column in self.columns
            if column.is_summed
        }

    def table(self) -> tuple[dict[str, str], ...]:
        """The rows as papers print them, numbered under "n"."""
        return tuple(
            {"n": str(number)} | {column.key: column.shown(row[column.key]) for column in self.columns}
            for number, row in enumerate(self.rows, 1)
        )


def totals_row(report: Report) -> Sequence[str]:
    """The line below the rows, a text for each column; nothing where no column is summed."""
    totals = report.totals
    if not totals:
        return ()
    texts = [column.shown(totals[column.key]) if column.key in totals else "" for column in report.columns]
    return [texts[0] or "Cộng", *texts[1:]]
