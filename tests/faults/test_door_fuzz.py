"""Strangers at the district's ASGI door: whatever they say is refused, nothing they say is answered with a 500.

`--door-messages 20000` is the full size; the messages are drawn by a seed, so that a failure can be repeated.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.applications import Starlette

from desk_app.district import pages
from desk_app.district.intake import enrolment, enrolment_slots
from desk_app.district.transport import http_app
from desk_app.errors import DatabaseDownError
from desk_app.protocol.batch import message, seal
from desk_app.protocol.keys import KID, SIGNATURE, Keys, code_key, mac, new_code, slot_of
from desk_app.protocol.messages import MAX_BODY, NONCE, Enrol, FrameKind, Hello, header
from tests.kit.district.writers import MORNING, UNIT, Root, Writer, district_at, register

LOW_ORDER = [
    bytes(32),
    bytes([1, *bytes(31)]),
    bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    bytes.fromhex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
    bytes.fromhex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
]
"""X25519 points of low order (RFC 7748, section 6.1): the shared secret is zero whatever the other key is."""


class Door:
    """The whole application of a district as a server hands it requests."""

    def __init__(self, place: Path) -> None:
        self.root = Root()
        self._made = district_at(place, self.root)
        self.district = self._made.__enter__()
        self.writer = Writer(self.root.operational.public)
        register(self.district, self.root, self.writer.keys.public)
        self.code = new_code()
        with self.district.storage.writing() as session:
            enrolment_slots.put(session, slot_of(self.code), enrolment_slots.EnrolmentSlot(**slot(self.code)))
        self.app: Starlette = http_app.build(
            self.district,
            enrol=lambda asked: enrolment.answer(
                self.district.storage, self.district.identity, asked, at=self.district.clock()
            ),
            pages=pages.routes(self.district, folder=place.parent),
        )

    def close(self) -> None:
        self._made.__exit__(None, None, None)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        headers: list[tuple[bytes, bytes]] | None = None,
        query: bytes = b"",
        leaves: bool = False,
    ) -> int:
        """The status; 0 where nothing was answered. An exception that reaches the server is a 500."""
        told: list[dict[str, Any]] = []
        waiting: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": leaves}]

        async def receive() -> dict[str, Any]:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(said: dict[str, Any]) -> None:
            told.append(said)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode("utf-8", "surrogateescape"),
            "query_string": query,
            "headers": headers if headers is not None else [(b"host", b"127.0.0.1")],
            "client": ("192.0.2.7", 5000),
            "server": ("127.0.0.1", 8443),
        }
        try:
            asyncio.run(self.app(scope, receive, send))  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001 - what the server would turn into a 500, told with its cause
            return pytest.fail(f"{method} {path!r}: {type(error).__name__}: {error}")
        return int(told[0]["status"]) if told else 0


def slot(code: str) -> dict[str, Any]:
    return {
        "key": code_key(code),
        "unit": UNIT,
        "commune": "Xã Thử",
        "desk": 7,
        "blocks": ((1, 99),),
        "until": MORNING + 86_400_000,
    }


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    made = Door(tmp_path_factory.mktemp("door") / "district.db")
    yield made
    made.close()


def assert_refused(status: int) -> None:
    assert 200 <= status < 500 or status in (503, 507), status


# --- the ones that were found -------------------------------------------------------------


def asked_to_enrol(door: Door, keys: bytes, *, told: bytes | None = None, code: str = "") -> bytes:
    me, nonce = Keys.new(), secrets.token_bytes(NONCE)
    if told is None:
        proof = mac(code_key(code or door.code), b"enrol", door.root.keys.public.dump(), keys, nonce)
        record = Enrol(slot=slot_of(code or door.code), nonce=nonce, keys=keys, mac=proof, host="máy\x00một")
        told = msgspec.msgpack.encode(record)
    signed = b"cx1 msg%d" % FrameKind.ENROL + door.root.operational.kid + told
    return seal(FrameKind.ENROL, door.root.operational.public, me.kid + me.sign(signed) + told)


@pytest.mark.parametrize("point", LOW_ORDER, ids=range(len(LOW_ORDER)))
def test_a_weak_key_is_refused_before_its_slot_is_taken(door, point):
    me = Keys.new()
    keys, nonce = me.public.sign + point, secrets.token_bytes(NONCE)
    proof = mac(code_key(door.code), b"enrol", door.root.keys.public.dump(), keys, nonce)
    enrol = Enrol(slot=slot_of(door.code), nonce=nonce, keys=keys, mac=proof)
    assert door.ask("POST", "/v1/enrol", message(FrameKind.ENROL, enrol, me, door.root.operational.public)) == 403
    with door.district.storage.reading() as session:
        kept = enrolment_slots.get(session, slot_of(door.code))
    assert kept is not None
    assert not kept.taken_by


@pytest.mark.parametrize(
    "told", [b"\x81\xa4host\xa2\xff\xfe", b"\x81\xa2\xff\xfe\xa1x", b"\x91" * 200, b"", b"\xc1", b"\x84\xa4slot"]
)
def test_text_that_is_no_utf8_is_refused(door, told):
    assert door.ask("POST", "/v1/enrol", asked_to_enrol(door, b"", told=told)) == 403


@pytest.mark.parametrize("app", ["\x00", "a\x00b", "\x1b[2J", "x" * 100_000])
def test_a_question_may_hold_nul_and_the_desk_is_served(door, app):
    assert door.ask("POST", "/v1/sync", door.writer.hello(app=app)) == 200


def test_a_weak_hello_of_no_utf8_is_refused(door):
    me = door.writer.keys
    told = b"\x81\xa3app\xa2\xff\xfe"
    signed = b"cx1 msg%d" % FrameKind.HELLO + door.root.operational.kid + told
    frame = seal(FrameKind.HELLO, door.root.operational.public, me.kid + me.sign(signed) + told)
    assert door.ask("POST", "/v1/sync", frame) == 400


FORMS = {
    "nul": b"name=%00&password=%00",
    "nul within": b"name=a%00b&password=a",
    "bytes": b"name=%ff%fe&password=%ff",
    "surrogate": b"name=%ed%a0%80&password=x",
    "many fields": b"&".join(b"a%d=1" % n for n in range(500)),
    "long": b"name=" + b"a" * 100_000,
    "nothing": b"",
    "separators": b"&=&=&&;;",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_stranger_is_refused(door, form):
    assert_refused(door.ask("POST", "/sign-in", FORMS[form]))


@pytest.mark.parametrize("path", ["/", "/sign-in", "/sign-in/", "/dossiers", "/v1/sync/", "/assets/", "/assets/..%00"])
@pytest.mark.parametrize("host", [b"[", b"[::1", b"", b"\xff\xfe", b"a" * 5000, b"a:b:c", b"x/../y"])
def test_every_host_that_a_stranger_names_is_borne(door, path, host):
    headers = [(b"host", host), (b"cookie", b"visit=a"), (b"content-length", b"x")]
    for method in ("GET", "POST"):
        assert_refused(door.ask(method, path, headers=headers))


@pytest.mark.parametrize(
    "cookie", [b"visit=\xff\xfe", b"visit=\x00", b"visit=" + b"a" * 9000, b"=", b";;;", b'visit="']
)
def test_every_cookie_is_borne(door, cookie):
    assert door.ask("GET", "/", headers=[(b"host", b"x"), (b"cookie", cookie)]) == 303


@pytest.mark.parametrize("path", ["/v1/sync", "/v1/enrol", "/sign-in", "/quarantine/take"])
def test_who_goes_away_in_the_middle_is_no_bug(door, path):
    assert_refused(door.ask("POST", path, b"CX\x01", leaves=True))


def test_a_database_that_is_gone_is_no_bug(door, monkeypatch):
    class Down:
        def __enter__(self):
            raise DatabaseDownError

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(door.district.storage, "reading", Down)
    for method, path in (("GET", "/sign-in"), ("POST", "/sign-in"), ("POST", "/v1/enrol")):
        assert_refused(door.ask(method, path, b"name=a&password=b"))


# --- whatever comes -----------------------------------------------------------------------


def drawn(
    rng: random.Random, door: Door, seeds: list[bytes]
) -> tuple[str, str, bytes, list[tuple[bytes, bytes]], bytes]:
    """A message that begins like one of ours or like none."""
    path = rng.choice(["/v1/sync", "/v1/sync", "/v1/enrol", "/v1/enrol", "/v1/hub", "/sign-in", "/", "/dossiers", "/x"])
    body = bytearray(rng.choice(seeds))
    for _ in range(rng.choice([0, 1, 1, 2, 5])):
        at = rng.randrange(len(body) + 1)
        match rng.randrange(5):
            case 0:
                body[at : at + 1] = rng.randbytes(1)
            case 1:
                del body[at : at + rng.randrange(1, 40)]
            case 2:
                body[at:at] = rng.randbytes(rng.randrange(1, 40))
            case 3:
                body[at:at] = rng.choice([b"\x00", b"\xff\xfe", b"%00", "ế".encode(), b"[" * 300, b"9" * 400])
            case _:
                body += body[:200]
    headers = [(b"host", rng.choice([b"127.0.0.1", b"[", b"", b"x:99999"]))]
    if rng.random() < 0.3:
        headers.append((b"cookie", b"visit=" + rng.randbytes(8)))
    if rng.random() < 0.3:
        headers.append((rng.choice([b"x-forwarded-for", b"content-type", b"range", b"accept"]), rng.randbytes(12)))
    method = rng.choice(["POST", "POST", "POST", "GET", "HEAD", "PUT", "\x7f"])
    return method, path, bytes(body), headers, rng.choice([b"", b"page=%00", b"text=%ff", rng.randbytes(9)])


def inner(rng: random.Random, door: Door) -> bytes:
    """A sealed frame with nonsense inside, which only the district itself can open and must bear."""
    kind = rng.choice([FrameKind.HELLO, FrameKind.EVENTS, FrameKind.BLOB, FrameKind.ENROL, FrameKind.RECEIPT])
    start = rng.choice([b"", rng.randbytes(KID + SIGNATURE), door.writer.keys.kid + rng.randbytes(SIGNATURE)])
    told = rng.choice([b"\x81\xa4keys\xc4\x40" + rng.randbytes(64), rng.randbytes(rng.randrange(200)), b"\x85" * 9])
    return seal(kind, door.root.operational.public, start + told)


def test_of_many_strange_messages_none_is_a_bug(door, request):
    count, rng = request.config.getoption("--door-messages"), random.Random(20_000)
    hello = message(FrameKind.HELLO, Hello(nonce=bytes(NONCE)), Keys.new(), door.root.operational.public)
    seeds = [
        b"",
        hello,
        header(FrameKind.HELLO, MAX_BODY, bytes(8)),
        asked_to_enrol(door, Keys.new().public.dump(), code=new_code()),
        b"name=an&password=mot-hai-ba",
        b"<html>",
    ]
    seen: set[int] = set()
    for number in range(count):
        if number % 4 == 0:
            seeds[0] = inner(rng, door)
        method, path, body, headers, query = drawn(rng, door, seeds)
        if path == "/sign-in" and method == "POST" and number % 40:
            path = "/v1/enrol"  # each sign-in costs 64 MB and tens of milliseconds on purpose
        status = door.ask(method, path, body, headers=headers, query=query)
        assert_refused(status)
        seen.add(status)
    assert {400, 403} <= seen


def test_the_door_is_whole_behind_all_that(door):
    door.writer.write(3)
    assert door.ask("POST", "/v1/sync", door.writer.hello() + door.writer.frame(1, 3)) == 200
