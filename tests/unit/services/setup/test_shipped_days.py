"""A desk that an older program made takes over the days off a newer one ships, and nothing that is the office's."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desk_app import places
from desk_app.domain.calendar.deadlines import VIETNAM, DayEntry, DayKind
from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.notices import DayChange, DaysChanged
from desk_app.errors import DiskFullError
from desk_app.protocol.event_body import body_of
from desk_app.services.catalogue import imports, unit_data
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.maintenance import checks
from desk_app.services.reception import reception
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import rows as journal_rows
from desk_app.store.reference import days
from tests.kit.desk.desks import PASSPHRASE, TestClock
from tests.unit.services.reception.test_reception import SINGLE, drafted

NEW = """
[[day]]
date = "2026-12-18"
kind = "off"
name = "Nghỉ theo quyết định mới"
decision = "QĐ 1"

[[day]]
date = "2026-12-19"
kind = "make_up"
name = "Làm bù ngày 18/12/2026"
decision = "QĐ 1"
"""


@pytest.fixture
def newer(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The days of a program newer than the one that made the desk: a swap more, two days moved."""
    assert desk.settings.days_edition
    folder = tmp_path / "resources"
    folder.mkdir()
    for each in places.resources().iterdir():
        if each.name != "days":
            (folder / each.name).symlink_to(each)
    shutil.copytree(places.resources() / "days", folder / "days")
    text = (folder / "days" / "2026.toml").read_text("utf-8")
    (folder / "days" / "2026.toml").write_text(text.replace("2026-08-22", "2026-08-15") + NEW, "utf-8")
    text = (folder / "days" / "2027.toml").read_text("utf-8")
    (folder / "days" / "2027.toml").write_text(text.replace("2027-02-04", "2027-02-11"), "utf-8")
    monkeypatch.setattr("desk_app.services.setup.shipped_days.places.resources", lambda: folder)
    return folder


def table(desk: Desk) -> dict[str, DayEntry]:
    return {day.date: day for day in days.all_days(desk.db)}


def again(desk: Desk, clock: TestClock) -> Desk:
    desk.close()
    return open_desk(desk.data, passphrase=PASSPHRASE, clock=clock)


def of_office(desk: Desk, tmp_path: Path, *rows: str) -> None:
    file = tmp_path / "lịch cơ quan.csv"
    file.write_text("\n".join(("date,kind,name,decision", *rows)), "utf-8")
    imports.import_days(desk, file)


def test_the_program_of_the_same_edition_takes_nothing_over(desk: Desk, clock: TestClock) -> None:
    before = table(desk)
    with again(desk, clock) as later:
        assert table(later) == before
        assert later.settings.days_taken.on == ""
        assert "Lịch nghỉ của chương trình" not in [each.subject for each in checks.doctor(later)]


@pytest.mark.usefixtures("newer")
def test_days_that_a_newer_program_ships_are_taken_over_once_and_told(desk: Desk, clock: TestClock) -> None:
    kept = reception.receive(desk, drafted(desk, SINGLE)).dossier
    with again(desk, clock) as later:
        found = table(later)
        assert (found["2026-12-18"].kind, found["2026-12-19"].kind) == (DayKind.OFF, DayKind.MAKE_UP)
        assert ("2026-08-22" in found, "2026-08-15" in found, "2027-02-11" in found) == (False, True, True)
        taken = later.settings.days_taken
        assert (taken.on, taken.added, taken.removed, taken.left) == ("2026-11-20", 4, 1, ())
        told = {each.subject: each for each in checks.doctor(later)}
        assert "thêm 4" in told["Lịch nghỉ của chương trình"].state
        assert not later.calendar.is_working_day(datetime(2026, 12, 18, tzinfo=VIETNAM).date())
        assert later.db.one("SELECT due_at FROM dossier WHERE code = ?", (kept.code,)) == (kept.due_at,)
        with unit_of_work(later.db):
            days.forget_day(later.db, "2026-12-18")
        with again(later, clock) as third:
            assert "2026-12-18" not in table(third)  # once
            assert third.settings.days_taken == taken


@pytest.mark.usefixtures("newer")
def test_a_row_of_the_office_stays_and_the_other_days_come(desk: Desk, clock: TestClock, tmp_path: Path) -> None:
    of_office(desk, tmp_path, "18/12/2026,half,Buổi chiều nghỉ lễ hội xã,QĐ xã")
    own = table(desk)["2026-12-18"]
    with again(desk, clock) as later:
        assert table(later)["2026-12-18"] == own
        assert "2026-12-19" in table(later)


