"""Letters a scanner types as numbers: Alt with figures of the number pad, or Ctrl+Shift+U with hexadecimal figures.

A number over 255 is Unicode. Below that it is a byte of some code page: only bytes that make UTF-8, or a letter and a
tone of the Vietnamese code page, prove what was meant; all other bytes have lost letters on the way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from msgspec import Struct

_BYTE = 255
_MOST_HEX = 4
_VIETNAMESE = set("ĂăĐđĨĩŨũƠơƯư")
_TONES = set("\u0300\u0301\u0303\u0309\u0323")


class KeyedLetter(Struct):
    """One letter given as a number; `shown` is what the operating system made of it, "" where it made nothing."""

    number: int
    is_alt: bool
    shown: str = ""

    def letter(self) -> str:
        if self.is_alt and self.number <= _BYTE and self.shown:
            return self.shown
        return chr(self.number) if 0x20 <= self.number <= 0x10FFFF else "?"

    def may_show(self, text: str) -> bool:
        """Whether `text`, which came right after the number, is only what the system made of it."""
        if not self.is_alt or self.shown or len(text) != 1:
            return False
        return not text.isascii() or text == self.letter() or text == _byte(self.number & _BYTE)


class CodeKeys:
    """Puts the figures of a number together, key by key."""

    def __init__(self) -> None:
        self._figures = ""
        self.is_hex = False

    @property
    def is_open(self) -> bool:
        return self.is_hex or bool(self._figures)

    def begin_hex(self) -> None:
        self._figures, self.is_hex = "", True

    def takes(self, text: str, *, with_alt: bool) -> bool:
        """Whether this figure belongs to the number."""
        if self.is_hex:
            is_figure = len(text) == 1 and text in "0123456789abcdefABCDEF" and len(self._figures) < _MOST_HEX
        else:
            is_figure = with_alt and len(text) == 1 and text in "0123456789"
        if is_figure:
            self._figures += text
        return is_figure

    def ended(self) -> KeyedLetter | None:
        """The letter whose number has ended."""
        figures, is_hex = self._figures, self.is_hex
        self._figures, self.is_hex = "", False
        return KeyedLetter(int(figures, 16 if is_hex else 10), is_alt=not is_hex) if figures else None


def plain(parts: Sequence[str | KeyedLetter]) -> str:
    """The letters as they are known so far."""
    return "".join(part.letter() if isinstance(part, KeyedLetter) else part for part in parts)


def resolved(parts: Sequence[str | KeyedLetter]) -> tuple[str, bool]:
    """The text, and whether its letters are proven to be those of the code that was read."""
    codes = [part for part in parts if isinstance(part, KeyedLetter) and part.is_alt]
    text = plain(parts)
    if not codes or any(code.number > _BYTE for code in codes) or all(code.number < 0x80 for code in codes):
        return text, True
    if any(_is_vietnamese(code.shown) for code in codes):
        return text, True
    try:
        data = b"".join(bytes([p.number]) if isinstance(p, KeyedLetter) else p.encode("latin-1") for p in parts)
    except (UnicodeEncodeError, ValueError):
        return text, False
    for code_page in ("utf-8", "cp1258"):
        try:
            read = data.decode(code_page)
        except UnicodeDecodeError:
            continue
        if code_page == "utf-8" or _TONES & set(read):
            return unicodedata.normalize("NFC", read), True
    return text, False


def _is_vietnamese(letter: str) -> bool:
    return letter in _VIETNAMESE or "\u1ea0" <= letter <= "\u1ef9" if letter else False


def _byte(number: int) -> str:
    return bytes([number]).decode("cp1252", "replace")
