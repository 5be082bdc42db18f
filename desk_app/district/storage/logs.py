"""Logs as they stand at the district: whose, how far, how many receptions; and the frames they are made of."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from desk_app.district.storage.contract import Row, Session
from desk_app.protocol.batch import chain
from desk_app.protocol.event_body import first_hash
from desk_app.protocol.packing import PLAIN, QUICK, pack, unpack


class LogRow(Struct, frozen=True, kw_only=True):
    """A log: 16 bytes of name, its writer's key id, the unit that may read it ("*" all), its last number and head.

    `safe` is the number up to which a verified backup holds it; `is_open` whether the district itself still writes it.
    """

    log: bytes
    n: int
    kid: bytes
    scope: str
    seq: int
    head: bytes
    lamport: int
    receptions: int
    safe: int
    is_open: bool
    began_at: int


class FrameRow(Struct, frozen=True, kw_only=True):
    """Events `first` … `last` as they came. `prev` and `head` are the hashes before and after, `z` packed bodies."""

    log: bytes
    first: int
    last: int
    prev: bytes
    head: bytes
    signature: bytes
    z: bytes
    received_at: int

    def bodies(self) -> list[bytes]:
        """The events' lines."""
        return unpack(self.z)

    def hash_at(self, seq: int) -> bytes:
        """The hash after event `seq`, `first` − 1 … `last`."""
        if seq == self.last:
            return self.head
        return chain(self.prev, self.bodies()[: seq - self.first + 1])[-1] if seq >= self.first else self.prev


def kept(bodies: Sequence[bytes]) -> bytes:
    """Events as a frame holds them: packed quickly, readable without any other frame."""
    return pack(bodies, packing=PLAIN, level=QUICK)


_LOG = "SELECT log, n, kid, scope, seq, head, lamport, receptions, safe, is_open, began_at FROM log"
_FRAME = "SELECT log, first, last, prev, head, signature, z, received_at FROM frame"


def get(session: Session, log: bytes) -> LogRow | None:
    row = session.one(f"{_LOG} WHERE log = ?", (log,))
    return _from_row(row) if row else None


def by_name(session: Session, names: Sequence[bytes]) -> dict[bytes, LogRow]:
    """Those of these logs that there are."""
    marks = ", ".join("?" for _ in names)
    rows = session.all(f"{_LOG} WHERE log IN ({marks})", names) if names else []
    return {log.log: log for log in map(_from_row, rows)}


def readable(session: Session, unit: str, kid: bytes) -> list[LogRow]:
    """The logs a desk of this unit may read: for all, of its unit, and whatever it wrote itself; oldest first."""
    rows = session.all(f"{_LOG} WHERE scope IN ('*', ?) OR kid = ? ORDER BY n", (unit, kid))
    return [_from_row(row) for row in rows]


def every(session: Session) -> list[LogRow]:
    """All logs, oldest first."""
    return [_from_row(row) for row in session.all(f"{_LOG} ORDER BY n")]


def put(session: Session, log: LogRow) -> None:
    """The log as it stands now; its name, writer and scope never change."""
    session.run(
        "INSERT INTO log(log, n, kid, scope, seq, head, lamport, receptions, safe, is_open, began_at)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(log) DO UPDATE SET seq = excluded.seq, head = excluded.head, lamport = excluded.lamport,"
        " receptions = excluded.receptions, safe = excluded.safe, is_open = excluded.is_open",
        (
            log.log,
            log.n,
            log.kid,
            log.scope,
            log.seq,
            log.head,
            log.lamport,
            log.receptions,
            log.safe,
            int(log.is_open),
            log.began_at,
        ),
    )


def highest_lamport(session: Session) -> int:
    """Above every lamport that stands here no one leaps far."""
    ((highest,),) = session.all("SELECT coalesce(max(lamport), 0) FROM log")
    return int(highest)


def count_of(session: Session, kid: bytes) -> int:
    """How many logs this device has begun."""
    ((count,),) = session.all("SELECT count(*) FROM log WHERE kid = ?", (kid,))
    return int(count)


