"""A district's office in the test's own process, and desks reduced to what it sees of them: keys, a code, frames."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desk_app.district.admin import folder
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.settings import DistrictSettings
from desk_app.district.intake import enrolment_slots
from desk_app.domain.dossiers.events import Office as Printed
from desk_app.domain.dossiers.events import Payload, Received, Recorded
from desk_app.domain.people.person import Person
from desk_app.protocol.batch import batch_frame, batch_of, message, message_of, sign_batch, unseal
from desk_app.protocol.batch import chain as hashes
from desk_app.protocol.event_body import body_of, event_of, first_hash
from desk_app.protocol.keys import DistrictCard, Keys, PublicKeys, code_key, mac, slot_of
from desk_app.protocol.messages import NONCE, Enrol, Enrolled, FrameKind, FrameReader, Hello, Receipt
from desk_app.protocol.packing import Chain

UNIT, COMMUNE = "H26.99", "xã Thử Nghiệm"
PASSPHRASE = "mật khẩu của cấp trên"
MORNING = 1_795_134_600_000


@dataclass
class Clock:
    """A clock the test sets, UTC ms."""

    at: int = MORNING

    def __call__(self) -> int:
        return self.at


@contextmanager
def office(place: Path, clock: Clock, *, database: str = "") -> Iterator[DistrictOffice]:
    """The district in this folder, made where there is none; `database` is its PostgreSQL, for a copied folder too."""
    if not (place / "district.toml").exists():
        wanted = DistrictSettings(name="UBND tỉnh Thử", url="https://127.0.0.1:8443", database=database)
        folder.create(place, wanted, passphrase=PASSPHRASE, root_file=place.parent / "goc.txt", clock=clock)
    with folder.opened(place, passphrase=PASSPHRASE, database=database, clock=clock) as opened:
        yield opened


def code_for(here: DistrictOffice, desk: int = 1, *, unit: str = UNIT, blocks: str = "") -> str:
    """A fresh code."""
    with here.district.storage.writing() as session:
        code, _ = enrolment_slots.make(
            session,
            unit=unit,
            commune=COMMUNE,
            desk=desk,
            blocks=enrolment_slots.blocks_of(blocks),
            at=here.district.clock(),
        )
    return code


@dataclass
class Device:
    """A PC at a counter: asks to be enrolled, writes one log, sends it."""

    card: DistrictCard
    keys: Keys = field(default_factory=Keys.new)
    log: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    bodies: list[bytes] = field(default_factory=list)
    nonce: bytes = b""

    @property
    def district(self) -> PublicKeys:
        return self.card.operational()

    def asks(self, code: str, *, host: str = "QUAY-1", root: bytes | None = None, new: bool = True) -> bytes:
        """The ENROL frame; `root` where the desk was shown another district's."""
        self.nonce = secrets.token_bytes(NONCE) if new else self.nonce
        both = self.keys.public.dump()
        proof = mac(code_key(code), b"enrol", self.card.root if root is None else root, both, self.nonce)
        enrol = Enrol(slot=slot_of(code), nonce=self.nonce, keys=both, mac=proof, host=host)
        return message(FrameKind.ENROL, enrol, self.keys, self.district)

    def told(self, answer: bytes) -> Enrolled | Receipt:
        """What the district says to a request."""
        frame = next(iter(FrameReader(self.keys.kid).feed(answer)))
        kind = FrameKind(frame.kind)
        shape: type[Enrolled | Receipt] = Enrolled if kind is FrameKind.ENROLLED else Receipt
        return message_of(kind, unseal(frame, self.keys), shape, sender=self.district, me=self.keys.kid)

    def receives(self, number: int, *, name: str = "Nguyễn Thị Thử", at: int = MORNING, due_at: int = 0) -> str:
        """A dossier comes in; its code."""
        code = f"{UNIT}-261122-{number:04d}"
        received = Received(
            code=code,
            procedure="2.000815",
            procedure_version="2026-11-22",
            people={"applicant": Person(full_name=name, id_number="001190012345")},
            received_at=at,
            due_at=due_at,
            office=Printed(name="UBND xã", commune=COMMUNE),
        )
        self.writes(received, dossier=f"hoso{number:012d}", at=at)
        return code

    def writes(self, payload: Payload, *, dossier: str, at: int = MORNING, lamport: int = 0) -> None:
        event = Recorded(
            log=self.log.hex(),
            seq=len(self.bodies) + 1,
            dossier=dossier,
            kind="",
            lamport=lamport or len(self.bodies) + 1,
            at=at,
            clock_offset=0,
            author="thu",
            seen={},
            payload=payload,
        )
        self.bodies.append(body_of(event, payload))

    def request(self, *, first: int = 1, pull: int = 0, clock: int = 0) -> bytes:
        """HELLO and the events from `first` on, as one body."""
        self.nonce = secrets.token_bytes(NONCE)
        heads = [first_hash(self.log), *hashes(first_hash(self.log), self.bodies)]
        hello = Hello(
            nonce=self.nonce,
            logs={self.log: (len(self.bodies), heads[-1][:8])} if self.bodies else {},
            pull=pull,
            app="1.0",
            clock=clock,
        )
        parts = [message(FrameKind.HELLO, hello, self.keys, self.district)]
        if first <= len(self.bodies):
            batch = sign_batch(
                self.keys, self.log, first=first, before=heads[first - 1], bodies=self.bodies[first - 1 :]
            )
            parts.append(batch_frame(batch, self.district))
        return b"".join(parts)

    def receipt(self, answer: bytes) -> Receipt:
        receipt = self.told(answer)
        assert isinstance(receipt, Receipt)
        assert receipt.nonce == self.nonce
        return receipt

    def events(self, answer: bytes) -> list[Recorded]:
        """The events that came along with an answer."""
        found = []
        chain = Chain()
        for frame in FrameReader(self.keys.kid).feed(answer):
            if frame.kind == FrameKind.EVENTS:
                batch = batch_of(unseal(frame, self.keys), chain=chain)
                found += [event_of(batch.log.hex(), seq, body) for seq, body in enumerate(batch.bodies, batch.first)]
        return found


def enrolled(here: DistrictOffice, desk: int = 1, **told: str) -> Device:
    """A desk that the district has certified."""
    from desk_app.district.intake import enrolment

    device = Device(here.district.identity.card)
    answer = enrolment.answer(
        here.district.storage,
        here.district.identity,
        device.asks(code_for(here, desk, **told)),
        at=here.district.clock(),
    )
    assert isinstance(device.told(answer), Enrolled)
    return device
