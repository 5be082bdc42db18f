"""Places and numbers written in ways that papers no longer take. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desk_app.domain.mistakes.mistake import Mistake, SaidCase

_PLACES = frozenset({"birth_place", "death_place", "hometown", "residence"})
_DISTRICT = re.compile(r"(?:^|[,;-])\s*(?:huyện|quận|thị xã|thị trấn|h\.|q\.|tx\.|tt\.)\s*\w", re.IGNORECASE)
_SHORT = re.compile(r"\b(?:TP\.?\s*HCM|TPHCM|Tp\.?\s*HCM|HCM)\b")
_CERTIFIED = re.compile(r"SCT", re.IGNORECASE)
_COPY = re.compile(r"TL\w{0,3}\s*-\s*BS", re.IGNORECASE)


def places(case: SaidCase) -> Iterator[Mistake]:
    """A place with a district, which there is none of since 01/07/2025, and a city cut short."""
    for key, said in _said_places(case):
        if _DISTRICT.search(said):
            text = "Không còn cấp huyện từ 01/7/2025: ghi xã (phường) và tỉnh (thành phố) theo tên hiện nay."
            yield Mistake(field=key, text=text)
        if _SHORT.search(said):
            yield Mistake(field=key, text="Ghi đủ chữ: Thành phố Hồ Chí Minh.")


def numbers_of_papers(case: SaidCase) -> Iterator[Mistake]:
    """The number of a certified copy, or of an extract's copy, where the number of the registration belongs."""
    for key, said in case.fields.items():
        if not key.endswith("_number") or key.startswith("certification"):
            continue
        if _CERTIFIED.search(said):
            yield Mistake(field=key, text="Đây là số chứng thực bản sao: ghi số của chính giấy tờ.")
        elif _COPY.search(said):
            yield Mistake(field=key, text="Đây là số của bản sao trích lục: ghi số đăng ký ghi ở trong trích lục.")


def _said_places(case: SaidCase) -> Iterator[tuple[str, str]]:
    for key, said in case.fields.items():
        if key in _PLACES:
            yield key, said
    for role, person in case.people.items():
        if person.residence and not person.personal_number:  # of others it is neither asked nor required
            yield f"{role}.residence", person.residence
