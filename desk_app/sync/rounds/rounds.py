"""One round with the district over the line: own work first, then what others wrote, then files. May end at any moment.

Whatever raises here leaves a state from which the next round goes on; nothing is noted as confirmed but by a receipt.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event

from desk_app import __version__
from desk_app.errors import ChangedCertificateError, DeskError, DistrictRefusedError, LineLostError, NoDistrictError
from desk_app.protocol.messages import Code, Receipt
from desk_app.protocol.packing import NEWEST, PLAIN
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import logs, set_aside
from desk_app.store.journal.displaced_events import orphans_waiting
from desk_app.sync.line.district_client import Line
from desk_app.sync.line.exchange_request import Questions
from desk_app.sync.line.progress import EVENT_BYTES, Gauge, Progress
from desk_app.sync.membership.identity import Member
from desk_app.sync.membership.renewal import Renewed
from desk_app.sync.membership.takeover import new_certificate, new_keys
from desk_app.sync.rounds import outgoing
from desk_app.sync.rounds.files_lane import FilesLane
from desk_app.sync.rounds.incoming import Effects, Incoming
from desk_app.sync.rounds.outgoing import Parcel
from desk_app.sync.rounds.plan import Plan, Send
from desk_app.sync.rounds.reconcile import settle
from desk_app.sync.rounds.round_notes import Notes
from desk_app.sync.rounds.round_result import Outcome, refusal, says_nothing

__all__ = ["Outcome", "Progress", "run"]

FIRST_PULL, MOST_PULL = 64 << 10, 1 << 20
_QUICK_S = 3.0
_OFTEN_CUT = 2
_MOST_FORKS = 4
"""A log is parted from at most twice; a district that says otherwise each time would be obeyed for ever."""


def run(
    db: DeskDatabase,
    member: Member,
    *,
    clock: Callable[[], datetime],
    progress: Callable[[Progress], None],
    stop: Event,
    effects: Effects,
    lane: FilesLane | None = None,
    url: str = "",
) -> Outcome:
    """Exchange until neither side lacks anything. `clock` is the machine's own, `lane` the files that may go too.

    `progress` and `effects` are called in this thread, `effects` inside the transaction that takes the notice in.
    Raises `OfflineError`, `NoDistrictError`, `LineLostError`, `StoppedError`, `RevokedError`, `UnknownDeviceError`,
    `UpgradeNeededError`, `DistrictBusyError`, `DistrictRefusedError`, and the store's errors.
    """
    gauge = Gauge(progress)
    line = Line(url or member.district.url, member.district.tls, stop=stop, watch=gauge.look)
    return _Round(db, member, line, gauge, Notes(db, line, lane, clock), effects, lane).run()


class _Round:
    def __init__(
        self,
        db: DeskDatabase,
        member: Member,
        line: Line,
        gauge: Gauge,
        notes: Notes,
        effects: Effects,
        lane: FilesLane | None,
    ) -> None:
        self._db, self._member, self._effects = db, member, effects
        self._line, self._gauge, self._notes, self._lane = line, gauge, notes, lane
        self._questions = Questions()
        self._before = logs.counts(db)
        self._wanted = {one.log: one.seq for one in logs.standings(db)}
        self._receipt: Receipt | None = None
        self._pull = FIRST_PULL
        self._packing = NEWEST
        self._sent = 0
        self._received = 0
        self._lacking = 0
        self._dossiers: dict[str, None] = {}
        self._passed_over: Counter[str] = Counter()
        self._tried: set[tuple[Send, ...]] = set()

    def run(self) -> Outcome:
        self._notes.begin()
        try:
            code = self._with_new_keys_if_needed(is_optimistic=self._notes.was_clean)
        except DeskError as error:
            self._notes.fail(error)
            raise
        finally:
            self._line.close()
        self._notes.end(code)
        return self._outcome(code)

    def _with_new_keys_if_needed(self, *, is_optimistic: bool) -> str:
        """Where nobody we know answers, the district may sign with new keys by now; the pinned root proves them."""
        try:
            return self._exchanged(is_optimistic=is_optimistic)
        except ChangedCertificateError:
            if not self._takes_over(new_certificate(self._member, self._line.url, stop=self._line.stop)):
                raise
        except NoDistrictError:
            if self._receipt is not None or not self._takes_over(new_keys(self._member, self._line)):
                raise
        return self._exchanged(is_optimistic=False)

    def _takes_over(self, card: Renewed | None) -> bool:
        if card is None:
            return False
        self._member = card.member
        self._line.trust(card.member.district.tls)
        self._notes.take_over(card.told)
        return True

    def _exchanged(self, *, is_optimistic: bool) -> str:
        parcel = self._parcel(outgoing.unasked(self._db, self._member.keys.kid) if is_optimistic else ())
        if not parcel.is_all:
            parcel = Parcel()  # more than one request holds: first hear what is lacking
        mark: object = None
        forks = 0
        while True:
            answer, is_whole, is_to_all = self._asked(parcel)
            plan = self._settled(answer)
            forks += bool(plan.forks)
            if forks > _MOST_FORKS:
                raise DistrictRefusedError(code=Code.FORK.value)
            receipt = self._heard
            sends = self._of_this_round(plan)
            has_proofs = outgoing.has_proofs(self._db, shown=parcel.proofs if is_to_all else {})
            is_done = not (sends or plan.forks or plan.behind or has_proofs)
            if is_done and orphans_waiting(self._db):
                sends = self._otherwise(answer, plan, tried=sends)
                is_done = not sends
            if is_done and not (self._lane and self._lane.has_more(receipt.blobs)):
                return "partly" if self._passed_over else "done"
            before, mark = mark, self._mark()
            if mark == before and not is_whole:
                raise LineLostError
            if receipt.code == Code.UNKNOWN_DICT and self._packing != PLAIN:
                self._packing = PLAIN
            elif mark == before and is_to_all and not has_proofs:
                sends = self._otherwise(answer, plan, tried=sends)
                if not sends and self._mark() == mark:
                    return self._given_up(plan)
                forks += not sends
            parcel = self._parcel(sends)
            if is_done and self._lane:
                self._lane.fill(parcel, receipt.blobs, to=self._member.district_keys)

    # one exchange

    def _asked(self, parcel: Parcel) -> tuple[Incoming, bool, bool]:
        """The answer, whether it came whole, and whether it answers all that was sent, not only a repeated question."""
        begun = time.monotonic()
        self._questions.asked.clear()
        answers: list[Incoming] = []

        def listen() -> Incoming:
            answers.append(
                Incoming(self._db, self._member, questions=self._questions, effects=self._effects, now=self._notes.now)
            )
            return answers[-1]

        nonce, hello = self._hello()
        question = hello + b"".join(parcel.frames)
        self._begin_gauge(parcel, len(question))
        already = self._line.traffic.received
        try:
            is_whole = self._line.ask(question, again=lambda: self._hello()[1], listen=listen)
        finally:
            self._sent += parcel.events
            for answer in answers:
                self._received += answer.received
                self._dossiers.update(answer.dossiers)
        self._gauge.end(self._line.traffic.received - already)
        if time.monotonic() - begun < _QUICK_S:
            self._pull = min(self._pull * 4, MOST_PULL)
        (answer,) = [one for one in answers if one.receipt is not None]
        self._passed_over = answer.passed_over
        is_to_all = answer.receipt is not None and answer.receipt.nonce == nonce
        return answer, is_whole and not answer.is_broken, is_to_all

    def _hello(self) -> tuple[bytes, bytes]:
        offers = self._lane.offers() if self._lane else {}
        return self._questions.ask(
            self._db, self._member, at=self._notes.now(), app=__version__, pull=self._pull, offers=offers
        )

    def _settled(self, answer: Incoming) -> Plan:
        receipt, question = answer.receipt, answer.question
        if receipt is None or question is None:
            raise NoDistrictError
        self._receipt = receipt
        self._notes.see_clock(receipt, asked_at=question.asked_at, heard_at=answer.heard_at)
        failure = refusal(receipt)
        if says_nothing(receipt):
            raise failure or DistrictRefusedError(code=receipt.code)
        plan = settle(self._db, receipt, question, me=self._member.keys.kid, live=True, signed=answer.signed)
        if self._lane:
            self._lane.note(receipt.blobs)
        if failure is not None:
            raise failure
        return plan

    def _parcel(self, sends: Sequence[Send]) -> Parcel:
        is_often_cut = self._line.traffic.cuts >= _OFTEN_CUT or self._notes.last_outcome == LineLostError.__name__
        raw = outgoing.SMALL if is_often_cut else outgoing.WHOLE
        return outgoing.parcel(self._db, self._member, sends, most=outgoing.MOST_SENT, raw=raw, packing=self._packing)

    def _of_this_round(self, plan: Plan) -> tuple[Send, ...]:
        """What the plan sends, but for what a clerk wrote since the round began: it would never end while one types."""
        if plan.forks or orphans_waiting(self._db):
            self._wanted.clear()  # what stands aside comes back in another log
            return plan.send
        ends = {one.log: one.seq for one in logs.standings(self._db)}
        for log, seq in ends.items():
            self._wanted.setdefault(log, seq)
        refused = self._notes.are_refused(plan.relays(ends))
        return tuple(
            send for send in plan.send if send.after < self._wanted.get(send.log, 0) and send.log not in refused
        )

    def _otherwise(self, answer: Incoming, plan: Plan, *, tried: tuple[Send, ...]) -> tuple[Send, ...]:
        """What can still be sent where an exchange changed nothing: what was not taken as it stands, in another log."""
        receipt, question = answer.receipt, answer.question
        if receipt is None or question is None:
            raise NoDistrictError
        refused = [send.log for send in plan.send]
        plan = settle(self._db, receipt, question, me=self._member.keys.kid, live=True, refused=refused)
        self._tried.add(tried)
        sends = self._of_this_round(plan)
        return () if sends in self._tried else sends

    def _given_up(self, plan: Plan) -> str:
        """Nothing changes any more. Others' logs may wait; that own work is not taken must be told."""
        if any(not send.is_relay for send in plan.send):
            raise DistrictRefusedError(code=self._heard.code)
        self._notes.refuse_relays(plan.relays({one.log: one.seq for one in logs.standings(self._db)}))
        return "partly"

    # what is noted and told

    @property
    def _heard(self) -> Receipt:
        if self._receipt is None:
            raise NoDistrictError
        return self._receipt

    def _mark(self) -> object:
        """What changes whenever an exchange came to something."""
        receipt = self._heard
        ours = {one.log: one.seq for one in logs.standings(self._db)}
        theirs = {log: held.seq for log, held in receipt.logs.items()}
        self._lacking = sum(max(0, seq - ours.get(log, 0)) for log, seq in theirs.items())
        return ours, theirs, dict(receipt.blobs)

    def _begin_gauge(self, parcel: Parcel, question: int) -> None:
        coming = self._lacking * EVENT_BYTES
        waiting = max(0, logs.waiting(self._db).events - parcel.events) * EVENT_BYTES
        files = self._lane.left(self._receipt.blobs if self._receipt else {}) if self._lane else 0
        self._gauge.begin(
            question,
            expected=min(self._pull, coming),
            later=max(0, coming - self._pull) + waiting + max(0, files - parcel.blob_bytes),
            is_files=parcel.blob_bytes > 0,
        )

    def _outcome(self, code: str) -> Outcome:
        traffic = self._line.traffic
        return Outcome(
            code=code,
            sent=self._sent,
            received=self._received,
            confirmed=max(0, logs.counts(self._db).confirmed_events - self._before.confirmed_events),
            set_aside=len(set_aside.all(self._db)),
            waiting=logs.waiting(self._db).events,
            files=self._lane.finished if self._lane else 0,
            bytes_sent=traffic.sent,
            bytes_received=traffic.received,
            exchanges=traffic.asked,
            clock_offset=self._notes.clock_offset,
            dossiers=tuple(self._dossiers),
            detail=", ".join(sorted(self._passed_over)),
        )
