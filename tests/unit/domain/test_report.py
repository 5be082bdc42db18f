"""A report as a person reads it and as a program does."""

from __future__ import annotations

import pytest

from desk_app.domain.calendar.moments import in_vietnam as at_home
from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.report import Cell, Column, Report, totals_row

AT = 1_795_197_540_000  # 21/11/2026 00:59 in Vietnam


@pytest.mark.parametrize(
    ("kind", "cell", "shown", "told"),
    [
        ("text", "Thử", "Thử", "Thử"),
        ("text", 5, "5", 5),
        ("count", 1234, "1.234", 1234),
        ("money", 15_000, "15.000", 15_000),
        ("day", AT, "21/11/2026", "2026-11-21"),
        ("moment", AT, "00:59 21/11/2026", "2026-11-21T00:59:00+07:00"),
        ("day", 0, "", None),
        ("moment", 0, "", None),
        ("day", "Thử", "Thử", "Thử"),
        ("money", 0, "0", 0),
        ("count", None, "chưa rõ", None),
        ("day", None, "chưa rõ", None),
    ],
)
def test_a_cell_is_shown_to_a_person_and_told_to_a_program(kind, cell: Cell, shown: str, told: Cell) -> None:
    column = Column(key="k", title="K", kind=kind)
    assert (column.shown(cell), column.told(cell)) == (shown, told)
    assert milliseconds(at_home(AT)) == AT


def report(*, is_summed: bool) -> Report:
    return Report(
        name="thu",
        title="Thử",
        columns=(
            Column(key="who", title="Ai"),
            Column(key="fee", title="Phí", kind="money", is_summed=is_summed),
        ),
        rows=({"who": "A", "fee": 8_000}, {"who": "B", "fee": None}, {"who": "C", "fee": 1_000}),
    )


def test_rows_are_numbered_from_one_and_summed_where_a_column_says_so() -> None:
    summed = report(is_summed=True)
    assert summed.totals == {"fee": 9_000}
    assert summed.table() == (
        {"n": "1", "who": "A", "fee": "8.000"},
        {"n": "2", "who": "B", "fee": "chưa rõ"},
        {"n": "3", "who": "C", "fee": "1.000"},
    )
    assert totals_row(summed) == ["Cộng", "9.000"]
    assert (report(is_summed=False).totals, totals_row(report(is_summed=False))) == ({}, ())


def test_a_sum_in_the_first_column_stands_there() -> None:
    first = Report(
        name="thu",
        title="Thử",
        columns=(Column(key="n", title="Số", kind="count", is_summed=True), Column(key="who", title="Ai")),
        rows=({"n": 2, "who": "A"},),
    )
    assert totals_row(first) == ["2", ""]
