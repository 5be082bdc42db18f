"""Whatever order, overlap or damage frames arrive in: the district holds a beginning of each log, and at last all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.district.district import District
from desk_app.protocol.keys import Keys
from desk_app.protocol.messages import Code
from desk_app.protocol.packing import Chain
from tests.kit.desk.scratch import scratch
from tests.kit.district.ledgers import check_prefix, check_union, desks_work_at
from tests.kit.district.writers import Root, Writer, district_at, register

MOST = 12
REFUSALS = {Code.BAD_SEAL, Code.BAD_SIGNATURE, Code.BAD_COUNT, Code.TOO_LARGE, Code.WRONG_RECIPIENT, Code.NOT_CX}
REFUSALS |= {Code.VERSION, Code.UNKNOWN_DICT, Code.FORK, Code.GAP, Code.NO_HELLO}


@pytest.fixture(scope="module")
def root() -> Root:
    return Root()


@pytest.fixture
def district(tmp_path: Path, root: Root) -> Iterator[District]:
    with district_at(tmp_path / "district.db", root) as made:
        yield made


def enrolled(district: District, root: Root, *, desk: int = 1) -> Writer:
    writer = Writer(root.operational.public)
    register(district, root, writer.keys.public, desk=desk)
    return writer


windows = st.lists(st.tuples(st.integers(0, 1), st.integers(1, MOST), st.integers(0, 5)), min_size=1, max_size=12)


@given(windows=windows, chained=st.booleans(), data=st.data())
def test_frames_in_any_order_and_overlap_leave_a_beginning_of_each_log(root, windows, chained, data):
    with scratch() as folder, district_at(folder / "district.db", root) as district:
        writers = [enrolled(district, root, desk=1), enrolled(district, root, desk=2)]
        for writer in writers:
            writer.write(MOST)
        streams = [Chain() if chained else None for _ in writers]
        parts: tuple[list[bytes], list[bytes]] = ([], [])
        for who, first, more in windows:
            parts[who].append(writers[who].frame(first, min(MOST, first + more), chain=streams[who]))
        for writer, frames in zip(writers, parts, strict=True):
            sent = frames if chained else data.draw(st.permutations(frames))
            district.reply(b"".join([writer.hello(), *sent]))
            check_prefix(desks_work_at(district.storage), {writer.log: writer.bodies})
        for writer in writers:
            answer = district.reply(writer.hello() + writer.frame(1, MOST))
            assert writer.receipt(answer.body).code == Code.OK
        check_union(desks_work_at(district.storage), *({writer.log: writer.bodies} for writer in writers))


@given(data=st.data())
def test_a_damaged_frame_is_refused_and_harms_nothing_that_was_there(root, data):
    with scratch() as folder, district_at(folder / "district.db", root) as district:
        writer = enrolled(district, root)
        writer.write(MOST)
        district.reply(writer.hello() + writer.frame(1, 4))
        frame = bytearray(writer.frame(5, MOST))
        at = len(frame) * data.draw(st.integers(0, 999)) // 1000  # a frame's length is another each time
        if data.draw(st.booleans()):
            frame[at] ^= 1 << data.draw(st.integers(0, 7))
        else:
            del frame[at:]
        answer = district.reply(writer.hello() + bytes(frame))
        assert desks_work_at(district.storage) == {writer.log: writer.bodies[:4]}
        assert writer.receipt(answer.body).code in {code.value for code in REFUSALS} | {"OK"}
        assert district.reply(writer.hello() + writer.frame(5, MOST)).code is Code.OK
        check_union(desks_work_at(district.storage), {writer.log: writer.bodies})


def test_a_replayed_request_changes_nothing(district, root):
    writer = enrolled(district, root)
    writer.write(6)
    request = writer.hello() + writer.frame(1, 3) + writer.frame(4, 6)
    first = district.reply(request)
    again = district.reply(request)
    assert (first.code, again.code) == (Code.OK, Code.OK)
    check_union(desks_work_at(district.storage), {writer.log: writer.bodies})


def test_somebody_without_a_certificate_gets_nothing_in(district, root):
    stranger = Writer(root.operational.public)
    stranger.write(3)
    answer = district.reply(stranger.hello() + stranger.frame(1, 3))
    assert answer.code is Code.UNKNOWN_DEVICE
    assert answer.body == b""
    assert desks_work_at(district.storage) == {}


def test_a_colleague_may_carry_a_log_but_not_write_in_it(district, root):
    writer, carrier = enrolled(district, root, desk=1), enrolled(district, root, desk=2)
    writer.write(4)
    assert district.reply(carrier.hello() + writer.frame(1, 2)).code is Code.OK
    forged = Writer(root.operational.public, keys=carrier.keys, log=writer.log, bodies=list(writer.bodies))
    assert district.reply(carrier.hello() + forged.frame(3, 4)).code is Code.NOT_OWNER
    assert desks_work_at(district.storage) == {writer.log: writer.bodies[:2]}


def test_two_histories_of_one_log_are_kept_apart_and_nothing_is_thrown_away(district, root):
    writer = enrolled(district, root)
    writer.write(5)
    other = Writer(root.operational.public, keys=writer.keys, log=writer.log, bodies=writer.bodies[:3])
    other.write(1)
    other.bodies[3] = other.bodies[3].replace(b"forward", b"ready")
    other.write(1)
    assert district.reply(writer.hello() + writer.frame(1, 5)).code is Code.OK
    answer = district.reply(other.hello() + other.frame(4, 5))
    assert answer.code is Code.FORK
    assert desks_work_at(district.storage) == {writer.log: writer.bodies}
    with district.storage.reading() as session:
        ((kept,),) = session.all("SELECT count(*) FROM quarantine WHERE reason = 'FORK'")
    assert kept == 1


def test_a_frame_for_another_district_is_not_ours_to_open(district, root):
    writer = enrolled(district, root)
    writer.write(2)
    elsewhere = Writer(Keys.new().public, keys=writer.keys, log=writer.log, bodies=writer.bodies)
    assert district.reply(writer.hello() + elsewhere.frame(1, 2)).code is Code.WRONG_RECIPIENT
    assert desks_work_at(district.storage) == {}
