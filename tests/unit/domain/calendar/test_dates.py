"""Dates in and out: typed, kept, shown, in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.calendar.dates import in_words, parse_typed, shown, weekday
from desk_app.errors import BadFactError

days = st.dates(date(1850, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("15/1/90", "1990-01-15"),
        ("15/01/1990", "1990-01-15"),
        ("15011990", "1990-01-15"),
        ("15-01-1990", "1990-01-15"),
        ("15.1.1990", "1990-01-15"),
        ("15 1 1990", "1990-01-15"),
        ("1/2/26", "2026-02-01"),
        (" 1990 ", "1990"),
        ("00001990", "1990"),
        ("00/00/1990", "1990"),
        ("1990-01-15", "1990-01-15"),
        ("29/2/2024", "2024-02-29"),
        ("1/1/1850", "1850-01-01"),
        ("31/12/2200", "2200-12-31"),
    ],
)
def test_a_date_may_be_typed_in_many_ways(typed: str, kept: str) -> None:
    assert parse_typed(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "30/2/1990",
        "29/2/2023",
        "15/13/1990",
        "32/1/1990",
        "1/1990",
        "90",
        "0001",
        "1/1/0003",
        "31/12/1849",
        "1/1/2201",
        "١٩٩٠",
        "hôm qua",
    ],
)
def test_what_no_calendar_has_is_refused(typed: str) -> None:
    with pytest.raises(BadFactError):
        parse_typed(typed)


@given(day=days, separator=st.sampled_from("/-. "))
def test_what_is_shown_can_be_typed_again(day: date, separator: str) -> None:
    iso = day.isoformat()
    assert shown(iso) == f"{day:%d/%m}/{day.year:04d}"
    assert parse_typed(shown(iso).replace("/", separator)) == iso
    assert parse_typed(shown(iso).replace("/", "")) == iso


@given(st.text())
def test_any_text_gives_a_date_or_a_refusal(text: str) -> None:
    try:
        kept = parse_typed(text)
    except BadFactError:
        return
    assert len(kept) == 4 or date.fromisoformat(kept)


@pytest.mark.parametrize("text", ["1990", "", "không rõ"])
def test_what_is_no_full_date_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 15), "Ngày mười lăm tháng mười năm hai nghìn không trăm hai mươi sáu"),
        (date(1990, 1, 1), "Ngày một tháng một năm một nghìn chín trăm chín mươi"),
        (date(2005, 4, 21), "Ngày hai mươi mốt tháng tư năm hai nghìn không trăm linh năm"),
        (date(2000, 12, 31), "Ngày ba mươi mốt tháng mười hai năm hai nghìn"),
        (date(1985, 2, 4), "Ngày bốn tháng hai năm một nghìn chín trăm tám mươi lăm"),
    ],
)
def test_a_date_is_written_out_as_declarations_want_it(day: date, words: str) -> None:
    assert in_words(day) == words


@given(one=days, other=days)
def test_two_days_never_read_alike(one: date, other: date) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)


def test_weekdays_have_their_names() -> None:
    assert [weekday(date(2026, 11, day)) for day in (22, 23, 28)] == ["Chủ Nhật", "Thứ Hai", "Thứ Bảy"]


@pytest.mark.parametrize(
    "typed",
    [
        "06/1950",
        "6.1950",
        "00/06/1950",
        "__/06/1950",
        "??/6/1950",
        "tháng 6 năm 1950",
        "T6/1950",
        "00061950",
        "1950-06",
    ],
)
def test_a_month_and_a_year_are_refused_by_saying_that_the_year_alone_may_be_typed(typed: str) -> None:
    with pytest.raises(BadFactError, match="gõ riêng năm"):
        parse_typed(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1/1/30", "2030-01-01"),
        ("1/1/31", "1931-01-01"),
        ("1850", "1850"),
        ("2200", "2200"),
        ("31/12/2200", "2200-12-31"),
    ],
)
def test_two_figures_of_a_year_and_the_years_a_paper_can_carry_have_their_ends(typed: str, kept: str) -> None:
    assert parse_typed(typed) == kept


@pytest.mark.parametrize("typed", ["1849", "2201", "31/12/1849", "1/1/2201", "1849-12-31"])
def test_a_year_no_paper_can_carry_is_refused(typed: str) -> None:
    with pytest.raises(BadFactError):
        parse_typed(typed)


@pytest.mark.parametrize("typed", ["1/1990", "tháng 5 năm 1990", "00011990", "1990/5"])
def test_a_month_and_a_year_alone_are_told_to_leave_the_month_out(typed: str) -> None:
    with pytest.raises(BadFactError) as refusal:
        parse_typed(typed)
    assert "gõ riêng năm" in str(refusal.value.facts["why"])


def test_every_month_and_weekday_has_its_word() -> None:
    months = ["một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười_một", "mười_hai"]
    for number, word in enumerate(months, 1):
        assert f" tháng {word.replace('_', ' ')} năm " in in_words(date(2026, number, 1))
    names = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"]
    assert [weekday(date(2026, 11, day)) for day in range(23, 30)] == names
