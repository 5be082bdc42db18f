"""CX1 on the wire: frames, the records inside them, the codes of an answer. The same bytes over HTTPS and on a stick.

docs/protocol.md says it for readers without this code. Knows no key, no storage, no network.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TypeVar

import msgspec
from msgspec import Struct

from desk_app import typed_values

MAGIC, VERSION = b"CX", 1
CONTENT_TYPE = "application/x-cx"
SYNC_PATH, DISTRICT_PATH, ENROL_PATH = "/v1/sync", "/v1/hub", "/v1/enrol"

MAX_BODY = 1 << 20
"""The longest body of a frame, sealed, in bytes."""
MAX_RAW = 8 << 20
"""The most that the events of a frame may unpack to, in bytes."""
MAX_BLOB = 32 << 10
NONCE = 12

Record = TypeVar("Record", bound=Struct)

_HEADER = struct.Struct(">2sBBI8s")  # magic, version, kind, length of the body, key id of the recipient
HEADER = _HEADER.size


class FrameKind(IntEnum):
    HELLO = 1
    EVENTS = 2
    BLOB = 3
    RECEIPT = 4
    ENROL = 5
    ENROLLED = 6


class Code(StrEnum):
    """What came of a request or a frame; only those in a signed receipt count."""

    OK = "OK"
    DUP = "DUP"
    GAP = "GAP"
    FORK = "FORK"
    NOT_OWNER = "NOT_OWNER"
    UNKNOWN_DEVICE = "UNKNOWN_DEVICE"
    REVOKED = "REVOKED"
    BUSY = "BUSY"
    STORAGE = "STORAGE"
    UPGRADE = "UPGRADE"
    UNKNOWN_DICT = "UNKNOWN_DICT"
    UNNAMED_HOLE = "UNNAMED_HOLE"
    BAD_EVENT = "BAD_EVENT"
    BAD_SEAL = "BAD_SEAL"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    BAD_COUNT = "BAD_COUNT"
    BAD_CODE = "BAD_CODE"
    TOO_LARGE = "TOO_LARGE"
    QUOTA = "QUOTA"
    WRONG_RECIPIENT = "WRONG_RECIPIENT"
    VERSION = "VERSION"
    NOT_CX = "NOT_CX"
    NO_HELLO = "NO_HELLO"


MOST_LOGS_OF_A_DEVICE = 512
"""A device begins a log with each restoring and each event that has to move. Every question and every receipt names all
logs of a commune, so that one device which began them without end would stop the others.
"""


class Refused(Exception):  # noqa: N818 - the word of the protocol
    """A frame or an answer that cannot be taken; `code` says why. Not for people: the layers above word it."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole frame: `header` 16 bytes as they came, `body` still sealed."""

    kind: int
    header: bytes
    body: bytes

    @property
    def recipient(self) -> bytes:
        return self.header[8:]

    def __bytes__(self) -> bytes:
        return self.header + self.body


def header(kind: FrameKind, length: int, recipient: bytes) -> bytes:
    """The 16 bytes before a body of this length."""
    return _HEADER.pack(MAGIC, VERSION, kind, length, recipient)


class FrameReader:
    """Cuts a stream into frames as it comes. A torn tail is never a frame; `pending` says how long it is."""

    def __init__(self, recipient: bytes | None = None) -> None:
        self._recipient = recipient
        self._rest = bytearray()

    @property
    def pending(self) -> int:
        return len(self._rest)

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The frames these bytes complete, one by one; raises `Refused` behind the last where none can begin."""
        self._rest += data
        while frame := self._next():
            yield frame

    def _next(self) -> Frame | None:
        if len(self._rest) < HEADER:
            if not (MAGIC + bytes([VERSION])).startswith(bytes(self._rest[:3])):
                raise Refused(Code.NOT_CX)
            return None
        magic, version, kind, length, recipient = _HEADER.unpack_from(self._rest)
        if magic != MAGIC:
            raise Refused(Code.NOT_CX)
        if version != VERSION:
            raise Refused(Code.VERSION)
        if length > MAX_BODY:
            raise Refused(Code.TOO_LARGE)
        if self._recipient is not None and recipient != self._recipient:
            raise Refused(Code.WRONG_RECIPIENT)
        if len(self._rest) < HEADER + length:
            return None
        frame = Frame(kind, bytes(self._rest[:HEADER]), bytes(self._rest[HEADER : HEADER + length]))
        del self._rest[: HEADER + length]
        return frame


class Hello(Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"nonce": "n", "logs": "v", "pull": "p"}):
    """A desk asks: what it holds of each log (last number, first 8 bytes of the head), how much it wants to be sent.

    `clock` UTC ms of the desk; `offers` sizes of files by SHA-256 that it could send; `caps` what else it understands;
    `certificate` its own, only to a colleague's desk, which may not know it yet.
    """

    nonce: bytes
    logs: dict[bytes, tuple[int, bytes]] = {}
    pull: int = 0
    app: str = ""
    clock: int = 0
    offers: dict[bytes, int] = {}
    caps: tuple[str, ...] = ()
    certificate: bytes = b""


class Held(Struct, frozen=True, array_like=True):
    """A log as the district holds it: last number, its head and the hash at the number the desk named (8 bytes each,
    b"" for none), how many receptions are in it.
    """

    seq: int
    head: bytes
    at_yours: bytes = b""
    receptions: int = 0


class Receipt(
    Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"nonce": "n", "code": "c", "at": "t", "logs": "v"}
):
    """The district's word for what it holds, signed and bound to the question's nonce.

    `district` names the district's own logs that this desk may read; `safe` numbers that a verified backup covers;
    `blobs` how many bytes of each offered file are there; `retry` s to wait when busy.
    """

    nonce: bytes
    code: str = "OK"
    at: int = 0
    district: tuple[bytes, ...] = ()
    logs: dict[bytes, Held] = {}
    safe: dict[bytes, int] = {}
    blobs: dict[bytes, int] = {}
    retry: int = 0
    min_app: str = ""


class Enrol(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A new device asks to be certified: which slot, its public keys, and the proof that it knows the code.

    `mac` = HMAC under the code's key of "enrol", the district's root as the desk sees it, `keys`, `nonce`.
    """

    slot: bytes
    nonce: bytes
    keys: bytes
    mac: bytes
    host: str = ""


class Enrolled(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The district's answer: the device's certificate, its own card (msgpack), certificates of the same office.

    `mac` = HMAC under the code's key of "enrolled", root, the device's keys, the nonce, `certificate`.
    """

    certificate: bytes
    card: bytes
    mac: bytes
    colleagues: tuple[bytes, ...] = ()


def encoded(record: Struct) -> bytes:
    return msgspec.msgpack.encode(record)


def decoded(told: bytes, shape: type[Record], *, code: Code = Code.VERSION) -> Record:
    """The record in these bytes. Raises `Refused` with `code` for whatever is none, text that is no UTF-8 too."""
    try:
        return typed_values.from_msgpack(told, shape)
    except (ValueError, RecursionError) as error:  # DecodeError and UnicodeDecodeError are ValueErrors
        raise Refused(code) from error
