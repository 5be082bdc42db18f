"""Files from desk to desk without the district: what they carry, and from whom none is taken."""

from __future__ import annotations

import shutil

import pytest

from desk_app.district.admin.folder import DistrictOffice
from desk_app.errors import (
    DoubledStickError,
    NothingToExportError,
    RevokedColleagueError,
    StickGapError,
    UnknownColleagueError,
    UnknownSenderError,
)
from desk_app.protocol.batch import message
from desk_app.protocol.messages import FrameKind, Hello
from desk_app.services.dossiers import queries
from desk_app.services.sync import syncing
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import logs
from desk_app.store.peers import devices, peer_state, sync_state
from desk_app.sync.membership import identity
from tests.kit.district import offices
from tests.kit.wire.stick_desks import Station, answered


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
