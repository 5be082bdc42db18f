"""Takes in a file from a stick: the district's answer, what it exported, or a colleague's work.

Every file may be old, torn, there twice or for somebody else: each is told in its own words, and nothing is noted that
a whole, signed frame does not say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from desk_app import foreign_folder
from desk_app.errors import (
    DamagedStickError,
    DeskError,
    DoubledStickError,
    ForeignStickError,
    NotOurDistrictError,
    OldAnswerError,
    RevokedColleagueError,
    StickGapError,
    TornStickError,
    UnknownSenderError,
)
from desk_app.protocol.batch import batch_of, message_of, sender_of, unseal
from desk_app.protocol.keys import KID, SIGNATURE, PublicKeys, certificate_of
from desk_app.protocol.messages import HEADER, Code, Frame, FrameKind, FrameReader, Hello, Receipt, Refused, decoded
from desk_app.protocol.packing import Chain
from desk_app.store.attachments import files
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal import logs
from desk_app.store.peers import devices, peer_state, sync_state
from desk_app.sync.line.exchange_request import ExchangeRequest, Questions
from desk_app.sync.membership.identity import Member
from desk_app.sync.rounds import outgoing
from desk_app.sync.rounds.authors import Authors
from desk_app.sync.rounds.incoming import Effects, Incoming, is_sound
from desk_app.sync.rounds.reconcile import settle
from desk_app.sync.rounds.round_result import refusal, says_nothing
from desk_app.sync.stick.stick import remember
from desk_app.sync.stick.stick_files import LONGEST, pieces_of, stick_failures

_DAMAGED = {Code.BAD_SEAL, Code.BAD_SIGNATURE, Code.BAD_COUNT, Code.TOO_LARGE}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What a file brought: new events, the dossiers they touch, own events confirmed by it.

    `problem` is there where only a part of the file could be taken in.
    """

    received: int
    confirmed: int
    dossiers: tuple[str, ...] = ()
    problem: DeskError | None = None


def recipient_of(file: Path) -> bytes:
    """The key id to which the file's first frame is sealed. Raises `DamagedStickError` where no frame begins."""
    with stick_failures(file), foreign_folder.reading(file, most=LONGEST) as kept:
        head = kept.read(HEADER)
    try:
        list(FrameReader().feed(head))
    except Refused as refused:
        raise DamagedStickError(file=file.name) from refused
    if len(head) < HEADER:
        raise DamagedStickError(file=file.name)
    return head[8:]


def take_in(db: DeskDatabase, member: Member, file: Path, *, effects: Effects, now: Callable[[], int]) -> TakenIn:
    """Take in one file for this desk, each whole frame as it is read; `now` UTC ms.

    Raises the errors of a file from which nothing could be taken, the stick's, and what a receipt refuses
    (`RevokedError`, `DistrictBusyError` …).
    """
    if recipient_of(file) != member.keys.kid:
        raise ForeignStickError(file=file.name)
    return _Intake(db, member, file, effects=effects, now=now).run()


