"""Takes frames into the log of record: what is new of each, in one transaction for many of them.

Nothing in here looks at what an event means, so no event can stop the reception.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from desk_app.district.storage import logs, quarantine, redactions
from desk_app.district.storage.contract import Session
from desk_app.district.storage.logs import FrameRow, LogRow
from desk_app.domain.history import moved
from desk_app.protocol.batch import Batch, Merged, merge
from desk_app.protocol.event_body import LEAP, hole, is_hole
from desk_app.protocol.keys import PublicKeys
from desk_app.protocol.messages import MOST_LOGS_OF_A_DEVICE, Code, Refused

_KEPT_ASIDE = frozenset({Code.FORK, Code.NOT_OWNER, Code.REVOKED, Code.BAD_COUNT})


class IncomingFrame(Struct, frozen=True, kw_only=True):
    """A batch as it came, not yet judged. `z` are its bodies as they will be kept (`logs.kept`).

    `scope` is the unit of the author's certificate; `is_ours` tells a log of the district's own that a desk brings
    back; `receptions` says of each event whether it is one; `verdict` refuses the batch beforehand (REVOKED).
    """

    sender: bytes
    batch: Batch
    author: PublicKeys
    scope: str
    z: bytes
    receptions: tuple[bool, ...]
    lamport: int
    is_ours: bool = False
    verdict: Code = Code.OK


class Applied(Struct, frozen=True, kw_only=True):
    """What became of a batch: its code, the log's last number now, and the events that were new."""

    code: Code
    log: bytes
    seq: int
    bodies: tuple[bytes, ...] = ()


class _Work:
    """The logs that a transaction touches, and the frames it is about to add."""

    def __init__(self, session: Session, names: list[bytes], at: int) -> None:
        self.session = session
        self.at = at
        self.logs = logs.by_name(session, names)
        self.erased = redactions.of_logs(session, names)
        self.added: list[FrameRow] = []
        self.highest = logs.highest_lamport(session)

    def log_for(self, one: IncomingFrame) -> LogRow:
        found = self.logs.get(one.batch.log)
        return found or logs.begun(self.session, one.batch.log, kid=one.batch.author, scope=one.scope, at=self.at)

    def hash_at(self, log: bytes) -> Callable[[int], bytes]:
        def found(seq: int) -> bytes:
            for frame in self.added:
                if frame.log == log and frame.first <= seq <= frame.last:
                    return frame.hash_at(seq)
            return logs.hash_at(self.session, log, seq) or b""

        return found

    def keep(self, frame: FrameRow, log: LogRow) -> None:
        self.added.append(frame)
        self.logs[log.log] = log
        self.highest = max(self.highest, log.lamport)
        logs.put(self.session, log)


def apply(session: Session, incoming: Sequence[IncomingFrame], *, at: int) -> list[Applied]:
    """Judge each batch in order and keep what is new of it; `at` UTC ms. One answer for each."""
    work = _Work(session, sorted({one.batch.log for one in incoming}), at)
    answers = [_applied(work, one) for one in incoming]
    if work.added:
        logs.add_frames(session, work.added)
    return answers


def _applied(work: _Work, one: IncomingFrame) -> Applied:
    log = work.log_for(one)
    code, merged = _judged(work, one, log)
    if code is Code.OK:
        return _kept(work, one, log, merged)
    if code in _KEPT_ASIDE:
        quarantine.put(work.session, quarantine.of_batch(one.batch, one.z, one.sender, code), at=work.at)
    return Applied(code=code, log=log.log, seq=log.seq)


def _judged(work: _Work, one: IncomingFrame, log: LogRow) -> tuple[Code, Merged]:
    if one.verdict is not Code.OK:
        return one.verdict, Merged(one.verdict)
    if log.kid != one.batch.author and not moved.is_log(log.log):
        return Code.NOT_OWNER, Merged(Code.NOT_OWNER)
    try:
        merged = merge(one.batch, seq=log.seq, head=log.head, hash_at=work.hash_at(log.log), author=one.author)
    except Refused as refused:
        return refused.code, Merged(refused.code)
    if log.kid != one.batch.author and merged.status is not Code.DUP:
        return Code.NOT_OWNER, merged  # moved events, of which another desk has brought others
    return (_bounded(work, one, log, merged) if merged.status is Code.OK else merged.status), merged


def _bounded(work: _Work, one: IncomingFrame, log: LogRow, merged: Merged) -> Code:
    """Whether what is new may be kept: no hole that nobody ordered, no leap of lamports, not too many logs."""
    if _has_unnamed_hole(work, log, merged):
        return Code.UNNAMED_HOLE
    if one.is_ours:
        return Code.OK
    if one.lamport > work.highest + LEAP:
        return Code.BAD_COUNT
    if log.seq == 0 and logs.count_of(work.session, one.batch.author) >= MOST_LOGS_OF_A_DEVICE:
        return Code.QUOTA
    return Code.OK


def _has_unnamed_hole(work: _Work, log: LogRow, merged: Merged) -> bool:
    """Whether a hole stands where none was decreed, or behind other events than those it was decreed behind."""
    head = log.head
    for seq, (body, digest) in enumerate(zip(merged.bodies, merged.hashes, strict=True), log.seq + 1):
        if is_hole(body):
            named, before = work.erased.get((log.log, seq), (b"", b""))
            if named != digest or before not in (b"", head):
                return True
        head = digest
    return False


def _kept(work: _Work, one: IncomingFrame, log: LogRow, merged: Merged) -> Applied:
    bodies = tuple(
        hole(digest) if work.erased.get((log.log, seq), (b"",))[0] == digest else body
        for seq, (body, digest) in enumerate(zip(merged.bodies, merged.hashes, strict=True), log.seq + 1)
    )
    is_verbatim = bodies == one.batch.bodies
    frame = FrameRow(
        log=log.log,
        first=log.seq + 1,
        last=one.batch.last,
        prev=log.head,
        head=merged.hashes[-1],
        signature=one.batch.signature,
        z=one.z if is_verbatim else logs.kept(bodies),
        received_at=work.at,
    )
    new = one.receptions[len(one.receptions) - len(bodies) :]
    counted = sum(is_one and not is_hole(body) for is_one, body in zip(new, bodies, strict=True))
    work.keep(
        frame,
        replace(
            log,
            seq=frame.last,
            head=frame.head,
            lamport=max(log.lamport, one.lamport),
            receptions=log.receptions + counted,
            # The desk holds events of this log that the district lost. The district starts a new log instead of
            # continuing this one.
            is_open=False,
        ),
    )
    return Applied(code=Code.OK, log=log.log, seq=frame.last, bodies=bodies)
