"""A log as its writer has it, and what a storage of the district holds of it."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field

from desk_app.district.storage import (
    Storage,
    frames,
    logs,
    own_logs,
    redactions,
)
from desk_app.district.storage.frames import IncomingFrame
from desk_app.district.storage.redactions import Redaction
from desk_app.protocol.batch import chain, sign_batch
from desk_app.protocol.event_body import first_hash
from desk_app.protocol.keys import Keys
from desk_app.protocol.messages import Code

KEY = b"k" * 32
"""The storage key of the tests that have no district."""
AT = 1_795_134_600_000


@dataclass
class Log:
    """A log and whoever writes it."""

    keys: Keys = field(default_factory=Keys.new)
    name: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    bodies: list[bytes] = field(default_factory=list)

    def write(self, *kinds: str) -> None:
        for kind in kinds:
            number = len(self.bodies) + 1
            line = {"d": "a" * 16, "k": kind, "l": number, "t": AT + number, "u": "thu", "v": {}}
            self.bodies.append(json.dumps(line, separators=(",", ":")).encode())

    @property
    def heads(self) -> list[bytes]:
        return [first_hash(self.name), *chain(first_hash(self.name), self.bodies)]

    def batch(self, first: int, last: int):
        return sign_batch(
            self.keys, self.name, first=first, before=self.heads[first - 1], bodies=self.bodies[first - 1 : last]
        )

    def incoming(self, first: int, last: int, **facts: object) -> IncomingFrame:
        batch = self.batch(first, last)
        given = {
            "sender": self.keys.kid,
            "batch": batch,
            "author": self.keys.public,
            "scope": "H61.37",
            "z": logs.kept(batch.bodies),
            "receptions": tuple(b'"k":"received"' in body for body in batch.bodies),
            "lamport": last,
        }
        return IncomingFrame(**{**given, **facts})


def apply(storage: Storage, *incoming: IncomingFrame) -> list[Code]:
    with storage.writing() as session:
        return [answer.code for answer in frames.apply(session, incoming, at=AT)]


def fail_after(_: object) -> None:
    raise ZeroDivisionError


def held(storage: Storage, log: bytes) -> list[bytes]:
    """Every body of a log, frame by frame."""
    found: list[bytes] = []
    with storage.reading() as session:
        while more := logs.frames_after(session, log, len(found), most=1):
            assert more[0].first == len(found) + 1
            found += more[0].bodies()
    return found


def row(storage: Storage, log: bytes) -> logs.LogRow | None:
    with storage.reading() as session:
        return logs.get(session, log)


def erase(storage: Storage, log: Log, seq: int) -> bool:
    decree = Redaction(log=log.name, seq=seq, hash=log.heads[seq], reason="thử", at=AT)
    with storage.writing() as session:
        return redactions.note(session, decree)


def say(storage: Storage, keys: Keys, scope: str, *lines: bytes) -> logs.LogRow:
    def write(log: logs.LogRow, lamport: int):
        assert lamport > 0
        return sign_batch(keys, log.log, first=log.seq + 1, before=log.head, bodies=list(lines))

    with storage.writing() as session:
        return own_logs.append(session, scope, kid=keys.kid, write=write, at=AT)
