"""Makes a device a desk of ours: it proves that it knows a slot's code, we prove the same and certify it.

Over the line and on a stick alike: one ENROL frame in, one ENROLLED frame back.
"""

from __future__ import annotations

import base64

import msgspec

from desk_app.district.intake import enrolment_slots
from desk_app.district.intake.enrolment_slots import EnrolmentSlot
from desk_app.district.keys.identity import Identity
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.storage import Session, Storage
from desk_app.domain.notices import Certified
from desk_app.protocol import messages
from desk_app.protocol.batch import message, message_of, unseal
from desk_app.protocol.keys import KID, SIGNATURE, Certificate, PublicKeys, certify, mac, same, six_digits

MOST_REQUEST = 4096
"""The longest request, in bytes: one ENROL frame."""
_MOST_HOST = 60


def answer(storage: Storage, identity: Identity, request: bytes, *, at: int) -> bytes:
    """The frame that answers the bytes of an ENROL frame; a signed receipt with BAD_CODE where the code fits no slot.

    Asking again with the same keys gets the same certificate. Raises `Refused` for what is no request for us.
    """
    frame = _only_frame(request, identity)
    plain = unseal(frame, identity.keys)
    device = PublicKeys.load(messages.decoded(plain[KID + SIGNATURE :], messages.Enrol).keys)
    device.check_box()  # before the slot is taken: a desk with such a key could never be answered
    asked = message_of(messages.FrameKind.ENROL, plain, messages.Enrol, sender=device, me=identity.keys.kid)
    with storage.reading() as session:
        is_known = enrolment_slots.get(session, asked.slot) is not None
    enrolled = None
    if is_known:  # strangers may ask as often as they like, but never make the reception wait for a write
        with storage.writing() as session:
            enrolled = _enrolled(session, identity, asked, at=at)
    if enrolled is None:
        no = messages.Receipt(nonce=asked.nonce, code=messages.Code.BAD_CODE, at=at)
        return message(messages.FrameKind.RECEIPT, no, identity.keys, device)
    return message(messages.FrameKind.ENROLLED, enrolled, identity.keys, device)


def _only_frame(request: bytes, identity: Identity) -> messages.Frame:
    if len(request) > MOST_REQUEST:
        raise messages.Refused(messages.Code.TOO_LARGE)
    for frame in messages.FrameReader(identity.keys.kid).feed(request):
        if frame.kind == messages.FrameKind.ENROL:
            return frame
    raise messages.Refused(messages.Code.NOT_CX)


def _enrolled(session: Session, identity: Identity, asked: messages.Enrol, *, at: int) -> messages.Enrolled | None:
    """The answer, and everything it promises written down; None where the slot is not for this device."""
    slot = enrolment_slots.get(session, asked.slot)
    if slot is None:
        return None
    expected = mac(slot.key, b"enrol", identity.card.root, asked.keys, asked.nonce)
    if not slot.is_open(at) or not same(expected, asked.mac):
        enrolment_slots.put(session, asked.slot, msgspec.structs.replace(slot, tries=slot.tries + 1))
        return None
    if slot.taken_by and slot.taken_by != asked.keys:
        return None
    device = PublicKeys.load(asked.keys)
    if slot.taken_by:
        certificate = _certificate_of(session, device)
    else:
        if any(other.desk == slot.desk for other in enrolment_slots.active_desks(session, slot.unit)):
            return None
        certificate = _certified(session, identity, slot, device, at=at)
    if not certificate:
        return None
    digits = six_digits(identity.card.root, asked.keys, asked.nonce)
    enrolment_slots.put(session, asked.slot, msgspec.structs.replace(slot, taken_by=asked.keys, digits=digits))
    host = "".join(mark for mark in asked.host if mark.isprintable())[:_MOST_HOST]
    session.run("UPDATE device SET digits = ?, host = ? WHERE kid = ?", [digits, host, device.kid])
    return messages.Enrolled(
        certificate=certificate,
        card=messages.encoded(identity.card),
        mac=mac(slot.key, b"enrolled", identity.card.root, asked.keys, asked.nonce, certificate),
        colleagues=_colleagues(session, slot.unit, but=device.kid),
    )


def _certified(session: Session, identity: Identity, slot: EnrolmentSlot, device: PublicKeys, *, at: int) -> bytes:
    certificate = certify(
        Certificate(
            keys=device.dump(),
            role="desk",
            unit=slot.unit,
            desk=slot.desk,
            name=slot.commune,
            blocks=slot.blocks,
            from_at=at,
        ),
        identity.keys,
    )
    told = base64.b64encode(certificate).decode()
    writer.append_signed(session, identity, writer.EVERYBODY, [Word(payload=Certified(certificate=told))], at=at)
    return certificate


def _certificate_of(session: Session, device: PublicKeys) -> bytes:
    """What this device was given; b"" when it was revoked since."""
    row = session.one("SELECT certificate FROM device WHERE kid = ? AND status = 'active'", [device.kid])
    return bytes(row[0]) if row else b""


def _colleagues(session: Session, unit: str, *, but: bytes) -> tuple[bytes, ...]:
    rows = session.all("SELECT certificate FROM device WHERE unit = ? AND role = 'desk' AND kid <> ?", [unit, but])
    return tuple(bytes(certificate) for (certificate,) in rows)
