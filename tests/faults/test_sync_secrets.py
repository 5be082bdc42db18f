"""A name and a number planted at the counter are searched for wherever sync leaves anything behind."""

from __future__ import annotations

import base64
import logging
import os
import secrets
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace

from desk_app.district.transport import stick as district_stick
from desk_app.domain.dossiers.events import Corrected, Recorded
from desk_app.domain.people.person import Person
from desk_app.domain.text import fold
from desk_app.errors import DeskError, DoubledStickError
from desk_app.protocol.batch import batch_frame, sign_batch
from desk_app.protocol.event_body import body_of, first_hash
from desk_app.protocol.keys import Keys
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps
from desk_app.services.reception import reception
from desk_app.services.sync import status, syncing
from desk_app.store.reference import settings
from tests.kit.desk import counters, days
from tests.kit.desk.counters import Counter
from tests.kit.desk.desks import TestClock
from tests.kit.desk.terminal import SECRET_NAME, SECRET_NUMBER
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import MORNING, Root, Writer, register
from tests.kit.wire.proxy import Cut, Proxy

PHONE = "0119987123"
ADDRESS = "Bản Kín Tuyệt Đối"
REMARK = "Bệnh án không được để lộ"
CANARIES = (SECRET_NAME, SECRET_NUMBER, PHONE, ADDRESS, REMARK)
PERSON = Person(full_name=SECRET_NAME, id_number=SECRET_NUMBER, phone=PHONE, residence=ADDRESS, born_on="1990-01-15")


def spellings() -> Iterator[bytes]:
    """Every way a canary may be written: composed or not, folded, escaped, in base64, in UTF-16."""
    for canary in CANARIES:
        plain = fold(canary)
        for text in {canary, unicodedata.normalize("NFD", canary), plain, plain.upper(), canary.upper()}:
            yield text.encode()
            yield text.encode("utf-16-le")
            yield text.encode("unicode_escape")
            for shift in range(3):
                whole = base64.b64encode(bytes(shift) + text.encode())
                yield whole[4:-4]


SPELLINGS = sorted({spelling for spelling in spellings() if len(spelling) > 7})


def found_in(data: bytes) -> list[bytes]:
    return [spelling for spelling in SPELLINGS if spelling in data]


def found_below(folder: Path) -> dict[str, list[bytes]]:
    """Files whose name or content tells something."""
    told = {}
    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        if found := found_in(str(file.relative_to(folder)).encode() + b"\0" + content):
            told[str(file)] = found
    return told


_opened: list[Path] = []


def _note_opened(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open":
        return
    file, _, flags = arguments
    if isinstance(file, str) and isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        _opened.append(Path(file))


sys.addaudithook(_note_opened)  # there is no taking it back; it costs next to nothing


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """Every file that Python opens for writing while the test runs; it has a temporary folder of its own."""
    (tmp_path / "temporary").mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("DESK_STATE", str(tmp_path / "account"))
    _opened.clear()
    return _opened


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "district.db", Root()) as running:
        running.root.url = running.url
        yield running


def enrolled(folder: Path, district: Served, *, desk: int) -> Counter:
    counter, keys = counters.made(folder, desk=desk), Keys.new()
    certificate = register(district.district, district.root, keys.public, desk=desk)
    counters.enrol(counter, district.root.card, certificate, keys)
    return counter


def opened(counter: Counter, db: object) -> Desk:
    return Desk(data=counter.data, db=db, settings=settings.get(db), clock=TestClock(days.MORNING))  # type: ignore[arg-type]


def work_with_canaries(counter: Counter, tmp_path: Path) -> str:
    """A dossier, a correction, a refusal with its reason, an attached file whose very name tells something."""
    with counter.database() as db:
        desk = opened(counter, db)
        draft = replace(reception.new_draft("1.004873"), people={"applicant": PERSON}, note=REMARK)
        code = reception.receive(desk, draft).dossier.code
        steps.correct(desk, code, {"people.applicant.residence": f"{ADDRESS} 2"}, reason=REMARK)
        scan = tmp_path / f"{SECRET_NAME}.pdf"
        scan.write_bytes(b"%PDF-1.4 " + REMARK.encode() * 2000)
        steps.attach(desk, code, scan)
        scan.unlink()
    return code