def begun(session: Session, log: bytes, *, kid: bytes, scope: str, at: int, is_open: bool = False) -> LogRow:
    """A log that holds nothing yet; not stored before `put`. Only one may be begun between two of those."""
    ((highest,),) = session.all("SELECT coalesce(max(n), 0) FROM log")
    return LogRow(
        log=log,
        n=int(highest) + 1,
        kid=kid,
        scope=scope,
        seq=0,
        head=first_hash(log),
        lamport=0,
        receptions=0,
        safe=0,
        is_open=is_open,
        began_at=at,
    )


def hash_at(session: Session, log: bytes, seq: int) -> bytes | None:
    """The hash after event `seq` of a log; None where it does not reach so far."""
    if seq == 0:
        return first_hash(log)
    found = frame_with(session, log, seq)
    return found.hash_at(seq) if found else None


def frame_with(session: Session, log: bytes, seq: int) -> FrameRow | None:
    """The frame that holds event `seq`."""
    row = session.one(f"{_FRAME} WHERE log = ? AND first <= ? ORDER BY first DESC LIMIT 1", (log, seq))
    found = _frame(session, row) if row else None
    return found if found and found.last >= seq else None


def frames_after(session: Session, log: bytes, seq: int, *, most: int = 8) -> list[FrameRow]:
    """The next frames with events above `seq`, in order; the first may begin below."""
    rows = session.all(f"{_FRAME} WHERE log = ? AND last > ? ORDER BY first LIMIT {most:d}", (log, seq))
    return [_frame(session, row) for row in rows]


def add_frames(session: Session, frames: Sequence[FrameRow]) -> None:
    """Frames that continue their logs; they wait to be projected."""
    session.fill(
        "frame",
        [
            (
                frame.log,
                frame.first,
                frame.last,
                frame.prev,
                frame.head,
                frame.signature,
                frame.z,
                frame.received_at,
                0,
            )
            for frame in frames
        ],
    )


def rewrite(session: Session, frame: FrameRow, bodies: Sequence[bytes]) -> None:
    """Put other bodies in a frame, of which some were erased; it waits to be projected again."""
    z = session.seals.sealed("frame", "z", (frame.log, frame.first), kept(bodies))
    session.run("UPDATE frame SET z = ?, projected = 0 WHERE log = ? AND first = ?", (z, frame.log, frame.first))


def unprojected(session: Session, *, most: int) -> list[FrameRow]:
    """Frames that no projection has read, oldest first."""
    rows = session.all(f"{_FRAME} WHERE projected = 0 ORDER BY received_at, log, first LIMIT {most:d}")
    return [_frame(session, row) for row in rows]


def mark_projected(session: Session, frames: Sequence[FrameRow]) -> None:
    """The projection has read these."""
    session.many("UPDATE frame SET projected = 1 WHERE log = ? AND first = ?", [(one.log, one.first) for one in frames])


def name_of(session: Session, n: int) -> bytes:
    """The name of the log with this short number."""
    ((name,),) = session.all("SELECT log FROM log WHERE n = ?", (n,))
    return bytes(name)


def mark_safe(session: Session, covered: dict[bytes, int]) -> None:
    """A verified backup holds these logs up to these numbers."""
    session.many("UPDATE log SET safe = ? WHERE log = ? AND safe < ?", [(n, log, n) for log, n in covered.items()])


def _from_row(row: Row) -> LogRow:
    log, n, kid, scope, seq, head, lamport, receptions, safe, is_open, began_at = row
    return LogRow(
        log=log,
        n=n,
        kid=kid,
        scope=scope,
        seq=seq,
        head=head,
        lamport=lamport,
        receptions=receptions,
        safe=safe,
        is_open=bool(is_open),
        began_at=began_at,
    )


def _frame(session: Session, row: Row) -> FrameRow:
    log, first, last, prev, head, signature, z, received_at = row
    return FrameRow(
        log=log,
        first=first,
        last=last,
        prev=prev,
        head=head,
        signature=signature,
        z=session.seals.opened("frame", "z", (log, first), bytes(z)),
        received_at=received_at,
    )
