"""When a copy is due, and which are taken away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desk_app.district.admin import backup_schedule, settings
from desk_app.district.admin.backup_schedule import is_due, name_for, superseded
from desk_app.district.admin.settings import DistrictSettings
from desk_app.district.failures import DamagedSettingsError

SET = DistrictSettings(name="x", url="https://x", backup_folder="/x", backup_at="21:30")
HOUR = 3_600_000


def ms(text: str) -> int:
    """UTC ms of a moment in Vietnam."""
    return int((datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=7)).timestamp() * 1000)


@pytest.mark.parametrize(
    ("made", "now", "due"),
    [
        ("2026-11-27 21:31", "2026-11-28 21:29", False),
        ("2026-11-27 21:31", "2026-11-28 21:30", True),
        ("2026-11-28 21:30", "2026-11-28 23:59", False),
        ("2026-11-28 10:00", "2026-11-28 21:31", True),  # one by hand in the morning is no evening's copy
        ("2026-11-20 21:30", "2026-11-28 08:00", True),  # the machine was off at its hour
        ("2026-11-27 21:30", "2026-11-28 00:10", False),
    ],
)
def test_a_copy_is_due_once_after_each_evening(made: str, now: str, due: bool) -> None:
    assert is_due(SET, made_at=ms(made), tried_at=0, at=ms(now)) is due


def test_a_first_copy_is_due_at_once_and_none_without_a_folder() -> None:
    assert is_due(SET, made_at=0, tried_at=0, at=ms("2026-11-28 08:00"))
    assert not is_due(replace(SET, backup_folder=""), made_at=0, tried_at=0, at=ms("2026-11-28 08:00"))


def test_what_failed_is_tried_again_after_half_an_hour() -> None:
    now = ms("2026-11-28 22:00")
    assert not is_due(SET, made_at=0, tried_at=now - 29 * 60_000, at=now)
    assert is_due(SET, made_at=0, tried_at=now - 30 * 60_000, at=now)


def test_of_daily_copies_so_many_days_and_weeks_stay() -> None:
    evenings = [name_for(ms("2026-11-28 21:30") - day * 24 * HOUR) for day in range(100)]
    gone = superseded(evenings, days=7, weeks=4)
    kept = [name for name in evenings if name not in gone]
    assert kept[:7] == evenings[:7]
    # 28 November 2026 is a Saturday: the newest of each earlier week is its Sunday's
    assert kept[7:] == [name_for(ms(f"2026-11-{day} 21:30")) for day in ("15", "08")]


def test_a_machine_that_was_off_for_a_year_keeps_its_old_copies() -> None:
    names = [name_for(ms("2025-11-28 21:30")), name_for(ms("2025-11-27 21:30")), name_for(ms("2026-11-28 08:00"))]
    assert superseded(names, days=7, weeks=0) == []


def test_names_of_anything_else_are_passed_over() -> None:
    others = ["b.db", "cap-tren.saoluu", "cap-tren-20261399-250000.saoluu", "x-cap-tren-20261128-213000.saoluu"]
    old = [name_for(ms("2026-11-01 21:30")), name_for(ms("2026-11-02 21:30"))]
    assert superseded([*others, *old], days=1, weeks=0) == [old[0]]


@given(st.sets(st.integers(0, 400 * 24 * 60), min_size=1, max_size=60), st.integers(1, 10), st.integers(0, 10))
def test_the_newest_always_stays_and_never_more_than_asked(minutes: set[int], days: int, weeks: int) -> None:
    names = {name_for(ms("2026-01-01 00:00") + minute * 60_000) for minute in minutes}
    gone = superseded(names, days=days, weeks=weeks)
    assert max(names) not in gone
    assert 1 <= len(names) - len(gone) <= days + weeks
    assert not superseded(names - set(gone), days=days, weeks=weeks)


@pytest.mark.parametrize("line", ['backup_at = "25:00"', 'backup_at = "tối"', "backup_days = 0", "backup_weeks = -1"])
def test_settings_that_make_no_sense_are_refused(tmp_path: Path, line: str) -> None:
    settings.write(tmp_path, SET)
    file = tmp_path / settings.FILE
    key = line.partition(" ")[0]
    kept = [one for one in file.read_text("utf-8").splitlines() if not one.startswith(key)]
    file.write_text("\n".join([*kept, line]), encoding="utf-8")
    with pytest.raises(DamagedSettingsError):
        settings.read(tmp_path)


def test_a_file_of_an_earlier_version_asks_for_no_copies(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text('name = "x"\nurl = "https://x"\n', encoding="utf-8")
    assert settings.read(tmp_path).backup_folder == ""
    assert backup_schedule.due_since(settings.read(tmp_path), at=ms("2026-11-28 21:30")) == ms("2026-11-28 21:30")
