"""Cells of old tables: days by the column's order, numbers whose zeros Excel dropped, refusals that tell nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.old_records import cells
from desk_app.domain.old_records.cells import CellRefusal
from desk_app.domain.old_records.columns import DayOrder

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["15/01/1990", "03/04/1991"], (DayOrder.DMY, False)),
        (["01/15/1990", "03/04/1991"], (DayOrder.MDY, False)),
        (["15/01/1990", "01/15/1990"], (None, True)),
        (["03/04/1991"], (None, False)),
        (["1990-01-15"], (DayOrder.YMD, False)),
        (["1956", ""], (None, False)),
    ],
)
def test_a_column_shows_its_own_order_or_none(texts: list[str], order: tuple[DayOrder | None, bool]) -> None:
    assert cells.order_of(texts) == order


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("3/4/1991", DayOrder.DMY, "1991-04-03"),
        ("3/4/1991", DayOrder.MDY, "1991-03-04"),
        ("1991.4.3", DayOrder.DMY, "1991-04-03"),
        ("03-04-91", DayOrder.DMY, "1991-04-03"),
        ("03041991", DayOrder.DMY, "1991-04-03"),
        ("1991-04-03 00:00:00", DayOrder.MDY, "1991-04-03"),
        ("1956", DayOrder.DMY, "1956"),
        ("00/00/1956", DayOrder.DMY, "1956"),
        ("03/1956", DayOrder.DMY, "1956"),
        ("32874", DayOrder.SERIAL, "1990-01-01"),
        ("1956", DayOrder.SERIAL, "1956"),
        ("01/01/30", DayOrder.DMY, "1930-01-01"),
    ],
)
def test_a_day_is_read_by_the_order_of_its_column(text: str, order: DayOrder, iso: str) -> None:
    assert cells.day(text, order, TODAY, takes_year=True)[0] == iso


@pytest.mark.parametrize(
    "text", ["31/02/1990", "13/13/1990", "32874", "mai", "21/11/2026", "01/01/1700", "2100", "1/2"]
)
def test_what_is_no_day_of_the_past_is_refused(text: str) -> None:
    with pytest.raises(CellRefusal):
        cells.day(text, DayOrder.DMY, TODAY, takes_year=True)


def test_a_month_and_year_keep_the_year_and_say_so() -> None:
    assert cells.day("03/1956", DayOrder.DMY, TODAY, takes_year=True)[1]
    with pytest.raises(CellRefusal):
        cells.day("03/1956", DayOrder.DMY, TODAY, takes_year=False)


def test_zeros_that_excel_dropped_come_back_only_where_the_row_proves_them() -> None:
    number, told = cells.number("1090000123", born_on="1990-01-15", sex_said="Nam")
    assert (number, bool(told)) == ("001090000123", True)
    for born_on, sex in (("", ""), ("1991", "Nam"), ("1990", "Nữ")):
        with pytest.raises(CellRefusal):
            cells.number("1090000123", born_on=born_on, sex_said=sex)


@pytest.mark.parametrize("text", ["7,909E+10", "12345678", "1234567890123", "abc", "0010900001"])
def test_a_number_that_is_not_whole_is_refused(text: str) -> None:
    with pytest.raises(CellRefusal):
        cells.number(text, born_on="1956", sex_said="")


@pytest.mark.parametrize(
    ("text", "kept"), [("001090000123", "001090000123"), ("'012345678", "012345678"), ("b 1234567", "B1234567")]
)
def test_a_whole_number_is_kept_as_papers_write_it(text: str, kept: str) -> None:
    assert cells.number(text, born_on="", sex_said="") == (kept, "")


@given(st.text(max_size=30))
def test_no_refusal_says_what_the_cell_holds(text: str) -> None:
    for read in (
        lambda: cells.day(text, DayOrder.DMY, TODAY, takes_year=True),
        lambda: cells.number(text, born_on="", sex_said=""),
        lambda: cells.sex(text),
    ):
        told = ""
        try:
            read()
        except CellRefusal as error:
            told = str(error)
        assert len(text) < 4 or text not in told
