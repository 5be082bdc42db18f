"""Sticks there and back, and every way in which a stick can be bad: told in its own words, nothing noted wrongly."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.transport import stick as district_stick
from desk_app.domain.notices import Revoked
from desk_app.errors import (
    DamagedStickError,
    DeskError,
    DoubledStickError,
    EmptyStickError,
    ForeignStickError,
    NoStickError,
    NotEnrolledError,
    NothingToExportError,
    NotOurDistrictError,
    NotPermittedError,
    OldAnswerError,
    RevokedColleagueError,
    RevokedError,
    StickFullError,
    StickGapError,
    StickMiswrittenError,
    StickPulledOutError,
    StickReadOnlyError,
    UnknownColleagueError,
    UnknownSenderError,
)
from desk_app.protocol.batch import message
from desk_app.protocol.event_body import event_of
from desk_app.protocol.messages import HEADER, FrameKind, FrameReader, Held, Hello, Receipt
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.dossiers import queries, steps
from desk_app.services.sync import status as sync_status
from desk_app.services.sync import syncing
from desk_app.store.database import database
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import logs
from desk_app.store.keys import vault
from desk_app.store.peers import devices, peer_state, sync_state
from desk_app.store.reference import settings
from desk_app.sync.membership import identity
from tests.kit.desk.desks import PASSPHRASE, TestClock, make_template, open_copy
from tests.kit.district import ledgers, offices
from tests.kit.district.offices import Clock
from tests.kit.wire.stick_desks import Station, answered

PHONE = "people.applicant.phone"


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def enrolled(empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district and two desks of one commune that it has enrolled, by stick; copied, never changed."""
    place = tmp_path_factory.mktemp("enrolled")
    with offices.office(place / "district", Clock()) as opened:
        for number in (1, 2):
            folder = place / f"station{number}"
            (folder / "stick").mkdir(parents=True)
            with open_copy(empty_desk, folder) as desk:
                Station(desk, TestClock(), folder / "stick").enrol(opened, number)
    return place


@pytest.fixture
def here(enrolled: Path, tmp_path: Path) -> Iterator[DistrictOffice]:
    shutil.copytree(enrolled / "district", tmp_path / "district")
    with offices.office(tmp_path / "district", Clock()) as opened:
        yield opened


@pytest.fixture(scope="session")
def key(empty_desk: Path) -> bytes:
    """What opens every copy of the desk, worked out once."""
    return vault.unlock(empty_desk, passphrase=PASSPHRASE)


@pytest.fixture
def stations(enrolled: Path, key: bytes, tmp_path: Path) -> Iterator[tuple[Station, Station]]:
    """Two enrolled desks, each with a stick of its own."""
    with contextlib.ExitStack() as stack:
        made = []
        for number in (1, 2):
            folder = tmp_path / f"station{number}"
            shutil.copytree(enrolled / f"station{number}", folder)
            clock = TestClock()
            db = database.open_database(folder / "desk" / database.FILE, key)
            desk = Desk(data=folder / "desk", db=db, settings=settings.get(db), clock=clock)
            made.append(Station(desk, clock, folder / "stick"))
            stack.callback(lambda station=made[-1]: station.desk.close())
        yield made[0], made[1]


@pytest.fixture
def station(stations: tuple[Station, Station]) -> Station:
    return stations[0]


def at_the_district(here: DistrictOffice) -> ledgers.Books:
    return ledgers.desks_work_at(here.district.storage)


# --- there and back -----------------------------------------------------------------------


def test_nothing_counts_as_sent_before_the_answer_is_back(station: Station, here: DistrictOffice) -> None:
    station.receive(3)
    question = station.export()
    assert question.name == "H26.99-1-0001-0003.cx"
    assert station.standing == (3, 0, 3)
    answer = answered(here, question)
    assert at_the_district(here) == station.own
    assert station.standing == (3, 0, 3)
    done = station.take()
    assert station.standing == (3, 3, 0)
    assert (done.confirmed, done.waiting, done.files) == (3, 0, (answer,))
    status = sync_status.status(station.desk)
    assert (status.sticks_out, status.last_success_at is not None) == ((), True)


def test_a_stick_that_was_lost_is_written_again(station: Station, here: DistrictOffice) -> None:
    station.receive(2)
    station.export()
    station.wipe()
    station.receive(1)
    answered(here, station.export())
    station.take()
    assert station.standing == (3, 3, 0)
    assert at_the_district(here) == station.own
    assert [one.file for one in sync_status.status(station.desk).sticks_out] == ["H26.99-1-0001-0002.cx"]


