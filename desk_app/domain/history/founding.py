"""Which reception made a dossier, where several have its id. Pure; desk and district ask here alike.

An id made by this program proves whose it is: 48 drawn bits, and 32 of a hash over them and their owner, the key of the
desk or, before a desk has keys, its log. A key is certified and cannot be drawn until it fits; the name of a log can,
so where several receptions are proved, or none is (ids of earlier programs), the district says which one it had first
(`Founded`), and until it has spoken the number in the code tells whose it is. Neither a lamport nor the order of logs
decides before that: whoever writes an event chooses both.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.dossiers.events import Founded, Received, Recorded
from desk_app.domain.dossiers.numbering import Block, Pattern
from desk_app.domain.history import moved

PROVED, NAMED, OWN_NUMBER, KNOWN = 8, 4, 2, 1
"""What speaks for a reception, the strongest first: its id, the district's word, its code, that its writer is known."""
_DRAWN, _PROOF = 6, 4
_OF_KEY = 0x80
"""In the first drawn byte: whether a key or a log is the owner, so that no log can be found for the id of a key."""
_KEY_BYTES = 8
_PATTERN = Pattern()


class KnownDevice(Struct, frozen=True, kw_only=True):
    """A device as its certificate names it: key id (8 B), unit, desk, the numbers of a day that it may give.

    `kid` is b"" for a desk that has no keys yet.
    """

    kid: bytes
    unit: str = ""
    desk: int = 0
    blocks: tuple[Block, ...] = ()
    is_district: bool = False


class Writer(Struct, frozen=True, kw_only=True):
    """Who wrote a log: `owners` are the keys of the desk, also those it had before, and the names of its logs."""

    owners: frozenset[bytes]
    blocks: tuple[Block, ...] = ()
    desk: int = 0
    is_known: bool = False
    is_district: bool = False


class Writers:
    """Looks up the writers of logs (names of 16 B, with the key that signs each)."""

    def __init__(self, devices: Iterable[KnownDevice], logs: Mapping[bytes, bytes | None]) -> None:
        self._devices = {device.kid: device for device in devices}
        self._logs = logs
        self._found: dict[str, Writer] = {}
        self._of_desk: dict[tuple[str, int], set[bytes]] = {}
        for kid, device in self._devices.items():
            if kid and not device.is_district:
                self._of_desk.setdefault((device.unit, device.desk), set()).add(kid)

    @property
    def every_owner(self) -> frozenset[bytes]:
        """All known keys and logs."""
        return frozenset({*self._devices, *self._logs}) - {b""}

    def of(self, log: str) -> Writer:
        """The writer of the log of this name in hex: the device, and every other of the same desk of the unit."""
        if log not in self._found:
            self._found[log] = self._looked_up(bytes.fromhex(log))
        return self._found[log]

    def owners_of(self, desk: int) -> frozenset[bytes]:
        """The keys of every device that had this number, and the names of their logs."""
        kids = {kid for (_, number), found in self._of_desk.items() if number == desk for kid in found}
        return frozenset(kids | {log for log, author in self._logs.items() if author in kids})

    def _looked_up(self, name: bytes) -> Writer:
        kid = self._logs.get(name)
        device = self._devices.get(kid) if kid is not None else None
        if kid is None or device is None:
            return Writer(owners=frozenset({name} if kid is None else {name, kid}))
        kids = {kid, *self._of_desk.get((device.unit, device.desk), ())}
        logs = {each for each, author in self._logs.items() if author in kids}
        return Writer(
            owners=frozenset({name} | kids | logs) - {b""},
            blocks=device.blocks,
            desk=device.desk,
            is_known=bool(kid),
            is_district=device.is_district,
        )


