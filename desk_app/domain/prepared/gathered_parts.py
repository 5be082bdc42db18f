"""Parts of declarations as a scanner reads them: in any order, one twice, those of several declarations mixed. Pure."""

from __future__ import annotations

import zlib

from msgspec import Struct

from desk_app.domain.prepared.part_digits import PreparedPart
from desk_app.errors import PreparedDamagedError

_MOST_OPEN = 4
"""Declarations half read at once; of more the oldest is forgotten."""


class GatheredParts(Struct, frozen=True, kw_only=True):
    """What one part brought: how many of its declaration are there, and whether others are still half read.

    `answers` are the digits of the whole declaration once nothing is missing, else "".
    """

    part: PreparedPart
    have: int
    is_again: bool
    is_other: bool
    answers: str

    @property
    def is_whole(self) -> bool:
        return self.have == self.part.of

    @property
    def missing(self) -> int:
        return self.part.of - self.have


class PartsGatherer:
    """Holds the parts of declarations that are not whole yet."""

    def __init__(self) -> None:
        self._open: dict[tuple[int, str, int, str], dict[int, str]] = {}
        self._texts: dict[tuple[int, str, int, str], dict[int, str]] = {}

    @property
    def texts(self) -> tuple[str, ...]:
        """What was read of those declarations, as it was read, the oldest first: enough to gather them anew."""
        return tuple(text for whose in self._open for text in self._texts.get(whose, {}).values() if text)

    def add(self, part: PreparedPart, text: str = "") -> GatheredParts:
        """Take a part in, read from `text`.

        Raises `PreparedDamagedError` where the parts together are not what was cut apart.
        """
        is_other = bool(self._open) and part.whose not in self._open
        parts = self._open.setdefault(part.whose, {})
        if parts.get(part.number, part.digits) != part.digits:
            parts.clear()  # two declarations with one mark: the newer one stands
            self._texts.pop(part.whose, None)
        is_again = part.number in parts
        parts[part.number] = part.digits
        self._texts.setdefault(part.whose, {})[part.number] = text
        answers = ""
        if len(parts) == part.of:
            del self._open[part.whose], self._texts[part.whose]
            answers = "".join(parts[number] for number in sorted(parts))
            if f"{zlib.crc32(answers.encode()) % 10_000:04d}" != part.mark:
                raise PreparedDamagedError
        while len(self._open) > _MOST_OPEN:
            oldest = next(iter(self._open))
            del self._open[oldest], self._texts[oldest]
        return GatheredParts(part=part, have=len(parts), is_again=is_again, is_other=is_other, answers=answers)

    def forget(self) -> None:
        self._open.clear()
        self._texts.clear()
