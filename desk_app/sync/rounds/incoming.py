"""Takes an answer in as it comes: the receipt is judged first, then each whole frame in transactions of its own.

Nothing is believed without a receipt that the pinned district signed for one of our questions. A frame that cannot be
taken is counted and passed over; it never stops the others.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.history import moved
from desk_app.errors import BadEventError, ForkedLogError, LogGapError, NotTheAuthorError, UnnamedHoleError
from desk_app.protocol.batch import Batch, batch_of, chain, checkpoint, merge, message_of, sender_of, unseal
from desk_app.protocol.event_body import ERASED, LEAP, first_hash, lamport_of
from desk_app.protocol.keys import PublicKeys
from desk_app.protocol.messages import MOST_LOGS_OF_A_DEVICE, Code, Frame, FrameKind, FrameReader, Receipt, Refused
from desk_app.protocol.packing import Chain
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal import displaced_events, forks, journal, logs, set_aside
from desk_app.store.journal.logs import OPEN, LogPosition
from desk_app.store.journal.rows import find_log
from desk_app.sync.line.exchange_request import ExchangeRequest, Questions
from desk_app.sync.membership.identity import Member
from desk_app.sync.rounds.authors import Authors

Effects = Callable[[DeskDatabase, Recorded], None]
"""What a notice of the district does here; called within the transaction that takes the notice in."""

MOST_SEQ = 0xFFFFFFFF
FEWEST, MOST = 5, 50
_AIM_S, _GAP_S = 0.010, 0.02
"""How long a transaction may hold the database: a clerk's save waits for it, and must not notice. The gap behind it is
as long as the longest of SQLite's first five waits, so that the save finds it within 40 ms."""