def test_nothing_of_a_citizen_is_on_the_line_in_the_logs_or_in_any_file(district, tmp_path, written, caplog):
    caplog.set_level(logging.DEBUG)
    first, second = enrolled(tmp_path / "a", district, desk=1), enrolled(tmp_path / "b", district, desk=2)
    work_with_canaries(first, tmp_path)
    with Proxy(("127.0.0.1", district.port), is_recording=True) as proxy:
        url = f"http://127.0.0.1:{proxy.port}"
        proxy.cut_next(Cut(way="up", after=900))  # what a broken line leaves behind must tell nothing either
        for counter in (first, second, first):
            with counter.database() as db:
                syncing_over(opened(counter, db), url)
        proxy.settle()
        said = b"".join(bytes(one.said) for one in proxy.connections)
        heard = b"".join(bytes(one.heard) for one in proxy.connections)
    assert len(said) > 3000
    assert len(heard) > 1500
    assert found_in(said) == []
    assert found_in(heard) == []
    with second.database() as db:
        assert db.one("SELECT count(*) FROM dossier") == (1,)  # it did arrive
    assert found_in(caplog.text.encode()) == []
    check_files(tmp_path, written)


def syncing_over(desk: Desk, url: str) -> None:
    said = ""
    try:
        syncing.synchronise(desk, progress=lambda _: None, stop=Event(), url=url)
    except DeskError as error:
        said = f"{error} {error.remedy} {error!r} {error.facts}"
    assert found_in(f"{said} {status.status(desk)}".encode()) == []


def check_files(tmp_path: Path, written: list[Path]) -> None:
    """Nothing tells anything, the district's own database among it."""
    assert found_below(tmp_path) == {}
    assert list((tmp_path / "temporary").iterdir()) == []
    elsewhere = {file for file in written if file.exists() and not file.resolve().is_relative_to(tmp_path.parent)}
    assert {
        file: found_in(file.read_bytes()) for file in elsewhere if file.is_file() and found_in(file.read_bytes())
    } == {}


def test_a_stick_tells_nothing_to_whoever_finds_it(district, tmp_path, written, caplog):
    caplog.set_level(logging.DEBUG)
    first, second = enrolled(tmp_path / "a", district, desk=1), enrolled(tmp_path / "b", district, desk=2)
    work_with_canaries(first, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    for counter in (first, second):  # certificates of colleagues, before the line is gone
        with counter.database() as db:
            desk = opened(counter, db)
            syncing.export_stick(desk, stick, with_files=True)
    district_stick.take_in(district.district, stick)
    for counter in (first, second):
        with counter.database() as db:
            syncing.import_stick(opened(counter, db), stick)
    with first.database() as db:
        syncing.export_stick(opened(first, db), stick, to_desk=2)
    with second.database() as db:
        with pytest.raises(DoubledStickError) as told:
            syncing.import_stick(opened(second, db), stick)  # it had come by the district already
        assert found_in(str(told.value).encode()) == []
        assert db.one("SELECT count(*) FROM dossier") == (1,)
    assert len(list(stick.iterdir())) >= 4
    assert found_below(stick) == {}
    assert found_in(caplog.text.encode()) == []
    check_files(tmp_path, written)


@pytest.mark.parametrize("damage", ["no kind", "no shape", "no end", "wrong bytes"])
def test_an_event_the_district_cannot_read_is_not_told_in_its_log(district, caplog, damage):
    """A poison event is a bug's best friend: whoever logs it with its content tells a citizen's name."""
    caplog.set_level(logging.DEBUG)
    writer = Writer(district.root.operational.public)
    register(district.district, district.root, writer.keys.public)
    corrected = Corrected(changes={"people.applicant.full_name": SECRET_NAME, "note": REMARK}, reason=SECRET_NUMBER)
    event = Recorded(
        log=writer.log.hex(),
        seq=1,
        dossier="a" * 16,
        kind="corrected",
        lamport=1,
        at=MORNING,
        clock_offset=0,
        author=SECRET_NAME,
        seen={},
        payload=corrected,
    )
    body = {
        "no kind": lambda line: line.replace(b'"corrected"', b'"received"'),
        "no shape": lambda line: line.replace(b'"changes":{', b'"changes":{"x":7,'),
        "no end": lambda line: line[:-1],
        "wrong bytes": lambda line: line + b"\xff",
    }[damage](body_of(event, corrected))
    batch = sign_batch(writer.keys, writer.log, first=1, before=first_hash(writer.log), bodies=[body])
    district.district.reply(writer.hello() + batch_frame(batch, writer.district))
    district.district.projection.catch_up()
    assert found_in(caplog.text.encode()) == []
    with district.district.storage.reading() as session:
        told = session.all("SELECT reason FROM projection_error")
    assert found_in(repr(told).encode()) == []


def test_the_search_finds_what_is_there():
    """Else the trials above prove nothing."""
    for text in (f"x{SECRET_NAME}y", fold(REMARK), base64.b64encode(b"a" + ADDRESS.encode() + b"zzz").decode()):
        assert found_in(text.encode())
    assert not found_in(secrets.token_bytes(1000))
