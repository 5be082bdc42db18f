"""What a round must do next, from what this desk holds and what a receipt says the district holds. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desk_app.domain.bodies import first_hash
from desk_app.store.logs import Standing
from desk_app.sync.protocol import Held, Receipt

HashAt = Callable[[bytes, int], bytes | None]
"""The hash of a log at a number, None where this desk does not hold that number."""
Told = Mapping[bytes, tuple[int, bytes]]
"""What a question said of each log: last number, first 8 bytes of the head."""

OTHERS, OPEN = 0, 1
"""`Standing.own`: somebody else's log; the own log that is being written. Any other own log is closed."""


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
    is_own: bool


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


def plan(mine: Sequence[Standing], receipt: Receipt, *, told: Told, hash_at: HashAt, live: bool) -> Plan:
    """Compare every log. `told` is what the question said to which the receipt answers.

    A district that holds less than it once confirmed was restored from a backup: it is sent the rest again. With
    `live` False the receipt came on a stick and may be old: it can confirm, and it can show a fork, but it cannot
    say what the district lacks now.
    """
    send: list[Send] = []
    forks: list[Fork] = []
    confirmed: dict[bytes, int] = {}
    behind = any(held.seq > 0 for log, held in receipt.logs.items() if log not in {one.log for one in mine})
    for one in sorted(mine, key=_own_first):
        held = receipt.logs.get(one.log, Held(0, first_hash(one.log)[:8]))
        common = _common(one, held, told=told, hash_at=hash_at)
        if common is None:
            forks.append(_fork(one, held, told=told, hash_at=hash_at))
            continue
        confirmed[one.log] = common
        if held.seq > one.seq:
            behind = True
        elif held.seq < one.seq and live:
            send.append(Send(one.log, held.seq, is_relay=one.own == OTHERS))
    return Plan(send=tuple(send), forks=tuple(forks), confirmed=confirmed, behind=behind)


def _own_first(one: Standing) -> tuple[bool, bool, bytes]:
    """Closed own logs before the open one, as they were written; colleagues' last."""
    return (one.own == OTHERS, one.own == OPEN, one.log)


def _common(one: Standing, held: Held, *, told: Told, hash_at: HashAt) -> int | None:
    """The last number that both hold alike, None when the copies differ or the own open log is longer over there."""
    if held.seq <= one.seq:
        return held.seq if _is_alike(hash_at(one.log, held.seq), held.head) else None
    if one.own == OPEN or not _holds_ours(one, held, told=told, hash_at=hash_at):
        return None
    return told.get(one.log, (0, b""))[0]


def _holds_ours(one: Standing, held: Held, *, told: Told, hash_at: HashAt) -> bool:
    """Whether the district, which holds more, holds at our number what we hold there."""
    seq, _ = told.get(one.log, (0, b""))
    return seq == 0 or (seq <= held.seq and _is_alike(hash_at(one.log, seq), held.at_yours))


def _fork(one: Standing, held: Held, *, told: Told, hash_at: HashAt) -> Fork:
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
    return Fork(one.log, base, is_own=one.own != OTHERS)


def _is_alike(ours: bytes | None, theirs: bytes) -> bool:
    return ours is not None and len(theirs) == 8 and ours[:8] == theirs
