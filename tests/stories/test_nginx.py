"""A district behind a real nginx that is set up as docs/district.md says: desks get through, and nobody hides in it."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import pytest

from desk_app.protocol.batch import message
from desk_app.protocol.keys import DistrictCard, Keys
from desk_app.protocol.messages import CONTENT_TYPE, DISTRICT_PATH, NONCE, SYNC_PATH, FrameKind, Hello
from tests.kit.desk.terminal import SECRET_CARD, Terminal
from tests.kit.district import nginx
from tests.kit.district.district_terminal import DistrictTerminal
from tests.kit.wire.ports import free_port

pytestmark = pytest.mark.skipif(bool(nginx.missing()), reason=nginx.missing() or "there is an nginx")

FIRST_PASSWORD = "hoa gạo nở tháng ba bên sông"
LIES = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "True-Client-IP", "x-forwarded-for")


@dataclass(frozen=True)
class Office:
    """A district behind nginx: its commands, where callers reach nginx, and its own port behind it."""

    terminal: DistrictTerminal
    folder: Path
    port: int
    behind: int

    @property
    def certificate(self) -> Path:
        return self.folder / nginx.CERTIFICATE

    def line(self, address: str = "127.0.0.1") -> http.client.HTTPSConnection:
        """A browser at this address of the loopback."""
        trusted = ssl.create_default_context(cafile=str(self.certificate))
        return http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=60, context=trusted, source_address=(address, 0)
        )

    def sign_in(
        self, name: str, password: str, *, address: str, said: dict[str, str] | None = None, direct: bool = False
    ) -> int:
        line: http.client.HTTPConnection = self.line(address)
        if direct:
            line = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=60, source_address=(address, 0))
        try:
            form = urlencode({"name": name, "password": password})
            told = {"Content-Type": "application/x-www-form-urlencoded"} | (said or {})
            line.request("POST", "/sign-in", form, told)
            return line.getresponse().status
        finally:
            line.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("front")
    port = free_port()
    terminal = DistrictTerminal(folder / "cấp trên", passphrase_file)
    terminal.ask(
        "init", "--name", "tỉnh Thử", "--behind-proxy", "--host", "127.0.0.1", "--url", f"https://127.0.0.1:{port}"
    )
    secret = folder / "mật khẩu"
    secret.write_text(FIRST_PASSWORD, "utf-8")
    for name in ("lan", "mai", "cuc"):
        terminal.ask("users", "add", name, "--password-file", str(secret))
    with terminal.serving() as url, nginx.running(folder / "nginx", port=port, upstream=int(url.rpartition(":")[2])):
        yield Office(terminal, folder / "nginx", port, int(url.rpartition(":")[2]))


def told_by(line: http.client.HTTPConnection, body: bytes) -> tuple[int, bytes]:
    line.request("POST", SYNC_PATH, body, {"Content-Type": CONTENT_TYPE})
    answer = line.getresponse()
    return answer.status, answer.read()


def test_a_desk_enrols_and_sends_its_day_through_nginx(office: Office, tmp_path: Path, passphrase_file: Path) -> None:
    desk = Terminal(
        tmp_path / "quầy",
        {"DESK_PASSPHRASE_FILE": str(passphrase_file), "SSL_CERT_FILE": str(office.certificate)},
    )
    desk.ask("init", "--unit", "H26.99", "--commune", "xã Thử Nghiệm", "--desk", "1")
    asked = ("enrol", "--unit", "H26.99", "--commune", "xã Thử Nghiệm", "--desk", "1")
    code = office.terminal.ask(*asked)["code"]
    desk.ask("enrol", "--code", code, "--url", f"https://127.0.0.1:{office.port}", "--yes")
    desk.ask("sync")
    desk.ask("receive", "--scan", "-", "--procedure", "1.004873", stdin=SECRET_CARD.encode())
    done = desk.ask("sync")
    assert (done["sent"], done["confirmed"], done["waiting"]) == (1, 1, 0)
    (row,) = office.terminal.ask("status")["desks"]
    assert row["receptions"] == 1
    strange = Terminal(desk.data, desk.variables | {"SSL_CERT_FILE": str(office.folder / "none.pem")})
    assert "chứng thư" in strange.refused("sync").lower()


def test_wrong_passwords_are_counted_by_the_callers_own_address_whatever_the_caller_says(office: Office) -> None:
    codes = [
        office.sign_in("lan", "sai", address="127.0.0.2", said=dict.fromkeys(LIES, f"203.0.113.{number}"))
        for number in range(7)
    ]
    assert codes == [403] * 5 + [429] * 2
    assert office.sign_in("lan", FIRST_PASSWORD, address="127.0.0.2", said={"X-Forwarded-For": "127.0.0.3"}) == 429
    assert office.sign_in("lan", FIRST_PASSWORD, address="127.0.0.3") == 303, "another's address is no part of it"
    rows = office.terminal.ask("audit")["rows"]
    assert {row["address"] for row in rows if row["account"] == "lan" and row["address"]} >= {"127.0.0.2", "127.0.0.3"}
    assert "203.0.113" not in str(rows)


def test_who_tries_many_names_from_one_address_is_shut_out_whatever_the_caller_says(office: Office) -> None:
    codes = [
        office.sign_in(f"ten{n}", "sai", address="127.0.0.4", said={"X-Forwarded-For": f"198.51.100.{n}, 127.0.0.1"})
        for n in range(22)
    ]
    assert codes == [403] * 20 + [429] * 2
    assert office.sign_in("mai", FIRST_PASSWORD, address="127.0.0.5") == 303


def test_who_gets_round_nginx_is_not_believed_either(office: Office) -> None:
    codes = [
        office.sign_in("cuc", "sai", address="127.0.0.6", said={"X-Forwarded-For": f"203.0.113.{number}"}, direct=True)
        for number in range(7)
    ]
    assert codes == [403] * 5 + [429] * 2


def test_a_cookie_of_a_person_goes_over_tls_only(office: Office) -> None:
    line = office.line("127.0.0.7")
    line.request("POST", "/sign-in", urlencode({"name": "mai", "password": FIRST_PASSWORD}))
    answer = line.getresponse()
    assert answer.status == 303
    assert answer.headers["location"] == "/"
    assert "secure" in answer.headers["set-cookie"].lower()
    line.close()


def test_a_request_that_is_too_long_is_refused_and_a_long_one_reaches_the_district(office: Office) -> None:
    line = office.line()
    # no frame, says the district, and reads no further: nginx passes that on or tells of a line that broke
    assert told_by(line, bytes(7 << 20))[0] in (400, 502)
    line.close()
    line = office.line()
    with suppress(ConnectionError, ssl.SSLError):  # nginx need not read what it refuses
        assert told_by(line, bytes((8 << 20) + 1))[0] == 413
    line.close()


def test_one_line_serves_several_questions(office: Office) -> None:
    line = office.line()
    for _ in range(3):
        line.request("GET", DISTRICT_PATH)
        answer = line.getresponse()
        assert (answer.status, bool(answer.read())) == (200, True)
        sock = line.sock
        assert sock is not None, "the line was closed between two questions"
    line.close()


def test_what_came_before_the_line_died_reaches_the_district(office: Office) -> None:
    """Buffered requests would be lost as a whole: the first frame is answered while the second is still on its way."""
    me = Keys.new()
    line = office.line()
    line.connect()
    line.request("GET", DISTRICT_PATH)
    card = line.getresponse().read()

    district = msgspec.json.decode(card, type=DistrictCard).operational()
    frame = message(FrameKind.HELLO, Hello(nonce=bytes(NONCE)), me, district)
    head = f"POST {SYNC_PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(frame) + 999}\r\n\r\n"
    assert line.sock is not None
    line.sock.settimeout(30)
    line.sock.sendall(head.encode() + frame)
    assert line.sock.recv(100).startswith(b"HTTP/1.1 401"), "of a stranger, before the rest has come"
    line.close()


def test_half_open_lines_at_nginx_stop_nobody(office: Office) -> None:
    with ExitStack() as held:
        for number in range(1000):
            line = held.enter_context(socket.create_connection(("127.0.0.1", office.port), timeout=20))
            if number % 2:
                line.sendall(b"\x16\x03\x01")  # the beginning of a TLS greeting
        line = office.line("127.0.0.8")
        line.request("GET", DISTRICT_PATH)
        assert line.getresponse().status == 200
        line.close()
