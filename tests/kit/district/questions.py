"""Questions of desks to a district in this process, and what it keeps and answers."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.district.district import District, Word
from desk_app.district.storage import logs, quarantine
from desk_app.domain.notices import Announced
from desk_app.protocol.batch import (
    Batch,
    batch_of,
    message_of,
    unseal,
)
from desk_app.protocol.messages import Code, FrameKind, FrameReader, Receipt
from desk_app.protocol.packing import Chain
from tests.kit.district.writers import Writer, register

ELSEWHERE = "H61.38"


@dataclass
class Told:
    """An answer, opened by who asked."""

    code: Code
    receipt: Receipt
    batches: list[Batch]

    @property
    def logs(self) -> list[bytes]:
        return [batch.log for batch in self.batches]

    @property
    def bodies(self) -> list[bytes]:
        return [body for batch in self.batches for body in batch.bodies]


def desk(district, root, **facts) -> Writer:
    made = Writer(root.operational.public)
    register(district, root, made.keys.public, **facts)
    return made


def ask(district: District, of: Writer, *frames: bytes, pull: int = 0, **told) -> Told:
    answer = district.reply(of.hello(pull=pull, **told) + b"".join(frames))
    return opened(of, answer.code, answer.body)


def opened(of: Writer, code: Code, body: bytes) -> Told:
    stream = Chain()
    first, *others = FrameReader(of.keys.kid).feed(body)
    assert first.kind == FrameKind.RECEIPT
    plain = unseal(first, of.keys)
    receipt = message_of(FrameKind.RECEIPT, plain, Receipt, sender=of.district, me=of.keys.kid)
    assert receipt.nonce == of.nonce
    batches = [batch_of(unseal(frame, of.keys), chain=stream) for frame in others]
    return Told(code, receipt, batches)


def held(district: District, log: bytes) -> int:
    with district.storage.reading() as session:
        found = logs.get(session, log)
        return found.seq if found else 0


def set_aside(district: District) -> list[str]:
    with district.storage.reading() as session:
        return [one.reason for one in quarantine.waiting(session)]


def announce(district: District, scope: str, title: str = "Thông báo") -> bytes:
    (said,) = district.write(scope, [Word(payload=Announced(title=title, text="x"))])
    return bytes.fromhex(said.log)
