"""Small questions that cost much, and desks that want more than their share: refused before they are looked into."""

from __future__ import annotations

import secrets
import struct
from functools import partial

import pytest
from hypothesis import given, settings, strategies

from desk_app.district.intake import file_quota
from desk_app.district.intake.pull_allowance import LEAST, PullAllowance
from desk_app.protocol.batch import Blob, batch_of, blob_frame
from desk_app.protocol.keys import KID, SIGNATURE
from desk_app.protocol.messages import MAX_BLOB, Code, Refused
from desk_app.protocol.packing import NEWEST, PLAIN, pack, unpack, zstd
from tests.kit.district.writers import Root, Writer, district_at, register

# --- counted before it is unpacked --------------------------------------------------------


def bomb(count: int, packing: int) -> bytes:
    return packed(b"\n" * ((8 << 20) - 1), count, packing)


def packed(lines: bytes, count: int, packing: int) -> bytes:
    """What an unsealed frame of events holds, packed with no regard to what it means."""
    text = zstd.compress(lines, level=19)
    head = bytes(KID + SIGNATURE) + struct.pack(">16sIH8s", bytes(16), 1, count, bytes(8))
    if packing == PLAIN:
        return head + bytes([PLAIN]) + text
    return head + bytes([NEWEST]) + bytes(2) + bytes([len(empty := zstd.compress(b""))]) + empty + text


@pytest.mark.parametrize("packing", [PLAIN, NEWEST])
def test_eight_million_lines_in_a_small_frame_are_counted_and_not_parted(packing, monkeypatch):
    frame = bomb(60, packing)
    assert len(frame) < 2000
    monkeypatch.setattr("desk_app.protocol.packing._put_together", lambda *_: pytest.fail("was taken apart"))
    with pytest.raises(Refused) as refused:
        batch_of(frame)
    assert refused.value.code is Code.BAD_COUNT


def test_a_frame_of_no_events_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr("desk_app.protocol.batch.unpack", lambda *_, **__: pytest.fail("was unpacked"))
    with pytest.raises(Refused):
        batch_of(bomb(0, NEWEST))


def test_what_is_packed_is_counted_rightly():
    assert unpack(bytes([PLAIN]) + zstd.compress(b"a\nb"), count=2) == [b"a", b"b"]


# --- one desk's share ---------------------------------------------------------------------


def left_file(root: Root, size: int = 60_000) -> bytes:
    """The first piece of a file that nobody asked for."""
    return blob_frame(Blob(secrets.token_bytes(32), size, 0, bytes(MAX_BLOB)), root.operational.public)


def test_a_desk_that_leaves_files_without_end_is_stopped_and_its_work_is_taken(tmp_path, monkeypatch):
    monkeypatch.setattr("desk_app.district.intake.file_quota.fits", partial(file_quota.fits, most=200_000))
    root = Root()
    bad, good = Writer(root.operational.public), Writer(root.operational.public)
    codes = []
    for start in range(2):  # a new start of the server gives nobody his day again
        with district_at(tmp_path / "district.db", root) as district:
            if not start:
                for number, writer in enumerate((bad, good), start=1):
                    register(district, root, writer.keys.public, desk=number)
                    writer.write(2)
            for number in range(5):
                answer = district.reply(bad.hello() + bad.frame(1, 2) + left_file(root))
                codes.append(bad.receipt(answer.body).code)
                assert bad.receipt(answer.body).logs[bad.log].seq == 2, number
    assert codes == [Code.OK] * 6 + [Code.QUOTA] * 4
    with district_at(tmp_path / "district.db", root) as district:
        with district.storage.reading() as session:
            ((held,),) = session.all("SELECT SUM(have) FROM blob")
        assert held <= 200_000
        answer = district.reply(good.hello() + left_file(root))
        assert good.receipt(answer.body).code == Code.OK


