"""Whoever calls the district: strangers, slow ones, floods, a desk gone bad. The others are served all the while."""

from __future__ import annotations

import resource
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from desk_app.protocol.batch import batch_frame, message, seal, sign_batch
from desk_app.protocol.event_body import first_hash
from desk_app.protocol.keys import Keys
from desk_app.protocol.messages import MAX_BODY, MAX_RAW, NONCE, Code, FrameKind, Hello, header
from tests.kit.district.ledgers import check_union, desks_work_at
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import Root, Writer, register

_MEGABYTE = 1 << 20
_MOST_MEMORY = 120 * _MEGABYTE
"""What one bad request may make the district's memory grow by."""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("district") / "district.db", Root()) as running:
        yield running


@pytest.fixture
def honest(district: Served) -> Iterator[Writer]:
    """A desk whose work must arrive whatever the others do."""
    writer = enrolled(district)
    writer.write(5)
    yield writer
    status, answer = post(district, writer.hello() + writer.frame(1, 5))
    assert (status, writer.receipt(answer).code) == (200, Code.OK)
    check_union(desks_work_at(district.district.storage), {writer.log: writer.bodies})
    district.forget_work()


@pytest.fixture
def bad(district: Served) -> Writer:
    writer = enrolled(district, desk=2)
    writer.write(3)
    return writer


def enrolled(district: Served, *, desk: int = 1) -> Writer:
    writer = Writer(district.root.operational.public)
    register(district.district, district.root, writer.keys.public, desk=desk)
    return writer


def connected(district: Served) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", district.port))
    line.settimeout(20)
    return line


def head(length: int, *more: str) -> bytes:
    told = ("Host: x", "Content-Type: application/x-cx", f"Content-Length: {length}", *more)
    return "\r\n".join(["POST /v1/sync HTTP/1.1", *told, "", ""]).encode()


def post(district: Served, body: bytes) -> tuple[int, bytes]:
    """Status and body of the answer."""
    with connected(district) as line:
        line.sendall(head(len(body), "Connection: close") + body)
        told = b""
        while data := line.recv(65536):
            told += data
    first, _, rest = told.partition(b"\r\n\r\n")
    return int(first.split()[1]), rest


