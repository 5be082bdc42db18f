"""Signs that letters of a card were lost, exchanged or turned on the way from the scanner, however harmless they look.

"Trn Vn Hng", "tRẦN vĂN hÙNG", "Leâ Minh Ñöùc" are no Vietnamese. Whatever is found is a question for the clerk.
"""

from __future__ import annotations

import re
import unicodedata

from desk_app.domain.letters.syllables import APOSTROPHES, has_vowel, is_possible, letters_outside
from desk_app.domain.people.scanned_text import ime_residue
from desk_app.domain.text import fold

_WORD = re.compile(rf"[^\W\d_][^\W_]*(?:[{APOSTROPHES}][^\W_]*)*")
_NOT_OF_NAMES = re.compile(rf"[^\w\s.\-{APOSTROPHES}]|[\d_]")
_NOT_OF_PLACES = re.compile(rf"[^\w\s.,/()&+:;#°\"“”–—\-{APOSTROPHES}]|_")
_ROMAN = re.compile(r"[IVX]{1,5}")
_ABBREVIATIONS = (
    "tp tx tt kp tdp kđt kdc kcn ql tl hl đt dt ct lk bt nv ttr hcm hn sn tk ktt kc km xn cc tb nt tnhh mtv cp đh"
    " thpt thcs ubnd qđ bv hv vp bđ kt hh dv pt bx cs tđc btl svh lđ bch qk qs gđ xh bhxh ntt nđ hđ gtvt nn kv"
)
_SHORT = frozenset(word for word in _ABBREVIATIONS.split())

# Family names that nobody bears without their marks. Written so, the marks of the whole card were lost.
_BARE_SURNAMES = (
    "tran pham hoang vu vo dang bui do ngo le dinh trinh dao ta phung vuong luu doan huynh luong dam nghiem"
)
_MARKED_SURNAMES = frozenset(word for word in _BARE_SURNAMES.split())
_MARKED_MIDDLES = frozenset({"thi", "van"})


def in_name(name: str, *, sex: str = "") -> bool:
    """Whether a name shows such a sign. `sex` "Nữ" lets a single H stand, the women's prefix of the Ê Đê."""
    name = unicodedata.normalize("NFC", name)
    spoken = [word for word in re.split(r"[\s.]+", name) if word]
    words = [part for word in spoken for part in word.split("-") if part]
    if _NOT_OF_NAMES.search(name) and not ime_residue(name):
        return True
    if name.upper() != name and (name.lower() == name or any(map(_is_turned, spoken))):
        return True
    if any(letters_outside(word) for word in words):
        return True
    return _lacks_marks(words) or any(_is_impossible(word, sex) for word in words)


def turned_back(name: str) -> str:
    """The name with capitals and small letters exchanged, if Caps Lock turned every word of it round; else ""."""
    words = name.split()
    if not words or not all(word[0].islower() and (len(word) == 1 or word[1:].isupper()) for word in words):
        return ""
    back = name.swapcase()
    return back if back.swapcase() == name and not in_name(back) else ""


def in_place(place: str) -> bool:
    """Whether an address shows such a sign. Numbers, abbreviations and single capitals are what addresses have."""
    place = unicodedata.normalize("NFC", place)
    if _NOT_OF_PLACES.search(place):
        return True
    words = _WORD.findall(place)
    is_capitals = place.upper() == place
    if not is_capitals and len(words) > 1 and place.lower() == place:
        return True
    bare = [word for word in words if not any(mark.isdigit() for mark in word)]
    if any(letters_outside(word) for word in words):
        return True
    small_singles = re.findall(r"(?<![^\s,])([bcdđghklmnpqrstvx])(?=[\s,]|$)", place)
    return bool(small_singles) or any(_is_lost_in_place(word, is_capitals=is_capitals) for word in bare)


def in_sex(sex: str) -> bool:
    """Whether the word for the sex lost its mark or its letters ("Nu", "N"), or its capitals were turned ("nAM")."""
    word = unicodedata.normalize("NFC", sex).strip()
    if word in {"Nam", "Nữ", "NAM", "NỮ", "M", "F", ""}:
        return False
    return fold(word) in {"nu", "n", "nam", "na", "nm"} or letters_outside(word)


def _is_turned(word: str) -> bool:
    """Whether capitals and small letters stand the wrong way round: "tRẦN", "hùng" in a name of capitals, "NguyỄn"."""
    for part in re.split(rf"[{APOSTROPHES}\-]", word):
        rest = part[1:]
        if rest not in (rest.lower(), rest.upper()):
            return True
    return word[:1].islower()


def _is_impossible(word: str, sex: str) -> bool:
    if len(word) == 1 and word in "Hh":
        return sex == "Nam"
    return not is_possible(word) and not ime_residue(word)


def _lacks_marks(words: list[str]) -> bool:
    if len(words) < 2 or not all(word.isascii() for word in words):
        return False
    first, *rest = (word.lower() for word in words)
    return first in _MARKED_SURNAMES or any(word in _MARKED_MIDDLES for word in rest[:-1])


def _is_lost_in_place(word: str, *, is_capitals: bool) -> bool:
    if len(word) == 1 or _ROMAN.fullmatch(word) or fold(word) in _SHORT or word.lower() in _SHORT or ime_residue(word):
        return False
    if word[0] == word[0].lower() and word[1:].isupper():
        return True
    if not has_vowel(word):
        return is_capitals or word.upper() != word
    is_short_of_capitals = not is_capitals and word.upper() == word
    return not is_short_of_capitals and not is_possible(word)
