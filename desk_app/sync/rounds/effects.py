"""What the district's notices do on this desk, in the transaction that takes them in; doing it twice changes nothing.

The caller has seen the district's signature on each. What cannot be done is set aside with its reason.
"""

from __future__ import annotations

import base64

import msgspec
from msgspec.structs import replace

from desk_app.domain.calendar.deadlines import DayEntry, DayKind
from desk_app.domain.dossiers.events import OfficeChanged, OldRecordsBrought, Recorded
from desk_app.domain.notices import (
    Announced,
    Certified,
    DaysChanged,
    HoldsSet,
    ProcedurePatched,
    Redacted,
    Revoked,
    ServiceDaysSet,
    UnitsChanged,
)
from desk_app.domain.office_forms import is_form_key
from desk_app.domain.procedures.procedure_patch import patched
from desk_app.errors import UnknownProcedureError
from desk_app.protocol.keys import Certificate, certificate_of
from desk_app.protocol.messages import Code, Refused
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import redaction, set_aside
from desk_app.store.peers import announcements, devices, sync_state
from desk_app.store.projections import office_facts
from desk_app.store.reference import catalogue, days, unit_changes
from desk_app.sync.membership.identity import Member, card_of

DISTRICT = "district"


class Effects:
    """Call it for each new notice; `law_changed` says afterwards that the law as data must be read afresh."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self.law_changed = False

    def __call__(self, db: DeskDatabase, event: Recorded) -> None:
        match event.payload:
            case Announced() as words:
                announcements.put(
                    db,
                    bytes.fromhex(event.log),
                    event.seq,
                    at=event.at,
                    author=event.author,
                    title=words.title,
                    text=words.text,
                    until=words.until,
                )
            case Certified(certificate=certificate):
                self._certify(db, event, certificate)
            case Revoked() as notice:
                self._revoke(db, event, notice)
            case ProcedurePatched() as notice:
                self._patch(db, event, notice)
            case DaysChanged() as notice:
                self._change_days(db, event, notice)
            case UnitsChanged() as notice:
                self._change_units(db, event, notice)
            case Redacted() as notice:
                self._redact(db, event, notice)
            case ServiceDaysSet() | HoldsSet():
                office_facts.take_rules(db, event)
            case OfficeChanged(values=values):  # taken in with the event itself: forms that the district made
                self.law_changed = self.law_changed or any(map(is_form_key, values))
            case OldRecordsBrought():
                pass  # taken in with the event itself: what stays of a part of which somebody was erased
            case _:
                _put_aside(db, event, "unknown-kind", event.kind)

    def _certify(self, db: DeskDatabase, event: Recorded, text: str) -> None:
        try:
            signed = base64.b64decode(text, validate=True)
            certificate = self._proved(signed)
            keys = certificate.public
        except (ValueError, Refused):
            _put_aside(db, event, "bad-event", "certified")
            return
        devices.put(db, keys.kid, signed, certificate.unit, certificate.desk, certificate.name)
        if certificate.role == DISTRICT:
            self._renew(db, signed, certificate)

    def _proved(self, signed: bytes) -> Certificate:
        """The district's keys speak for desks, its root for the district's keys. Raises `Refused`."""
        for issuer, role in ((self._member.district_keys, "desk"), (self._member.root, DISTRICT)):
            try:
                certificate = certificate_of(signed, issuer)
            except Refused:
                continue
            if certificate.role == role:
                return certificate
        raise Refused(Code.BAD_SIGNATURE)

    def _renew(self, db: DeskDatabase, signed: bytes, certificate: Certificate) -> None:
        """The district has new keys: from the next round on they are its keys; what the old ones signed stays good."""
        state = sync_state.get(db)
        card = card_of(state)
        before = certificate_of(card.certificate, self._member.root)
        if certificate.from_at <= before.from_at:
            return
        devices.put(db, before.public.kid, card.certificate, before.unit, before.desk, before.name)
        sync_state.change(db, card=msgspec.json.encode(replace(card, certificate=signed)).decode())

    def _patch(self, db: DeskDatabase, event: Recorded, notice: ProcedurePatched) -> None:
        try:
            base = catalogue.by_version(db, notice.code, notice.base) if notice.base else None
            procedure = patched(notice, base)
        except (UnknownProcedureError, ValueError):
            _put_aside(db, event, "unknown-base", notice.code)
            return
        catalogue.put(db, replace(procedure, source=DISTRICT), added_at=event.at)
        self.law_changed = True

    def _change_days(self, db: DeskDatabase, event: Recorded, notice: DaysChanged) -> None:
        entries, gone = [], []
        try:
            for day in notice.days:
                if not day.kind:
                    gone.append(day.date)
                    continue
                decision = day.decision or notice.citation
                entries.append(
                    DayEntry(
                        date=day.date,
                        kind=DayKind(day.kind),
                        name=day.name,
                        source=DISTRICT,
                        decision=decision,
                        verified=bool(decision),
                    )
                )
        except ValueError:
            _put_aside(db, event, "bad-event", "days")
            return
        days.put_days(db, entries)
        for date in gone:
            days.forget_day(db, date)
        self.law_changed = True

    def _change_units(self, db: DeskDatabase, event: Recorded, notice: UnitsChanged) -> None:
        changes = [replace(each, by=each.by or notice.citation) for each in notice.changes]
        unit_changes.put(db, changes, source=DISTRICT, added_at=event.at)
        self.law_changed = True

    def _redact(self, db: DeskDatabase, event: Recorded, notice: Redacted) -> None:
        log, digest, before = _bytes(notice.log), _bytes(notice.hash), _bytes(notice.before)
        if len(log) != 16 or len(digest) != 32 or len(before) not in (0, 32) or notice.seq < 1:
            _put_aside(db, event, "bad-event", "redaction")
            return
        redaction.redact(db, log, notice.seq, digest, before=before)

    def _revoke(self, db: DeskDatabase, event: Recorded, notice: Revoked) -> None:
        kid = _bytes(notice.device)
        if len(kid) != 8:
            _put_aside(db, event, "bad-event", "revoked")
            return
        devices.revoke(db, kid, notice.reason)


def _put_aside(db: DeskDatabase, event: Recorded, reason: str, detail: str) -> None:
    set_aside.put(db, event.at, bytes.fromhex(event.log), event.seq, reason, detail=detail)


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
