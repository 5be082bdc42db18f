"""Proves devices and decrees of erasure from what the district itself signed: its certificates and its own logs."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from desk_app.district.keys.identity import Identity
from desk_app.district.own_log import writer
from desk_app.district.storage import Session, devices, logs, own_logs
from desk_app.district.storage.devices import Device
from desk_app.domain.notices import Certified, Redacted, Revoked
from desk_app.protocol.keys import Certificate, PublicKeys, certificate_of
from desk_app.protocol.messages import Refused


class _Said:
    """What the district has said in its own logs of devices and erasures."""

    def __init__(self, session: Session) -> None:
        self.certified: set[bytes] = set()
        self.revoked: set[bytes] = set()
        self.redacted: set[tuple[bytes, int, bytes]] = set()
        for log in logs.every(session):
            if own_logs.scope_of(log.log, [log.scope]):
                for event in writer.events_of(session, log.log):
                    self._note(event.payload)

    def _note(self, payload: object) -> None:
        try:
            match payload:
                case Certified(certificate=text):
                    self.certified.add(base64.b64decode(text, validate=True))
                case Revoked(device=device):
                    self.revoked.add(bytes.fromhex(device))
                case Redacted(log=log, seq=seq, hash=digest):
                    self.redacted.add((bytes.fromhex(log), seq, bytes.fromhex(digest)))
                case _:
                    pass
        except ValueError:
            return


def problems(session: Session, identity: Identity) -> Iterator[str]:
    """What the tables of devices and erasures say otherwise than the district has signed, a sentence each."""
    said, known = _Said(session), devices.every(session)
    issuers = [identity.keys.public, *(device.public for device in known if device.role == devices.DISTRICT)]
    for device in known:
        for what in _of_device(device, issuers, said, identity):
            yield f"Máy {device.kid.hex()[:16]} ({device.unit} quầy {device.desk}): {what}."
    certificates = {device.certificate for device in known}
    for lost in said.certified - certificates:
        certificate = _certificate(lost, issuers)
        if certificate is not None and certificate.public.kid not in {device.kid for device in known}:
            yield f"Máy {certificate.public.kid.hex()[:16]} đã được cấp chứng thư mà không còn trong danh sách."
    rows = session.all("SELECT log, seq, hash FROM redaction")
    kept = {(bytes(log), seq, bytes(digest)) for log, seq, digest in rows}
    decreed = {(log, seq) for log, seq, _ in said.redacted}
    for log, seq, _ in sorted(kept - said.redacted):
        yield f"Sổ {log.hex()[:16]}: ghi là xóa việc số {seq} mà không có lệnh xóa nào như vậy."
    for log, seq in sorted(decreed - {(log, seq) for log, seq, _ in kept}):
        yield f"Sổ {log.hex()[:16]}: lệnh xóa việc số {seq} không còn được nhớ."


def _of_device(device: Device, issuers: list[PublicKeys], said: _Said, identity: Identity) -> Iterator[str]:
    if device.role == devices.DISTRICT:
        certificate = _certificate(device.certificate, [identity.root])
        if certificate is None or certificate.keys != device.keys or certificate.public.kid != device.kid:
            yield "chứng thư không do khóa gốc ký cho khóa này"
        return
    certificate = _certificate(device.certificate, issuers)
    if certificate is None:
        yield "chứng thư không do cấp trên này ký"
        return
    told = (certificate.public.kid, certificate.keys, certificate.unit, certificate.desk, certificate.name)
    if told != (device.kid, device.keys, device.unit, device.desk, device.name) or certificate.role != device.role:
        yield "khóa, đơn vị, số quầy hoặc tên khác với chứng thư"
    if device.certificate not in said.certified:
        yield "chứng thư không có trong sổ của cấp trên"
    if device.is_revoked and device.kid not in said.revoked:
        yield "ghi là đã thu hồi mà không có lệnh thu hồi"
    if not device.is_revoked and device.kid in said.revoked:
        yield "đã có lệnh thu hồi mà ghi là đang hoạt động"


def _certificate(signed: bytes, issuers: list[PublicKeys]) -> Certificate | None:
    for issuer in issuers:
        try:
            return certificate_of(signed, issuer)
        except Refused:
            continue
    return None
