"""Addresses: taken apart from the end, and those of before 01/07/2025 turned into today's two levels as suggestions.

A suggestion only: 471 old communes were split, and what a card says is never rewritten without the clerk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desk_app.domain.text import nfc
from desk_app.domain.units import Commune, OldCommune, Province, Units, bare, closest, name_key

__all__ = ["Address", "Commune", "Province", "Suggestion", "Units", "parse", "suggest"]

_DASHED = re.compile(r"\s+[-–]\s+")
_SPELT_OUT = re.compile(
    r"\s+(?=(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)\s)(?<!thành phố )", re.IGNORECASE
)
_DETAIL = re.compile(r"(?:thôn|tổ|ấp|xóm|khóm|khu|đội|số|ngõ|tổ dân phố|tdp|kp)\.?\s*\d", re.IGNORECASE)
_DOUBLE_NAMES = ("Bà Rịa - Vũng Tàu", "Phan Rang - Tháp Chàm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The parts as they were written, "" where absent; `district` is empty in addresses of today's form."""

    detail: str = ""
    commune: str = ""
    district: str = ""
    province: str = ""

    @property
    def text(self) -> str:
        return ", ".join(part for part in (self.detail, self.commune, self.district, self.province) if part)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An address of today; `exact` when the names say so without doubt and the commune went to one place only."""

    text: str
    commune_code: str
    exact: bool


def parse(text: str) -> Address:
    """Parts from the end: province, district if it has one, commune, and whatever stands before as detail.

    Without kinds before the names ("Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội" printed bare) three names are commune,
    district, province, as cards before 2024 print them.
    """
    parts = _parts(nfc(text))
    if not parts:
        return Address()
    *rest, province = parts
    if not rest:
        return Address(province=province)
    has_district = not bare(rest[-1], "commune")[0] and (
        bool(bare(rest[-1], "district")[0]) or (len(rest) > 1 and not _DETAIL.match(rest[-2]))
    )
    district = rest.pop() if has_district else ""
    commune = rest.pop() if rest else ""
    return Address(detail=", ".join(rest), commune=commune, district=district, province=province)


def suggest(address: Address, units: Units) -> tuple[Suggestion, ...]:
    """Today's addresses this one may be: all of them where a commune was split, none when a name is unknown.

    An address that is today's already comes back as it is.
    """
    province = units.province(address.province)
    if province is None:
        return ()
    if not address.district:
        return _todays(address, address.commune, province, units) or _moved(address, province, units)
    return (
        _moved(address, province, units)
        or _todays(address, address.commune, province, units)
        or _misread(address, province, units)
    )


def _todays(address: Address, commune: str, province: Province, units: Units) -> tuple[Suggestion, ...]:
    found = units.find(commune, province.code) if commune else ()
    is_todays = not address.district and _same(address.province, province.name, "province")
    is_exact = is_todays and len(found) == 1
    return tuple(
        Suggestion(address.text if is_todays else _text(address.detail, each, province), each.code, is_exact)
        for each in found
    )


def _moved(address: Address, province: Province, units: Units) -> tuple[Suggestion, ...]:
    """Where the old commune went: sought in its district, or by name in the whole province when that is unknown."""
    for n, old in enumerate(units.old_provinces(address.province)):
        here = [
            each for each in old.communes if address.district and _same(each.district, address.district, "district")
        ]
        named = [each for each in here or old.communes if _same(each.name, address.commune, "commune")]
        found = closest(address.commune, named)
        if found:
            codes = _codes(found)
            is_exact = n == 0 and bool(here) and len(codes) == 1 and not any(each.is_former for each in found)
            return tuple(
                Suggestion(_text(address.detail, units.communes[code], province), code, is_exact) for code in codes
            )
        if here and n == 0:
            return ()  # a district we know has no such commune: another district's of that name is not meant
    return ()


def _misread(address: Address, province: Province, units: Units) -> tuple[Suggestion, ...]:
    """What was taken for a district may be today's commune: "Tổ dân phố Đông, Quảng Oai, Hà Nội"."""
    if bare(address.district, "district")[0] or bare(address.commune, "commune")[0]:
        return ()
    detail = ", ".join(part for part in (address.detail, address.commune) if part)
    again = Address(detail=detail, commune=address.district, province=address.province)
    return tuple(replace(found, exact=False) for found in _todays(again, again.commune, province, units))


def _codes(found: Iterable[OldCommune]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for each in found for code in each.codes))


def _same(one: str, other: str, level: str) -> bool:
    return name_key(one, level) == name_key(other, level) if one and other else one == other


def _text(detail: str, commune: Commune, province: Province) -> str:
    return ", ".join(part for part in (detail, commune.name, province.name) if part)


def _parts(text: str) -> list[str]:
    parts = [part for part in (part.strip(" .") for part in re.split(r"[,;]", text)) if part]
    if len(parts) != 1:
        return parts
    for name in _DOUBLE_NAMES:
        text = text.replace(name, name.replace(" - ", "-"))
    dashed = _DASHED.split(text)
    return dashed if len(dashed) > 1 else _SPELT_OUT.split(text)
