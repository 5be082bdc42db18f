"""Sticks there and back: what counts as sent, what is asked for, and a desk put back from a backup."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.transport import stick as district_stick
from desk_app.protocol.event_body import event_of
from desk_app.services.desk.desk import open_desk
from desk_app.services.dossiers import queries, steps
from desk_app.services.sync import status as sync_status
from tests.kit.desk.desks import PASSPHRASE
from tests.kit.wire.stick_desks import Station, answered, at_the_district

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
    station.receive(8)
    answered(here, station.export())
    station.take()
    station.wipe()
    station.receive(1)
    second = station.export()
    assert second.name == "H26.99-1-0009-0009.cx"
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
