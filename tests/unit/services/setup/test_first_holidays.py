"""The first calendar of a desk against the days worked out by hand from the decrees."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date

import holidays
import msgspec
import pytest

from desk_app.domain.calendar.day_file import entries_in
from desk_app.domain.calendar.deadlines import Calendar, DayKind, WorkingHours
from desk_app.services.setup.first_holidays import seed


def calendar(*years: int) -> Calendar:
    return Calendar.from_entries(seed(years), WorkingHours())


def test_the_days_off_of_2026_are_those_of_the_decision() -> None:
    found = {day for day, kind in calendar(2026).days.items() if kind is DayKind.OFF}
    tet = {date(2026, 2, day) for day in range(16, 21)}
    autumn = {date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 24)}
    winter = {date(2026, 1, 1), date(2026, 1, 2)}
    spring = {date(2026, 4, 26), date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)}
    assert found == tet | autumn | spring | winter


@pytest.mark.parametrize("day", [date(2026, 1, 10), date(2026, 8, 22), date(2025, 4, 26), date(2024, 5, 4)])
def test_a_make_up_saturday_is_a_working_day(day: date) -> None:
    assert calendar(2024, 2025, 2026).is_working_day(day)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_swapped_day_off_the_package_knows_has_its_make_up_day(year: int) -> None:
    """The package lists only days off; a swap it learns must come into resources/days with its other half."""
    names = holidays.country_holidays("VN", years=year, language="vi").values()
    made_up = {entry.date for entry in seed([year]) if entry.kind is DayKind.MAKE_UP}
    swapped = [found for name in names for found in re.findall(r"\((?:thay cho ngày) (\d\d)/(\d\d)/(\d{4})\)", name)]
    known = {f"{year}-{month}-{day}" for day, month, year in swapped}
    assert known <= made_up
    assert made_up - known <= {"2026-01-10"}  # 12729/VPCP-KGVX came after the package's list


def test_next_year_is_not_confirmed_before_its_decision() -> None:
    assert calendar(2026, 2027).confirmed_years == {2026}
    assert all(entry.decision for entry in seed([2026, 2027]))


def test_the_second_of_january_2026_was_off_and_made_up_on_the_tenth() -> None:
    days = {entry.date: entry for entry in seed([2026])}
    assert (days["2026-01-02"].kind, days["2026-01-10"].kind) == (DayKind.OFF, DayKind.MAKE_UP)
    assert {days["2026-01-02"].decision, days["2026-01-10"].decision} == {"Văn bản 12729/VPCP-KGVX"}


def test_of_2027_what_the_law_fixes_is_sure_and_what_a_decision_may_move_is_marked() -> None:
    days = {entry.date: entry for entry in seed([2027])}
    sure = {day for day, entry in days.items() if entry.verified}
    assert {"2027-01-01", "2027-04-16", "2027-04-30", "2027-05-01", "2027-05-03", "2027-09-02", "2027-11-24"} == sure
    assert {day for day, entry in days.items() if entry.estimated} == set(days) - sure
    assert "2027-02-06" in days and not days["2027-02-06"].verified


def test_a_year_is_confirmed_once_nothing_of_it_is_only_estimated() -> None:
    entries = {entry.date: entry for entry in seed([2027])}
    decided = [msgspec.structs.replace(entry, verified=True, estimated=False) for entry in entries.values()]
    assert Calendar.from_entries(decided, WorkingHours()).confirmed_years == {2027}
    assert Calendar.from_entries([*decided[1:], entries["2027-02-06"]], WorkingHours()).confirmed_years == set()


def test_the_new_day_of_culture_cites_what_made_it() -> None:
    (entry,) = [entry for entry in seed([2026]) if entry.date == "2026-11-24"]
    assert entry.decision == "Nghị quyết 80-NQ/TW"


def test_days_come_once_and_in_order() -> None:
    dates = [entry.date for entry in seed([2027, 2025, 2026, 2026])]
    assert dates == sorted(set(dates))


def test_a_year_file_hands_its_decision_to_its_days() -> None:
    content = {"confirmed": True, "decision": "TB 1", "day": [{"date": "2027-02-04", "kind": "off", "name": "Tết"}]}
    (entry,) = entries_in(content, source="2027.toml")
    assert (entry.verified, entry.decision, entry.source) == (True, "TB 1", "2027.toml")


def test_a_date_written_as_toml_writes_dates_is_taken() -> None:
    (entry,) = entries_in({"day": [{"date": date(2027, 2, 4), "kind": "off", "name": "Tết"}]}, source="x.toml")
    assert entry.date == "2027-02-04"


@pytest.mark.parametrize("day", ["2027-13-40", "20270204", "4/2/2027", ""])
def test_a_date_no_calendar_has_never_reaches_the_table(day: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        entries_in({"day": [{"date": day, "kind": "off", "name": "Tết"}]}, source="x.csv")


def test_the_days_are_the_packages_own_and_only_vietnam_is_loaded_for_them() -> None:
    """An installed program has no other country of the package."""
    whole = "import holidays; found = holidays.country_holidays('VN', years={2025, 2027, 2031}, language='vi')"
    alone = "from desk_app.services.setup import first_holidays; found = {}\nfor year in (2025, 2027, 2031): "
    alone += "found |= {e.date: e.name for e in first_holidays._reckoned(year)}"
    end = "; import sys; print(sorted((str(day), name) for day, name in found.items()))"
    end += "; print(len([name for name in sys.modules if name.startswith('holidays.countries.')]))"

    def told(script: str) -> list[str]:
        return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split(
            "\n"
        )

    of_all, of_one = told(whole + end), told(alone + end.replace("; ", "\n", 1))
    assert of_one[0] == of_all[0] and len(of_one[0]) > 1000
    assert (of_one[1], int(of_all[1]) > 200) == ("1", True)