def test_a_second_stick_carries_only_what_the_first_did_not(station: Station, here: DistrictOffice) -> None:
    station.receive(30)
    answered(here, station.export())
    station.take()
    station.wipe()
    station.receive(1)
    second = station.export()
    assert second.name == "H26.99-1-0031-0031.cx"
    answered(here, second)
    assert station.take().confirmed == 1
    assert at_the_district(here) == station.own


def test_a_desk_with_nothing_to_send_asks_for_what_others_wrote(
    stations: tuple[Station, Station], here: DistrictOffice
) -> None:
    one, two = stations
    (code,) = one.receive()
    answered(here, one.export())
    answered(here, two.export())
    done = two.take()
    assert (done.received >= 1, done.confirmed) == (True, 0)
    assert queries.detail(two.desk, code).dossier.code == code
    assert queries.detail(two.desk, code).dossier.id in done.dossiers


def test_a_colleagues_stick_carries_what_the_district_has_not_heard(
    stations: tuple[Station, Station], here: DistrictOffice
) -> None:
    one, two = stations
    two.receive(3)
    shutil.copy(two.export(to_desk=1), one.stick)
    one.take()
    one.wipe()
    answered(here, one.export())
    assert at_the_district(here) == two.own


def test_what_the_district_hands_out_to_everybody_is_taken_in(
    stations: tuple[Station, Station], here: DistrictOffice
) -> None:
    one, two = stations
    codes = one.receive(2)
    answered(here, one.export())
    out = two.stick / "phát"
    out.mkdir()
    district_stick.hand_out(here.district, out)
    assert two.take(out).received >= 2
    assert {row.code for row in queries.listed(two.desk, "all", 10)} == set(codes)


def test_files_go_along_where_that_is_asked(station: Station, here: DistrictOffice, tmp_path: Path) -> None:
    (code,) = station.receive()
    scan = tmp_path / "chứng sinh.pdf"
    scan.write_bytes(os.urandom(100_000))
    steps.attach(station.desk, code, scan)
    answered(here, station.export())
    station.take()
    assert sync_status.status(station.desk).waiting_files == 1
    answered(here, station.export(with_files=True))
    station.take()
    assert sync_status.status(station.desk).waiting_files == 0


# --- torn, damaged, old, doubled ----------------------------------------------------------


def test_a_question_torn_anywhere_confirms_no_more_than_the_district_holds(
    station: Station, here: DistrictOffice
) -> None:
    station.receive(40)
    whole = station.export().read_bytes()
    for length in range(0, len(whole), 701):
        torn = station.stick / "torn.cx"
        torn.write_bytes(whole[:length])
        try:
            answer = answered(here, torn)
        except IsADirectoryError:
            continue
        if answer.suffix:
            try:
                station.take(answer)
            except DamagedStickError:
                pass
            except DoubledStickError:
                pass
        held = sum(len(bodies) for bodies in at_the_district(here).values())
        assert station.standing[1] <= held
    (station.stick / "whole.cx").write_bytes(whole)
    station.take(answered(here, station.stick / "whole.cx"))
    assert station.standing == (40, 40, 0)
    assert at_the_district(here) == station.own


