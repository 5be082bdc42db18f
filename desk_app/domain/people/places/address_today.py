"""Today's addresses for one as it was written: the units of a day asked for its names.

A suggestion only: 471 old communes were split, and what a card says is never rewritten without the clerk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from desk_app.domain.people.places.address_text import Address, parse
from desk_app.domain.people.places.unit_names import bare, closest, has_kind, name_key, spelt_alike
from desk_app.domain.people.units import Commune, OldCommune, OldProvince, Province, Units

_MOST_WORDS_OF_A_NAME = 5
_MARKED = {
    "thi tran": "thị trấn",
    "thanh pho": "thành phố",
    "thi xa": "thị xã",
    "dac khu": "đặc khu",
    "phuong": "phường",
    "huyen": "huyện",
    "quan": "quận",
    "tinh": "tỉnh",
    "xa": "xã",
}
_UNMARKED_KIND = re.compile(rf"\b(?:{'|'.join(_MARKED)})\b(?=\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AddressSuggestion:
    """An address of today; `exact` when the names say so without doubt and the commune went to one place only."""

    text: str
    commune_code: str
    exact: bool


def suggest(address: Address, units: Units) -> tuple[AddressSuggestion, ...]:
    """Today's addresses this one may be: all of them where a commune was split, none when a name is unknown.

    An address that is today's already comes back as it is.
    """
    first, *others = _readings(address, units)
    if found := _once(_of(first, units)):
        return found
    for reading in (*others, *_guesses(address, units)):
        if found := _once(_of(reading, units)):
            return tuple(replace(each, exact=False) for each in found)
    return ()


def _once(found: Iterable[AddressSuggestion]) -> tuple[AddressSuggestion, ...]:
    return tuple({each.commune_code: each for each in reversed(tuple(found))}.values())[::-1]


# --- what the words may mean --------------------------------------------------------------


def _readings(address: Address, units: Units) -> list[Address]:
    """The address as it was taken apart; before it what its words mean where the cut went wrong.

    A dash may stand within a name ("Phường Xuân Hương - Đà Lạt"), and a province may be left out behind its city:
    "Phường Đông Sơn, Thành phố Thanh Hóa" is the ward of the old city, not the one of that name in the province.
    """
    kind = bare(address.province, "province")[0]
    now = units.province(address.province)
    if now is not None and address.commune and address.district and not bare(address.district, "district")[0]:
        joined = f"{address.commune} - {address.district}"
        if any(units.had_name(each.code, joined) for each in units.find(joined, now.code)):
            return [replace(address, commune=joined, district=""), address]
    if address.district or kind != "thành phố" or now is None or units.had_name(now.code, address.province):
        return [address]
    old = units.old_provinces(address.province)
    is_city = any(one.in_district(address.province) for one in old)
    return [replace(address, district=address.province), address] if is_city else [address]


def _guesses(address: Address, units: Units) -> Iterator[Address]:
    """Other readings, the likelier first; none of them is ever sure."""
    if address.text.isascii():
        marked = _UNMARKED_KIND.sub(lambda found: _MARKED[found[0].lower()], address.text)
        if marked != address.text:
            again = parse(marked)
            yield again
            if not units.provinces_of(again.province):
                yield from _without_separators(again, units)
    if not units.provinces_of(address.province):
        yield from _without_province(address, units)
        yield from _without_separators(address, units)
    if not address.commune and address.detail:
        *detail, commune = address.detail.split(", ")
        yield replace(address, detail=", ".join(detail), commune=commune)
    if address.now:
        now = parse(address.now)
        if now.commune:
            yield replace(now, detail=address.detail)
        else:
            yield Address(detail=address.detail, commune=now.province, province=address.province)


def _without_province(address: Address, units: Units) -> Iterator[Address]:
    """The last name is a district that one old province has: "Xã Suối Tọ, Huyện Phù Yên"."""
    if address.district:
        return
    has_kind = bool(bare(address.province, "district")[0])
    found = [old for old in units.all_old() if old.in_district(address.province)]
    if len(found) == 1 and (has_kind or address.commune):
        yield replace(address, district=address.province, province=found[0].name)


def _without_separators(address: Address, units: Units) -> Iterator[Address]:
    """Words only: the last are a province, those before a district or a commune: "Tân Lập Bắc Sơn Lạng Sơn"."""
    words = address.province.split()
    before = [part for part in (address.detail, address.commune, address.district) if part]
    for many in range(min(_MOST_WORDS_OF_A_NAME, len(words)), 0, -1):
        province = " ".join(words[-many:])
        if units.provinces_of(province):
            rest = words[:-many]
            if before:
                yield parse(", ".join((*before, " ".join(rest), province)))
            else:
                yield from _cut(rest, province, units)


def _cut(words: list[str], province: str, units: Units) -> Iterator[Address]:
    """The words before a province, cut where names of its units end."""
    for now in units.provinces_of(province):
        old = units.old_provinces(province, now)
        for many in range(min(_MOST_WORDS_OF_A_NAME, len(words)), 0, -1):
            last, before = " ".join(words[-many:]), words[:-many]
            here = [each for one in old for each in one.in_district(last)]
            for more in range(min(_MOST_WORDS_OF_A_NAME, len(before)), 0, -1) if here else ():
                commune = " ".join(before[-more:])
                if any(_same(each.name, commune, "commune") for each in here):
                    detail = " ".join(before[:-more])
                    yield Address(detail=detail, commune=commune, district=last, province=province)
            if units.find(last, now.code):
                yield Address(detail=" ".join(before), commune=last, province=province)


# --- what the units say -------------------------------------------------------------------


def _of(address: Address, units: Units) -> Iterator[AddressSuggestion]:
    provinces = units.provinces_of(address.province)
    is_named = units.province(address.province) is not None
    for province in provinces:
        found = _in_province(address, province, units)
        yield from found if is_named else (replace(each, exact=False) for each in found)


def _in_province(address: Address, province: Province, units: Units) -> tuple[AddressSuggestion, ...]:
    if not address.district:
        return _todays(address, address.commune, province, units) or _moved(address, province, units)
    return (
        _moved(address, province, units)
        or _todays(address, address.commune, province, units)
        or _whole_district(address, province, units)
        or _misread(address, province, units)
    )


def _todays(address: Address, commune: str, province: Province, units: Units) -> tuple[AddressSuggestion, ...]:
    found = units.find(commune, province.code) if commune else ()
    is_todays = not address.district and _same(address.province, province.name, "province")
    return tuple(_todays_one(address, each, province, units, sure=is_todays and len(found) == 1) for each in found)


def _todays_one(address: Address, found: Commune, province: Province, units: Units, *, sure: bool) -> AddressSuggestion:
    is_so = sure and units.had_name(found.code, address.commune) and units.had_name(province.code, address.province)
    if is_so and not bare(address.commune, "commune")[0]:
        old = [each for one in units.old_provinces(address.province) for each in one.in_district(address.commune)]
        is_so = set(_codes(old, units)) <= {found.code}  # "Ba Vì, Hà Nội" may be the whole old district
    stays = is_so and has_kind(address.commune, found.name, "commune")
    stays = stays and has_kind(address.province, province.name, "province")
    return AddressSuggestion(address.text if stays else _text(address.detail, found, province), found.code, is_so)


def _moved(address: Address, province: Province, units: Units) -> tuple[AddressSuggestion, ...]:
    """Where the old commune went: sought in its district, or by name in the whole province when that is unknown."""
    for n, old in enumerate(units.old_provinces(address.province, province)):
        here = old.in_district(address.district) if address.district else ()
        if not (here or address.commune):
            return ()
        named = [each for each in here or old.communes if _same(each.name, address.commune, "commune")]
        found = closest(address.commune, named)
        known = [each for each in found if not each.is_former and spelt_alike(address.commune, each.name, "commune")]
        found = known or found
        if found:
            codes = _codes(found, units)
            is_exact = n == 0 and len(codes) == 1 and bool(here) and _is_sure(address, found, old)
            return tuple(
                AddressSuggestion(_text(address.detail, units.communes[code], province), code, is_exact)
                for code in codes
            )
        if here and n == 0:
            return ()  # a district we know has no such commune: another district's of that name is not meant
    return ()


def _is_sure(address: Address, found: list[OldCommune], old: OldProvince) -> bool:
    """Whether every name is written as it was, and with its own kind or none."""
    return _same(address.province, old.name, "province") and all(
        not each.is_former
        and _is_written_so(address.commune, each.name, "commune")
        and _is_written_so(address.district, each.district, "district")
        for each in found
    )


def _is_written_so(typed: str, name: str, level: str) -> bool:
    return typed == name or (spelt_alike(typed, name, level) and has_kind(typed, name, level))


def _misread(address: Address, province: Province, units: Units) -> tuple[AddressSuggestion, ...]:
    """What was taken for a district may be today's commune: "Tổ dân phố Đông, Quảng Oai, Hà Nội".

    With its old kind only where the whole island became one unit: "Khu phố 1, Thành phố Phú Quốc, Kiên Giang".
    """
    if bare(address.commune, "commune")[0]:
        return ()
    detail = ", ".join(part for part in (address.detail, address.commune) if part)
    kind, name = bare(address.district, "district")
    found = units.find(name, province.code)
    if kind and not any(each.kind == "Đặc khu" for each in found):
        return ()
    again = Address(detail=detail, commune=f"Đặc khu {name}" if kind else name, province=address.province)
    return tuple(replace(each, exact=False) for each in _todays(again, again.commune, province, units))


def _whole_district(address: Address, province: Province, units: Units) -> tuple[AddressSuggestion, ...]:
    """A district of which everything went to one place says that place by itself: "Khu 1, Huyện Vân Đồn"."""
    for old in units.old_provinces(address.province, province)[:1]:
        here = old.in_district(address.district)
        codes = _codes(here, units)
        if len(codes) == 1:
            detail = ", ".join(part for part in (address.detail, address.commune) if part)
            is_exact = not address.commune and _is_written_so(address.district, here[0].district, "district")
            is_exact = is_exact and _same(address.province, old.name, "province")
            return (AddressSuggestion(_text(detail, units.communes[codes[0]], province), codes[0], is_exact),)
    return ()


def _codes(found: Iterable[OldCommune], units: Units) -> tuple[str, ...]:
    return tuple(dict.fromkeys(now for each in found for code in each.codes for now in units.now(code)))


def _same(one: str, other: str, level: str) -> bool:
    return name_key(one, level) == name_key(other, level)


def _text(detail: str, commune: Commune, province: Province) -> str:
    return ", ".join(part for part in (detail, commune.name, province.name) if part)
