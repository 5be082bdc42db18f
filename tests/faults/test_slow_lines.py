"""Slow lines and very many of them: who only holds a line gets out of the way, and the desks are served meanwhile."""

from __future__ import annotations

import secrets
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

import pytest
from hypothesis import given, strategies
from hypothesis import settings as settings_of_hypothesis
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

from desk_app.district.admin import settings
from desk_app.district.district import District
from desk_app.district.failures import DamagedSettingsError
from desk_app.district.intake import file_quota
from desk_app.district.intake.pull_allowance import LEAST, PullAllowance
from desk_app.district.transport import connections, server
from desk_app.district.transport.connections import ConnectionWatch
from desk_app.protocol.batch import Blob, batch_of, blob_frame
from desk_app.protocol.keys import KID, SIGNATURE
from desk_app.protocol.messages import MAX_BLOB, Code, Refused
from desk_app.protocol.packing import NEWEST, PLAIN, pack, unpack, zstd
from tests.kit.district import postgres
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


@dataclass
class HangingPages:
    """A page that reads for as long as the test wants, and how many threads do so at once."""

    goes_on: threading.Event = field(default_factory=threading.Event)
    at_once: int = 0
    most: int = 0

    def routes(self, district: District) -> list[BaseRoute]:
        lock = threading.Lock()

        def read() -> None:
            with lock:
                self.at_once += 1
                self.most = max(self.most, self.at_once)
            with district.storage.reading() as session:
                session.all("SELECT 1")
                self.goes_on.wait(60)
            with lock:
                self.at_once -= 1

        async def page(_: Request) -> PlainTextResponse:
            await run_in_threadpool(read)
            return PlainTextResponse("read")

        return [Route("/hang", page)]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "district.db")
    elif postgres.missing():
        pytest.skip(postgres.missing())
    else:
        with postgres.running() as running:
            yield running.database("pages")


def test_pages_that_read_without_end_take_no_thread_and_no_reader_of_the_reception(place):
    pages = HangingPages()
    with served(place, Root(), pages=pages.routes) as district, ExitStack() as held:
        writer = desk_of(district)
        writer.write(9)
        readers = [held.enter_context(line_to(district)) for _ in range(60)]
        for line in readers:
            line.sendall(b"GET /hang HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        for number in range(1, 10):
            assert asked(district, writer, number, number) is Code.OK
        assert 1 <= pages.most <= 3
        pages.goes_on.set()
        for line in readers:
            assert line.recv(100).startswith(b"HTTP/1.1 200"), "in its turn"
        assert pages.most <= 3


class _Line:
    """Stands for a socket: notes that it was ended."""

    def __init__(self) -> None:
        self.is_ended = False

    def shutdown(self, _: int) -> None:
        self.is_ended = True


def test_many_finished_lines_of_one_address_do_not_make_it_lose_the_next_one():
    watch = ConnectionWatch(most=6, most_of_address=5)
    lines = {key: _Line() for key in [("desks", 1), ("desks", 2), ("desks", 3), ("a", 1), ("a", 2), ("b", 1)]}
    for key, line in lines.items():
        watch.came(line, key)  # type: ignore[arg-type]
        if key[0] == "desks" and key[1] < 3:
            watch.note(key, connections._IDLE)
    watch.came(_Line(), ("c", 1))  # type: ignore[arg-type]
    assert [key for key, line in lines.items() if line.is_ended] == [("a", 1)]
    watch.gone(("a", 2), lines["a", 2])  # type: ignore[arg-type]
    watch.came(_Line(), ("c", 2))  # type: ignore[arg-type]
    assert sum(line.is_ended for line in lines.values()) == 1, "there was room"


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


@pytest.mark.parametrize("proxy", ["*", "0.0.0.0/0", "::/0", "nginx", "127.0.0.1, *", "127.0.0.1;10.0.0.1"])
def test_a_proxy_that_is_no_address_is_refused_before_anybody_is_believed(proxy):
    with pytest.raises(DamagedSettingsError):
        settings.told(f'name = "x"\nurl = "https://x"\nbehind_proxy = true\nproxy = "{proxy}"\n'.encode())


@pytest.mark.parametrize("proxy", ["", "127.0.0.1", "::1, 10.1.2.3", "10.0.0.0/24,127.0.0.1"])
def test_a_proxy_is_an_address_or_some(proxy):
    assert settings.told(f'name = "x"\nurl = "https://x"\nproxy = "{proxy}"\n'.encode()).proxy == proxy


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


@settings_of_hypothesis(max_examples=30)
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
