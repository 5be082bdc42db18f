"""What a round must do next, from what this desk holds and what a receipt says the district holds. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desk_app.protocol.event_body import first_hash
from desk_app.protocol.messages import Held, Receipt
from desk_app.store.journal.logs import CLOSED, OPEN, OTHERS, LogPosition

HashAt = Callable[[bytes, int], bytes | None]
"""The hash of a log at a number, None where this desk does not hold that number."""
Told = Mapping[bytes, tuple[int, bytes]]
"""What a question said of each log: last number, first 8 bytes of the head."""


@dataclass(frozen=True, slots=True)
class Send:
    """Send this log after this number; a relay goes only as far as its writer's own signatures."""

    log: bytes
    after: int
    is_relay: bool


@dataclass(frozen=True, slots=True)
class Fork:
    """The district's copy of this log differs from ours after `base`: its copy counts, ours is set aside."""

    log: bytes
    base: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`confirmed`: number by log up to which the district holds the very same events. `behind`: it holds more."""

    send: tuple[Send, ...] = ()
    forks: tuple[Fork, ...] = ()
    confirmed: Mapping[bytes, int]
    behind: bool = False

    @property
    def is_done(self) -> bool:
        return not (self.send or self.forks or self.behind)

    def relays(self, ends: Mapping[bytes, int]) -> dict[bytes, tuple[int, int]]:
        """Others' logs that are sent: behind which number, up to which; `ends` are the last numbers here."""
        return {send.log: (send.after, ends[send.log]) for send in self.send if send.is_relay and send.log in ends}


def plan(mine: Sequence[LogPosition], receipt: Receipt, *, me: bytes, told: Told, hash_at: HashAt, live: bool) -> Plan:
    """Compare every log. `told` is what the question said to which the receipt answers, `me` this desk's key id.

    A district that holds less than it once confirmed was restored from a backup: it is sent the rest again. With
    `live` False the receipt came on a stick and may be old: it can confirm, and it can show a fork, but it cannot
    say what the district lacks now.
    """
    send: list[Send] = []
    forks: list[Fork] = []
    confirmed: dict[bytes, int] = {}
    known = {one.log for one in mine}
    behind = any(held.seq > 0 for log, held in receipt.logs.items() if log not in known)
    for one in sorted(mine, key=_own_first):
        held = receipt.logs.get(one.log, Held(0, first_hash(one.log)[:8]))
        if one.own != OPEN and held.seq > one.seq and told.get(one.log, (0, b""))[0] > one.seq:
            behind = True  # parted from since the question: its receipt can no more compare the copies
            continue
        common = _common(one, held, told=told, hash_at=hash_at)
        if common is None:
            forks.append(_fork(one, held, told=told, hash_at=hash_at))
            continue
        confirmed[one.log] = common
        if held.seq > one.seq:
            behind = True
        elif not live:
            continue
        elif _is_of_old_keys(one, me) and (one.own == OPEN or held.seq < one.seq):
            forks.append(Fork(one.log, held.seq))
        elif held.seq < one.seq:
            send.append(Send(one.log, held.seq, is_relay=one.own == OTHERS))
    return Plan(send=tuple(send), forks=tuple(forks), confirmed=confirmed, behind=behind)


def _is_of_old_keys(one: LogPosition, me: bytes) -> bool:
    """An own log that this desk can sign no more, having been enrolled anew: what the district lacks moves on."""
    return one.own in (OPEN, CLOSED) and one.author not in (None, me)


def _own_first(one: LogPosition) -> tuple[bool, bool, bytes]:
    """Closed own logs before the open one, as they were written; colleagues' last."""
    return (one.own == OTHERS, one.own == OPEN, one.log)


def _common(one: LogPosition, held: Held, *, told: Told, hash_at: HashAt) -> int | None:
    """The last number that both hold alike, None when the copies differ or the own open log is longer over there."""
    if held.seq <= one.seq:
        return held.seq if _is_alike(hash_at(one.log, held.seq), held.head) else None
    if one.own == OPEN or not _holds_ours(one, held, told=told, hash_at=hash_at):
        return None
    return told.get(one.log, (0, b""))[0]


def _holds_ours(one: LogPosition, held: Held, *, told: Told, hash_at: HashAt) -> bool:
    """Whether the district, which holds more, holds at our number what we hold there."""
    seq, _ = told.get(one.log, (0, b""))
    return seq == 0 or (seq <= held.seq and _is_alike(hash_at(one.log, seq), held.at_yours))


def _fork(one: LogPosition, held: Held, *, told: Told, hash_at: HashAt) -> Fork:
    """Where to part: at what both are known to hold alike, else at what was once confirmed, else at the beginning.

    What was confirmed may have been lost over there since, and the number given again; then the next receipt shows
    the copies still differing, and the whole log is taken from the district.
    """
    seq, _ = told.get(one.log, (0, b""))
    if 0 < seq < held.seq and held.seq > one.seq and _holds_ours(one, held, told=told, hash_at=hash_at):
        base = seq
    elif one.confirmed < min(one.seq, held.seq):
        base = one.confirmed
    else:
        base = 0
    return Fork(one.log, base)


def _is_alike(ours: bytes | None, theirs: bytes) -> bool:
    return ours is not None and len(theirs) == 8 and ours[:8] == theirs
