"""UTF-8 that was read in a foreign code page, or escaped for the web, put back exactly; nothing is guessed.

A repair stands only where encoding it again the wrong way gives back what was read, and where it is Vietnamese.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from desk_app.domain.letters.syllables import letters_outside

_WINDOWS = ("cp1252", "cp1258", "latin-1", "iso8859_15")  # serial readers without a setting
_OTHERS = (
    *("cp437", "cp850", "cp858", "cp866", "cp1250", "cp1251", "koi8_r", "mac_roman"),
    *("gb18030", "big5", "cp950", "cp932", "euc_jp", "cp949", "euc_kr"),
)
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z]{2,8});")
_PER_CENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_UNIT = re.compile(r"(?:%u|\\u)([0-9A-Fa-f]{4})")
_PRINTABLE = re.compile(r"(?:=[C-F][0-9A-F](?:=[89AB][0-9A-F])+)+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x80-\x9f]")
_HALF_SPACE = re.compile(r"([ÃĂÄÆ]|á[»º]) ")
_EVERYDAY = frozenset("–—‘’“”…°²№")


def unescaped(text: str) -> str:
    """HTML entities, per-cent escapes and the like as the characters they stand for; twice, if done twice."""
    for _ in range(2):
        text = _unescaped_once(text)
    return text


def read_again(text: str, *, is_half_decoded: bool) -> str:
    """The text as UTF-8, if some code page turned UTF-8 into it; else unchanged.

    `is_half_decoded`: it has remains of UTF-8, so a blank after "Ã" is a no-break space that was lost.
    """
    if text.isascii():
        return text
    candidates = [text, _HALF_SPACE.sub("\\1\u00a0", text)] if is_half_decoded else [text]
    pages = (*_WINDOWS, *_OTHERS) if is_foreign(text) else _WINDOWS
    for candidate in candidates:
        for result in _decoded(candidate, pages):
            again = result
            if is_foreign(result):  # some readers do it twice
                again = next((each for each in _decoded(result, _WINDOWS) if not is_foreign(each)), result)
            if not is_foreign(again):
                return again
    return text


def is_foreign(text: str) -> bool:
    """Whether the text has a letter or sign that no Vietnamese card has."""
    if _CONTROLS.search(text):
        return True
    return any(letters_outside(mark) if mark.isalpha() else not _is_everyday(mark) for mark in set(text))


def _is_everyday(mark: str) -> bool:
    return mark.isascii() or mark.isspace() or mark in _EVERYDAY or "\u0300" <= mark <= "\u0331"


def _decoded(text: str, pages: tuple[str, ...]) -> Iterator[str]:
    for page in pages:
        try:
            yield b"".join(_byte(mark, page) for mark in text).decode("utf-8")
        except UnicodeError:
            continue


def _byte(mark: str, page: str) -> bytes:
    try:
        return mark.encode(page)
    except UnicodeEncodeError:
        return mark.encode("latin-1")  # Windows passes bytes a code page does not define through as they are


def _unescaped_once(text: str) -> str:
    if _ENTITY.search(text):
        text = html.unescape(text)
    if _UNIT.search(text):
        text = _UNIT.sub(lambda found: chr(int(found[1], 16)), text)
    if _PER_CENT.search(text) and " " not in text:
        text = text.replace("+", " ")
    try:
        text = _PER_CENT.sub(lambda found: bytes.fromhex(found[0].replace("%", "")).decode(), text)
        return _PRINTABLE.sub(lambda found: bytes.fromhex(found[0].replace("=", "")).decode(), text)
    except UnicodeError:
        return text