def test_an_answer_torn_anywhere_gives_what_is_whole_and_says_so(
    stations: tuple[Station, Station], here: DistrictOffice
) -> None:
    one, two = stations
    one.receive(60)
    answered(here, one.export())
    two.receive(2)
    whole = answered(here, two.export()).read_bytes()
    wanted = None
    for length in (0, HEADER - 1, HEADER + 3, 200, len(whole) // 2, len(whole) - 1):
        torn = two.stick / "torn.rcp.cx"
        torn.write_bytes(whole[:length])
        before = two.books
        try:
            done = two.take(torn)
        except DamagedStickError:
            assert two.books == before
        else:
            assert "đứt hoặc hỏng" in done.told
        assert two.standing[1] in (0, 2)
    wanted = one.own
    torn.write_bytes(whole)
    two.take(torn)
    assert {log: two.books[log] for log in wanted} == wanted
    assert two.standing == (2, 2, 0)


@pytest.mark.parametrize("where", ["receipt", "events"])
def test_a_flipped_bit_is_noticed_and_the_rest_is_taken(
    stations: tuple[Station, Station], here: DistrictOffice, where: str
) -> None:
    one, two = stations
    one.receive(60)
    answered(here, one.export())
    two.receive(2)
    answer = answered(here, two.export())
    data = bytearray(answer.read_bytes())
    frames = [len(bytes(frame)) for frame in FrameReader().feed(bytes(data))]
    data[HEADER + 60 if where == "receipt" else frames[0] + HEADER + 60] ^= 1
    answer.write_bytes(data)
    before = two.standing
    if where == "receipt":
        assert "đứt hoặc hỏng" in two.take().told  # what others signed is theirs, with or without a receipt
        assert two.standing[1] == before[1]
    else:
        assert "đứt hoặc hỏng" in two.take().told
        assert two.standing == (2, 2, 0)
    assert all(body in one.own[log] for log in one.own for body in two.books.get(log, []))


def test_the_same_answer_twice_is_told_and_changes_nothing(station: Station, here: DistrictOffice) -> None:
    station.receive(2)
    answered(here, station.export())
    station.take()
    before = (station.standing, station.books, sync_state.get(station.desk.db))
    with pytest.raises(DoubledStickError, match="đã nhập rồi"):
        station.take()
    assert (station.standing, station.books, sync_state.get(station.desk.db)) == before


def test_the_same_question_twice_at_the_district_is_one_work(station: Station, here: DistrictOffice) -> None:
    station.receive(2)
    question = station.export()
    answered(here, question)
    answered(here, question)
    station.take()
    assert at_the_district(here) == station.own


def test_an_older_answer_takes_nothing_back(station: Station, here: DistrictOffice) -> None:
    station.receive(2)
    early = answered(here, station.export()).read_bytes()
    station.wipe()
    station.receive(2)
    answered(here, station.export())
    station.take()
    station.wipe()
    assert station.standing == (4, 4, 0)
    (station.stick / "early.rcp.cx").write_bytes(early)
    station.take()
    assert station.standing == (4, 4, 0)


def test_an_answer_to_a_question_this_machine_does_not_know_is_told(station: Station, here: DistrictOffice) -> None:
    station.receive(2)
    answered(here, station.export())
    with unit_of_work(station.desk.db):
        sync_state.change(station.desk.db, nonces={})
    with pytest.raises(OldAnswerError):
        station.take()
    assert station.standing == (2, 0, 2)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_becomes_of_a_file_is_told_and_harms_nothing(
    stations: tuple[Station, Station], here: DistrictOffice, seed: int
) -> None:
    """Cut, flipped, spliced, doubled, shuffled: a desk's books stay beginnings of what was written, and end whole."""
    one, two = stations
    one.receive(30)
    answered(here, one.export())
    one.take()
    two.receive(3)
    files = [answered(here, two.export()).read_bytes(), one.export(to_desk=2).read_bytes()]
    truth = {**at_the_district(here), **one.books, **two.books}
    draw = random.Random(seed)
    spoilt = two.stick / "hỏng.cx"
    for _ in range(60):
        spoilt.write_bytes(_spoilt(draw, files))
        with contextlib.suppress(DeskError):
            two.take(spoilt)
        books = two.books
        assert all(bodies == truth[log][: len(bodies)] for log, bodies in books.items() if log in truth)
        assert two.standing[1] in (0, 3)
    for whole in files:
        spoilt.write_bytes(whole)
        with contextlib.suppress(DoubledStickError):
            two.take(spoilt)
    assert {log: two.books[log] for log in one.own} == one.own
    assert two.standing == (3, 3, 0)


def _spoilt(draw: random.Random, files: list[bytes]) -> bytes:
    data = bytearray(draw.choice(files))
    match draw.randrange(6):
        case 0:
            return bytes(data[: draw.randrange(len(data))])
        case 1:
            for _ in range(draw.randrange(1, 4)):
                data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        case 2:
            at, length = draw.randrange(len(data)), draw.randrange(200)
            del data[at : at + length]
        case 3:
            frames = [bytes(frame) for frame in FrameReader().feed(bytes(data))]
            draw.shuffle(frames)
            return b"".join(frames)
        case 4:
            other = draw.choice(files)
            return bytes(data[: draw.randrange(len(data))]) + other[draw.randrange(len(other)) :]
        case 5:
            return draw.randbytes(draw.randrange(2000))
    return bytes(data)


# --- whose file is it ---------------------------------------------------------------------


def test_another_desks_answer_is_foreign_and_lies_beside_ours_in_peace(
    stations: tuple[Station, Station], here: DistrictOffice
) -> None:
    one, two = stations
    one.receive(1)
    theirs = answered(here, one.export())
    shutil.copy(theirs, two.stick / theirs.name)
    with pytest.raises(ForeignStickError, match="không dành cho quầy này"):
        two.take()
    two.receive(1)
    answered(here, two.export())
    assert two.take().confirmed == 1


def test_a_stick_without_anything_for_this_desk_is_told(station: Station) -> None:
    with pytest.raises(EmptyStickError):
        station.take()
    station.receive(1)
    station.export()
    with pytest.raises(EmptyStickError):  # its own question, still to be carried away
        station.take()
    with pytest.raises(NoStickError):
        station.take(station.stick / "không có")


def test_what_is_no_file_of_ours_at_all_is_damaged(station: Station) -> None:
    (station.stick / "ảnh.rcp.cx").write_bytes(b"\xff\xd8\xff\xe0" + bytes(4000))
    with pytest.raises(DamagedStickError, match="ảnh"):
        station.take()


def test_what_is_no_file_of_ours_keeps_no_other_file_out(station: Station, here: DistrictOffice) -> None:
    station.receive(1)
    answered(here, station.export())
    (station.stick / "ảnh.cx").write_bytes(b"\xff\xd8\xff\xe0" + bytes(4000))
    (station.stick / "rỗng.rcp.cx").write_bytes(b"")
    done = station.take()
    assert done.confirmed == 1
    assert "ảnh.cx" in done.told
    assert "rỗng.rcp.cx" in done.told


def test_a_desk_that_was_sent_away_hears_it_by_stick_and_may_be_enrolled_again(
    station: Station, here: DistrictOffice
) -> None:
    station.receive(2)
    answered(here, station.export())
    station.take()
    station.wipe()
    station.receive(1)
    word = Word(payload=Revoked(device=sync_state.get(station.desk.db).kid.hex()))
    with here.district.storage.writing() as session:
        writer.append_signed(session, here.district.identity, writer.EVERYBODY, [word], at=here.district.clock())
    answered(here, station.export())
    with pytest.raises(RevokedError):
        station.take()
    assert station.standing == (3, 2, 1)
    assert "thu hồi" in sync_status.status(station.desk).last_outcome
    station.wipe()
    station.enrol(here, 1)
    station.receive(1)
    for _ in range(3):
        answered(here, station.export())
        station.take()
        station.wipe()
    assert sync_status.status(station.desk).waiting_events == 0
    received = [body for bodies in at_the_district(here).values() for body in bodies if b'"received"' in body]
    assert (len(received), len(set(received))) == (4, 4)


def test_an_answer_of_another_district_is_not_believed(station: Station, tmp_path: Path) -> None:
    station.receive(1)
    station.export()
    (tmp_path / "elsewhere").mkdir()
    with offices.office(tmp_path / "elsewhere" / "data", Clock()) as other:
        forged = _receipt_of(other, station)
    (station.stick / "khác.rcp.cx").write_bytes(forged)
    with pytest.raises(NotOurDistrictError):
        station.take()
    assert station.standing == (1, 0, 1)


def _receipt_of(other: DistrictOffice, station: Station) -> bytes:
    """A receipt that confirms everything, by a district that this desk never enrolled with."""
    state = sync_state.get(station.desk.db)
    member = identity.load(station.desk.db, station.desk.data)
    (own,) = [one for one in logs.standings(station.desk.db) if one.own]
    receipt = Receipt(nonce=bytes.fromhex(next(iter(state.nonces))), logs={own.log: Held(own.seq, own.head[:8])})
    return message(FrameKind.RECEIPT, receipt, other.district.identity.keys, member.keys.public)


def test_a_desk_that_is_nobodys_writes_no_stick(empty_desk: Path, tmp_path: Path) -> None:
    with open_copy(empty_desk, tmp_path) as desk, pytest.raises(NotEnrolledError):
        syncing.export_stick(desk, tmp_path)


# --- desk to desk -------------------------------------------------------------------------


def test_two_desks_without_any_line_hear_of_each_other(stations: tuple[Station, Station]) -> None:
    """Also the one that was enrolled first, and has never heard of the other."""
    one, two = stations
    (code,) = two.receive()
    shutil.copy(two.export(to_desk=1), one.stick)
    assert one.take().received == 1
    one.correct(code, "gọi trước")
    shutil.copy(one.export(to_desk=2), two.stick)
    two.take()
    assert queries.detail(two.desk, code).dossier.note == "gọi trước"
    with pytest.raises(DoubledStickError):
        two.take()


def test_the_next_file_for_a_colleague_leaves_out_what_that_desk_said_it_holds(
    stations: tuple[Station, Station], here: DistrictOffice
) -> None:
    one, two = stations
    answered(here, one.export())
    one.take()
    one.wipe()
    one.receive(3)
    shutil.copy(one.export(to_desk=2), two.stick)
    two.take()
    two.receive(1)
    shutil.copy(two.export(to_desk=1), one.stick)
    one.take()
    with pytest.raises(NothingToExportError):
        one.export(to_desk=2)
    one.receive(1)
    done = syncing.export_stick(one.desk, one.stick, to_desk=2)
    assert done.sent == 1


def test_a_file_that_goes_on_from_what_is_missing_says_how_to_mend_it(
    stations: tuple[Station, Station], here: DistrictOffice
) -> None:
    one, two = stations
    answered(here, one.export())
    one.take()
    one.receive(3)
    (own,) = [each for each in logs.standings(one.desk.db) if each.own]
    kid = sync_state.get(two.desk.db).kid
    everything = {each.log: (each.seq, each.head[:8]) for each in logs.standings(one.desk.db)}
    head = logs.hash_at(one.desk.db, own.log, 2)
    with unit_of_work(one.desk.db):  # as if the second desk had said so, and was restored since
        peer_state.note(one.desk.db, kid, everything | {own.log: (2, head[:8])})
    shutil.copy(one.export(to_desk=2), two.stick)
    with pytest.raises(StickGapError):
        two.take()
    assert own.log not in two.books


def test_a_desk_not_known_here_gets_no_file_and_is_not_believed(
    stations: tuple[Station, Station], here: DistrictOffice
) -> None:
    one, two = stations
    with pytest.raises(UnknownColleagueError):
        one.export(to_desk=2)
    two.receive(1)
    own = sync_state.get(two.desk.db).certificate
    with unit_of_work(two.desk.db):  # a certificate that no district signed
        sync_state.change(two.desk.db, certificate=own[:-1] + bytes([own[-1] ^ 1]))
    before = one.books
    with pytest.raises(UnknownSenderError):
        one.take(two.export(to_desk=1))
    assert one.books == before


def test_a_desk_of_another_commune_cannot_introduce_itself(station: Station, here: DistrictOffice) -> None:
    stranger = offices.enrolled(here, 1, unit="H26.77")
    with here.district.storage.reading() as session:
        row = session.one("SELECT certificate FROM device WHERE kid = ?", [stranger.keys.kid])
    hello = Hello(nonce=bytes(12), certificate=bytes(row[0]))
    me = identity.load(station.desk.db, station.desk.data).keys.public
    file = station.stick / "H26.77-1-quay-1-0001.cx"
    file.write_bytes(message(FrameKind.HELLO, hello, stranger.keys, me))
    before = {device.kid for device in devices.all(station.desk.db)}
    with pytest.raises(UnknownSenderError):
        station.take(file)
    assert {device.kid for device in devices.all(station.desk.db)} == before


def test_a_colleague_who_holds_something_else_at_that_number_is_given_everything(
    stations: tuple[Station, Station], here: DistrictOffice
) -> None:
    one, two = stations
    answered(here, one.export())
    one.take()
    one.receive(3)
    (own,) = [each for each in logs.standings(one.desk.db) if each.own]
    others = {each.log: (each.seq, each.head[:8]) for each in logs.standings(one.desk.db) if not each.own}
    for held in ((2, b"forked.."), (9, b"restored")):
        with unit_of_work(one.desk.db):
            peer_state.note(one.desk.db, sync_state.get(two.desk.db).kid, others | {own.log: held})
        if held[0] < own.seq:
            assert syncing.export_stick(one.desk, one.stick, to_desk=2).sent == 3
        else:
            with pytest.raises(NothingToExportError):
                one.export(to_desk=2)


def test_what_a_revoked_desk_wrote_is_not_taken_from_its_stick(
    stations: tuple[Station, Station], here: DistrictOffice
) -> None:
    one, two = stations
    answered(here, one.export())
    one.take()
    two.receive(1)
    theirs = two.export(to_desk=1)
    with unit_of_work(one.desk.db):
        devices.revoke(one.desk.db, sync_state.get(two.desk.db).kid, "mất máy")
    before = one.books
    with pytest.raises(RevokedColleagueError):
        one.take(theirs)
    assert one.books == before


# --- the stick itself ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        (errno.EROFS, StickReadOnlyError),
        (errno.EACCES, NotPermittedError),  # no lock of the stick: another remedy
        (errno.ENOSPC, StickFullError),
        (errno.EIO, StickPulledOutError),
        (errno.ENODEV, StickPulledOutError),
        (errno.ENOENT, StickPulledOutError),
    ],
)
def test_what_the_system_says_of_a_stick_is_told_in_a_clerks_words(
    station: Station, monkeypatch: pytest.MonkeyPatch, number: int, refusal: type[Exception]
) -> None:
    station.receive(2)

    def fails(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("desk_app.sync.stick.stick_files.os.fsync", fails)
    with pytest.raises(refusal):
        station.export()
    assert list(station.stick.iterdir()) == []
    assert sync_state.get(station.desk.db).nonces == {}
    monkeypatch.undo()
    assert station.export().exists()


def test_a_stick_that_keeps_other_bytes_than_it_was_given_is_not_believed(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.receive(2)
    replace = Path.replace

    def spoils(self: Path, target: Path) -> Path:
        data = bytearray(self.read_bytes())
        data[-1] ^= 1
        self.write_bytes(data)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", spoils)
    with pytest.raises(StickMiswrittenError):
        station.export()


def test_a_stick_pulled_out_while_it_is_read_leaves_what_was_whole(
    stations: tuple[Station, Station], here: DistrictOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = stations
    one.receive(40)
    answered(here, one.export())
    two.receive(1)
    answer = answered(here, two.export())
    whole = answer.read_bytes()

    def pulled_out(_: Path) -> Iterator[bytes]:
        yield whole[: len(whole) // 2]
        raise StickPulledOutError

    monkeypatch.setattr("desk_app.sync.stick.stick_intake.pieces_of", pulled_out)
    with pytest.raises(StickPulledOutError):
        two.take()
    monkeypatch.undo()
    two.take()
    assert two.standing == (1, 1, 0)
    assert {log: two.books[log] for log in one.own} == one.own


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_stick_keeps_no_half_file(station: Station, small_stick: Path) -> None:
    station.receive(30)
    with (small_stick / "ballast").open("ab", buffering=0) as ballast, contextlib.suppress(OSError):
        while True:
            ballast.write(bytes(4096))
    with pytest.raises(StickFullError):
        syncing.export_stick(station.desk, small_stick)
    assert [file.name for file in small_stick.iterdir()] == ["ballast"]
    assert station.standing == (30, 0, 30)


def test_a_stick_locked_against_writing_is_told(station: Station, small_stick: Path) -> None:
    station.receive(1)
    subprocess.run(["mount", "-o", "remount,ro", str(small_stick)], check=True)
    with pytest.raises(StickReadOnlyError):
        syncing.export_stick(station.desk, small_stick)
    assert station.standing == (1, 0, 1)


# --- restored desks -----------------------------------------------------------------------


def test_a_restored_desk_that_gets_an_answer_by_stick_loses_nothing_and_doubles_nothing(
    station: Station, here: DistrictOffice, tmp_path: Path
) -> None:
    station.receive(2)
    answered(here, station.export())
    station.take()
    station.wipe()
    station.desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    old = (station.desk.data / "desk.db").read_bytes()
    station.receive(2)
    answered(here, station.export())
    station.wipe()
    sent = at_the_district(here)
    data = station.desk.data
    station.desk.close()
    (data / "desk.db").write_bytes(old)
    station.desk = open_desk(data, passphrase=PASSPHRASE, clock=station.clock)
    fresh = station.receive(1)
    for _ in range(3):
        answered(here, station.export())
        station.take()
        station.wipe()
    everything = at_the_district(here)
    assert {log: everything[log][: len(bodies)] for log, bodies in sent.items()} == sent
    codes = [
        event.payload.code
        for log, bodies in everything.items()
        for seq, body in enumerate(bodies, 1)
        if (event := event_of(log.hex(), seq, body)).kind == "received"
    ]
    assert len(codes) == len(set(codes)) == 5
    assert set(fresh) <= set(codes)
    assert station.books == everything | {log: station.books[log] for log in station.books.keys() - everything.keys()}
    assert sync_status.status(station.desk).waiting_events == 0
