"""Letters and figures that optical readers take for each other, and what a misread field can have been.

Nothing here decides: `mrz` takes a mended text only where its check digits confirm it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

_FIGURE_OF = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "A": "4", "S": "5", "G": "6", "T": "7"}
_FIGURE_OF |= {"B": "8"}
_LETTER_OF = {"0": "O", "1": "I", "2": "Z", "4": "A", "5": "S", "6": "G", "7": "T", "8": "B"}
_FIGURES, _LETTERS = str.maketrans(_FIGURE_OF), str.maketrans(_LETTER_OF)
# No state that prints letters inside its numbers is known to use these two, just because they look like figures.
_NEVER_PRINTED = "OQI"
_VIETNAMESE = re.compile(r"[A-Z]\d{7,8}")


def figures(text: str) -> str:
    """The text of a field in which only figures and fillers may stand."""
    return text.translate(_FIGURES)


def letters(text: str) -> str:
    """The text of a field in which only letters and fillers may stand: a name, the code of a state."""
    return text.translate(_LETTERS)


def passport_numbers(text: str, *, is_vietnamese: bool) -> Iterator[str]:
    """What a passport number (nine places, filled with "<") can have been, other than as read.

    A Vietnamese one is a letter and figures. In others a letter that looks like a figure may be one; a figure is never
    taken for a letter, for then a figure misread as another figure could pass.
    """
    if is_vietnamese:
        number = letters(text[0]) + figures(text[1:].rstrip("<K"))
        if number != text.rstrip("<") and _VIETNAMESE.fullmatch(number):
            yield number.ljust(len(text), "<")
        return
    places = [place for place, mark in enumerate(text) if mark in _NEVER_PRINTED]
    for count, _ in enumerate(places, start=1):
        for some in combinations(places, count):
            yield "".join(figures(mark) if place in some else mark for place, mark in enumerate(text))