def memory() -> int:
    """The most this process, which is the district too, has ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


# --- strangers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),  # TLS, to a port that speaks HTTP
        b"GET / HTTP/9.9\r\n\r\n",
        b"\r\n" * 200,
        b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        b"X" * 70_000,
    ],
    ids=["tls", "version", "empty", "negative", "chunk", "long"],
)
def test_nonsense_on_the_port_harms_nobody(district, honest, said):
    with connected(district) as line:
        line.sendall(said)
        line.shutdown(socket.SHUT_WR)
        assert not line.recv(4096).startswith(b"HTTP/1.1 2")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"CX\x02\x01" + bytes(12),
        bytes(range(256)) * 16,
        header(FrameKind.HELLO, MAX_BODY + 1, bytes(8)),
    ],
    ids=["nothing", "html", "another version", "noise", "too long"],
)
def test_what_is_no_question_gets_no_answer(district, honest, body):
    status, answer = post(district, body)
    assert status in (400, 413)
    assert len(answer) < 100


def test_a_question_sealed_by_somebody_unknown_is_refused_without_a_word(district, honest):
    stranger = Writer(district.root.operational.public)
    stranger.write(2)
    status, answer = post(district, stranger.hello() + stranger.frame(1, 2))
    assert (status, answer) == (401, b"UNKNOWN_DEVICE")


def test_fifty_lines_that_say_a_byte_and_no_more_keep_nobody_out(district, honest):
    with ExitStack() as open_lines:
        for number in range(50):
            line = open_lines.enter_context(connected(district))
            line.sendall((head(60_000) + honest.hello())[: 20 + number * 7])
        other = enrolled(district, desk=3)
        other.write(2)
        status, answer = post(district, other.hello() + other.frame(1, 2))
        assert (status, other.receipt(answer).code) == (200, Code.OK)


@pytest.mark.parametrize("piece", [bytes(_MEGABYTE), b"CX\x01\x01" + MAX_BODY.to_bytes(4, "big") + bytes(_MEGABYTE)])
def test_a_body_without_end_is_not_kept(district, honest, piece):
    before, sent = memory(), 0
    with connected(district) as line:
        line.sendall(head(1 << 40))
        try:
            while sent < 256 * _MEGABYTE:
                line.sendall(piece)
                sent += len(piece)
        except OSError:
            pass  # it hung up, as it should
    assert memory() - before < _MOST_MEMORY
    assert sent < 256 * _MEGABYTE


# --- a desk gone bad ----------------------------------------------------------------------

Mischief = Callable[[Writer], bytes]


def signed(writer: Writer, bodies: list[bytes], *, first: int = 1) -> bytes:
    batch = sign_batch(writer.keys, writer.log, first=first, before=first_hash(writer.log), bodies=bodies)
    return batch_frame(batch, writer.district)


def ask(writer: Writer, **told: object) -> bytes:
    asked = Hello(nonce=secrets.token_bytes(NONCE), **told)  # type: ignore[arg-type]
    return message(FrameKind.HELLO, asked, writer.keys, writer.district)


def bomb(writer: Writer) -> bytes:
    return writer.hello() + signed(writer, [b"x" * (MAX_RAW + 1)])


def many_logs(writer: Writer) -> bytes:
    return ask(writer, logs={secrets.token_bytes(16): (1, bytes(8)) for _ in range(20_000)})


def logs_of_odd_names(writer: Writer) -> bytes:
    return ask(writer, logs={b"short": (1, b"x")})


def a_number_below_nothing(writer: Writer) -> bytes:
    return ask(writer, logs={bytes(16): (-1, bytes(8))}, pull=-5)


def a_number_beyond_all(writer: Writer) -> bytes:
    return ask(writer, logs={writer.log: (2**63 - 1, bytes(8))}, pull=2**62, clock=2**63 - 1)


def another_shape(writer: Writer) -> bytes:
    told = b"\x93\x01\x02\x03"
    plain = writer.keys.kid + writer.keys.sign(b"cx1 msg1" + writer.district.kid + told) + told
    return seal(FrameKind.HELLO, writer.district, plain)


def kinds_that_are_none(writer: Writer) -> bytes:
    frames = b"".join(header(kind, 4, writer.district.kid) + b"abcd" for kind in (0, 7, 99, 255))  # type: ignore[arg-type]
    return writer.hello() + frames


def two_questions(writer: Writer) -> bytes:
    return writer.hello() + writer.hello()


def frames_before_the_question(writer: Writer) -> bytes:
    return writer.frame(1, 2) + writer.hello()


def first_number_nought(writer: Writer) -> bytes:
    frame = sign_batch(writer.keys, writer.log, first=1, before=first_hash(writer.log), bodies=writer.bodies)
    plain = writer.keys.kid + frame.signature + writer.log + bytes(4) + b"\x00\x01" + frame.prev8 + b"\x00junk"
    return writer.hello() + seal(FrameKind.EVENTS, writer.district, plain)


@pytest.mark.parametrize(
    "mischief",
    [
        bomb,
        many_logs,
        logs_of_odd_names,
        a_number_below_nothing,
        a_number_beyond_all,
        another_shape,
        kinds_that_are_none,
        two_questions,
        frames_before_the_question,
        first_number_nought,
    ],
)
def test_a_desk_gone_bad_harms_nobody_else(district, honest, bad, mischief: Mischief):
    before = memory()
    status, _ = post(district, mischief(bad))
    assert status in (200, 400, 401, 413)
    assert desks_work_at(district.district.storage).get(bad.log, []) in ([], bad.bodies[:2])
    assert memory() - before < _MOST_MEMORY


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe\xfd", b"[" * 100_000, b"{}", b'{"k":"received"}', b"x" * _MEGABYTE, b'{"d":"a","k":"step","l":0}'],
    ids=["no letters", "brackets", "empty", "no payload", "long", "no lamport"],
)
def test_an_event_nobody_can_read_is_kept_and_stops_nothing(district, honest, bad, body):
    """It is genuine: signed and in its place. What it means is for the projection to stumble over."""
    status, answer = post(district, bad.hello() + signed(bad, [body]))
    assert (status, bad.receipt(answer).code) == (200, Code.OK)
    assert desks_work_at(district.district.storage) == {bad.log: [body]}


def test_a_question_played_again_by_somebody_else_tells_him_nothing(district, honest, bad):
    asked = bad.hello() + bad.frame(1, 3)
    _, first = post(district, asked)
    _, second = post(district, asked)
    thief = Keys.new()
    assert first != second
    for answer in (first, second):
        assert bad.receipt(answer).code == Code.OK
        assert thief.kid not in answer
        assert bad.log not in answer