def dossier_id(owner: bytes, draft: str, *, turn: int = 0) -> str:
    """The id of the dossier that this key (8 B) or log (16 B) makes of a draft: 16 letters and digits of base32.

    `turn` gives another where a dossier of long ago has the id already.
    """
    drawn = hashlib.sha256(b"cx1 drawn" + bytes([turn]) + draft.encode()).digest()[:_DRAWN]
    kind = _OF_KEY if len(owner) == _KEY_BYTES else 0
    drawn = bytes([drawn[0] & ~_OF_KEY | kind]) + drawn[1:]
    return base64.b32encode(drawn + _proof(owner, drawn)).decode().lower()


def belongs(dossier: str, owners: Iterable[bytes]) -> bool:
    """Whether one of these keys and logs made this id."""
    try:
        told = base64.b32decode(dossier.upper())
    except ValueError:
        return False
    drawn, proof = told[:_DRAWN], told[_DRAWN:]
    if len(told) != _DRAWN + _PROOF:
        return False
    is_of_key = bool(drawn[0] & _OF_KEY)
    return any(_proof(owner, drawn) == proof for owner in owners if (len(owner) == _KEY_BYTES) == is_of_key)


def _proof(owner: bytes, drawn: bytes) -> bytes:
    return hashlib.sha256(b"cx1 dossier" + drawn + owner).digest()[:_PROOF]


def digest_of(body: bytes) -> str:
    """How `Founded` names a reception: SHA-256 in hex of its line without citations, wherever the line stands."""
    return hashlib.sha256(b"cx1 founded" + moved.told(body)).hexdigest()


def claimed(events: Sequence[tuple[Recorded, bytes]], writers: Writers) -> list[Recorded]:
    """The events of one dossier, each with its line, with what speaks for each reception (`Recorded.claim`)."""
    named = _named([event for event, _ in events], writers)
    return [_with_claim(event, body, writers, named) for event, body in events]


def are_disputed(events: Iterable[Recorded]) -> bool:
    """Whether there is more than one reception, so that `claimed` has something to say."""
    return sum(isinstance(event.payload, Received) for event in events) > 1


def founder(events: Iterable[Recorded]) -> Recorded | None:
    """The reception that made the dossier; None where there is none."""
    receptions = [event for event in events if isinstance(event.payload, Received)]
    return min(receptions, key=lambda event: (-event.claim, *order(event)), default=None)


def order(event: Recorded) -> tuple[int, str, int]:
    """By what events of several logs are ordered; no clock is trusted."""
    return (event.lamport, event.log, event.seq)


def in_order(events: Iterable[Recorded]) -> list[Recorded]:
    """The events as they count: the reception that made the dossier first, then the others by `order`."""
    found = sorted(events, key=order)
    first = founder(found)
    return found if first is None else [first, *(event for event in found if event is not first)]


def is_same(one: Recorded, other: Recorded) -> bool:
    """Whether two receptions say the same of the dossier, as one does that moved and so stands in two logs."""
    return (one.payload, one.author, one.actor) == (other.payload, other.author, other.actor)


def _named(events: Iterable[Recorded], writers: Writers) -> str:
    """The reception that the district named; what it said first holds."""
    words = [event for event in events if isinstance(event.payload, Founded) and writers.of(event.log).is_district]
    first = min(words, key=order, default=None)
    return first.payload.reception if first and isinstance(first.payload, Founded) else ""


def _with_claim(event: Recorded, body: bytes, writers: Writers, named: str) -> Recorded:
    payload = event.payload
    if not isinstance(payload, Received):
        return event
    writer = writers.of(event.log)
    claim = KNOWN if writer.is_known else 0
    if writer.is_known and _is_own_number(payload.code, writer, event.log):
        claim |= OWN_NUMBER
    if named and named == digest_of(body):
        claim |= NAMED
    if belongs(event.dossier, writer.owners):
        claim |= PROVED
    return replace(event, claim=claim)


def _is_own_number(code: str, writer: Writer, log: str) -> bool:
    """Whether the desk may give the number in this code; of what moved, whoever carries it on may have written it."""
    read = _PATTERN.read(code)
    if read is None or moved.is_log(bytes.fromhex(log)):
        return True
    return any(block.first <= read[2] <= block.last for block in writer.blocks)
