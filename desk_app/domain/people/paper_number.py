"""The number of an identity paper: how it is kept, and which numbers a record takes.

Twelve and nine digits are Vietnam's own. A passport of any state has five to nine letters and figures (ICAO 9303).
"""

from __future__ import annotations

import re

from desk_app.domain.text import fold
from desk_app.lazy import LatePattern

PASSPORT = "Hộ chiếu"
VIETNAM = "Việt Nam"

_BETWEEN = LatePattern(r"[\s.\-]+")
_VIETNAMESE = LatePattern(r"\d{12}|\d{9}", re.ASCII)
_PASSPORT = LatePattern(r"(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,9}", re.ASCII)
_PASSPORT_OF_FIGURES = LatePattern(r"\d{5,9}", re.ASCII)
_KEPT = LatePattern(r"[A-Z0-9]+", re.ASCII)


def tidied(typed: str) -> str:
    """The number as it is kept: capitals, without blanks, dots and hyphens; what is no number stays as typed."""
    number = _BETWEEN.sub("", typed).upper()
    return number if _KEPT.fullmatch(number) else typed.strip()


def is_passport_number(number: str) -> bool:
    """Whether it is letters and figures as only passports have them; figures alone may be anything."""
    return _PASSPORT.fullmatch(number) is not None


def problem(number: str, *, is_foreign: bool) -> str:
    """Why no record takes this number, for a clerk; "" when it is taken.

    `is_foreign`: the holder or the paper is of another state, whose passports may have figures only.
    """
    if _VIETNAMESE.fullmatch(number) or is_passport_number(number):
        return ""
    if _PASSPORT_OF_FIGURES.fullmatch(number):
        return "" if is_foreign else "cần 12 chữ số (CMND: 9); hộ chiếu chỉ có chữ số thì ghi cả quốc tịch nước ngoài"
    return "cần 12 chữ số, 9 chữ số, hoặc số hộ chiếu gồm 5 đến 9 chữ và số"


def is_foreign(*, nationality: str, issuing_country: str, kind: str) -> bool:
    """Whether the paper may be another state's, told from what is known beside its number."""
    named = {fold(nationality), fold(issuing_country)} - {"", fold(VIETNAM)}
    return bool(named) or fold(kind).startswith(fold(PASSPORT))
