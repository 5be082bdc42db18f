"""Judges copies of logs that were set aside: was the desk restored or cloned, or has somebody rewritten its past?

What was confirmed stays what it is in any case. The rule is `domain.history.rewriting`; a copy is judged only as far
as its writer's own signature proves it. Works behind the reception, like the projection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from desk_app.district.storage import devices, logs, quarantine
from desk_app.district.storage.contract import Session, Storage
from desk_app.district.storage.logs import LogRow
from desk_app.district.storage.quarantine import RESTORED, REWRITTEN, Quarantined
from desk_app.domain.history import moved, rewriting
from desk_app.domain.history.rewriting import Deviation, HistoryLine
from desk_app.protocol.batch import chain, checkpoint
from desk_app.protocol.history_lines import history_line
from desk_app.protocol.messages import Refused

_MOST_COPIES = 32
"""Of how many copies of one log that do not go on in each other: a desk may not keep the lists from being read."""
TAIL = 4096
"""Of how many events behind the end of a copy the confirmed log is read: what was left out moves the others up."""


class RewrittenItem(Struct, frozen=True, kw_only=True):
    """An event that somebody changed after it was confirmed: in which log, what was done, and both lines (b"" for
    none), the confirmed one and the rewritten one.
    """

    log: bytes
    item: Deviation
    confirmed: bytes
    said: bytes


class _Copy(Struct, frozen=True):
    """A copy of a log from where it may part, proved by signatures, and the rows that hold it."""

    log: bytes
    digests: tuple[bytes, ...]
    lines: tuple[HistoryLine, ...]


def judge(storage: Storage, seen: set[bytes]) -> int:
    """Judge what was set aside since; of how many batches. `seen` are those looked at before; it grows."""
    with storage.reading() as session:
        new = [(digest, log) for digest, log in quarantine.unjudged(session) if digest not in seen]
        found = {log: _judged(session, log) for log in {log for _, log in new}}
    verdicts = [(digest, reason) for told in found.values() for digest, reason in told.items()]
    if verdicts:
        with storage.writing() as session:
            for digest, reason in verdicts:
                quarantine.retell(session, digest, reason)
    seen.update(digest for digest, _ in new)
    return len(new)


def items(session: Session, log: bytes) -> list[RewrittenItem]:
    """What was changed of this log after it was confirmed, as the copies set aside prove it; each item once."""
    row = logs.get(session, log)
    found: dict[tuple[str, int, bytes], RewrittenItem] = {}
    for copy in _copies(session, row) if row else ():
        confirmed = _confirmed(session, copy)
        there = {line.seq: line.line for line in confirmed}
        here = {line.seq: line.line for line in copy.lines}
        for item in _compared(copy, confirmed):
            said = here.get(item.said, b"")
            one = RewrittenItem(log=log, item=item, confirmed=there.get(item.confirmed, b""), said=said)
            found[item.what, item.confirmed or item.said, said] = one
    return sorted(found.values(), key=lambda one: (one.item.confirmed or one.item.said, one.item.what))


def _judged(session: Session, log: bytes) -> dict[bytes, str]:
    """The verdict on each batch of the proved copies of a log."""
    row = logs.get(session, log)
    told: dict[bytes, str] = {}
    for copy in _copies(session, row) if row else ():
        is_rewritten = bool(_compared(copy, _confirmed(session, copy)))
        if moved.is_log(log) and not is_rewritten:
            continue
        for digest in copy.digests:
            if is_rewritten or told.get(digest) != REWRITTEN:
                told[digest] = REWRITTEN if is_rewritten else RESTORED
    return told


def _compared(copy: _Copy, confirmed: Sequence[HistoryLine]) -> tuple[Deviation, ...]:
    return rewriting.compared(copy.lines, confirmed, by_order=not moved.is_log(copy.log)).items


def _confirmed(session: Session, copy: _Copy) -> list[HistoryLine]:
    """The confirmed log over the numbers of the copy, and some way behind it."""
    first, last = copy.lines[0].seq, copy.lines[-1].seq + TAIL
    found: list[HistoryLine] = []
    after = first - 1
    while after < last and (frames := logs.frames_after(session, copy.log, after)):
        for frame in frames:
            bodies = frame.bodies()
            hashes = chain(frame.prev, bodies)
            lines = zip(range(frame.first, frame.last + 1), bodies, hashes, strict=True)
            found += [history_line(*line) for line in lines if line[0] >= first]
            after = frame.last
    return found


def _copies(session: Session, log: LogRow) -> Iterator[_Copy]:
    """The copies of a log that its desk signed, each as long as its batches follow each other."""
    signers = _signers(session, log)
    open_ends: list[_Copy] = []
    for one in quarantine.copies_of(session, log.log):
        copy = _continued(session, one, open_ends) if one.author in signers else None
        if copy is None or (len(open_ends) >= _MOST_COPIES and len(copy.digests) == 1):
            continue
        device = devices.get(session, one.author)
        last = copy.lines[-1]
        try:
            if device is not None:
                device.public.verify(one.signature, checkpoint(log.log, last.seq, last.hash))
        except Refused:
            continue
        open_ends = [end for end in open_ends if end.digests != copy.digests[:-1]]
        open_ends.append(copy)
    yield from open_ends


def _continued(session: Session, one: Quarantined, known: Sequence[_Copy]) -> _Copy | None:
    """The batch behind the copy it goes on, or behind the confirmed log; None where it hangs in the air."""
    for copy in known:
        before = next((line for line in copy.lines if line.seq == one.first - 1), None)
        if before is not None and before.hash[:8] == one.prev8:
            kept = tuple(line for line in copy.lines if line.seq < one.first)
            return _Copy(one.log, (*copy.digests, one.digest), kept + _lines(one, before.hash))
    before_all = logs.hash_at(session, one.log, one.first - 1)
    if before_all is None or before_all[:8] != one.prev8:
        return None
    return _Copy(one.log, (one.digest,), _lines(one, before_all))


def _lines(one: Quarantined, before: bytes) -> tuple[HistoryLine, ...]:
    bodies = one.bodies()
    numbers = range(one.first, one.last + 1)
    return tuple(history_line(*line) for line in zip(numbers, bodies, chain(before, bodies), strict=True))


def _signers(session: Session, log: LogRow) -> set[bytes]:
    """The keys of the desk that writes the log: those it has now, and those it had."""
    writer = devices.get(session, log.kid)
    if writer is None or writer.role != devices.DESK:
        return set()
    return {one.kid for one in devices.every(session, unit=writer.unit) if one.desk == writer.desk}
