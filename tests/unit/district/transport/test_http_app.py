"""The district over HTTP: what a line that dies leaves behind, what the status hints at, what a stranger may ask."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import contextmanager

import msgspec
import pytest
import urllib3

from desk_app import server_certificate
from desk_app.district.keys import tls
from desk_app.district.own_log.writer import Word
from desk_app.district.storage import logs
from desk_app.district.transport import http_app
from desk_app.district.transport import server as servers
from desk_app.district.transport.server import Listening
from desk_app.domain.notices import Revoked
from desk_app.errors import DiskFullError
from desk_app.protocol.keys import DistrictCard, Keys
from desk_app.protocol.messages import CONTENT_TYPE, DISTRICT_PATH, ENROL_PATH, SYNC_PATH, Code, Refused
from tests.kit.district.serving import served
from tests.kit.district.writers import Root, Writer, district_at, register
from tests.kit.machine.readers import others_get_in


@pytest.fixture
def root():
    return Root()


@pytest.fixture
def line(tmp_path, root):
    with served(tmp_path / "district.db", root) as running:
        yield running


@pytest.fixture
def desk(line, root):
    made = Writer(root.operational.public)
    register(line.district, root, made.keys.public)
    return made


def post(line, body: bytes, path: str = SYNC_PATH) -> urllib3.BaseHTTPResponse:
    with urllib3.PoolManager() as pool:
        return pool.request("POST", line.url + path, body=body, retries=False)


def held(line, log: bytes) -> int:
    with line.district.storage.reading() as session:
        found = logs.get(session, log)
        return found.seq if found else 0


def until(condition) -> None:
    ends = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_days_frames_are_taken_and_confirmed(line, desk):
    desk.write(40)
    answer = post(line, desk.hello() + desk.frame(1, 20) + desk.frame(21, 40))
    assert (answer.status, answer.headers["content-type"]) == (200, CONTENT_TYPE)
    assert desk.receipt(answer.data).logs[desk.log].seq == 40


@pytest.mark.parametrize("linger", [True, False])
def test_whole_frames_stay_when_the_line_dies_in_the_middle_of_the_next(line, desk, linger):
    desk.write(30)
    body = desk.hello() + desk.frame(1, 10) + desk.frame(11, 20) + desk.frame(21, 30)
    with socket.create_connection(("127.0.0.1", line.port)) as dying:
        dying.sendall(f"POST {SYNC_PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        dying.sendall(body[:-20])
        if linger:
            until(lambda: held(line, desk.log) == 20)
            dying.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    until(lambda: held(line, desk.log) == 20)
    again = post(line, desk.hello() + desk.frame(21, 30))
    assert desk.receipt(again.data).logs[desk.log].seq == 30


def test_the_status_hints_at_what_the_receipt_says(line, desk, root, monkeypatch):
    desk.write(4)
    stranger = Writer(root.operational.public)
    assert post(line, stranger.hello()).status == 401
    assert post(line, b"GET out").status == 400
    answer = post(line, desk.hello() + b"\0" * 999)
    assert (answer.status, desk.receipt(answer.data).code) == (200, "NOT_CX")
    monkeypatch.setattr("desk_app.district.intake.exchange.MOST_REQUEST", 1000)
    assert post(line, desk.hello() + desk.frame(1, 4) * 8).status == 413
    monkeypatch.undo()

    def full(*_, **__):
        raise DiskFullError

    monkeypatch.setattr("desk_app.district.storage.frames.apply", full)
    answer = post(line, desk.hello() + desk.frame(1, 4))
    assert (answer.status, "retry-after" in answer.headers) == (507, True)
    assert desk.receipt(answer.data).code == "STORAGE"
    monkeypatch.undo()
    line.district.write("*", [Word(payload=Revoked(device=desk.keys.kid.hex()))])
    answer = post(line, desk.hello())
    assert (answer.status, desk.receipt(answer.data).code) == (403, "REVOKED")


def test_a_bug_in_one_frame_is_told_as_a_storage_failure_and_the_next_request_works(line, desk, monkeypatch):
    desk.write(4)

    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr("desk_app.district.storage.frames.apply", broken)
    answer = post(line, desk.hello() + desk.frame(1, 4))
    assert desk.receipt(answer.data).code == "STORAGE"
    monkeypatch.undo()
    answer = post(line, desk.hello() + desk.frame(1, 4))
    assert desk.receipt(answer.data).logs[desk.log].seq == 4


def test_anybody_may_ask_who_the_district_is(line, root):
    with urllib3.PoolManager() as pool:
        answer = pool.request("GET", line.url + DISTRICT_PATH)
    card = msgspec.json.decode(answer.data, type=DistrictCard)
    assert card.operational().kid == root.operational.kid
    assert card.root == root.keys.public.dump()


def test_without_an_office_nobody_is_enrolled(tmp_path, root):
    with running(tmp_path, root, Listening(host="127.0.0.1", port=0)) as port, urllib3.PoolManager() as pool:
        url = f"http://127.0.0.1:{port}{ENROL_PATH}"
        asked = [pool.request("POST", url, body=b"x" * size, retries=False).status for size in (1, 100_000)]
    assert asked == [404, 413]


def enrolling(asked: bytes) -> bytes:
    if asked == b"no":
        raise Refused(Code.BAD_CODE)
    if asked == b"full":
        raise DiskFullError
    return asked[::-1]


@contextmanager
def running(folder, root, at: Listening, **facts):
    with district_at(folder / "other.db", root) as district:
        yield from _running(district, at, **facts)


def _running(district, at, **facts):
    listener = servers.listen(at.host, 0)
    server = servers.server(http_app.build(district, **facts), at)
    thread = threading.Thread(target=lambda: server.run(sockets=[listener]))
    thread.start()
    try:
        until(lambda: server.started)
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()


def test_the_office_answers_who_asks_to_be_enrolled(tmp_path, root):
    with (
        running(tmp_path, root, Listening(host="127.0.0.1", port=0), enrol=enrolling) as port,
        urllib3.PoolManager() as pool,
    ):
        asked = {
            body: pool.request("POST", f"http://127.0.0.1:{port}{ENROL_PATH}", body=body, retries=False)
            for body in (b"abc", b"no", b"full")
        }
    assert (asked[b"abc"].status, asked[b"abc"].data) == (200, b"cba")
    assert (asked[b"no"].status, asked[b"no"].data) == (403, b"BAD_CODE")
    assert asked[b"full"].status == 507


def test_the_certificate_is_valid_whatever_the_desks_clock_says(tmp_path, root):
    pem = tls.write(tmp_path, "127.0.0.1")
    at = Listening(host="127.0.0.1", port=0, certificate=tmp_path / tls.CERTIFICATE, key=tmp_path / tls.KEY)
    assert not others_get_in(tmp_path / tls.KEY)
    with running(tmp_path, root, at) as port, urllib3.PoolManager(ca_cert_data=pem) as pool:
        assert pool.request("GET", f"https://127.0.0.1:{port}{DISTRICT_PATH}").status == 200
    context = ssl.create_default_context(cadata=pem)
    (certificate,) = context.get_ca_certs()
    assert certificate["notBefore"] == "Jan  1 00:00:00 1970 GMT"
    assert certificate["notAfter"] == "Dec 31 23:59:59 9999 GMT"


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "cap-tren.example.vn", "tỉnh.example.vn"])
def test_a_certificate_is_made_for_any_kind_of_host(host):
    certificate, secret = server_certificate.make(host)
    assert certificate.startswith(b"-----BEGIN CERTIFICATE")
    assert secret.startswith(b"-----BEGIN PRIVATE KEY")


def test_a_port_that_is_taken_is_said_at_once(line):
    with pytest.raises(OSError, match=r"in use|WinError 100(13|48)"):  # Windows says it in the words of its language
        servers.listen("127.0.0.1", line.port)


def test_keys_the_district_has_never_seen_prove_nothing(line, root):
    thief = Writer(root.operational.public, keys=Keys.new())
    assert post(line, thief.hello()).data == b"UNKNOWN_DEVICE"
