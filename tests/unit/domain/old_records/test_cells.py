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
        ("03121991", DayOrder.DMY, "1991-12-03"),
        ("1991-04-03 00:00:00", DayOrder.MDY, "1991-04-03"),
        ("1956", DayOrder.DMY, "1956"),
        ("00/00/1956", DayOrder.DMY, "1956"),
        ("03/1956", DayOrder.DMY, "1956"),
        ("32874", DayOrder.SERIAL, "1990-01-01"),
        ("1956", DayOrder.SERIAL, "1956"),
        ("1600", DayOrder.SERIAL, "1904-05-18"),
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


@pytest.mark.parametrize("text", ["199/04/03", "03/04/199", "1991/04/1990"])
def test_a_year_of_three_figures_and_a_day_of_four_are_another_way_of_writing(text: str) -> None:
    for order in (DayOrder.DMY, DayOrder.MDY):
        with pytest.raises(CellRefusal, match="không đọc được ngày"):
            cells.day(text, order, TODAY, takes_year=True)


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


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["12/12/1990"], (None, False)),
        (["13/12/1990"], (DayOrder.DMY, False)),
        (["12/13/1990"], (DayOrder.MDY, False)),
        (["990/12/12"], (DayOrder.YMD, False)),
        (["1990-01-15", "15/01/1990"], (DayOrder.DMY, False)),  # a year written first needs no choice
        ([], (None, False)),
    ],
)
def test_a_thirteenth_is_a_day_and_a_twelfth_may_be_a_month(
    texts: list[str], order: tuple[DayOrder | None, bool]
) -> None:
    assert cells.order_of(texts) == order


@pytest.mark.parametrize(
    ("text", "order", "read"),
    [
        ("2026", DayOrder.DMY, "2026"),
        ("11/2026", DayOrder.DMY, "2026"),
        ("1/2026", DayOrder.DMY, "2026"),
        ("12/2025", DayOrder.DMY, "2025"),
        ("20/11/2026", DayOrder.DMY, "2026-11-20"),
        ("20/11/26", DayOrder.DMY, "2026-11-20"),
        ("20/11/27", DayOrder.DMY, "1927-11-20"),
        ("1991/4/3", DayOrder.YMD, "1991-04-03"),
        ("91/4/3", DayOrder.YMD, "1991-04-03"),
        ("04031991", DayOrder.MDY, "1991-04-03"),
        ("1", DayOrder.SERIAL, "1899-12-31"),
        ("46346.75", DayOrder.SERIAL, "2026-11-20"),
        ("46347", DayOrder.SERIAL, "refused"),
        ("2027", DayOrder.DMY, "refused"),
        ("11/2027", DayOrder.DMY, "refused"),
        ("0/2020", DayOrder.DMY, "refused"),
        ("13/2020", DayOrder.DMY, "refused"),
        ("01/1700", DayOrder.DMY, "refused"),
        ("1700", DayOrder.DMY, "refused"),
        ("1/1/991", DayOrder.DMY, "refused"),
        ("1/1/991", DayOrder.YMD, "refused"),
    ],
)
def test_the_last_day_the_last_month_and_the_last_year_are_today(text: str, order: DayOrder, read: str) -> None:
    try:
        found = cells.day(text, order, TODAY, takes_year=True)[0]
    except CellRefusal:
        found = "refused"
    assert found == read


def test_only_a_month_and_a_year_leave_a_remark() -> None:
    told = [cells.day(text, DayOrder.DMY, TODAY, takes_year=True)[1] for text in ("1990", "1/2/1990", "2/1990")]
    assert told == ["", "", "chỉ có tháng và năm: giữ lại năm"]


@pytest.mark.parametrize(
    ("text", "sex"), [("nam", "Nam"), ("NỮ", "Nữ"), ("Male", "Nam"), ("female", "Nữ"), ("M", "Nam"), ("f", "Nữ")]
)
def test_a_sex_is_read_in_the_usual_words(text: str, sex: str) -> None:
    assert cells.sex(text) == sex


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1090000123", "số có 10 chữ số, .*dòng không có ngày sinh"),
        ("12345678", "số có 8 chữ số"),
        ("7.9E10", "chữ E"),
        ("1234567", "số giấy tờ: "),
    ],
)
def test_a_number_that_may_have_lost_zeros_is_refused_with_how_many_figures_it_has(text: str, told: str) -> None:
    with pytest.raises(CellRefusal, match=told):
        cells.number(text, born_on="", sex_said="")


def test_eleven_figures_get_one_zero_back() -> None:
    number, told = cells.number("34190000002", born_on="1990", sex_said="")
    assert (number, told) == ("034190000002", "số có 11 chữ số: đã thêm lại số 0 ở đầu, khớp năm sinh")
    with pytest.raises(CellRefusal, match="không khớp ngày sinh"):
        cells.number("34190000002", born_on="1991", sex_said="")
