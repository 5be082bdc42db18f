"""Every Latin letter of Unicode → the plain letters it is searched by: ƀ → b, ł → l, ø → o, ß → ss, þ → th, đ → d.

The answer comes from Unicode itself: a decomposition where there is one, else the letter's name. Nothing is listed here
but letters whose name is a word of its own.
"""

from __future__ import annotations

import re
import unicodedata

_NAME = re.compile(r"LATIN (?:(?:SMALL|CAPITAL|LETTER|LIGATURE|SUBSCRIPT|MODIFIER|EPIGRAPHIC) )+(?P<rest>.+)")
_NAMED = {
    "SHARP S": "ss",
    "ETH": "d",
    "THORN": "th",
    "ENG": "n",
    "HENG": "h",
    "SCHWA": "e",
    "KRA": "k",
    "ALPHA": "a",
    "BETA": "b",
    "GAMMA": "g",
    "DELTA": "d",
    "IOTA": "i",
    "LAMBDA": "l",
    "UPSILON": "u",
    "OMEGA": "o",
    "PHI": "f",
    "CHI": "ch",
    "ESH": "sh",
    "EZH": "zh",
    "LEZH": "l",
    "YOGH": "g",
    "WYNN": "w",
    "VEND": "v",
    "HWAIR": "hv",
    "YR": "r",
    "DEZH": "dz",
    "TESH": "ts",
    "FENG": "fn",
    "OPEN-O": "o",
}
# Blocks of marks that stand over Latin letters; the vowel signs of other scripts are letters there and stay.
_MARKS = (
    range(0x300, 0x370),
    range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00),
    range(0x20D0, 0x2100),
    range(0xFE20, 0xFE30),
)


def is_mark(code: int) -> bool:
    """Whether this is a mark that belongs to the letter before it."""
    return any(code in block for block in _MARKS)


def plain_letters(letter: str) -> str:
    """The small ASCII letters of a Latin letter; any other character as it is."""
    if letter.isascii():
        return letter.lower()
    if letter in "đĐðÐ":
        return "d"
    name = unicodedata.name(letter, "")
    base = "".join(part for part in unicodedata.normalize("NFKD", letter) if not is_mark(ord(part)))
    if base.isascii() and base.isalpha() and base:
        return base.lower()
    found = _NAME.fullmatch(name)
    return (_from_name(found["rest"]) if found else "") or letter


def _from_name(rest: str) -> str:
    """ "TURNED A" → "a", "AE WITH MACRON" → "ae", "ENG" → "n"; "" for a sign that is no letter ("TONE SIX")."""
    name = rest.partition(" WITH ")[0]
    for said in (name, *name.split()):
        if said in _NAMED:
            return _NAMED[said]
        if len(said) <= 2:
            return said.lower()
    return ""
