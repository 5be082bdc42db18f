"""Desks reduced to what the district sees of them: keys, a log, frames. And a district in the test's own process."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desk_app.district.district import District
from desk_app.district.keys import keyfile
from desk_app.district.keys.identity import Identity
from desk_app.district.keys.keyfile import KeyFile
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.storage import open_storage
from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.notices import Certified
from desk_app.protocol.batch import batch_frame, message, message_of, sign_batch, unseal
from desk_app.protocol.batch import chain as hashes
from desk_app.protocol.event_body import body_of, first_hash
from desk_app.protocol.keys import Certificate, DistrictCard, Keys, PublicKeys, certify, signed_tls
from desk_app.protocol.messages import NONCE, FrameKind, FrameReader, Hello, Receipt
from desk_app.protocol.packing import Chain

UNIT = "H61.37"
MORNING = 1_795_134_600_000


@dataclass
class Writer:
    """A device that has a certificate and writes one log."""

    district: PublicKeys
    keys: Keys = field(default_factory=Keys.new)
    log: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    bodies: list[bytes] = field(default_factory=list)
    nonce: bytes = b""

    def write(self, count: int) -> None:
        for _ in range(count):
            number = len(self.bodies) + 1
            payload = StepTaken(action="forward", reason=f"việc {number} của {self.keys.kid.hex()}")
            event = Recorded(
                log=self.log.hex(),
                seq=number,
                dossier=f"{self.log.hex()[:15]}a",
                kind="step",
                lamport=number,
                at=MORNING + 1000 * number,
                clock_offset=0,
                author="thu",
                seen={},
                payload=payload,
            )
            self.bodies.append(body_of(event, payload))

    def hello(self, **told: object) -> bytes:
        """The question; its nonce is the one that the receipt must say."""
        self.nonce = secrets.token_bytes(NONCE)
        return message(FrameKind.HELLO, Hello(nonce=self.nonce, **told), self.keys, self.district)  # type: ignore[arg-type]

    def frame(self, first: int, last: int, *, chain: Chain | None = None) -> bytes:
        """Events `first` … `last`, counted from 1, as one frame."""
        heads = [first_hash(self.log), *hashes(first_hash(self.log), self.bodies)]
        batch = sign_batch(
            self.keys, self.log, first=first, before=heads[first - 1], bodies=self.bodies[first - 1 : last]
        )
        return batch_frame(batch, self.district, chain=chain)

    def receipt(self, answer: bytes) -> Receipt:
        """The receipt an answer begins with, if it is the district's and answers the last question."""
        frame = next(iter(FrameReader(self.keys.kid).feed(answer)))
        receipt = message_of(
            FrameKind.RECEIPT, unseal(frame, self.keys), Receipt, sender=self.district, me=self.keys.kid
        )
        assert receipt.nonce == self.nonce
        return receipt


@dataclass
class Root:
    """A district's keys, without a district."""

    keys: Keys = field(default_factory=Keys.new)
    operational: Keys = field(default_factory=Keys.new)
    url: str = "http://127.0.0.1"
    tls: str = ""
    signs_tls: bool = True
    storage_key: bytes = b""
    """That of the first operational keys, which others after them keep."""

    def __post_init__(self) -> None:
        self.storage_key = self.identity.storage_key

    @property
    def card(self) -> DistrictCard:
        told = Certificate(keys=self.operational.public.dump(), role="district", name="tuyến trên")
        return DistrictCard(
            url=self.url,
            root=self.keys.public.dump(),
            certificate=certify(told, self.keys),
            tls=self.tls,
            name="UBND thử nghiệm",
            tls_word=signed_tls(self.operational, self.keys.public.dump(), self.tls) if self.signs_tls else b"",
        )

    @property
    def identity(self) -> Identity:
        return Identity(keys=self.operational, card=self.card)

    def keep(self, folder: Path) -> None:
        """Write a keys.json that nothing opens: a backup carries it along."""
        certificate = base64.b64encode(self.card.certificate).decode()
        keyfile.write(folder, KeyFile(root=self.card.root.hex(), certificate=certificate, slots=()))

    def certified(self, keys: PublicKeys, *, unit: str = UNIT, desk: int = 1) -> bytes:
        told = Certificate(keys=keys.dump(), role="desk", unit=unit, desk=desk, name=f"Quầy {desk}", from_at=MORNING)
        return certify(told, self.operational)


@contextmanager
def district_at(place: str | Path, root: Root, *, kept_by: Root | None = None) -> Iterator[District]:
    """A district in this process, over a file or a `postgresql://` address; nothing listens.

    `kept_by` is whose storage key the file has, where the keys at work are others.
    """
    storage = open_storage(place, (kept_by or root).storage_key)
    try:
        yield District(storage, root.identity, clock=lambda: MORNING)
    finally:
        storage.close()


def register(district: District, root: Root, keys: PublicKeys, *, unit: str = UNIT, desk: int = 1) -> bytes:
    """Certify a device as enrolment does, told to everybody; its certificate."""
    signed = root.certified(keys, unit=unit, desk=desk)
    told = Certified(certificate=base64.b64encode(signed).decode())
    with district.storage.writing() as session:
        writer.append_signed(session, root.identity, writer.EVERYBODY, [Word(payload=told)], at=MORNING)
    return signed
