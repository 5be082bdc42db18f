"""A day typed into a field: what it is read as, and what is said of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.calendar import Calendar, DayEntry, DayKind, WorkingHours
from desk_app.domain.typed_day import DaySense, typed_day

TODAY = date(2026, 11, 28)  # a Saturday
CALENDAR = Calendar.from_entries(
    [
        DayEntry(date="2027-01-01", kind=DayKind.OFF, name="Tết Dương lịch"),
        DayEntry(date="2026-12-05", kind=DayKind.MAKE_UP, name="Làm bù"),
    ],
    WorkingHours(),
)


def due(text: str):
    return typed_day(text, DaySense.DUE, TODAY, CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "4/12",
        "04/12",
        "4-12",
        "4.12",
        "4 12",
        "0412",
        "4/12/26",
        "041226",
        "04122026",
        "04/12/2026",
        " 4 / 12 / 2026 ",
        "2026-12-04",
        "4/12/",
        "ngày 4 tháng 12 năm 2026",
        "ngày 04 tháng 12",
    ],
)
def test_a_due_date_is_understood_however_it_is_written(text: str) -> None:
    found = due(text)
    assert (found.iso, found.refusal, found.remark, found.offer) == ("2026-12-04", "", "", "")


@pytest.mark.parametrize(
    "text", ["32/13/2026", "31/11", "3113", "30/02/2027", "99", "2026", "2026-13-32", "4/12/0026", "abc", "//", "²/12"]
)
def test_what_no_calendar_has_is_refused_with_a_sentence(text: str) -> None:
    found = due(text)
    assert found.iso == ""
    assert found.refusal
    assert text not in found.refusal


def test_a_day_without_a_year_is_the_next_one_unless_it_has_only_just_passed() -> None:
    assert due("15/1").iso == "2027-01-15"
    assert due("1/6").iso == "2027-06-01"
    assert due("27/11").iso == "2026-11-27"
    assert due("27/11").refusal == "Thứ Sáu 27/11/2026 đã qua"


def test_tomorrow_and_the_day_after_may_be_said_in_words() -> None:
    assert due("mai").iso == "2026-11-29"
    assert due("Ngày mai").iso == "2026-11-29"
    assert due("ngày kia").iso == "2026-11-30"
    assert due("hôm nay").iso == "2026-11-28"


def test_a_sunday_is_named_and_the_next_working_day_offered() -> None:
    found = due("29/11")
    assert (found.iso, found.offer) == ("2026-11-29", "2026-11-30")
    assert found.remark == "Chủ Nhật 29/11/2026 là ngày nghỉ"
    assert found.refusal == ""


def test_a_holiday_is_named_by_its_name() -> None:
    found = due("1/1")
    assert found.remark == "Thứ Sáu 01/01/2027 là ngày nghỉ (Tết Dương lịch)"
    assert found.offer == "2027-01-04"


def test_a_saturday_worked_to_make_up_is_as_good_as_any() -> None:
    assert due("5/12").remark == ""


def test_a_year_far_away_is_asked_about() -> None:
    assert due("4/12/2062").remark == "Thứ Hai 04/12/2062 còn hơn một năm nữa"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1990", "1990"),
        ("15/1/90", "1990-01-15"),
        ("150190", "1990-01-15"),
        ("1/11/26", "2026-11-01"),
        ("1/1/27", "1927-01-01"),
    ],
)
def test_a_birth_takes_a_year_alone_and_a_short_year_is_never_to_come(text: str, iso: str) -> None:
    found = typed_day(text, DaySense.PAST, TODAY, CALENDAR)
    assert (found.iso, found.refusal) == (iso, "")


@pytest.mark.parametrize("text", ["29/11/2026", "2027", "2190", "1/1/2190"])
def test_a_birth_to_come_is_refused(text: str) -> None:
    assert typed_day(text, DaySense.PAST, TODAY, CALENDAR).refusal == "không thể sau hôm nay"


@pytest.mark.parametrize("text", ["15/1", "1501"])
def test_the_year_of_a_birth_is_never_guessed(text: str) -> None:
    assert typed_day(text, DaySense.PAST, TODAY, CALENDAR).refusal


def test_any_other_day_without_a_year_is_the_nearest() -> None:
    assert typed_day("20/10", DaySense.ANY, TODAY, CALENDAR).iso == "2026-10-20"
    assert typed_day("5/1", DaySense.ANY, TODAY, CALENDAR).iso == "2027-01-05"
    assert typed_day("2024", DaySense.ANY, TODAY, CALENDAR).iso == "2024"


@given(text=st.text(max_size=14) | st.from_regex(r"[0-9/.\- ]{0,10}"), sense=st.sampled_from(DaySense))
def test_nothing_that_can_be_typed_breaks_a_field(text: str, sense: DaySense) -> None:
    found = typed_day(text, sense, TODAY, CALENDAR)
    assert not (found.refusal and found.offer)
    if len(found.iso) == len("2026-11-28"):
        date.fromisoformat(found.iso)


@given(
    day=st.dates(TODAY, TODAY + timedelta(days=380)),
    sep=st.sampled_from("/.- "),
    year=st.sampled_from(("", "%y", "%Y")),
)
def test_every_day_of_the_coming_year_can_be_typed_short_or_whole(day: date, sep: str, year: str) -> None:
    if not year and day >= date(TODAY.year + 1, TODAY.month, TODAY.day) - timedelta(days=61):
        return  # without a year it is the one just past
    text = day.strftime(sep.join(part for part in ("%d", "%m", year) if part))
    assert due(text).iso == day.isoformat()
