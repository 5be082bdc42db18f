"""Which service days apply: hours, days off, make-up days, half days, in force from and to, several at once."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from desk_app.domain.calendar.deadlines import Calendar, DayEntry, DayKind, WorkingHours
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.procedures.procedure import LimitUnit, Procedure, TimeLimit
from desk_app.domain.service_days import applying
from desk_app.domain.service_days.service_day import COMMUNE, DISTRICT, PROGRAM, HeldDay, ServiceDay, ServiceDayKind

COPY, BIRTH, LAND = "2.000815", "1.001193", "1.012345"
TUESDAY = ServiceDay(
    id="khong-viet",
    kind=ServiceDayKind.NO_WRITING,
    weekdays=(2,),
    procedures=(COPY, BIRTH),
    number="12/QĐ-UBND",
    decided_on="2026-10-01",
    in_force_from="2026-11-01",
    in_force_to="2026-12-31",
)
NINTH = ServiceDay(id="gio-9", kind=ServiceDayKind.EXTRA_HOUR, starts="17:00", ends="18:00", in_force_from="2026-11-01")
CALENDAR = Calendar.from_entries(
    [
        DayEntry(date="2026-11-24", kind=DayKind.OFF, name="Nghỉ"),
        DayEntry(date="2026-11-28", kind=DayKind.MAKE_UP, name="Làm bù"),
        DayEntry(date="2026-12-01", kind=DayKind.HALF, name="Làm buổi sáng"),
    ],
    WorkingHours(),
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def names(held: list[HeldDay]) -> list[str]:
    return [each.day.id for each in held]


def found(text: str, procedure: str = COPY, *days: ServiceDay, origin: str = COMMUNE) -> list[str]:
    held = [HeldDay(day=day, origin=origin) for day in (days or (TUESDAY, NINTH))]
    return names(applying.applying(held, moment(text), procedure, CALENDAR))


def test_on_its_weekday_a_day_applies_to_its_procedures_at_any_hour() -> None:
    assert found("2026-11-17T00:00") == ["khong-viet"]
    assert found("2026-11-17T23:59") == ["khong-viet"]
    assert found("2026-11-17T09:00", LAND) == []
    assert found("2026-11-18T09:00") == []


def test_a_day_without_procedures_is_for_every_procedure() -> None:
    assert found("2026-11-18T17:30", LAND) == ["gio-9"]


@pytest.mark.parametrize(
    ("hour", "applies"), [("16:59", False), ("17:00", True), ("17:59", True), ("18:00", False), ("00:00", False)]
)
def test_an_extra_hour_begins_with_its_first_minute_and_ends_before_its_last(hour: str, applies: bool) -> None:
    assert (found(f"2026-11-18T{hour}", COPY, NINTH) == ["gio-9"]) is applies


def test_several_kinds_may_apply_to_one_dossier() -> None:
    assert found("2026-11-17T17:10") == ["gio-9", "khong-viet"]


def test_a_day_off_is_no_service_day_even_where_its_weekday_is_named() -> None:
    assert found("2026-11-24T09:00") == []
    assert found("2026-11-24T17:30") == []


def test_a_saturday_made_a_working_day_is_one_for_what_is_held_every_working_day() -> None:
    assert found("2026-11-28T17:30", COPY, NINTH) == ["gio-9"]
    assert found("2026-11-21T17:30", COPY, NINTH) == []


def test_a_day_of_a_weekday_is_held_on_a_make_up_day_only_where_the_decision_says_so() -> None:
    assert found("2026-11-28T09:00", COPY, TUESDAY) == []
    assert found("2026-11-28T09:00", COPY, replace(TUESDAY, on_make_up=True)) == ["khong-viet"]
    assert found("2026-11-21T09:00", COPY, replace(TUESDAY, on_make_up=True)) == []


def test_a_decision_that_names_saturday_opens_the_office_on_it() -> None:
    saturday = replace(TUESDAY, weekdays=(6,))
    assert found("2026-11-21T09:00", COPY, saturday) == ["khong-viet"]
    assert found("2026-11-28T09:00", COPY, saturday) == ["khong-viet"]


def test_a_half_day_has_no_service_day_in_its_afternoon() -> None:
    assert found("2026-12-01T09:00", COPY, TUESDAY) == ["khong-viet"]
    assert found("2026-12-01T11:30", COPY, TUESDAY) == []
    assert found("2026-12-01T17:30", COPY, NINTH) == []
    at_noon = [HeldDay(day=replace(NINTH, starts="11:30"), origin=COMMUNE)]
    assert applying.of_day(at_noon, moment("2026-12-01T08:00").date(), CALENDAR) == []
    assert (
        names(applying.of_day([HeldDay(day=NINTH, origin=COMMUNE)], moment("2026-12-01T08:00").date(), CALENDAR)) == []
    )


@pytest.mark.parametrize(
    ("day", "applies"),
    [("2026-10-27", False), ("2026-11-03", True), ("2026-12-29", True), ("2027-01-05", False)],
)
def test_a_day_applies_from_and_to_the_days_its_decision_names(day: str, applies: bool) -> None:
    assert (found(f"{day}T09:00", COPY, TUESDAY) == ["khong-viet"]) is applies


def test_the_first_and_the_last_day_of_a_decision_count() -> None:
    short = replace(TUESDAY, in_force_from="2026-11-17", in_force_to="2026-11-17")
    assert found("2026-11-17T09:00", COPY, short) == ["khong-viet"]
    assert found("2026-11-10T09:00", COPY, short) == []


def test_what_was_called_off_and_what_is_only_an_example_apply_to_nobody() -> None:
    assert found("2026-11-17T09:00", COPY, replace(TUESDAY, called_off=True)) == []
    assert found("2026-11-17T09:00", COPY, TUESDAY, origin=PROGRAM) == []


def test_the_districts_day_stands_in_place_of_the_communes_of_the_same_id() -> None:
    mine = HeldDay(day=TUESDAY, origin=COMMUNE)
    theirs = HeldDay(day=replace(TUESDAY, weekdays=(3,)), origin=DISTRICT)
    assert applying.applying([mine, theirs], moment("2026-11-17T09:00"), COPY, CALENDAR) == []
    assert applying.applying([mine, theirs], moment("2026-11-18T09:00"), COPY, CALENDAR) == [theirs]


def test_the_moment_of_another_zone_is_that_of_vietnam_and_a_naive_one_is_refused() -> None:
    held = [HeldDay(day=TUESDAY, origin=COMMUNE)]
    at = datetime.fromisoformat("2026-11-16T17:00:00+00:00")
    assert names(applying.applying(held, at, COPY, CALENDAR)) == ["khong-viet"]
    with pytest.raises(ValueError, match="time zone"):
        applying.applying(held, at.replace(tzinfo=None), COPY, CALENDAR)


def procedure(unit: LimitUnit, amount: int = 0, **more: object) -> Procedure:
    return Procedure(code=COPY, name="A", version="1", limit=TimeLimit(unit=unit, amount=amount), **more)


def test_on_a_service_day_a_same_day_result_needs_no_slip() -> None:
    assert applying.gives_at_once(TUESDAY, procedure(LimitUnit.SAME_DAY))
    assert applying.gives_at_once(TUESDAY, procedure(LimitUnit.WORKING_DAY, 3, at_once=True))
    assert not applying.gives_at_once(TUESDAY, procedure(LimitUnit.WORKING_DAY, 3))
    assert not applying.gives_at_once(TUESDAY, procedure(LimitUnit.SAME_DAY, unsure=("limit",)))
    assert applying.gives_at_once(replace(TUESDAY, at_once=True), procedure(LimitUnit.WORKING_DAY, 3))


def test_a_dossier_keeps_the_kind_and_the_decision_it_was_received_under() -> None:
    (kept,) = applying.kept([HeldDay(day=TUESDAY, origin=DISTRICT)], procedure(LimitUnit.SAME_DAY))
    assert (kept.id, kept.kind, kept.district, kept.at_once) == ("khong-viet", "no_writing", True, True)
    assert kept.told == "Ngày không viết (12/QĐ-UBND ngày 01/10/2026)"


@given(
    start=st.dates(date(2026, 11, 1), date(2026, 12, 31)),
    minute=st.integers(0, 24 * 60 - 1),
    weekdays=st.sets(st.integers(1, 7)),
    hours=st.sampled_from([("", ""), ("17:00", "18:00"), ("07:30", "11:30")]),
    on_make_up=st.booleans(),
)
@settings(max_examples=60)
def test_what_applies_at_a_moment_is_of_its_day_and_never_of_a_day_off(
    start: date, minute: int, weekdays: set[int], hours: tuple[str, str], on_make_up: bool
) -> None:
    day = replace(TUESDAY, weekdays=tuple(weekdays), starts=hours[0], ends=hours[1], on_make_up=on_make_up)
    held = [HeldDay(day=day, origin=COMMUNE)]
    at = datetime.combine(start, time(minute // 60, minute % 60), VIETNAM)
    of_day = applying.of_day(held, start, CALENDAR)
    now = applying.at(held, at, CALENDAR)
    assert set(names(now)) <= set(names(of_day))
    if CALENDAR.days.get(start) is DayKind.OFF:
        assert of_day == []
    if now and hours[0]:
        assert hours[0] <= f"{at:%H:%M}" < hours[1]
    if of_day and not weekdays:
        assert CALENDAR.is_working_day(start)
