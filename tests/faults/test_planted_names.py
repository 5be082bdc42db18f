"""Names, numbers and papers planted at a district are looked for in every byte it leaves on any disk. On both storages.

Looked for as texts in every spelling, and as the packed bodies that a frame holds.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from msgspec.structs import replace

from desk_app.district import pages
from desk_app.district.admin import backup, folder, lockout, register, settings, users
from desk_app.district.admin.backup_keeper import BackupKeeper
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.register import Wanted
from desk_app.district.checks import check as checks
from desk_app.district.keys import keyfile
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.publishing import announcements, erasing
from desk_app.district.storage import blobs, logs
from desk_app.district.transport import http_app
from desk_app.domain.dossiers.events import Office, Received, StepTaken
from desk_app.domain.notices import Revoked
from desk_app.domain.people.person import Person
from desk_app.key_envelope import Cost
from desk_app.protocol.batch import Blob
from tests.faults.test_sync_secrets import ADDRESS, PHONE, REMARK, found_in
from tests.kit.desk.terminal import SECRET_NAME, SECRET_NUMBER
from tests.kit.district import offices, postgres
from tests.kit.district.asgi import Browser
from tests.kit.district.offices import PASSPHRASE, UNIT, Clock, Device

PAPER = f"{SECRET_NAME} {SECRET_NUMBER} ".encode() * 400
PASSWORD = "bốn con ngựa gỗ lim"
PLANTED = Person(full_name=SECRET_NAME, id_number=SECRET_NUMBER, phone=PHONE, residence=ADDRESS)


@dataclass
class Planted:
    """A district with a person's data wherever it can hold any; `packed` are frames as they are kept."""

    here: DistrictOffice
    clock: Clock
    packed: list[bytes] = field(default_factory=list)
    secrets: list[bytes] = field(default_factory=list)

    def found(self, *places: Path) -> dict[str, list[bytes]]:
        """Files that tell something: by path, what they tell."""
        told = {}
        for file in (file for place in places for file in place.rglob("*") if file.is_file()):
            content = str(file.name).encode() + b"\0" + file.read_bytes()
            hits = [*found_in(content), *(one for one in (*self.packed, *self.secrets) if one in content)]
            if hits:
                told[str(file)] = hits
        return told


@pytest.fixture(autouse=True)
def cheap_and_watched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(keyfile, "PASSPHRASE_COST", Cost(passes=1, memory=8, lanes=1))
    monkeypatch.setattr(users, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    (tmp_path / "temporary").mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    caplog.set_level(logging.DEBUG)


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Postgres]:
    if postgres.missing():
        pytest.skip(postgres.missing())
    with postgres.running() as running:
        # every statement with its values goes to the log, as some offices have it
        running.control("restart", "-o", "-c log_statement=all -c log_min_duration_statement=0")
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return ""
    return str(request.getfixturevalue("server").database(f"p{os.urandom(4).hex()}"))


@pytest.fixture
def planted(tmp_path: Path, database: str) -> Iterator[Planted]:
    clock = Clock()
    with offices.office(tmp_path / "district", clock, database=database) as here:
        chosen = replace(here.settings, backup_folder=str(tmp_path / "copies"))
        settings.write(here.folder, chosen)
        made = Planted(DistrictOffice(folder=here.folder, settings=chosen, district=here.district), clock)
        plant(made)
        yield made


def received(number: int) -> Received:
    return Received(
        code=f"{UNIT}-261122-{number:04d}",
        procedure="2.000815",
        procedure_version="2026-11-22",
        people={"applicant": PLANTED},
        received_at=offices.MORNING,
        due_at=0,
        office=Office(name="UBND xã", commune="x"),
        note=REMARK,
    )


def plant(made: Planted) -> None:
    here, district = made.here, made.here.district
    desk, other = offices.enrolled(here), offices.enrolled(here, 2)
    for number in range(1, 6):
        desk.writes(received(number), dossier=f"hoso{number:012d}")
        desk.writes(StepTaken(action="forward", reason=REMARK), dossier=f"hoso{number:012d}")
    district.reply(desk.request())
    fork = Device(desk.card, keys=desk.keys, log=desk.log, bodies=list(desk.bodies))
    fork.bodies[-1] = fork.bodies[-1].replace(b'"forward"', b'"stop"')
    district.reply(fork.request())
    with district.storage.writing() as session:
        (log,) = [log for log in logs.every(session) if log.log == desk.log]
        made.packed = [frame.z[20:60] for frame in logs.frames_after(session, log.log, 0)]
        piece = Blob(sha=sha(PAPER), size=len(PAPER), offset=0, data=PAPER)
        blobs.append(session, UNIT, piece, at=1)
        users.add(session, "lan", PASSWORD, at=1)
        made.secrets = [users.secret_of(session, "lan").encode(), PASSWORD.encode()]
        announcements.announce(
            session, district.identity, scope=UNIT, title=SECRET_NAME, text=REMARK, until="", at=made.clock.at
        )
        words = [Word(payload=Revoked(device=other.keys.kid.hex(), reason=f"{SECRET_NAME} nghỉ việc"))]
        writer.append_signed(session, district.identity, "*", words, at=made.clock.at)
        erasing.erase(session, district.identity, desk.log.hex(), 4, reason=REMARK, at=made.clock.at)
        for _ in range(3):
            lockout.take_try(session, SECRET_NAME, "192.0.2.7", at=made.clock.at)
    assert made.packed
    district.projection.catch_up()


