"""Frames that could not be taken but are somebody's genuine work: kept verbatim, with the reason, for a person."""

from __future__ import annotations

import hashlib

from msgspec import Struct

from desk_app.district.storage import logs
from desk_app.district.storage.contract import Row, Session
from desk_app.protocol.batch import Batch
from desk_app.protocol.messages import Code
from desk_app.protocol.packing import unpack

RESTORED, REWRITTEN = "RESTORED", "REWRITTEN"
"""What a copy of a log (FORK, NOT_OWNER) turned out to be: of a desk put back or cloned, or of a rewritten past."""
_COPIES = ("FORK", "NOT_OWNER", RESTORED, REWRITTEN)
MOST_BYTES = 16 << 20
"""What one device may leave here, so that a stolen one cannot fill the disk."""


class Quarantined(Struct, frozen=True, kw_only=True):
    """A frame set aside: who sent it, whose log, which events, why; `z` its packed bodies."""

    digest: bytes
    at: int
    sender: bytes
    author: bytes
    log: bytes
    first: int
    last: int
    prev8: bytes
    signature: bytes
    z: bytes
    reason: str
    settled_at: int = 0

    def bodies(self) -> list[bytes]:
        """The events' lines."""
        return unpack(self.z)

    def batch(self) -> Batch:
        """The batch as it came."""
        return Batch(
            author=self.author,
            signature=self.signature,
            log=self.log,
            first=self.first,
            prev8=self.prev8,
            bodies=tuple(self.bodies()),
        )


_NAMES = "digest, at, sender, author, log, first, last, prev8, signature, z, reason, settled_at"


def of_batch(batch: Batch, z: bytes, sender: bytes, code: Code) -> Quarantined:
    return Quarantined(
        digest=digest_of(batch),
        at=0,
        sender=sender,
        author=batch.author,
        log=batch.log,
        first=batch.first,
        last=batch.last,
        prev8=batch.prev8,
        signature=batch.signature,
        z=z,
        reason=code.value,
    )


def put(session: Session, one: Quarantined, *, at: int) -> bool:
    """Keep it once; False when the same is there, or when its sender has left too much."""
    if session.one("SELECT 1 FROM quarantine WHERE digest = ?", (one.digest,)):
        return False
    ((held,),) = session.all(
        "SELECT coalesce(sum(length(z)), 0) FROM quarantine WHERE sender = ? AND settled_at = 0", (one.sender,)
    )
    if int(held) + len(one.z) > MOST_BYTES:
        return False
    session.run(
        f"INSERT INTO quarantine({_NAMES}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (
            one.digest,
            at,
            one.sender,
            one.author,
            one.log,
            one.first,
            one.last,
            one.prev8,
            one.signature,
            session.seals.sealed("quarantine", "z", (one.digest,), one.z),
            one.reason,
        ),
    )
    return True


def get(session: Session, digest: bytes) -> Quarantined | None:
    rows = session.all(f"SELECT {_NAMES} FROM quarantine WHERE digest = ?", (digest,))
    return _from_row(session, rows[0]) if rows else None


def waiting(session: Session) -> list[Quarantined]:
    """What nobody has settled, oldest first."""
    rows = session.all(f"SELECT {_NAMES} FROM quarantine WHERE settled_at = 0 ORDER BY at, log, first")
    return [_from_row(session, row) for row in rows]


def unjudged(session: Session) -> list[tuple[bytes, bytes]]:
    """Digest and log of the copies of logs on which nothing was found yet."""
    rows = session.all("SELECT digest, log FROM quarantine WHERE reason IN (?, ?) ORDER BY at, log, first", _COPIES[:2])
    return [(bytes(digest), bytes(log)) for digest, log in rows]


def copies_of(session: Session, log: bytes) -> list[Quarantined]:
    """Every copy of a log that was ever set aside, whether a person has seen it or not, by its first event."""
    rows = session.all(
        f"SELECT {_NAMES} FROM quarantine WHERE log = ? AND reason IN (?, ?, ?, ?) ORDER BY first, at, digest",
        (log, *_COPIES),
    )
    return [_from_row(session, row) for row in rows]


def rewritten_logs(session: Session) -> list[bytes]:
    """The logs of which a rewritten copy was set aside."""
    rows = session.all("SELECT DISTINCT log FROM quarantine WHERE reason = ? ORDER BY log", (REWRITTEN,))
    return [bytes(log) for (log,) in rows]


def retell(session: Session, digest: bytes, reason: str) -> None:
    """Say what was found of a batch."""
    session.run("UPDATE quarantine SET reason = ? WHERE digest = ?", (reason, digest))


def counts(session: Session) -> dict[bytes, int]:
    """How many frames wait, by the device that sent them."""
    return dict(session.all("SELECT sender, count(*) FROM quarantine WHERE settled_at = 0 GROUP BY sender"))


def settle(session: Session, digest: bytes, *, at: int) -> bool:
    """A person has seen to it; it stays in the table."""
    return session.run("UPDATE quarantine SET settled_at = ? WHERE digest = ? AND settled_at = 0", (at, digest)) > 0


def erase(session: Session, log: bytes, seq: int, *, body: bytes, left: bytes) -> None:
    """Put `left` in place of a body that had to be erased, in whatever is set aside of that log."""
    rows = session.all(
        "SELECT digest, first, z FROM quarantine WHERE log = ? AND first <= ? AND last >= ?", (log, seq, seq)
    )
    for digest, first, z in rows:
        bodies = unpack(session.seals.opened("quarantine", "z", (digest,), bytes(z)))
        if bodies[seq - first] == body:
            bodies[seq - first] = left
            sealed = session.seals.sealed("quarantine", "z", (digest,), logs.kept(bodies))
            session.run("UPDATE quarantine SET z = ? WHERE digest = ?", (sealed, digest))


def _from_row(session: Session, row: Row) -> Quarantined:
    told = dict(zip(_NAMES.split(", "), row, strict=True))
    told["z"] = session.seals.opened("quarantine", "z", (told["digest"],), bytes(told["z"]))
    return Quarantined(**told)


def digest_of(batch: Batch) -> bytes:
    """The same for the same events, however they were packed and sealed."""
    told = (batch.author, batch.signature, batch.log, str(batch.first).encode(), batch.prev8, *batch.bodies)
    return hashlib.sha256(b"\n".join(told)).digest()
