"""What a service day must say before an office may hold it, and how it is told."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.office_table import FileFault
from desk_app.domain.service_days.day_file import day_in
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind, checked
from desk_app.errors import BadFactError, MissingFactError

DAY = ServiceDay(
    id="thu-ba-nhanh",
    kind=ServiceDayKind.FAST,
    name="Ngày thứ Ba nhanh",
    weekdays=(2, 4),
    number="7/QĐ-UBND",
    decided_on="2026-11-01",
    in_force_from="2026-11-10",
)


def test_a_whole_day_may_be_held() -> None:
    assert checked(DAY) == DAY


@pytest.mark.parametrize("field", ["number", "decided_on", "in_force_from"])
def test_a_day_without_its_written_decision_is_refused(field: str) -> None:
    with pytest.raises(MissingFactError) as told:
        checked(replace(DAY, **{field: ""}))
    assert told.value.facts["field"] == field


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Thứ Ba"),
        ("id", ""),
        ("id", "a" * 61),
        ("weekdays", (0,)),
        ("weekdays", (8,)),
        ("starts", "7:30"),
        ("ends", "24:00"),
        ("decided_on", "2026-02-30"),
        ("in_force_from", "10/11/2026"),
        ("in_force_to", "2026-11-09"),
        ("name", "a" * 121),
    ],
)
def test_what_no_calendar_and_no_list_has_is_refused(field: str, value: object) -> None:
    with pytest.raises(BadFactError) as told:
        checked(replace(DAY, **{field: value}))
    assert told.value.facts["field"] == field


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "a" * 60),
        ("name", "a" * 120),
        ("procedures", ("1",) * 200),
        ("weekdays", (1, 7)),
        ("in_force_to", "2026-11-10"),  # the day on which it begins
    ],
)
def test_the_last_that_calendars_and_lists_have_is_taken(field: str, value: object) -> None:
    day = replace(DAY, **{field: value})
    assert checked(day) is day


def test_hours_run_forwards_and_an_extra_hour_has_both() -> None:
    with pytest.raises(BadFactError):
        checked(replace(DAY, starts="18:00", ends="17:00"))
    with pytest.raises(BadFactError):
        checked(replace(DAY, starts="18:00", ends="18:00"))
    extra = replace(DAY, kind=ServiceDayKind.EXTRA_HOUR)
    for hours, lacks in (({}, "starts"), ({"starts": "17:00"}, "ends"), ({"ends": "17:00"}, "starts")):
        with pytest.raises(MissingFactError) as told:
            checked(replace(extra, **hours))
        assert told.value.facts["field"] == lacks
    assert checked(replace(extra, starts="17:00", ends="18:00")).when == "thứ Ba, thứ Năm, 17:00–18:00"


def test_a_day_is_told_in_words() -> None:
    assert DAY.when == "thứ Ba, thứ Năm"
    assert DAY.citation == "Quyết định 7/QĐ-UBND ngày 01/11/2026"
    assert DAY.span == "từ 10/11/2026"
    assert replace(DAY, name="", weekdays=()).title == "Ngày làm nhanh"
    assert replace(DAY, weekdays=()).when == "mọi ngày làm việc"
    assert all(kind.label and kind.promise for kind in ServiceDayKind)


def test_a_file_says_a_day_and_a_key_nobody_knows_is_a_fault() -> None:
    text = 'id = "a"\nkind = "fast"\nweekdays = [2]\nin_force_from = 2026-11-10\n'
    assert day_in(text) == ServiceDay(id="a", kind=ServiceDayKind.FAST, weekdays=(2,), in_force_from="2026-11-10")
    for wrong in ('id = "a"\nkind = "slow"\n', 'id = "a"\nkind = "fast"\nhour = 9\n', 'id = "a"\n', "id = "):
        with pytest.raises(FileFault):
            day_in(wrong)