def test_what_is_there_already_takes_nothing_of_a_desks_day(tmp_path, monkeypatch):
    monkeypatch.setattr("desk_app.district.intake.file_quota.fits", partial(file_quota.fits, most=70_000))
    root = Root()
    writer = Writer(root.operational.public)
    again = left_file(root)
    with district_at(tmp_path / "district.db", root) as district:
        register(district, root, writer.keys.public)
        for _ in range(5):
            assert writer.receipt(district.reply(writer.hello() + again).body).code == Code.OK
        assert writer.receipt(district.reply(writer.hello() + left_file(root)).body).code == Code.OK
        assert writer.receipt(district.reply(writer.hello() + left_file(root)).body).code == Code.QUOTA


def test_a_new_day_gives_a_desk_its_share_again(tmp_path):
    with district_at(tmp_path / "district.db", Root()) as district, district.storage.writing() as session:

        def takes(kid: bytes, size: int, at: int) -> bool:
            if not file_quota.fits(session, kid, size, at=at, most=10):
                return False
            file_quota.count(session, kid, size, at=at)
            return True

        assert takes(b"a", 10, 0)
        assert not takes(b"a", 1, 86_399_999)
        assert takes(b"b", 10, 5)
        assert takes(b"a", 10, 86_400_000)
        assert takes(b"a", 1, 5), "a clock that was set back shuts nobody out for ever"


# --- small questions that cost much -------------------------------------------------------


@pytest.mark.parametrize("packing", [PLAIN, NEWEST])
@pytest.mark.parametrize("line", [b"", b"\x02", b'\x02{"d":"abcdefghijklmnop","k":"step","l":1,"t":1,"u":"a","v":{}}'])
def test_many_events_in_a_frame_too_small_for_them_are_refused_before_it_is_unpacked(packing, line, monkeypatch):
    monkeypatch.setattr("desk_app.protocol.packing._expanded", lambda *_: pytest.fail("was unpacked"))
    with pytest.raises(Refused) as refused:
        batch_of(packed(b"\n".join([line] * 65_535), 65_535, packing))
    assert refused.value.code is Code.BAD_COUNT


@settings(max_examples=30)
@given(
    count=strategies.integers(1, 400),
    dossiers=strategies.integers(1, 5),
    packing=strategies.sampled_from([PLAIN, NEWEST]),
)
def test_however_alike_events_are_a_desks_own_frames_are_never_too_small(count, dossiers, packing):
    lines = [
        b'{"d":"%b","k":"step","l":%d,"t":%d,"u":"a","v":{}}'
        % (b"abcdefghijklmno%c" % (97 + n % dossiers), n + 1, n + 1)
        for n in range(count)
    ]
    assert unpack(pack(lines, packing=packing), count=count) == lines


def test_a_desk_that_asks_for_everything_again_and_again_is_sent_less_and_others_all_of_it(tmp_path):
    root = Root()
    writer, greedy, other = (Writer(root.operational.public) for _ in range(3))
    with district_at(tmp_path / "district.db", root) as district:
        district._allowance = PullAllowance(at_once=100_000, a_minute=0)
        for number, each in enumerate((writer, greedy, other), start=1):
            register(district, root, each.keys.public, desk=number)
        writer.write(600)
        writer.bodies = [body.replace(b'"thu"', b'"%b"' % secrets.token_hex(100).encode()) for body in writer.bodies]
        for first in range(1, 600, 100):
            district.reply(writer.hello() + writer.frame(first, first + 99))
        recorded = greedy.hello(pull=1 << 20)
        whole = len(district.reply(other.hello(pull=1 << 20)).body)
        sizes = [len(district.reply(recorded).body) for _ in range(12)]
        assert len(district.reply(greedy.hello()).body) < 2000
    assert sizes[0] == whole > 60_000
    assert sizes[-1] < whole / 3


def test_what_a_desk_was_not_sent_comes_with_the_next_minutes():
    allowance = PullAllowance(at_once=100_000, a_minute=60_000)
    assert allowance.left(b"a", at=0) == 100_000
    allowance.sent(b"a", 100_000, at=0)
    assert allowance.left(b"a", at=0) == LEAST
    assert allowance.left(b"a", at=30_000) == 30_000
    assert allowance.left(b"b", at=0) == 100_000
    assert allowance.left(b"a", at=10**9) == 100_000
    assert allowance.left(b"a", at=-5) == LEAST
