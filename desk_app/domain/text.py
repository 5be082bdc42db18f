"""Vietnamese text: one form to keep (NFC), one to search by (folded), one to sort by; and what scanners do to it."""

from __future__ import annotations

import re
import unicodedata

import vn_collate
import vn_text

_ODD_SPACE = re.compile(r"\s+")
_INVISIBLE = {0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF}
_DROPPED = dict.fromkeys([*_INVISIBLE, *(n for n in range(32) if chr(n) not in "\t\n\r\f\v"), *range(0x7F, 0xA0)])
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_LETTERS = [
    unicodedata.normalize("NFC", letter + tone)
    for base in _VOWELS
    for letter in (base, base.upper())
    for tone in _TONES
]
_PLAIN = {ord(letter): unicodedata.normalize("NFD", letter)[0].lower() for letter in _LETTERS if len(letter) == 1}
_PLAIN |= {ord(mark): "d" for mark in "đĐðÐ"}
_PLAIN |= {code: None for code in range(0x300, 0x370)}  # type: ignore[misc]
_PLAIN |= {ord(mark): " " for mark in "–—-_.,;:/\\()|"}
_GARBLED = re.compile(r"\ufffd|\w\?\w|Ã.|á[»º]|Æ°|Ä[\u0090\u0091‘]|â€")
_RESIDUE = re.compile(
    r"\b[A-Za-zÀ-ỹ]*(?:aa|ee|oo|dd|ww|uw|ow|aw)[a-z]*\b|\b[bcdghklmnpqrstvx][a-zà-ỹ]*[aeiouyăâêôơư][a-zà-ỹ]*[sfrxj]\b"
    r"|\b[a-zà-ỹ]+[aeiouy][1-9]\b"
)


def nfc(text: str) -> str:
    """The text as it is kept: NFC, single spaces, no control or invisible characters."""
    return _ODD_SPACE.sub(" ", unicodedata.normalize("NFC", text.translate(_DROPPED))).strip()


def fold(text: str) -> str:
    """The text as it is searched: lower-case ASCII letters and digits; "Đặng – Ước" → "dang uoc"."""
    return " ".join(text.translate(_PLAIN).lower().split())


_PAIRS = [
    (unicodedata.normalize("NFC", a + tone + b), unicodedata.normalize("NFC", a + b + tone))
    for a, b in (("o", "a"), ("o", "e"), ("u", "y"))
    for tone in _TONES[1:]
]
_OLD_TONE = re.compile("|".join(rf"(?<!q){old}\b" for old, _ in _PAIRS))
_NEW_TONE = dict(_PAIRS)


def _one_tone_place(text: str) -> str:
    """ "hòa" and "hoà" are one word; keys take the second spelling, kept names stay as the card has them."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return _OLD_TONE.sub(lambda found: _NEW_TONE[found[0]], lowered)


def text_sort_key(text: str) -> str:
    """A key in the order of a Vietnamese dictionary."""
    return vn_collate.collate_key(_one_tone_place(text))


def name_sort_key(full_name: str) -> str:
    """A key for lists of people: given name (the last word), then family name, then what stands between."""
    words = full_name.split()
    if not words:
        return ""
    ordered = [words[-1], *words[:1], *words[1:-1]] if len(words) > 1 else words
    return "\x01".join(text_sort_key(word) for word in ordered)


def repaired(text: str) -> tuple[str, bool]:
    """UTF-8 that was read as a Western code page, put right; whether anything was."""
    mended = vn_text.repair_mojibake(text)
    return mended, mended != text


def is_garbled(text: str) -> bool:
    """Whether letters were lost on the way: question marks inside words, half-decoded bytes, U+FFFD."""
    return _GARBLED.search(text) is not None


def ime_residue(text: str) -> bool:
    """Whether it looks as if a Telex or VNI input method took part; a warning, for some names look so too."""
    return any(_RESIDUE.search(word) for word in text.split() if word.isascii() or not word.isupper())
