"""Service days as terminals read and tell them, and how many dossiers a day had."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.service_days.day_count import CountedReception, DayCount, counted
from desk_app.domain.service_days.day_words import codes_in, day_data, hours_in, weekdays_in
from desk_app.domain.service_days.kept_day import KeptServiceDay
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind, cited, weekday_name
from desk_app.errors import BadFactError

MORNING, HOUR, DAY = 1_795_309_500_000, 3_600_000, 86_400_000
"""22/11/2026 08:05 in Vietnam."""
FAST, NINTH = KeptServiceDay(id="f", kind="fast", name="Nhanh"), KeptServiceDay(id="n", kind="extra_hour", name="Giờ 9")


@pytest.mark.parametrize(
    ("text", "days"), [("2,4,cn", (1, 3, 7)), ("all", ()), (" 7 , CN", (6, 7)), ("3", (2,)), ("5,6", (4, 5))]
)
def test_weekdays_are_read_as_vietnamese_count_them(text: str, days: tuple[int, ...]) -> None:
    assert weekdays_in(text) == days


@pytest.mark.parametrize("text", ["1", "8", "2,", "", "chủ nhật"])
def test_a_weekday_nobody_knows_is_refused(text: str) -> None:
    with pytest.raises(BadFactError):
        weekdays_in(text)


def test_codes_come_once_each_and_all_is_none() -> None:
    assert codes_in("1.001193, 2.000815,,1.001193") == ("1.001193", "2.000815")
    assert codes_in("all") == ()


def test_hours_have_a_dash_or_are_all() -> None:
    assert hours_in("17:00 - 18:00") == {"starts": "17:00", "ends": "18:00"}
    assert hours_in("all") == {"starts": "", "ends": ""}
    with pytest.raises(BadFactError):
        hours_in("17:00")


def test_what_a_day_does_not_say_is_null() -> None:
    day = ServiceDay(id="f", kind=ServiceDayKind.FAST, starts="17:00", in_force_from="2026-11-01")
    told = day_data(day)
    assert (told["decided_on"], told["in_force_from"], told["in_force_to"]) == (None, "2026-11-01", None)
    assert told["when"] == "mọi ngày làm việc, 17:00–24:00"


@pytest.mark.parametrize(
    ("number", "on", "told"),
    [
        ("", "2026-11-01", ""),
        ("12/QĐ", "", "Quyết định 12/QĐ"),
        ("Kế hoạch 5", "2026-11-01", "Kế hoạch 5 ngày 01/11/2026"),
    ],
)
def test_a_decision_is_cited_as_papers_do(number: str, on: str, told: str) -> None:
    assert cited(number, on) == told


def test_the_week_begins_with_monday() -> None:
    assert [weekday_name(day) for day in (1, 6, 7)] == ["thứ Hai", "thứ Bảy", "Chủ Nhật"]


def reception(returned: int, *, due: int = 0, at: int = MORNING, days: tuple[KeptServiceDay, ...] = (FAST,)):
    return CountedReception(received_at=at, due_at=due, returned_at=returned, procedure="1.001193", service_days=days)


def test_what_was_done_at_once_the_same_day_and_later_is_counted_apart() -> None:
    receptions = [
        reception(MORNING),
        reception(MORNING + HOUR, due=MORNING + 2 * HOUR),
        reception(MORNING + HOUR, due=MORNING + 2 * HOUR),
        reception(MORNING + DAY),
        reception(0),
        reception(0, due=MORNING),
    ]
    (found,) = counted(receptions, by_procedure=False)
    assert found == DayCount(
        on=date(2026, 11, 22), id="f", name="Nhanh", procedure="", received=6, at_once=1, same_day=2
    )
    assert found.left == 3


def test_a_dossier_counts_for_every_kind_it_came_under_by_day_and_procedure() -> None:
    found = counted([reception(0, at=MORNING + DAY), reception(0, days=(FAST, NINTH))], by_procedure=True)
    assert [(each.on.day, each.id, each.procedure) for each in found] == [
        (22, "n", "1.001193"),
        (22, "f", "1.001193"),
        (23, "f", "1.001193"),
    ]
