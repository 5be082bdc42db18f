"""What a certificate says of its device, for the rules; whoever kept the certificate has judged its signature."""

from __future__ import annotations

import msgspec

from desk_app import typed_values
from desk_app.domain.dossiers.numbering import Block
from desk_app.domain.history.founding import KnownDevice
from desk_app.protocol.keys import SIGNATURE, Certificate
from desk_app.protocol.messages import Refused


def known_device(signed: bytes) -> KnownDevice:
    """The device of a certificate that was judged when it was kept; a nameless one where it cannot be read."""
    try:
        certificate = typed_values.from_msgpack(signed[SIGNATURE:], Certificate)
        return KnownDevice(
            kid=certificate.public.kid,
            unit=certificate.unit,
            desk=certificate.desk,
            blocks=tuple(Block(first, last) for first, last in certificate.blocks),
            is_district=certificate.role == "district",
        )
    except (msgspec.DecodeError, Refused):
        return KnownDevice(kid=b"?")
