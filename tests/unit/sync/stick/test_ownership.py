"""Whose file lies on the stick: another desk's, another district's, nobody's; and a desk that was sent away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.domain.notices import Revoked
from desk_app.errors import (
    DamagedStickError,
    EmptyStickError,
    ForeignStickError,
    NoStickError,
    NotEnrolledError,
    NotOurDistrictError,
    NumbersUnknownError,
    RevokedError,
)
from desk_app.protocol.batch import message
from desk_app.protocol.messages import FrameKind, Held, Receipt
from desk_app.services.sync import status, syncing
from desk_app.store.journal import logs
from desk_app.store.peers import sync_state
from desk_app.sync.membership import identity
from tests.kit.desk.desks import open_copy
from tests.kit.district import offices
from tests.kit.district.offices import Clock
from tests.kit.wire.stick_desks import Station, answered, at_the_district


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
    assert "thu hồi" in status.status(station.desk).last_outcome
    station.wipe()
    station.enrol(here, 1)
    with pytest.raises(NumbersUnknownError):
        station.receive(1)
    answered(here, station.export())
    station.take()
    station.wipe()
    station.receive(1)
    for _ in range(3):
        answered(here, station.export())
        station.take()
        station.wipe()
    assert status.status(station.desk).waiting_events == 0
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
