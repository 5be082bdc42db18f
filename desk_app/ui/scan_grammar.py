"""What a keyboard-wedge scanner types: how such text begins, and when it is whole. Pure.

Speed alone misjudges: a busy machine spreads a scan out. So known beginnings count at any speed (DOMAIN: scanners).
"""

from __future__ import annotations

import re

ENROLMENT = "CX1|"
_BEGIN = re.compile(r"(?:^|[^0-9A-Z])(\d{12}\|\d|\d{12}\|\||MC\||CX1\||IDVNM\d)", re.IGNORECASE)
_CARD = re.compile(r"\d{12}(\|[^|]*){5,}")
_ZONE = re.compile(r"I[A-Z<]VNM[A-Z0-9<]{85}")
_OWN = re.compile(r"MC\|[A-Z0-9.\-/]{6,50}", re.IGNORECASE)
_ENROLMENT = re.compile(r"CX1\|[^|\s]{8,200}\|[A-Z0-9=]{16,80}\|[A-Z0-9-]{20,30}", re.IGNORECASE)
_SLIP = re.compile(r"[A-Z0-9][A-Z0-9.\-/]{8,48}[A-Z0-9]", re.IGNORECASE)


def beginning(typed: str) -> int | None:
    """Where in `typed` a scan begins, once its beginning is certain; None while it may be typing by hand.

    An input method commits several letters at once, so the beginning need not be what came last.
    """
    found = _BEGIN.search(typed)
    return found.start(1) if found else None


def is_whole(text: str) -> bool:
    """Whether this is a whole card, machine-readable zone, marked slip or enrolment, as its grammar goes."""
    return any(shape.fullmatch(text) for shape in (_CARD, _ZONE, _OWN, _ENROLMENT))


def may_be_slip(text: str) -> bool:
    """Whether this could be the barcode of a slip, which is only letters and figures; so could a phone number."""
    return _SLIP.fullmatch(text) is not None


def goes_on(text: str) -> bool:
    """Whether Enter is only the line break inside a machine-readable zone."""
    return text[:5].upper() in {"IDVNM", "I<VNM"} and len(text) < 90
