"""Slow lines and very many of them: who only holds a line gets out of the way, and the desks are served meanwhile."""

from __future__ import annotations

import secrets
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from desk_app.district.admin import settings
from desk_app.district.intake.file_quota import FileQuota
from desk_app.district.transport import connections, server
from desk_app.district.transport.connections import ConnectionWatch
from desk_app.protocol.batch import Blob, batch_of, blob_frame
from desk_app.protocol.keys import KID, SIGNATURE
from desk_app.protocol.messages import MAX_BLOB, Code, Refused
from desk_app.protocol.packing import NEWEST, PLAIN, unpack, zstd
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import Root, Writer, district_at, register

FLOOD = 2100
"""More lines than the server keeps; the program before this stopped answering at 2,000."""


@pytest.fixture
def district(tmp_path) -> Iterator[Served]:
    with served(tmp_path / "district.db", Root()) as running:
        yield running


def line_to(district: Served) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", district.port), timeout=20)
    line.settimeout(20)
    return line


def asked(district: Served, writer: Writer, *events: int) -> Code:
    body = writer.hello() + (writer.frame(*events) if events else b"")
    with line_to(district) as line:
        line.sendall(f"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        told = b""
        while b"\r\n\r\n" not in told and (data := line.recv(65536)):
            told += data
    assert told.startswith(b"HTTP/1.1 200"), told[:80]
    return Code.OK


def desk_of(district: Served) -> Writer:
    writer = Writer(district.root.operational.public)
    register(district.district, district.root, writer.keys.public)
    return writer


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"POST /v1/sync HTTP/1.1\r\nHost: x\r\n",
        b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nCX",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_flood_of_half_open_lines_stops_nobody(district, said):
    writer = desk_of(district)
    writer.write(2)
    with ExitStack() as held:
        for _ in range(FLOOD):
            line = held.enter_context(line_to(district))
            line.sendall(said)
        assert asked(district, writer, 1, 2) is Code.OK
    assert asked(district, writer) is Code.OK


def test_a_line_without_a_head_is_cut(district, monkeypatch):
    monkeypatch.setattr(connections, "HEAD_S", 0.2)
    with line_to(district) as line:
        line.sendall(b"GET /v1/hub HT")
        assert line.recv(100) == b""


def test_a_body_that_stops_is_given_up(district, monkeypatch):
    monkeypatch.setattr(connections, "PIECE_S", 0.2)
    with line_to(district) as line:
        line.sendall(b"POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nCX")
        assert line.recv(100).startswith(b"HTTP/1.1 400")


def test_a_body_that_drips_is_given_up_all_the_same(district, monkeypatch):
    monkeypatch.setattr(connections, "BODY_S", 1.0)
    with line_to(district) as line:
        line.sendall(b"POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n")
        for _ in range(60):
            try:
                line.sendall(b"C")
                line.settimeout(0.1)
                told = line.recv(100)
            except TimeoutError:
                continue
            except OSError:
                return
            assert told == b"" or told.startswith(b"HTTP/1.1 400")
            return
        pytest.fail("still read after 60 drops")


class _Line:
    """Stands for a socket: notes that it was ended."""

    def __init__(self) -> None:
        self.is_ended = False

    def shutdown(self, _: int) -> None:
        self.is_ended = True


def test_the_busiest_address_loses_a_line_first_and_a_served_one_never():
    watch = ConnectionWatch(most=4, most_of_address=3)
    lines = {key: _Line() for key in [("a", 1), ("a", 2), ("a", 3), ("b", 1), ("c", 1), ("a", 4)]}
    for key in list(lines)[:4]:
        watch.came(lines[key], key)  # type: ignore[arg-type]
    watch.note(("a", 1), connections._SERVED)
    watch.came(lines["c", 1], ("c", 1))  # type: ignore[arg-type]
    assert [key for key, line in lines.items() if line.is_ended] == [("a", 2)]
    watch.came(lines["a", 4], ("a", 4))  # type: ignore[arg-type]
    assert not lines["a", 1].is_ended
    assert not lines["b", 1].is_ended


# --- counted before it is unpacked --------------------------------------------------------


def bomb(count: int, packing: int) -> bytes:
    text = zstd.compress(b"\n" * ((8 << 20) - 1), level=19)
    head = bytes(KID + SIGNATURE) + struct.pack(">16sIH8s", bytes(16), 1, count, bytes(8))
    if packing == PLAIN:
        return head + bytes([PLAIN]) + text
    return head + bytes([NEWEST]) + bytes(2) + bytes([len(empty := zstd.compress(b""))]) + empty + text


@pytest.mark.parametrize("packing", [PLAIN, NEWEST])
def test_eight_million_lines_in_a_small_frame_are_counted_and_not_parted(packing, monkeypatch):
    frame = bomb(65_535, packing)
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


# --- who calls ----------------------------------------------------------------------------


async def _caller(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.client.host if request.client else "")


@pytest.mark.parametrize(
    ("proxies", "said", "caller"),
    [
        ("", "203.0.113.9", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9", "127.0.0.1"),
    ],
    ids=["no proxy", "the proxy", "a caller who lies to the proxy", "another's proxy"],
)
def test_only_the_proxy_that_was_named_says_who_calls(proxies, said, caller):
    app = Starlette(routes=[Route("/", _caller)])
    listener = server.listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    running = server.server(app, server.Listening(host="127.0.0.1", port=port, proxies=proxies))
    thread = threading.Thread(target=lambda: running.run(sockets=[listener]), daemon=True)
    thread.start()
    try:
        while not running.started:
            time.sleep(0.005)
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            line.sendall(f"GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {said}\r\nConnection: close\r\n\r\n".encode())
            told = b""
            while data := line.recv(4096):
                told += data
    finally:
        running.should_exit = True
        thread.join(20)
        listener.close()
    assert told.rpartition(b"\r\n")[2].decode() == caller


def test_settings_written_before_keep_their_sense():
    old = b'name = "x"\nurl = "https://x"\nbehind_proxy = true\n'
    assert settings.told(old).proxy == "127.0.0.1"


# --- one desk's share ---------------------------------------------------------------------


def test_a_desk_that_leaves_files_without_end_is_stopped_and_its_work_is_taken(tmp_path):
    root = Root()
    with district_at(tmp_path / "district.db", root) as district:
        district._quota = FileQuota(most=200_000)
        bad, good = Writer(root.operational.public), Writer(root.operational.public)
        for number, writer in enumerate((bad, good), start=1):
            register(district, root, writer.keys.public, desk=number)
            writer.write(2)
        codes = []
        for number in range(10):
            blob = Blob(secrets.token_bytes(32), 60_000, 0, bytes(MAX_BLOB))
            answer = district.reply(bad.hello() + bad.frame(1, 2) + blob_frame(blob, root.operational.public))
            codes.append(bad.receipt(answer.body).code)
            assert bad.receipt(answer.body).logs[bad.log].seq == 2, number
        assert codes == [Code.OK] * 6 + [Code.QUOTA] * 4
        with district.storage.reading() as session:
            ((held,),) = session.all("SELECT SUM(have) FROM blob")
        assert held <= 200_000
        blob = Blob(secrets.token_bytes(32), 60_000, 0, bytes(MAX_BLOB))
        answer = district.reply(good.hello() + blob_frame(blob, root.operational.public))
        assert good.receipt(answer.body).code == Code.OK


def test_a_new_day_gives_a_desk_its_share_again():
    quota = FileQuota(most=10)
    assert quota.takes(b"a", 10, at=0)
    assert not quota.takes(b"a", 1, at=86_399_999)
    assert quota.takes(b"b", 10, at=5)
    assert quota.takes(b"a", 10, at=86_400_000)
