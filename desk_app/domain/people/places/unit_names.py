"""Names of administrative units as people write them: kinds before a name, spellings, abbreviations of provinces.

A key says that two writings may be one name; `spelt_alike` says that they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from desk_app.domain.text import fold, nfc

KINDS = {
    "commune": r"đặc khu|thị trấn|phường|xã|đk\.?|ttr\.?|tt\.?|ph\.|[pfx]\.|[pf](?=\d)|[px](?=\s)",
    "district": r"thành phố|thị xã|huyện đảo|huyện|quận|tp\.?|tx\.?|h\.|q\.|q(?=\d)|[hq](?=\s)",
    "province": r"thành phố|tỉnh|tp\.?|t\.",
}
"""How an address may say what kind of unit a name is, before the name; long words first."""

_PREFIX = {level: re.compile(rf"(?:{kinds})(?:\s+|(?<=\.)|(?=\d)|$)", re.IGNORECASE) for level, kinds in KINDS.items()}
_KIND_OF_SHORT = {
    "p": "phường",
    "ph": "phường",
    "f": "phường",
    "x": "xã",
    "tt": "thị trấn",
    "ttr": "thị trấn",
    "đk": "đặc khu",
    "tp": "thành phố",
    "tx": "thị xã",
    "h": "huyện",
    "q": "quận",
    "t": "tỉnh",
}
# Keys of other names in use, by level. An abbreviation that two provinces share ("QN", "BD") is not here.
_OTHER_NAMES = {
    "province": {
        "tphcm": "hochiminh",
        "hcm": "hochiminh",
        "hcmc": "hochiminh",
        "sg": "hochiminh",
        "saigon": "hochiminh",
        "hochiminhciti": "hochiminh",
        "hn": "hanoi",
        "hp": "haiphong",
        "hpg": "haiphong",
        "brvt": "bariavungtau",
        "vungtaubaria": "bariavungtau",
        "thuathienhue": "hue",
        "tthue": "hue",
        "tth": "hue",
        "thue": "hue",
        "thuathien": "hue",
        "bariavt": "bariavungtau",
        "brvungtau": "bariavungtau",
    },
    "district": {
        "banmethuot": "buonmathuot",
        "buonmethuot": "buonmathuot",
        "bmt": "buonmathuot",
        "plaicu": "pleicu",
        "thudau1": "thudaumot",
        "phanrang": "phanrangthapcham",
    },
    "commune": {},
}
_WORD_IN_DAK = re.compile(r"\bđ[aăâáắàằ][kc]\b")
_WORDS = re.compile(r"[^\W_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WITHOUT_TONES = dict.fromkeys(map(ord, _TONES))
_HAS_LETTER_WITH_MARKS = re.compile(r"[^\x00-\x7f]")


class UnitName(Protocol):
    """Anything with a name that begins with its kind."""

    @property
    def name(self) -> str: ...


SomeNamed = TypeVar("SomeNamed", bound=UnitName)


@lru_cache(maxsize=65536)
def bare(name: str, level: str) -> tuple[str, str]:
    """The kind before a name, in full and lower case ("" without), and the name: "P.5" → ("phường", "5")."""
    name = nfc(name)
    found = _PREFIX[level].match(name)
    if not found or not name[found.end() :].strip():
        return "", name
    kind = found[0].strip().rstrip(".").lower().removesuffix(" đảo")
    return _KIND_OF_SHORT.get(kind, kind), name[found.end() :].strip()


@lru_cache(maxsize=65536)
def name_key(name: str, level: str) -> str:
    """What two spellings of one name have in common: no kind, marks, spaces or leading zeros; y as i, k as c."""
    folded = fold(bare(name, level)[1])
    key = "".join(part.lstrip("0") or part for part in folded.split())
    key = key.replace("y", "i").replace("k", "c")
    return _OTHER_NAMES[level].get(key, key)


@lru_cache(maxsize=65536)
def spelling(name: str, level: str) -> str:
    """What two writings of one name share when only a spelling rule differs: hòa/hoà, Mỹ/Mĩ, Đắk/Đak/Đắc, 5/05."""
    text = _WORD_IN_DAK.sub("đắk", bare(name, level)[1].lower())
    return "".join(_spelt(word) for word in _WORDS.findall(text))


def _spelt(word: str) -> str:
    """The letters of a syllable and then its tone, wherever the tone was put; y as i, no leading zero."""
    letters = unicodedata.normalize("NFD", word).replace("y", "i")
    tones = "".join(mark for mark in letters if mark in _TONES)
    return letters.translate(_WITHOUT_TONES).lstrip("0") + tones


def spelt_alike(typed: str, name: str, level: str) -> bool:
    """Whether `typed` says this name: with its marks, or wholly without any."""
    if spelling(typed, level) == spelling(name, level):
        return True
    rest = bare(typed, level)[1]
    return not _HAS_LETTER_WITH_MARKS.search(rest) and fold(rest) == fold(bare(name, level)[1])


def has_kind(typed: str, name: str, level: str) -> bool:
    """Whether the kind that was written, if any, is the unit's own."""
    return bare(typed, level)[0] in ("", bare(name, level)[0])


def closest(name: str, named: Sequence[SomeNamed]) -> list[SomeNamed]:
    """Of communes that share a key: those spelt with the same marks, else the same letters; then of the kind asked for.

    A kind may have changed since an address was written; a name with other marks is another name.
    """
    kind, rest = bare(name, "commune")
    same_marks = [each for each in named if spelling(each.name, "commune") == spelling(name, "commune")]
    same_letters = [each for each in named if fold(bare(each.name, "commune")[1]) == fold(rest)]
    found = same_marks or same_letters or list(named)
    same_kind = [each for each in found if kind and bare(each.name, "commune")[0] == kind]
    return same_kind or found
