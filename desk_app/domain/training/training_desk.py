"""Training mode: a desk with made-up people whose papers and codes can never be taken for work.

Its codes begin with a unit that no office has, so that no real desk ever finds one of its slips.
"""

from __future__ import annotations

UNIT = "TAP.99"
"""Identifiers of offices begin with a letter and two digits, as H26; this one cannot be given to any."""
_RESERVED = "TAP"
COMMUNE = "xã Tập Huấn"
WATERMARK = "TẬP HUẤN"


def is_training_unit(unit: str) -> bool:
    return unit.strip().upper().partition(".")[0] == _RESERVED


def watermark_of(code: str) -> str:
    """What lies under a paper with this dossier code: "" for work."""
    return WATERMARK if is_training_unit(code) else ""
