"""A day typed into a field: what it is read as, and what is said of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.calendar.deadlines import Calendar, DayEntry, DayKind, WorkingHours
from desk_app.domain.calendar.typed_day import DaySense, TypedDay, judged_due, recorded_day, sense_of, typed_day
from desk_app.errors import BadFactError

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


def test_a_due_day_sixty_days_past_is_still_meant_and_one_before_is_next_years() -> None:
    assert due("29/9").iso == "2026-09-29"
    assert due("28/9").iso == "2027-09-28"


def test_more_than_four_hundred_days_away_is_asked_about() -> None:
    free = Calendar(dict.fromkeys([TODAY + timedelta(days=400), TODAY + timedelta(days=401)], DayKind.MAKE_UP))
    assert judged_due(TODAY + timedelta(days=400), TODAY, free).remark == ""
    assert "hơn một năm" in judged_due(TODAY + timedelta(days=401), TODAY, free).remark
    assert judged_due(TODAY, TODAY, free).refusal == ""


def test_a_day_off_without_a_name_is_called_one() -> None:
    assert due("5/12/2027").remark == "Chủ Nhật 05/12/2027 là ngày nghỉ"


def test_the_leap_day_is_this_years_or_refused() -> None:
    assert typed_day("29/2", DaySense.ANY, date(2027, 6, 1), CALENDAR).iso == "2028-02-29"
    assert typed_day("29/2", DaySense.ANY, date(2026, 6, 1), CALENDAR).refusal


@pytest.mark.parametrize(
    ("text", "sense", "iso"),
    [
        ("28/11/26", DaySense.PAST, "2026-11-28"),
        ("1/1/76", DaySense.ANY, "2076-01-01"),
        ("1/1/77", DaySense.ANY, "1977-01-01"),
        ("1/1/99", DaySense.DUE, "2099-01-01"),
        ("mốt", DaySense.DUE, "2026-11-30"),
        ("nay", DaySense.PAST, "2026-11-28"),
    ],
)
def test_the_century_of_a_short_year_is_the_senses(text: str, sense: DaySense, iso: str) -> None:
    assert typed_day(text, sense, TODAY, CALENDAR).iso == iso


def test_nothing_typed_is_nothing_said() -> None:
    assert typed_day("  ", DaySense.DUE, TODAY, CALENDAR) == TypedDay()


def test_a_record_keeps_a_past_day_and_refuses_one_to_come() -> None:
    assert recorded_day("1/1/27", "child.born_on", TODAY) == "1927-01-01"
    assert recorded_day("28/11/2026", "id_issued_on", TODAY) == "2026-11-28"
    assert recorded_day("2026", "mother.born_on", TODAY) == "2026"
    assert recorded_day("1/1/2027", "meeting_on", TODAY) == "2027-01-01"
    for text in ("29/11/2026", "2027"):
        with pytest.raises(BadFactError) as refusal:
            recorded_day(text, "child.born_on", TODAY)
        assert refusal.value.facts["why"] == "không thể sau hôm nay"


def test_a_fact_asks_for_its_kind_of_day() -> None:
    past = ["born_on", "child.born_on", "died_on", "id_issued_on", "marriage_day", "registered_on"]
    assert {sense_of(key) for key in past} == {DaySense.PAST}
    assert sense_of("due_at") is DaySense.DUE
    assert sense_of("stubborn_on") is sense_of("meeting_on") is DaySense.ANY


def test_only_a_due_date_is_told_how_a_day_is_written() -> None:
    assert due("abc").refusal != typed_day("abc", DaySense.PAST, TODAY, CALENDAR).refusal
