"""Becoming a member of a district: a one-time code proves either end to the other. Writes nothing down.

Over the line and on a stick alike: one ENROL frame out, one ENROLLED frame (or a receipt that refuses) back.
"""

from __future__ import annotations

import platform
import secrets

import msgspec
from msgspec.structs import replace

from desk_app import typed_values
from desk_app.errors import (
    DistrictBusyError,
    EnrolmentRefusedError,
    NoDistrictError,
    WrongDistrictError,
)
from desk_app.protocol.batch import message, message_of, unseal
from desk_app.protocol.keys import (
    Certificate,
    DistrictCard,
    Keys,
    certificate_of,
    code_key,
    mac,
    same,
    six_digits,
    slot_of,
)
from desk_app.protocol.messages import (
    ENROL_PATH,
    NONCE,
    Code,
    Enrol,
    Enrolled,
    Frame,
    FrameKind,
    FrameReader,
    Receipt,
    Refused,
    decoded,
)
from desk_app.store.peers.enrolment_state import Pending
from desk_app.sync.line.district_client import Line
from desk_app.sync.membership.ticket import Ticket

_LATER = {Code.BUSY.value.encode(), Code.STORAGE.value.encode()}


def asked(ticket: Ticket, card: DistrictCard, *, before: Pending | None) -> Pending:
    """A request to be certified. One with the same code keeps its keys: its answer may have been lost, and the district
    answers a code for no other keys.
    """
    again = before is not None and before.code == ticket.code
    secret = before.secret if again and before is not None else Keys.new().dump()
    return Pending(
        code=ticket.code,
        card=msgspec.json.encode(card).decode(),
        secret=secret,
        nonce=secrets.token_bytes(NONCE),
    )


def request_of(pending: Pending) -> bytes:
    """The ENROL frame of a request."""
    keys, card = Keys.load(pending.secret), _card(pending)
    proof = mac(code_key(pending.code), b"enrol", card.root, keys.public.dump(), pending.nonce)
    enrol = Enrol(
        slot=slot_of(pending.code), nonce=pending.nonce, keys=keys.public.dump(), mac=proof, host=platform.node()
    )
    return message(FrameKind.ENROL, enrol, keys, card.operational())


def ask(pending: Pending, line: Line) -> Pending:
    """Put the request to the district over the line; the request with its answer. Raises as `answered` does."""
    return answered(pending, line.call(ENROL_PATH, request_of(pending)))


def answered(pending: Pending, told: bytes) -> Pending:
    """The request with the district's answer in it, once both are proved by the code.

    Raises `EnrolmentRefusedError`, `WrongDistrictError`, `DistrictBusyError`, `NoDistrictError`.
    """
    if told.strip() in _LATER:
        raise DistrictBusyError
    keys, card = Keys.load(pending.secret), _card(pending)
    frame = _only_frame(told)
    try:
        plain = unseal(frame, keys)
        if frame.kind == FrameKind.RECEIPT:
            message_of(FrameKind.RECEIPT, plain, Receipt, sender=card.operational(), me=keys.kid)
            raise EnrolmentRefusedError
        enrolled = message_of(FrameKind.ENROLLED, plain, Enrolled, sender=card.operational(), me=keys.kid)
        certificate = certificate_of(enrolled.certificate, card.operational())
        theirs = decoded(enrolled.card, DistrictCard)
    except Refused as error:
        raise WrongDistrictError from error
    proof = mac(code_key(pending.code), b"enrolled", card.root, keys.public.dump(), pending.nonce, enrolled.certificate)
    if not same(proof, enrolled.mac) or theirs.root != card.root or certificate.keys != keys.public.dump():
        raise WrongDistrictError
    return replace(
        pending,
        card=msgspec.json.encode(replace(theirs, url=card.url or theirs.url)).decode(),
        certificate=enrolled.certificate,
        digits=six_digits(card.root, keys.public.dump(), pending.nonce),
        colleagues=enrolled.colleagues,
    )


def certified(pending: Pending) -> Certificate:
    """What the district's answer makes of this desk."""
    return certificate_of(pending.certificate, _card(pending).operational())


def colleagues_of(pending: Pending) -> list[tuple[bytes, Certificate]]:
    """The colleagues' certificates in the district's answer: each as signed, and as read. Others are left out."""
    issuer = _card(pending).operational()
    found = []
    for signed in pending.colleagues:
        try:
            found.append((signed, certificate_of(signed, issuer)))
        except Refused:
            continue  # The district signed this certificate with keys it has replaced; its log brings a new one.
    return found


def _card(pending: Pending) -> DistrictCard:
    return typed_values.from_json(pending.card, DistrictCard)


def _only_frame(told: bytes) -> Frame:
    """The one frame of an answer.

    A district that refuses answers with a code of the protocol instead; any other answer comes from no district.
    """
    try:
        frame = next(FrameReader().feed(told), None)
    except Refused as error:
        if told.strip().decode("ascii", "replace") in list(Code):
            raise EnrolmentRefusedError from error
        raise NoDistrictError from error
    if frame is None:
        raise NoDistrictError
    return frame
