"""What the district's own notices do to its own tables: devices certified and revoked, bodies erased.

Run when a notice is written, and again when a desk brings back notices that a restored district had lost.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

import msgspec

from desk_app.district.storage import devices, redactions
from desk_app.district.storage.contract import Session
from desk_app.district.storage.devices import Device
from desk_app.district.storage.redactions import Redaction
from desk_app.domain.notices import Certified, Redacted, Revoked
from desk_app.protocol.event_body import event_of
from desk_app.protocol.keys import PublicKeys, certificate_of
from desk_app.protocol.messages import Refused


def apply(session: Session, bodies: Iterable[bytes], *, issuer: PublicKeys, at: int) -> None:
    """Do what these events of our own log say; idempotent, and what cannot be read does nothing."""
    for body in bodies:
        try:
            event = event_of("", 0, body)
        except msgspec.DecodeError:
            continue
        match event.payload:
            case Certified(certificate=certificate):
                _certify(session, certificate, issuer=issuer, at=event.at)
            case Revoked(device=device, reason=reason):
                kid = _bytes(device)
                if kid:
                    devices.revoke(session, kid, reason=reason)
            case Redacted() as decree:
                _erase(session, decree, at=at)
            case _:
                pass


def _certify(session: Session, text: str, *, issuer: PublicKeys, at: int) -> None:
    try:
        signed = base64.b64decode(text, validate=True)
        certificate = certificate_of(signed, issuer)
        keys = certificate.public
    except (ValueError, Refused):
        return
    devices.put(
        session,
        Device(
            kid=keys.kid,
            keys=keys.dump(),
            certificate=signed,
            role=certificate.role,
            unit=certificate.unit,
            desk=certificate.desk,
            name=certificate.name,
            enrolled_at=at,
        ),
    )


def _erase(session: Session, decree: Redacted, *, at: int) -> None:
    log, digest, before = _bytes(decree.log), _bytes(decree.hash), _bytes(decree.before)
    if len(log) == 16 and len(digest) == 32 and decree.seq > 0:
        one = Redaction(log=log, seq=decree.seq, hash=digest, before=before, reason=decree.reason, at=at)
        redactions.note(session, one)


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