class Incoming:
    """One answer. `receipt` and `question` stand once the receipt is believed; `heard_at` UTC ms of this machine,
    `signed` the receipt with its signature.

    `is_broken` once something stood behind the receipt that is no frame: what came before it counts.
    """

    def __init__(
        self, db: DeskDatabase, member: Member, *, questions: Questions, effects: Effects, now: Callable[[], int]
    ) -> None:
        self._db = db
        self._member = member
        self._authors = Authors(db, member)
        self._questions = questions
        self._effects = effects
        self._now = now
        self._reader = FrameReader(member.keys.kid)
        self._chain = Chain()
        self._pace = _Pace()
        self.receipt: Receipt | None = None
        self.signed = b""
        self.question: ExchangeRequest | None = None
        self.heard_at = 0
        self.is_broken = False
        self.received = 0
        self.dossiers: dict[str, None] = {}
        self.passed_over: Counter[str] = Counter()

    def feed(self, data: bytes) -> bool:
        """Take in what these bytes complete; True once the receipt is believed.

        Raises `Refused` before that for whatever the district would not say.
        """
        try:
            for frame in self._reader.feed(b"" if self.is_broken else data):
                if self.receipt is None:
                    self._believe(frame)
                elif frame.kind == FrameKind.EVENTS:
                    self._take(frame)
        except Refused:
            if self.receipt is None:
                raise
            self.is_broken = True
        return self.receipt is not None

    def _believe(self, frame: Frame) -> None:
        if frame.kind != FrameKind.RECEIPT:
            raise Refused(Code.NO_HELLO)
        plain = unseal(frame, self._member.keys)
        district = self._member.district_keys
        if sender_of(plain) != district.kid:
            raise Refused(Code.BAD_SIGNATURE)
        me = self._member.keys.kid
        receipt = message_of(FrameKind.RECEIPT, plain, Receipt, sender=district, me=me)
        question = self._questions.asked.get(receipt.nonce)
        if question is None or not is_sound(receipt):
            raise Refused(Code.BAD_SIGNATURE)
        self.receipt, self.question, self.heard_at = receipt, question, self._now()
        self.signed = plain

    def _take(self, frame: Frame) -> None:
        try:
            batch = batch_of(unseal(frame, self._member.keys), chain=self._chain)
            self.take_batch(batch)
        except Refused as refused:
            self.passed_over[refused.code] += 1

    def take_batch(self, batch: Batch) -> None:
        """Verify a whole batch, then absorb what of it is new. Raises `Refused`."""
        author = self._authors.keys_of(batch.author)
        if author is None:
            raise Refused(Code.UNKNOWN_DEVICE)
        standing = logs.standing(self._db, batch.log)
        if standing is not None and not _may_have_written(batch.author, standing):
            raise Refused(Code.NOT_OWNER)
        if standing is None and self._has_begun_too_many(batch.author):
            raise Refused(Code.QUOTA)
        merged = merge(
            batch,
            seq=standing.seq if standing else 0,
            head=standing.head if standing else first_hash(batch.log),
            hash_at=lambda seq: logs.hash_at(self._db, batch.log, seq) or b"",
            author=author,
        )
        if merged.status is Code.FORK:
            self._keep_branch(batch, author)
        if merged.status is not Code.OK:
            if merged.status is not Code.DUP:
                raise Refused(merged.status)
            return
        try:
            bodies = [body.decode() for body in merged.bodies]
        except UnicodeDecodeError as error:
            raise Refused(Code.BAD_EVENT) from error
        if not self._authors.is_district(batch.author) and self._leaps(merged.bodies):
            with unit_of_work(self._db):
                set_aside.put(
                    self._db, self._now(), batch.log, batch.first, "bad-event", detail="số thứ tự nhảy quá xa"
                )
            raise Refused(Code.BAD_COUNT)
        self._absorb(batch, list(enumerate(bodies, batch.last - len(bodies) + 1)))

    def _leaps(self, bodies: Sequence[bytes]) -> bool:
        """Whether a lamport stands among these far above all that are known here."""
        most = logs.highest_lamport(self._db) + LEAP
        return any(lamport_of(body) > most for body in bodies)

    def _has_begun_too_many(self, author: bytes) -> bool:
        return not self._authors.is_district(author) and logs.count_of(self._db, author) >= MOST_LOGS_OF_A_DEVICE

    def _keep_branch(self, batch: Batch, author: PublicKeys) -> None:
        """Set aside what another copy of a log has that its writer signed: a colleague's stick may be all that has it.

        Not what cannot be proved, since what stands before it is not here, nor of a writer no longer trusted.
        """
        known = find_log(self._db, batch.log)
        if known is None or self._authors.is_revoked(batch.author):
            return
        here = logs.hash_at(self._db, batch.log, batch.first - 1)
        if here is None or here[:8] != batch.prev8:
            here = displaced_events.hash_at(self._db, known.id, batch.first - 1, batch.prev8)
        if here is None:
            return
        hashes = chain(here, batch.bodies)
        author.verify(batch.signature, checkpoint(batch.log, batch.last, hashes[-1]))
        events = list(zip(range(batch.first, batch.last + 1), batch.bodies, hashes, strict=True))
        try:
            kept = forks.keep_branch(self._db, batch.log, events)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refused(Code.BAD_EVENT) from error
        self.received += len(kept)
        self.dossiers.update(dict.fromkeys(filter(None, kept)))

    def _absorb(self, batch: Batch, events: Sequence[tuple[int, str]]) -> None:
        while events:
            chunk, events = events[: self._pace.size], events[self._pace.size :]
            with self._pace:
                self._absorb_chunk(batch, chunk)

    def _absorb_chunk(self, batch: Batch, chunk: Sequence[tuple[int, str]]) -> None:
        try:
            with unit_of_work(self._db):
                self._see_writer(batch)
                is_of_district = self._authors.is_district(batch.author)
                if is_of_district:  # known before its events are judged
                    self._authors.keep_district(batch.author)
                absorbed = journal.absorb(self._db, batch.log, chunk, author=batch.author)
                if is_of_district:
                    for event in absorbed.events:
                        if not event.dossier and event.kind != ERASED:
                            self._effects(self._db, event)
                if chunk[-1][0] == batch.last:
                    logs.put_checkpoint(self._db, batch.log, batch.last, batch.signature)
        except BadEventError as error:
            with unit_of_work(self._db):
                set_aside.put(self._db, self._now(), batch.log, chunk[0][0], "bad-event", detail=str(error))
            raise Refused(Code.BAD_EVENT) from error
        except UnnamedHoleError as error:
            raise Refused(Code.UNNAMED_HOLE) from error
        except (ForkedLogError, LogGapError, NotTheAuthorError) as error:  # taken in meanwhile from elsewhere
            raise Refused(Code.DUP) from error
        self.received += absorbed.new
        self.dossiers.update(dict.fromkeys(absorbed.dossiers))

    def _see_writer(self, batch: Batch) -> None:
        """The district may have taken the copy of another desk (of moved events) or of a twin: its writer counts."""
        standing = logs.standing(self._db, batch.log)
        if standing is not None and standing.author not in (None, batch.author):
            logs.hand_over(self._db, batch.log, batch.author)


def _may_have_written(kid: bytes, standing: LogPosition) -> bool:
    """Whether what this key signed may carry on the log that stands here: a log has one writer.

    A log of moved events may be written by each desk that has the events. A log of which nothing is left here was
    parted from whole, because the district holds another copy: its writer may be a twin, which began the log with the
    same name and was given other keys.
    """
    is_free = standing.seq == 0 or moved.is_log(standing.log)
    return standing.own != OPEN and (is_free or standing.author in (None, kid))


class _Pace:
    """How many events a transaction takes, so that it stays short on this machine; and a pause behind each.

    SQLite has no queue of writers: whoever waits asks again from time to time, and needs a gap to find.
    """

    def __init__(self) -> None:
        self.size = (FEWEST + MOST) // 2
        self._begun = 0.0

    def __enter__(self) -> None:
        self._begun = time.monotonic()

    def __exit__(self, *failure: object) -> None:
        took = time.monotonic() - self._begun
        self.size = round(min(MOST, max(FEWEST, self.size * min(2.0, _AIM_S / max(took, 0.001)))))
        if failure[0] is None:
            time.sleep(_GAP_S)


def is_sound(receipt: Receipt) -> bool:
    """Numbers that can be numbers of events or bytes, names that can be names."""
    return (
        all(len(log) == 16 and 0 <= held.seq <= MOST_SEQ for log, held in receipt.logs.items())
        and all(0 <= seq <= MOST_SEQ for seq in receipt.safe.values())
        and all(0 <= size < 1 << 48 for size in receipt.blobs.values())
        and 0 <= receipt.retry <= MOST_SEQ
        and abs(receipt.at) < 1 << 62
    )
