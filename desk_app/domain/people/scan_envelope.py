"""What stands around a card's text when a reader hands it over, and how much of the card is there.

Readers put the kind of the code (ISO/IEC 15424: "]Q1"), a shop's prefix or their own letters before the text, another
mark between its fields, and they send it in pieces or twice. Only the envelope is opened here; what the card says is
read by `identity_card` and `mrz`.
"""

from __future__ import annotations

import re
from enum import Enum, auto

from desk_app.lazy import LatePattern

_AIM = LatePattern(r"^\s*(?:\][A-Za-z][0-9A-Za-z])+")
_ENDS = "".join(chr(code) for code in range(ord(" ")) if chr(code) not in "\t\n")  # STX, ETX, carriage return …
_BAR = LatePattern(r"\d{12}\|")
_OLD_NUMBER = r"\d{9}|\d{12}"
_NEXT_CARD = LatePattern(rf"\d{{12}}\|(?:{_OLD_NUMBER})?\|")
_SEX = r"[^\W\d]\w{0,5}\??|\?+"
# Marks that stand between fields in place of "|": foreign keyboard layouts, and readers told to replace it.
_OTHER_MARK = LatePattern(rf"\d{{12}}(?P<mark>[^\w\s.,/<|-]{{1,2}}|[µº_\t])(?:(?:{_OLD_NUMBER})?(?P=mark))")
_LAID_OUT = LatePattern(
    rf"(?P<number>\d{{12}})(?P<mark>[^\w\s<]|[\t_µº ])(?:(?P<old>{_OLD_NUMBER}|)(?P=mark))?(?P<name>[^\d]+?)(?P=mark)"
    rf"(?P<born>\d{{8}}|\d{{4}})(?P=mark)(?P<sex>{_SEX})(?P=mark)(?P<home>.+?)(?P=mark)(?P<issued>\d{{8}})"
    rf"(?P<more>(?P=mark).*)?$",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_CODE = LatePattern(r"\d{12}\|\d+[^\W\d_]")  # the old number has figures only; a health insurance card has not
_DATE = LatePattern(r"\d{8}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}")
_DATE_AND_SUFFIX = LatePattern(r"(\d{8})\D.*", re.DOTALL)
_CARD_ZONE = re.compile(r"I[A-Z<]VNM[A-Z0-9]{2}[A-Z0-9<]*")
_PASSPORT_ZONE = re.compile(r"P[A-Z<](?:[A-Z]{3}|[A-Z]<<)[A-Z<]*<")
_ZONE_MARKS = LatePattern(r"[A-Z0-9<\s]*")
_BEGIN = 13  # the twelve digits of a card and the mark behind them
_FIELDS_2021, _FIELDS_2024 = 7, 11
_LINE_OF_CARD, _LINE_OF_PASSPORT = 30, 44


class Extent(Enum):
    """How much of a card is there: none of it, a part, enough to be one unless more follows, or all there can be."""

    NONE = auto()
    PART = auto()
    ENOUGH = auto()
    WHOLE = auto()


def unwrapped(text: str) -> str:
    """The card's own text: fields between "|", or the lines of a zone; any other text without its identifier.

    Of a card that was read twice in one go there is one; a card begun anew replaces its own beginning.
    """
    bare = _AIM.sub("", text.strip(_ENDS))
    return _card(bare) or _zone(bare) or bare


def extent(text: str) -> Extent:
    """How much of a card `text` holds, by its grammar alone."""
    bare = unwrapped(text)
    if _BAR.match(bare):
        return Extent.NONE if _OTHER_CODE.match(bare) else _extent_of_card(bare.strip())
    if _is_zone(bare):
        return _extent_of_zone(bare)
    return Extent.NONE


def is_whole(text: str) -> bool:
    """Whether the text, which has ended, is a whole card or zone."""
    return extent(text) in {Extent.ENOUGH, Extent.WHOLE}


def holds_two(text: str) -> bool:
    """Whether the cards of two people follow each other without an ending between them."""
    found = _NEXT_CARD.search(text, _BEGIN) if _BAR.match(text) else None
    return found is not None and extent(text[: found.start()]) is Extent.ENOUGH and text[found.start() - 1].isdigit()


def joined(part: str, rest: str) -> str:
    """The two pieces of one card as one text; a `rest` that begins a card itself stands alone."""
    return rest if extent(rest) is not Extent.NONE else part + rest


def _card(text: str) -> str:
    """The fields between "|" from the number on; "" where no card begins."""
    found = _BAR.search(text)
    if found:
        return _once(text[found.start() :])
    laid_out = _LAID_OUT.search(text.strip())
    if laid_out:
        mark = laid_out["mark"]
        fields = [laid_out[name] or "" for name in ("number", "old", "name", "born", "sex", "home", "issued")]
        return "|".join(fields) + (laid_out["more"] or "").replace(mark, "|")
    begun = _OTHER_MARK.search(text)
    return _once(text[begun.start() :].replace(begun["mark"], "|")) if begun else ""


def _once(text: str) -> str:
    begin = text[:_BEGIN]
    first, again, _ = text[_BEGIN:].partition(begin)
    if again and _extent_of_card((begin + first).strip()) in {Extent.ENOUGH, Extent.WHOLE}:
        text = begin + first
    anew = _NEXT_CARD.search(text, _BEGIN)
    if anew and _extent_of_card(text[: anew.start()]) is Extent.PART:
        return _once(text[anew.start() :])
    fields = text.split("|")
    suffix = _DATE_AND_SUFFIX.fullmatch(fields[-1])
    if suffix and len(fields) in {_FIELDS_2021 - 1, _FIELDS_2021}:
        fields[-1] = suffix[1]
    return "|".join(fields)


def _extent_of_card(text: str) -> Extent:
    """How much of a card there is in a text that begins with twelve digits and "|"."""
    fields = text.split("|")
    if fields[1].strip() and not fields[1].strip()[0].isdigit():
        fields.insert(1, "")  # the reader dropped the empty field of the old number
    if len(fields) < _FIELDS_2021:
        return Extent.PART
    if len(fields) == _FIELDS_2021:
        return Extent.ENOUGH if _DATE.fullmatch(fields[-1].strip()) else Extent.PART
    return Extent.ENOUGH if len(fields) < _FIELDS_2024 else Extent.WHOLE


def _zone(text: str) -> str:
    """The lines of a machine-readable zone without what stands before them; "" where there is none."""
    capitals = text.upper()
    for shape, limit in ((_CARD_ZONE, 3 * _LINE_OF_CARD), (_PASSPORT_ZONE, 2 * _LINE_OF_PASSPORT)):
        for found in shape.finditer(capitals):
            lines = capitals[found.start() :]
            if len("".join(lines.split())) <= limit and _ZONE_MARKS.fullmatch(lines):
                return lines
    return ""


def _is_zone(text: str) -> bool:
    return _CARD_ZONE.match(text) is not None or _PASSPORT_ZONE.match(text) is not None


def _extent_of_zone(text: str) -> Extent:
    """By the length of its lines; trailing fillers may have been trimmed where a line can end with them."""
    lines = text.split()
    length = sum(map(len, lines))
    if text[0] == "P":
        if length == 2 * _LINE_OF_PASSPORT or (len(lines) == 2 and len(lines[1]) == _LINE_OF_PASSPORT):
            return Extent.WHOLE
        return Extent.PART
    if length == 3 * _LINE_OF_CARD:
        return Extent.WHOLE
    has_three = len(lines) == 3 and len(lines[1]) == _LINE_OF_CARD and "<<" in lines[2]
    return Extent.ENOUGH if has_three else Extent.PART
