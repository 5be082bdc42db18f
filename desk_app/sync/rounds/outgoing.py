"""What a desk sends: its own logs in signed batches, others' as far as their writers' own signatures go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.domain.history import moved
from desk_app.lazy import lazy
from desk_app.protocol.batch import MOST_EVENTS, Batch, batch_frame, sign_batch
from desk_app.protocol.keys import PublicKeys
from desk_app.protocol.packing import NEWEST, Chain
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal import logs
from desk_app.store.journal.displaced_events import orphans_waiting
from desk_app.store.journal.logs import OTHERS, LogPosition
from desk_app.store.peers import sync_state
from desk_app.sync.membership.identity import Member
from desk_app.sync.rounds.plan import Send

if TYPE_CHECKING:
    from desk_app.store.proofs import rewritten_history
else:
    rewritten_history = lazy("desk_app.store.proofs.rewritten_history")

WHOLE, SMALL = 60 << 10, 8 << 10
"""Bytes of events in a batch, before packing: what a cut costs; the small ones are for a line that is cut often.

Each batch adds some 180 bytes: of 40 KB, a day takes 53 KB; of 60 KB, a cut says 4.3 % twice (docs/decisions/0042).
"""
MOST_SENT = 64 << 10
_MOST_BATCH = 4 << 20
_MOST_PROOF = 24 << 20
"""Bytes of events, before packing: what is sealed of it fits a request."""


@dataclass(slots=True)
class Parcel:
    """Frames for one request and how many events are in them; `is_all` when nothing had to wait for the next.

    `blob_bytes` of files are among its `size` bytes; `proofs` as in `SyncState.rewritten`.
    """

    frames: list[bytes] = field(default_factory=list)
    events: int = 0
    size: int = 0
    blob_bytes: int = 0
    is_all: bool = True
    proofs: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, frame: bytes, events: int) -> None:
        self.frames.append(frame)
        self.size += len(frame)
        self.events += events

    def add_blob(self, frame: bytes) -> None:
        self.add(frame, 0)
        self.blob_bytes += len(frame)


def unasked(db: DeskDatabase, me: bytes) -> tuple[Send, ...]:
    """What a question may bring along unasked: own events behind what was confirmed; `me` this desk's key id.

    Not while events stand aside, nor moved events, which may have come from another desk meanwhile.
    """
    if orphans_waiting(db):
        return ()
    own = [one for one in logs.standings(db) if one.own != OTHERS and one.author in (None, me)]
    own = [one for one in own if one.seq > one.confirmed and not moved.is_log(one.log)]
    return tuple(Send(one.log, one.confirmed, is_relay=False) for one in own)


def parcel(
    db: DeskDatabase,
    member: Member,
    sends: Sequence[Send],
    *,
    most: int,
    raw: int,
    packing: int = NEWEST,
) -> Parcel:
    """The frames of what is to be sent, sealed to the district, up to `most` bytes, and the proofs it has not seen."""
    made = Parcel()
    chain = Chain()
    for batch in batches(db, member, sends, raw=raw):
        if made.size >= most:
            made.is_all = False
            break
        made.add(batch_frame(batch, member.district_keys, packing=packing, chain=chain), len(batch.bodies))
    if made.is_all:
        made.proofs = sync_state.get(db).rewritten
        for batch in proofs(db, member):
            made.add(batch_frame(batch, member.district_keys, packing=packing, chain=chain), 0)
    return made


def proofs(db: DeskDatabase, member: Member) -> Iterator[Batch]:
    """Copies of own logs whose past somebody rewrote here, signed as they stand: the district sets them aside, and
    finds every item in them. Of a very long one the beginning.
    """
    left = _MOST_PROOF
    for log, (last, digest) in sync_state.get(db).rewritten.items():
        name = bytes.fromhex(log)
        before, copy = rewritten_history.branch(db, name, last, bytes.fromhex(digest))
        while copy and left > 0:
            bodies, size = [], 0
            while copy and size < WHOLE:
                bodies.append(copy[0].body.encode())
                size += len(bodies[-1])
                end = copy.pop(0)
            yield sign_batch(member.keys, name, first=end.seq - len(bodies) + 1, before=before, bodies=bodies)
            before, left = end.hash, left - size


def has_proofs(db: DeskDatabase, *, shown: Mapping[str, tuple[int, str]]) -> bool:
    """Whether there are proofs that the district has not seen; it has answered a request with those `shown`."""
    left = {log: end for log, end in sync_state.get(db).rewritten.items() if shown.get(log) != end}
    if shown:
        with unit_of_work(db):
            sync_state.change(db, rewritten=left)
    return bool(left)


def batches(db: DeskDatabase, member: Member, sends: Sequence[Send], *, raw: int = WHOLE) -> Iterator[Batch]:
    """What is to be sent, in batches of about `raw` bytes."""
    for send in sends:
        standing = logs.standing(db, send.log)
        if standing is None:
            continue
        if send.is_relay:
            yield from _relayed(db, standing, send.after, raw=raw)
        else:
            yield from _own(db, member, standing, send.after, raw=raw)


def sealed_for(batches_to_seal: Iterator[Batch], to: PublicKeys, *, packing: int = NEWEST) -> Iterator[bytes]:
    """The same for a stick or a colleague: frames of one stream, as they are made."""
    chain = Chain()
    for batch in batches_to_seal:
        yield batch_frame(batch, to, packing=packing, chain=chain)


def _own(db: DeskDatabase, member: Member, standing: LogPosition, after: int, *, raw: int) -> Iterator[Batch]:
    """Signed wherever a batch ends: the writer can sign anywhere. Not beyond what stood there at the beginning."""
    before = logs.hash_at(db, standing.log, after)
    while before is not None and after < standing.seq:
        found = logs.bodies(db, standing.log, after=after, limit_bytes=raw)[:MOST_EVENTS]
        found = [row for row in found if row[0] <= standing.seq]
        if not found:
            return
        bodies = [body.encode() for _, body, _ in found]
        yield sign_batch(member.keys, standing.log, first=after + 1, before=before, bodies=bodies)
        after, _, before = found[-1]


def _relayed(db: DeskDatabase, standing: LogPosition, after: int, *, raw: int) -> Iterator[Batch]:
    """Somebody else's log from checkpoint to checkpoint, as many of them together as weigh `raw` bytes."""
    before = logs.hash_at(db, standing.log, after)
    points = dict(logs.checkpoints(db, standing.log, after=after))
    while points and before is not None and standing.author is not None:
        weight = raw
        found: list[tuple[int, str, bytes]] = []
        ends: list[int] = []
        while not ends and weight <= _MOST_BATCH:
            found = logs.bodies(db, standing.log, after=after, limit_bytes=weight)[:MOST_EVENTS]
            ends = [n for n, (seq, _, _) in enumerate(found, 1) if seq in points]
            weight *= 4
        if not ends:
            return
        whole = found[: ends[-1]]
        last, _, head = whole[-1]
        yield Batch(
            author=standing.author,
            signature=points[last],
            log=standing.log,
            first=after + 1,
            prev8=before[:8],
            bodies=tuple(body.encode() for _, body, _ in whole),
        )
        points = {seq: signature for seq, signature in points.items() if seq > last}
        after, before = last, head
