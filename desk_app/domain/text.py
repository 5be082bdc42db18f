"""Vietnamese text: one form to keep (NFC), one to search by (folded), one to sort by.

What scanners and input methods do to a text on its way is in `scanned_text`.
"""

from __future__ import annotations

import re
import unicodedata

from desk_app.domain.letters.latin_letters import is_mark, plain_letters

_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"\d+|[^\W\d_]+")


def _dropped() -> dict[int, None]:
    """Control, zero-width and direction characters: nobody sees them, yet two equal names would differ by them."""
    codes = [code for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc" and not chr(code).isspace()]
    codes += [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
    return dict.fromkeys(codes)


class _PlainLetters(dict[int, str | None]):
    """What `fold` makes of each character, found when it first comes: no start pays for letters nobody types."""

    def __missing__(self, code: int) -> str | None:
        self[code] = None if is_mark(code) else plain_letters(chr(code))
        return self[code]


def _plain() -> _PlainLetters:
    """Invisible characters and apostrophes → nothing; punctuation → a space; letters come as they are asked for."""
    table = _PlainLetters(dict.fromkeys(map(ord, '–—-_.,;:/\\()[]|"“”«»'), " "))
    table |= dict.fromkeys(map(ord, "'’‘ʼʻʹˈ`´ꞌꞋ"))  # H'Mông is looked for as "hmong"
    table |= _DROPPED
    return table


_DROPPED = _dropped()
_PLAIN = _plain()


def nfc(text: str) -> str:
    """The text as it is kept: NFC, single spaces, no control or invisible characters; nothing else is altered."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text.translate(_DROPPED))).strip()


def fold(text: str) -> str:
    """The text as it is searched: lower-case letters without marks, digits, single spaces; NFC and NFD are equal.

    "Đặng – Ước" → "dang uoc", "K'Ho" → "kho", "Ƀlô" → "blo"; every Latin letter of Unicode is folded
    (`latin_letters`), letters of other scripts stay.
    """
    return " ".join(text.translate(_PLAIN).lower().split())


_TONES = "\u0300\u0301\u0309\u0303\u0323"
_SECOND_VOWEL = {
    unicodedata.normalize("NFC", first + tone) + second: first + unicodedata.normalize("NFC", second + tone)
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for tone in _TONES
}
_FIRST_MARKED = re.compile("|".join(_SECOND_VOWEL))
_FIRST_VOWEL = {later: earlier for earlier, later in _SECOND_VOWEL.items()}
_SECOND_MARKED = re.compile("|".join(_FIRST_VOWEL))


def toned_both_ways(text: str) -> tuple[str, str]:
    """The text as the two habits of input methods write it: "hoà, thuỷ", and "hòa, thủy"."""
    composed = unicodedata.normalize("NFC", text)
    new = _FIRST_MARKED.sub(lambda found: _SECOND_VOWEL[found[0]], composed)
    return new, _SECOND_MARKED.sub(lambda found: _FIRST_VOWEL[found[0]], composed)


def text_sort_key(text: str) -> str:
    """A key in the order of a Vietnamese dictionary: word by word, numbers by value, case aside.

    "hòa" and "hoà" have one key; the text itself stays as the card has it. Compare keys as plain strings.
    """
    lowered = _FIRST_MARKED.sub(lambda found: _SECOND_VOWEL[found[0]], nfc(text).lower())
    return "".join(_word_key(word) for word in _WORDS.findall(lowered))


def name_sort_key(full_name: str) -> str:
    """A key for lists of people: given name (the last word), then family name, then what stands between."""
    words = nfc(full_name).split()
    return "".join(text_sort_key(word) for word in (*words[-1:], *words[:-1]))


def _word_key(word: str) -> str:
    """Keys end in a terminator below every letter, so they may be joined; a number carries its length before it."""
    if word.isdecimal():
        digits = word.lstrip("0")
        return _collated(f"{min(len(digits), 99):02d}{digits}")
    return _collated(word)


_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES = {letter: chr(place) for place, letter in enumerate(_ALPHABET, 1)}
_ELSEWHERE = "\x7f"  # letters of other alphabets stand behind z
_SHAPES = frozenset("\u0302\u0306\u031b")  # circumflex, breve and horn make a letter of its own, a tone does not
_NO_TONE, _END = "\x01", "\0"
_TONE_PLACES = {tone: chr(place) for place, tone in enumerate("\u0300\u0309\u0303\u0301\u0323", 2)}


def _collated(word: str) -> str:
    """Letters first, tones only between words of the same letters: ngang, huyền, hỏi, ngã, sắc, nặng."""
    letters: list[str] = []
    tones: list[str] = []
    for mark in unicodedata.normalize("NFD", word):
        if not unicodedata.combining(mark):
            letters.append(mark)
            tones.append(_NO_TONE)
        elif letters and mark in _TONE_PLACES:
            tones[-1] = max(tones[-1], _TONE_PLACES[mark])
        elif letters and mark in _SHAPES:
            letters[-1] += mark
    composed = (unicodedata.normalize("NFC", letter) for letter in letters)
    places = (_PLACES.get(letter) or _ELSEWHERE + letter for letter in composed)
    return "".join(places) + _END + "".join(tones) + _END
