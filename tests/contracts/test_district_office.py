"""What the office does with a storage, on both of them: enrol, list, find, copy, bring back into either."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk_app.district.admin import backup, folder, register, status, users
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.register import Wanted
from desk_app.district.keys import keyfile
from desk_app.district.publishing import announcements, decisions
from desk_app.district.storage import devices, quarantine
from desk_app.district.transport import stick
from desk_app.domain.dossiers.steps import Status
from tests.kit.district import offices
from tests.kit.district.offices import MORNING, PASSPHRASE, UNIT, Clock

KINDS = ("sqlite", "postgresql")


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """The settings' word for a fresh database of this kind."""

    def made(kind: str) -> str:
        if kind == "sqlite":
            return ""
        return str(request.getfixturevalue("server").database(f"o{secrets.token_hex(6)}"))

    return made


@pytest.fixture(params=KINDS)
def here(request: pytest.FixtureRequest, tmp_path: Path, database: Callable[[str], str]) -> Iterator[DistrictOffice]:
    with offices.office(tmp_path / "district", Clock(), database=database(request.param)) as opened:
        assert opened.district.storage.kind == request.param
        yield opened


def test_events_that_nobody_can_read_are_told_with_their_desk(here: DistrictOffice) -> None:
    good, bad = offices.enrolled(here, 1), offices.enrolled(here, 2)
    good.receives(1)
    bad.receives(2)
    bad.bodies += [b"{", b"\xff", b'{"d":"x","k":1}']
    for desk in (good, bad):
        assert here.district.reply(desk.request(clock=MORNING)).code == "OK"
    here.district.projection.catch_up()
    with here.district.storage.reading() as session:
        one, two = status.desks(session)
        told = status.remarks(session, here.folder, at=MORNING)
        listed = status.unreadable(session)
    assert (one.unreadable, one.concerns(MORNING)) == (0, ())
    assert (two.unreadable, two.concerns(MORNING)) == (3, ("3 việc không đọc được",))
    assert [line for line in told if "3 việc" in line and "rebuild" in line]
    assert {(row.unit, row.desk, row.told) for row in listed} == {(UNIT, 2, "không đúng dạng một việc")}


def test_desks_are_listed_with_what_they_sent(here: DistrictOffice) -> None:
    first, second = offices.enrolled(here, 1), offices.enrolled(here, 2)
    for number in range(1, 6):
        first.receives(number)
    here.district.reply(first.request(clock=MORNING - 600_000))
    first.bodies[0] = first.bodies[0].replace(b"thu", b"hai")
    here.district.reply(first.request())
    with here.district.storage.reading() as session:
        one, two = status.desks(session)
        assert (one.desk, one.events, one.receptions, one.quarantine, one.unsafe) == (1, 5, 5, 1, 5)
        assert (two.kid, two.events, two.seen_at, two.is_active) == (second.keys.kid.hex(), 0, 0, True)
        assert [each.reason for each in status.put_aside(session)] == ["FORK"]
        totals = status.totals(session)
        assert (totals.desks, totals.events, totals.receptions, totals.quarantine) == (2, 5, 5, 1)
        assert status.unreadable(session) == []
        ((digest,),) = session.all("SELECT digest FROM quarantine")
    with here.district.storage.writing() as session:
        assert quarantine.settle(session, bytes(digest), at=1)
        assert devices.revoke(session, second.keys.kid, reason="mất")
    with here.district.storage.reading() as session:
        assert status.put_aside(session) == []
        assert [each.is_active for each in status.desks(session)] == [True, False]


def test_dossiers_are_found_and_decided(here: DistrictOffice) -> None:
    desk = offices.enrolled(here)
    for number in range(1, 61):
        desk.receives(number, name="Đặng Ước" if number == 7 else "Lò Thị Thử", at=MORNING + number)
    here.district.reply(desk.request())
    _, after = decisions.decide(here.district, f"{UNIT}-261122-0007", "ready", result="1/GXN")
    assert after.status is Status.RESULT_READY
    with here.district.storage.reading() as session:
        assert register.find(session, here.district.index, Wanted()).total == 60
        assert [one.code[-4:] for one in register.find(session, here.district.index, Wanted(page=1)).rows] == [
            f"{number:04d}" for number in range(10, 0, -1)
        ]
        for wanted in (Wanted(text="-0007"), Wanted(text="dang uoc"), Wanted(status="result_ready")):
            assert [one.applicant for one in register.find(session, here.district.index, wanted).rows] == ["Đặng Ước"]
        for text in ("%", "1%"):
            assert register.find(session, here.district.index, Wanted(text=text)).total == 0
        assert register.units(session) == [(UNIT, offices.COMMUNE)]
        assert register.as_csv(register.every(session, Wanted(unit=UNIT))).count(b"\r\n") == 61


def test_users_and_visits_are_kept(here: DistrictOffice) -> None:
    with here.district.storage.writing() as session:
        users.add(session, "lan", "một mật khẩu dài", at=MORNING)
        token = users.begin_visit(session, "lan", secret=users.secret_of(session, "lan"), at=MORNING)
    with here.district.storage.reading() as session:
        assert users.visitor(session, token, at=MORNING) == "lan"
        assert [each.added_at for each in users.listed(session)] == [MORNING]


def test_sticks_are_taken_in_and_handed_out(here: DistrictOffice, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    desk = offices.enrolled(here)
    desk.receives(1)
    (usb / "a.cx").write_bytes(desk.request())
    (handed,) = stick.take_in(here.district, usb)
    assert handed.events == 1
    assert stick.hand_out(here.district, usb) == [("cap-tren-H26.99-1.cx", 1)]


@pytest.mark.parametrize("into", KINDS)
def test_a_copy_of_one_kind_is_brought_back_into_either(
    here: DistrictOffice, tmp_path: Path, database: Callable[[str], str], into: str
) -> None:
    desk = offices.enrolled(here)
    for number in range(1, 4):
        desk.receives(number)
        here.district.reply(desk.request(first=number))
    with here.district.storage.writing() as session:
        announcements.announce(
            session, here.district.identity, scope=UNIT, title="Tin", text="Tin", until="", at=MORNING
        )
    made = backup.make(here, tmp_path / "b.db")
    assert (made.events, made.logs) == (5, 3)
    place = tmp_path / "new"
    place.mkdir()
    backup.furnish(
        place,
        tmp_path / "b.db",
        database=database(into),
        unlock=lambda: keyfile.unlock(place, passphrase=PASSPHRASE),
    )
    with folder.opened(place, passphrase=PASSPHRASE, clock=Clock()) as other:
        assert other.district.storage.kind == into
        for _ in range(2):
            backup.bring_back(other, tmp_path / "b.db", over=True)
        receipt = desk.receipt(other.district.reply(desk.request()).body)
        assert (receipt.logs[desk.log].seq, receipt.safe[desk.log]) == (3, 3)
        other.district.projection.catch_up()
        with other.district.storage.reading() as session:
            assert register.find(session, here.district.index, Wanted()).total == 3
            assert [one.title for one in announcements.told(session, other.district.identity)] == ["Tin"]
