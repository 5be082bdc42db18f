"""The letters papers are set with, and those of Ê Đê, M'nông or Cơ Ho that are two code points for one letter: Ê̆, M̆.

Unicode has no code point of its own for «Ê̆», so the paper fonts carry it as one glyph under a private code; the same
table makes the fonts (resources/fonts/make_tinos.py) and draws with them. Whoever changes it makes the fonts anew.
"""

from __future__ import annotations

import re
import string
import unicodedata

_BASES = "aăâeêioôơuưy"
_BREVE = "\u0306"
_DOT_BELOW = "\u0323"
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", _DOT_BELOW)
_lower = {unicodedata.normalize("NFC", base + tone) for base in _BASES for tone in _TONES} | {"đ"}
VIETNAMESE = "".join(sorted(_lower | {letter.upper() for letter in _lower}))
"""The letters that carry marks, and the plain vowels, in both cases; the plain consonants are ASCII."""

_MARKS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c"
"""Grave, acute, circumflex, tilde, macron, breve, dot, diaeresis, hook, ring, double acute, caron: all above."""
_PLAIN = "ăâêôơưđ" + "ŏŭĕĭčñƀ" + "ạẹịọụỵ"
_FIRST_CODE = 0xE000


def _stacked() -> list[str]:
    """Base and mark of every letter that Unicode does not have as one code point, in NFC.

    Every mark over plain letters; over a vowel that has its tone already, only the breve.
    """
    plain = string.ascii_letters + _PLAIN + _PLAIN.upper()
    pairs = [base + mark for base in plain for mark in _MARKS]
    pairs += [base + _BREVE for base in VIETNAMESE if base not in plain]
    # the dot of ị would stay under the mark; nobody writes it
    return [pair for pair in pairs if unicodedata.normalize("NFC", pair) == pair and pair[0] != "ị"]


CODES = {pair: chr(_FIRST_CODE + place) for place, pair in enumerate(_stacked())}
"""The private code, as a character, of each letter that is a base and a mark."""
PAIRS = {ord(code): pair for pair, code in CODES.items()}
_PAIR = re.compile("|".join(f".{mark}" for mark in _MARKS), re.DOTALL)
_LETTER = re.compile(r"[^\s\u0300-\u036f]?[\u0300-\u036f]+|.", re.DOTALL)


def one_code_each(text: str) -> str:
    """NFC `text` with «Ê̆» and its like as the one private code that the paper fonts draw."""
    return _PAIR.sub(lambda found: CODES.get(found[0], found[0]), text)


def split(text: str) -> list[str]:
    """NFC `text` letter by letter; marks stay with the letter they stand over."""
    return _LETTER.findall(text)