class _Intake:
    def __init__(
        self, db: DeskDatabase, member: Member, file: Path, *, effects: Effects, now: Callable[[], int]
    ) -> None:
        self._db = db
        self._member = member
        self._file = file
        self._now = now
        self._authors = Authors(db, member)
        self._incoming = Incoming(db, member, questions=Questions(), effects=effects, now=now)
        self._chain = Chain()
        self._reader = FrameReader(member.keys.kid)
        self._whole = 0
        self._passed_over: Counter[Code] = Counter()
        self._receipt: tuple[bytes, Receipt, ExchangeRequest] | None = None
        self._signed = b""
        self._failure: DeskError | None = None
        self._was_answered = False

    def run(self) -> TakenIn:
        before = logs.counts(self._db).confirmed_events
        broken = self._read()
        self._settle()
        received = self._incoming.received
        confirmed = max(0, logs.counts(self._db).confirmed_events - before)
        if self._failure is not None:
            self._note(type(self._failure).__name__, str(self._failure))
        problem = self._problem(is_broken=broken, is_news=bool(received or confirmed))
        if problem is not None and not (received or confirmed):
            raise problem
        if problem is None and self._receipt is not None and not self._was_answered:
            self._note_answer(self._receipt[0])
        return TakenIn(received=received, confirmed=confirmed, dossiers=tuple(self._incoming.dossiers), problem=problem)

    def _read(self) -> bool:
        """Take every whole frame; True where the file breaks off or goes to pieces."""
        try:
            for piece in pieces_of(self._file):
                for frame in self._reader.feed(piece):
                    self._whole += 1
                    self._take(frame)
        except Refused:
            return True
        return self._reader.pending > 0

    def _take(self, frame: Frame) -> None:
        try:
            plain = unseal(frame, self._member.keys)
            if frame.kind == FrameKind.RECEIPT:
                self._believe(plain)
            elif frame.kind == FrameKind.HELLO:
                self._greet(plain)
            elif frame.kind == FrameKind.EVENTS:
                self._incoming.take_batch(batch_of(plain, chain=self._chain))
        except Refused as refused:
            self._passed_over[refused.code] += 1

    def _believe(self, plain: bytes) -> None:
        """The district's answer; it may be to a question put long ago, so it never lowers what is known."""
        district = self._member.district_keys
        if sender_of(plain) != district.kid:
            raise NotOurDistrictError(file=self._file.name)
        receipt = message_of(FrameKind.RECEIPT, plain, Receipt, sender=district, me=self._member.keys.kid)
        said = sync_state.get(self._db).nonces.get(receipt.nonce.hex())
        if said is None or not is_sound(receipt):
            raise OldAnswerError(file=self._file.name)
        self._was_answered = said.answered_at > 0
        self._signed = plain
        told = {bytes.fromhex(log): (seq, b"") for log, seq in said.logs.items()}
        self._receipt = (receipt.nonce, receipt, ExchangeRequest(said.at, told))
        self._failure = refusal(receipt)
        if not says_nothing(receipt):
            self._settle()
            self._note_files(receipt)

    def _settle(self) -> None:
        """Before the events, so that a log that must be closed is; and behind them, when more is here to compare."""
        if self._receipt is not None and not says_nothing(self._receipt[1]):
            _, receipt, question = self._receipt
            settle(self._db, receipt, question, me=self._member.keys.kid, live=False, signed=self._signed)

    def _note_files(self, receipt: Receipt) -> None:
        with unit_of_work(self._db):
            for sha, have in receipt.blobs.items():
                known = files.get(self._db, sha.hex())
                if known is not None and known.confirmed < have:
                    files.confirm(self._db, sha.hex(), have)

    def _greet(self, plain: bytes) -> None:
        """A colleague says what that desk holds: the next file for it leaves that out."""
        kid = sender_of(plain)
        if self._authors.is_revoked(kid):
            raise RevokedColleagueError(file=self._file.name)
        told = _unproved(plain)
        keys = self._authors.keys_of(kid) or self._introduced(kid, told.certificate)
        if keys is None or self._authors.is_district(kid):
            raise UnknownSenderError(file=self._file.name)
        hello = message_of(FrameKind.HELLO, plain, Hello, sender=keys, me=self._member.keys.kid)
        with unit_of_work(self._db):
            peer_state.note(self._db, kid, hello.logs)

    def _introduced(self, kid: bytes, signed: bytes) -> PublicKeys | None:
        """A colleague whom the district certified after this desk last heard of it."""
        try:
            certificate = certificate_of(signed, self._member.district_keys)
        except Refused:
            return None
        if certificate.unit != self._member.certificate.unit or certificate.public.kid != kid:
            return None
        with unit_of_work(self._db):
            devices.put(self._db, kid, signed, certificate.unit, certificate.desk, certificate.name)
        return certificate.public

    def _problem(self, *, is_broken: bool, is_news: bool) -> DeskError | None:
        """What to tell of this file besides what came of it."""
        if self._failure is not None:
            return self._failure
        name = self._file.name
        damaged = any(self._passed_over[code] for code in _DAMAGED)
        if is_broken or damaged:
            return TornStickError(file=name) if self._whole and is_news else DamagedStickError(file=name)
        if self._passed_over[Code.GAP]:
            return StickGapError(file=name)
        if self._passed_over[Code.UNKNOWN_DEVICE]:
            return UnknownSenderError(file=name)
        if not is_news and (self._receipt is None or self._was_answered):
            return DoubledStickError(file=name)
        return None

    def _note_answer(self, nonce: bytes) -> None:
        said = sync_state.get(self._db).nonces[nonce.hex()]
        at = self._now()
        outgoing.has_proofs(self._db, shown=said.proofs)
        remember(self._db, nonce, replace(said, answered_at=at))
        self._note("done", "", last_success_at=at, numbers_unknown=False)

    def _note(self, outcome: str, detail: str, **more: object) -> None:
        with unit_of_work(self._db):
            sync_state.change(self._db, last_try_at=self._now(), last_outcome=outcome, last_detail=detail, **more)


def _unproved(plain: bytes) -> Hello:
    """What a question says, before it is known who signed it; only to find the certificate by which to prove it."""
    return decoded(plain[KID + SIGNATURE :], Hello)
