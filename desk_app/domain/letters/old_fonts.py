"""Text of before Unicode, Vietnamese only in its font (TCVN3: fonts .Vn…, VNI: fonts VNI-…), turned into Unicode.

Plain words ("Hà", "á") are valid text and look like marks of both, so nothing here guesses: a person says which one a
column is, or the font of its cells does. Sources: TCVN 5712:1993 VN1 as glibc has it, every byte compared; for VNI the
maker's table of Windows fonts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum


class Encoding(StrEnum):
    """How the letters of a column are to be read; `label` says it to a clerk.

    `BY_FONT`: each cell as its own font says, where a column of a workbook has several.
    """

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3-hoa"
    VNI = "vni"
    CP1258 = "cp1258"
    BY_FONT = "font"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Encoding.UNICODE: "Unicode (giữ nguyên)",
    Encoding.TCVN3: "TCVN3 (ABC, phông .Vn…)",
    Encoding.TCVN3_CAPITALS: "TCVN3 chữ hoa (phông .Vn…H)",
    Encoding.VNI: "VNI (phông VNI-…)",
    Encoding.CP1258: "Windows 1258",
    Encoding.BY_FONT: "theo phông của từng ô",
}

_TCVN3_FROM = 0xA1
_TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323"
    "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_TCVN3 = {_TCVN3_FROM + place: letter for place, letter in enumerate(_TCVN3_LETTERS)}

_MARKS = {
    "a": "ùáøàûảõãïạêăéắèằúẳüẵëặââáấàầåẩãẫäậ",
    "e": "ùéøèûẻõẽïẹâêáếàềåểãễäệ",
    "o": "ùóøòûỏõõïọâôáốàồåổãỗäộ",
    "u": "ùúøùûủõũïụ",
    "y": "ùýøỳûỷõỹ",
    "ô": "ùớøờûởõỡïợ",
    "ö": "ùứøừûửõữïự",
}
_ALONE = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}


def _vni() -> dict[str, str]:
    """Every pair and single letter of VNI → its letter, small and capital; a capital base decides for both."""
    pairs: dict[str, str] = {}
    for base, marks in _MARKS.items():
        for mark, letter in zip(marks[::2], marks[1::2], strict=True):
            pairs[base + mark] = letter
            pairs[base + mark.upper()] = letter
            pairs[base.upper() + mark] = letter.upper()
            pairs[base.upper() + mark.upper()] = letter.upper()
    for mark, letter in _ALONE.items():
        pairs[mark] = letter
        pairs[mark.upper()] = letter.upper()
    return pairs


_VNI = _vni()
_VNI_PIECE = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))
_SMALL, _CAPITAL = re.compile("[a-z]"), re.compile("[A-Z]")
_WORD = re.compile(r"[^\s\d.,;:/()\-]+")
_TCVN3_FONT = re.compile(r"\.vn.*", re.IGNORECASE)
_VNI_FONT = re.compile(r"vni[-\s].*", re.IGNORECASE)
_TCVN3_SIGNS = re.compile("[¡-¯µ¶·¹®]")
_VNI_SIGNS = re.compile("[aeouyAEOUYôöÔÖ][ùøûõïêéèúüëâåäÙØÛÕÏÊÉÈÚÜËÂÅÄ]|[ñÑæÆ]")
_UNICODE_ONLY = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_SIGNS = {Encoding.UNICODE: _UNICODE_ONLY, Encoding.TCVN3: _TCVN3_SIGNS, Encoding.VNI: _VNI_SIGNS}


def to_unicode(text: str, encoding: Encoding) -> str:
    """The text in Unicode; `BY_FONT` is no encoding of a text. Letters that the encoding does not have stay."""
    match encoding:
        case Encoding.TCVN3:
            return _from_tcvn3(text)
        case Encoding.TCVN3_CAPITALS:
            return _from_tcvn3(text).upper()
        case Encoding.VNI:
            return _VNI_PIECE.sub(lambda found: _VNI[found[0]], text)
        case Encoding.CP1258:
            return "".join(_byte_of_1258(mark) for mark in text)
        case _:
            return text


def of_font(name: str) -> Encoding:
    """What a font says of its letters: fonts .Vn… are TCVN3 (those that end in H draw capitals), VNI-… are VNI."""
    if _TCVN3_FONT.fullmatch(name):
        return Encoding.TCVN3_CAPITALS if name.endswith("H") else Encoding.TCVN3
    return Encoding.VNI if _VNI_FONT.fullmatch(name) else Encoding.UNICODE


def looks_like(texts: Iterable[str]) -> Encoding:
    """What most of these texts look like: an offer for a person who then chooses, never a decision."""
    found = Counter(
        next((each for each, signs in _SIGNS.items() if signs.search(text)), Encoding.BY_FONT) for text in texts
    )
    return max(_SIGNS, key=lambda each: found[each])  # of two with as many texts the first


def _from_tcvn3(text: str) -> str:
    """Fonts of TCVN3 have toned capitals only in a font of their own: a word between capitals is one of capitals."""
    made = text.translate(_TCVN3)
    is_capitals = not _SMALL.search(text) and any(len(_CAPITAL.findall(word)) > 1 for word in _WORD.findall(text))
    return made.upper() if is_capitals else made


def _byte_of_1258(mark: str) -> str:
    """A letter read in the western code page as the Vietnamese one has it."""
    try:
        return mark.encode("cp1252").decode("cp1258")
    except UnicodeError:
        return mark
