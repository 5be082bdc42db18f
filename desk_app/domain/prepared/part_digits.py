"""One picture of a declaration prepared at home, as digits: the head, whose form, which part of how many, the check.

    1448  format  dictionary  form     k    of n  set      length  digits …  CRC-32
    4     1       1           6        1    1     4        3       length    10

No code that a desk meets begins with 1448: no province of an identity number is 144, and GS1 gives neither 144 (EAN,
UPC) nor 448 behind one digit (ITF-14, SSCC) to anybody. A part has at least 32 digits, more than any of these.
"""

from __future__ import annotations

import re
import zlib
from enum import Enum

from msgspec import Struct

from desk_app.errors import PreparedDamagedError, PreparedNewerError, PreparedOverfullError
from desk_app.lazy import LatePattern

HEAD = "1448"
FORMAT = "1"
MOST_PARTS = 9
PART_DIGITS = 560
"""The most digits of the answers in one part: its symbol stays within version 11-M, large enough on a phone."""
_FRONT = 21
_CHECK = 10
_BEGUN = LatePattern(rf"{HEAD}\d{{{_FRONT - len(HEAD)}}}", re.ASCII)
_BEFORE = LatePattern(rf"^(?:\][A-Za-z][0-9]|\D){{0,8}}(?={HEAD}\d)")
_BEHIND = LatePattern(r"\D{1,8}$")


class PreparedExtent(Enum):
    """How much of a part is there: none of it, its beginning, or all of it and perhaps more."""

    NONE = 0
    PART = 1
    WHOLE = 2


class PreparedPart(Struct, frozen=True, kw_only=True):
    """A part that was read: `number` of `of`, whose answers `digits` are a piece of. `form` is six digits."""

    dictionary: int
    form: str
    number: int
    of: int
    mark: str
    digits: str

    @property
    def whose(self) -> tuple[int, str, int, str]:
        """What all parts of one declaration have in common."""
        return (self.dictionary, self.form, self.of, self.mark)


def parted(answers: str, *, form: str, dictionary: int, most: int = PART_DIGITS) -> tuple[str, ...]:
    """The parts that carry the digits `answers`. Raises `PreparedOverfullError`."""
    of = max(1, -(-len(answers) // most))
    if of > MOST_PARTS:
        raise PreparedOverfullError
    each = -(-len(answers) // of)
    pieces = [answers[at * each : (at + 1) * each] for at in range(of)]
    mark = f"{zlib.crc32(answers.encode()) % 10_000:04d}"
    fronts = [
        f"{HEAD}{FORMAT}{dictionary}{form}{number}{of}{mark}{len(piece):03d}{piece}"
        for number, piece in enumerate(pieces, start=1)
    ]
    return tuple(front + check_of(front) for front in fronts)


def check_of(digits: str) -> str:
    return f"{zlib.crc32(digits.encode()):010d}"


def bare(text: str) -> str:
    """The digits without what readers put around them: the kind of the code, a shop's prefix, blanks, line ends."""
    return _BEHIND.sub("", _BEFORE.sub("", "".join(text.split())))


def begins(typed: str) -> int | None:
    """Where in `typed` a part certainly begins; None where none does. A hand never types so many digits in a row."""
    found = _BEGUN.search(typed)
    return found.start() if found else None


def extent(text: str) -> PreparedExtent:
    """How much of a part `text` holds; a beginning of fewer than 21 digits is none yet."""
    digits = bare(text)
    if not _is_digits(digits) or not digits.startswith(HEAD) or len(digits) < _FRONT:
        return PreparedExtent.NONE
    return PreparedExtent.WHOLE if len(digits) >= _length(digits) else PreparedExtent.PART


def may_go_on(half: str, rest: str) -> bool:
    """Whether `rest` can be what is still missing of the beginning `half`."""
    digits, more = bare(half), "".join(rest.split())
    return extent(half) is PreparedExtent.PART and _is_digits(more) and len(digits + more) <= _length(digits)


def in_one_text(text: str) -> tuple[str, ...]:
    """The parts in a text that was pasted, one after another with anything but digits between them."""
    spaced = "".join(mark if mark.isascii() and mark.isdigit() else " " for mark in text)
    return tuple(each for each in spaced.split() if extent(each) is not PreparedExtent.NONE)


def read_part(text: str) -> PreparedPart:
    """The part in `text`. Raises `PreparedDamagedError`, `PreparedNewerError`."""
    digits = bare(text)
    if extent(digits) is not PreparedExtent.WHOLE or len(digits) != _length(digits):
        raise PreparedDamagedError
    if check_of(digits[:-_CHECK]) != digits[-_CHECK:]:
        raise PreparedDamagedError
    if digits[4] != FORMAT:
        raise PreparedNewerError
    part = PreparedPart(
        dictionary=int(digits[5]),
        form=digits[6:12],
        number=int(digits[12]),
        of=int(digits[13]),
        mark=digits[14:18],
        digits=digits[_FRONT:-_CHECK],
    )
    if not 1 <= part.number <= part.of:
        raise PreparedDamagedError
    return part


def _length(digits: str) -> int:
    return _FRONT + int(digits[_FRONT - 3 : _FRONT]) + _CHECK


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
