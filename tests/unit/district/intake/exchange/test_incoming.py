"""What comes in with a request: which frames are kept and confirmed, and who is refused."""

from __future__ import annotations

import pytest

from desk_app.district.storage import logs
from desk_app.protocol.batch import (
    Batch,
    batch_frame,
    message,
    seal,
    sign_batch,
)
from desk_app.protocol.keys import Keys
from desk_app.protocol.messages import Code, FrameKind, Hello
from desk_app.protocol.packing import Chain
from tests.kit.district.questions import ask, desk, held
from tests.kit.district.writers import MORNING, Writer


def test_every_whole_frame_is_kept_and_confirmed(district, root):
    one = desk(district, root)
    one.write(20)
    told = ask(district, one, one.frame(1, 8), one.frame(9, 20))
    assert told.code == told.receipt.code == "OK"
    assert told.receipt.logs[one.log].seq == 20
    assert told.receipt.at == MORNING
    again = ask(district, one, one.frame(1, 8), one.frame(5, 20))
    assert again.receipt.code == "OK"
    assert again.receipt.logs[one.log] == told.receipt.logs[one.log]


def test_a_chained_stream_is_understood_and_its_frames_stand_alone_afterwards(district, root):
    one = desk(district, root)
    one.write(60)
    stream = Chain()
    told = ask(district, one, *(one.frame(at, at + 9, chain=stream) for at in range(1, 60, 10)))
    assert told.receipt.logs[one.log].seq == 60
    with district.storage.reading() as session:
        assert [body for frame in logs.frames_after(session, one.log, 30) for body in frame.bodies()] == one.bodies[30:]


@pytest.mark.parametrize("cut", [1, 15, 16, 17, 200])
def test_a_torn_tail_takes_only_the_frame_it_tore(district, root, cut):
    one = desk(district, root)
    one.write(20)
    last = one.frame(9, 20)
    told = ask(district, one, one.frame(1, 8), last[: len(last) - cut])
    assert (told.receipt.code, told.receipt.logs[one.log].seq) == ("OK", 8)


def test_frames_are_kept_before_anybody_asks_for_the_answer(district, root):
    one = desk(district, root)
    one.write(8)
    exchange = district.exchange()
    for byte in one.hello() + one.frame(1, 8):
        for frame in exchange.read(bytes([byte])):
            done = exchange.take(frame)
            if done:
                done.result()
    assert held(district, one.log) == 8


def test_a_gap_is_told_and_what_comes_before_it_is_kept(district, root):
    one = desk(district, root)
    one.write(20)
    told = ask(district, one, one.frame(1, 4), one.frame(9, 20))
    assert (told.receipt.code, told.receipt.logs[one.log].seq) == ("GAP", 4)


def test_what_follows_a_frame_that_cannot_be_one_is_not_read(district, root):
    one = desk(district, root)
    one.write(8)
    told = ask(district, one, one.frame(1, 4), b"<html>", one.frame(5, 8))
    assert (told.receipt.code, told.receipt.logs[one.log].seq) == ("NOT_CX", 4)


def test_a_frame_that_was_changed_on_the_way_is_refused_and_the_next_is_not_lost(district, root):
    one = desk(district, root)
    one.write(8)
    broken = bytearray(one.frame(1, 4))
    broken[-1] ^= 1
    told = ask(district, one, bytes(broken), one.frame(1, 8))
    assert (told.receipt.code, told.receipt.logs[one.log].seq) == ("BAD_SEAL", 8)


def test_a_batch_signed_by_somebody_else_is_refused(district, root):
    one = desk(district, root)
    one.write(2)
    forged = sign_batch(Keys.new(), one.log, first=1, before=logs.first_hash(one.log), bodies=one.bodies)
    forged = Batch(
        author=one.keys.kid, signature=forged.signature, log=one.log, first=1, prev8=forged.prev8, bodies=forged.bodies
    )
    told = ask(district, one, batch_frame(forged, root.operational.public))
    assert told.receipt.code == "BAD_SIGNATURE"
    assert one.log not in told.receipt.logs


@pytest.mark.parametrize("request_of", ["unknown", "nobody", "forged", "stolen", "nonsense", "empty", "events first"])
def test_who_does_not_prove_who_he_is_gets_nothing(district, root, request_of):
    one, stranger = desk(district, root), Writer(root.operational.public)
    one.write(2)
    asked = {
        "unknown": stranger.hello,
        "nobody": lambda: seal(FrameKind.HELLO, root.operational.public, b""),
        "forged": lambda: seal(FrameKind.HELLO, root.operational.public, one.keys.kid + bytes(64) + b"\x80"),
        "stolen": lambda: message(FrameKind.HELLO, Hello(nonce=bytes(12)), Keys.new(), root.operational.public),
        "nonsense": lambda: b"GET / HTTP/1.1\r\n\r\n",
        "empty": lambda: b"",
        "events first": lambda: one.frame(1, 2) + one.hello(),
    }[request_of]()
    answer = district.reply(asked + one.frame(1, 2))
    assert answer.body == b""
    assert answer.code not in (Code.OK, Code.DUP)
    assert held(district, one.log) == 0


@pytest.mark.parametrize(
    "hello",
    [
        {"logs": {b"short": (1, b"")}},
        {"logs": {bytes(16): (-1, b"")}},
        {"logs": {n.to_bytes(16, "big"): (1, b"") for n in range(5000)}},
        {"offers": {b"x": 1}},
        {"offers": {bytes(32): -1}},
    ],
)
def test_a_question_no_desk_asks_gets_no_answer(district, root, hello):
    one = desk(district, root)
    answer = district.reply(one.hello(**hello))
    assert answer.body == b""
    assert answer.code in (Code.BAD_COUNT, Code.TOO_LARGE)


def test_a_request_beyond_its_limit_ends_and_keeps_what_came_before(district, root, monkeypatch):
    one = desk(district, root)
    one.write(8)
    exchange = district.exchange()
    monkeypatch.setattr("desk_app.district.intake.exchange.MOST_REQUEST", len(one.hello()) + len(one.frame(1, 4)) + 10)
    for piece in (one.hello(), one.frame(1, 4), one.frame(5, 8)):
        for frame in exchange.read(piece):
            done = exchange.take(frame)
            if done:
                exchange.settle(done)
    assert exchange.is_over
    answer = exchange.answer()
    assert answer.code is Code.TOO_LARGE
    assert held(district, one.log) == 4


def test_a_request_speaks_of_so_many_logs_and_no_more(district, root, monkeypatch):
    monkeypatch.setattr("desk_app.district.intake.exchange.MOST_LOGS", 3)
    one = desk(district, root)
    several = [Writer(root.operational.public, keys=one.keys) for _ in range(5)]
    for log in several:
        log.write(2)
    told = ask(district, one, *(frame for log in several for frame in (log.frame(1, 1), log.frame(2, 2))))
    assert told.receipt.code == "TOO_LARGE"
    assert [held(district, log.log) for log in several] == [2, 2, 2, 0, 0]
