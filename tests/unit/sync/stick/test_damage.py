"""What a stick brings torn, damaged, old or twice: what is whole counts, the rest is told, nothing is noted wrongly."""

from __future__ import annotations

import contextlib
import random

import pytest

from desk_app.district.admin.folder import DistrictOffice
from desk_app.errors import (
    DamagedStickError,
    DeskError,
    DoubledStickError,
    OldAnswerError,
)
from desk_app.protocol.messages import HEADER, FrameReader
from desk_app.store.database.database import unit_of_work
from desk_app.store.peers import sync_state
from tests.kit.wire.stick_desks import Station, answered, at_the_district


def test_a_question_torn_anywhere_confirms_no_more_than_the_district_holds(
    station: Station, here: DistrictOffice
) -> None:
    station.receive(12)
    whole = station.export().read_bytes()
    for length in range(0, len(whole), 401):
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
    assert station.standing == (12, 12, 0)
    assert at_the_district(here) == station.own


def test_an_answer_torn_anywhere_gives_what_is_whole_and_says_so(
    stations: tuple[Station, Station], here: DistrictOffice
) -> None:
    one, two = stations
    one.receive(15)
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
    one.receive(15)
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
    stations: tuple[Station, Station], here: DistrictOffice, seed: int, request: pytest.FixtureRequest
) -> None:
    """Cut, flipped, spliced, doubled, shuffled: a desk's books stay beginnings of what was written, and end whole."""
    one, two = stations
    one.receive(10)
    answered(here, one.export())
    one.take()
    two.receive(3)
    files = [answered(here, two.export()).read_bytes(), one.export(to_desk=2).read_bytes()]
    truth = {**at_the_district(here), **one.books, **two.books}
    draw = random.Random(seed)
    spoilt = two.stick / "hỏng.cx"
    for _ in range(request.config.getoption("spoilt_files")):
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