@pytest.mark.usefixtures("newer")
def test_a_year_of_which_the_office_keeps_a_list_gets_no_day_more_but_is_told(
    desk: Desk, clock: TestClock, tmp_path: Path
) -> None:
    of_office(desk, tmp_path, *(f"{day}/12/2026,off,Ngày {day},QĐ 9" for day in (22, 23, 24)))
    with again(desk, clock) as later:
        assert not {"2026-12-18", "2026-12-19"} & set(table(later))
        assert later.settings.days_taken.left == ("2026-08-15", "2026-08-22", "2026-12-18", "2026-12-19")
        assert "2026-08-22" in table(later)
        assert "2027-02-11" in table(later)
        told = {each.subject: each for each in checks.doctor(later)}
        assert "18/12/2026, 19/12/2026" in told["Lịch nghỉ của chương trình"].remedy


@pytest.mark.usefixtures("newer")
def test_what_the_district_set_or_took_away_stays(desk: Desk, clock: TestClock) -> None:
    sent = DayEntry(date="2026-12-19", kind=DayKind.OFF, name="Cấp trên gửi", source="district", verified=True)
    notice = DaysChanged(days=(DayChange(date="2026-12-18", kind=""), DayChange(date="2026-12-19", kind="off")))
    with unit_of_work(desk.db):
        days.put_days(desk.db, [sent])
        log = journal_rows.begun(desk.db, bytes(16), own=0)
        event = Recorded(
            log=bytes(16).hex(),
            seq=1,
            dossier="",
            kind="days",
            lamport=1,
            at=1,
            clock_offset=0,
            author="",
            seen={},
            payload=notice,
        )
        journal_rows.insert(desk.db, log.id, event, body_of(event, notice).decode(), bytes(32))
    assert days.dates_of_the_district(desk.db) == {"2026-12-18", "2026-12-19"}
    with again(desk, clock) as later:
        assert "2026-12-18" not in table(later)
        assert table(later)["2026-12-19"] == sent
        assert "2027-02-11" in table(later)


def test_a_new_year_brings_the_days_of_the_next_one(desk: Desk, clock: TestClock) -> None:
    assert not any(day.startswith("2028") for day in table(desk))
    clock.moment += timedelta(days=60)
    with again(desk, clock) as later:
        assert any(day.startswith("2028") for day in table(later))
        assert 2028 not in later.calendar.confirmed_years


@pytest.mark.usefixtures("newer")
def test_a_desk_opens_where_the_days_find_no_room_and_asks_again(
    desk: Desk, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = days.put_days

    def full(*_: object) -> None:
        raise DiskFullError

    monkeypatch.setattr(days, "put_days", full)
    before = table(desk)
    with again(desk, clock) as later:
        assert table(later) == before
        monkeypatch.setattr(days, "put_days", real)
        with again(later, clock) as third:
            assert "2026-12-18" in table(third)


def test_units_of_a_newer_program_hold_at_once_at_an_old_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program carries its units itself; a desk keeps only what its office or district added."""
    files = dict(unit_data._files())
    change = {
        "level": "commune",
        "code": "25270",
        "to": "Phường Thử Mới",
        "by": "QĐ 2",
        "in_force_from": "2026-11-01",
        "verified": True,
    }
    files["changes"] = json.loads(json.dumps(files["changes"]))
    files["changes"]["changes"].append(change)
    monkeypatch.setattr(unit_data, "_files", lambda: files)
    unit_data._edition.cache_clear()
    assert unit_data.load_units(desk.today(), desk.unit_changes).communes["25270"].name == "Phường Thử Mới"
    unit_data._edition.cache_clear()


def test_the_start_of_a_desk_needs_no_calendar_of_the_moon(desk: Desk, clock: TestClock) -> None:
    """The package takes a tenth of a second to import; only a new edition may cost that."""
    code = (
        "import sys; from pathlib import Path; from tests.kit.desk.desks import *;"
        f"open_desk(Path({str(desk.data)!r}), passphrase=PASSPHRASE, clock=TestClock()).close();"
        "sys.exit('holidays' in sys.modules)"
    )
    desk.close()
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert clock