def sha(data: bytes) -> bytes:
    import hashlib

    return hashlib.sha256(data).digest()


def look_around(made: Planted) -> None:
    """Sign-in, searches and lists, as an officer does them."""
    here = made.here
    browser = Browser(http_app.build(here.district, pages=pages.routes(here.district, folder=here.folder)))
    assert browser.post("/sign-in", name="lan", password=PASSWORD).status == 303
    for text in (SECRET_NAME, SECRET_NUMBER, SECRET_NAME.split()[-1], ""):
        browser.get("/dossiers", text=text)
    browser.post("/sign-in", name=SECRET_NAME, password=SECRET_NUMBER)
    with here.district.storage.reading() as session:
        rows = list(register.every(session, Wanted()))
    assert {(row.applicant, row.id_number) for row in rows} == {(SECRET_NAME, SECRET_NUMBER)}


def test_nothing_of_a_person_lies_anywhere_in_the_clear(
    planted: Planted, tmp_path: Path, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    here = planted.here
    look_around(planted)
    assert checks.check(here).problems == ()
    copy = backup.make(here, tmp_path / "b.saoluu")
    assert copy.damaged == ()
    scheduled = BackupKeeper(here)
    planted.clock.at += 86_400_000
    assert scheduled.look() is not None
    backup.bring_back(here, copy.file, over=True)
    assert checks.rebuild(here) == 5
    look_around(planted)
    (tmp_path / "new").mkdir()
    backup.furnish(
        tmp_path / "new",
        copy.file,
        database="",
        unlock=lambda: keyfile.unlock(tmp_path / "new", passphrase=PASSPHRASE),
    )
    with folder.opened(tmp_path / "new", passphrase=PASSPHRASE, clock=planted.clock) as other:
        backup.bring_back(other, copy.file, over=False)
        other.district.projection.catch_up()
        other.district.storage.scrub()
    places = [tmp_path]
    if here.district.storage.kind == "postgresql":
        server = request.getfixturevalue("server")
        with here.district.storage.writing() as session:
            session.run("SELECT pg_switch_wal()")
        server.run("psql", "-h", str(server.folder), "-U", "postgres", "-c", "CHECKPOINT")
        places.append(server.folder)
    assert planted.found(*places) == {}
    assert found_in(caplog.text.encode()) == []
    (tmp_path / "log.txt").write_text(f"{SECRET_NAME}", encoding="utf-8")
    assert planted.found(*places) != {}  # the search itself finds what is there


@pytest.mark.skipif(os.name == "nt", reason="forks")
def test_nothing_is_left_behind_by_a_crash(tmp_path: Path) -> None:
    """Killed in the middle of a reception, a copy and a check: what lies there then tells nothing."""
    with offices.office(tmp_path / "district", Clock()) as here:
        plant(made := Planted(here, Clock()))
    for number, deed in enumerate((_dies_receiving, _dies_copying, _dies_checking)):
        child = os.fork()
        if not child:
            try:
                with offices.office(tmp_path / "district", Clock()) as again:
                    deed(again, tmp_path)
            finally:
                os._exit(1)
        _, told = os.waitpid(child, 0)
        assert os.WIFSIGNALED(told), number
        assert made.found(tmp_path) == {}
    with offices.office(tmp_path / "district", Clock()) as here:
        assert checks.check(here).problems == ()


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _dies_receiving(here: DistrictOffice, _: Path) -> None:
    with here.district.storage.writing() as session:
        blobs.append(session, UNIT, Blob(sha=sha(PAPER * 9), size=len(PAPER) * 9, offset=0, data=PAPER * 9), at=1)
        here.district.storage.writing = _die  # type: ignore[method-assign,assignment]
        session.all("PRAGMA cache_spill = 1")
        session.many("INSERT INTO meta(key, value) VALUES(?, ?)", [(f"x{n}", PAPER) for n in range(2000)])
        _die()


def _dies_copying(here: DistrictOffice, tmp_path: Path) -> None:
    shutil.disk_usage(tmp_path)
    backup.foreign_folder.write_whole = _die  # type: ignore[assignment]
    backup.make(here, tmp_path / "c.saoluu")


def _dies_checking(here: DistrictOffice, _: Path) -> None:
    checks.projection_check._dossiers = _die  # type: ignore[assignment]
    checks.check(here)
