"""Pages, copies and sums as an office commonly has them; a number far beyond is asked about before it is saved."""

from __future__ import annotations

import re
from types import MappingProxyType

USUAL = MappingProxyType({"pages": 200, "copies": 50, "sets": 20, "fee": 5_000_000})
"""The largest number of each kind that is taken without a question; the limits of a record are far wider."""
_LINE = re.compile(r"(\d{1,3})(?:\s*[xX×*]\s*(\d{1,2}))?", re.ASCII)


def is_unusual(what: str, number: int) -> bool:
    """Whether a number of this kind ("pages", "copies", "sets", "fee") is more likely a slip than meant."""
    return number > USUAL[what]


def typed_counts(text: str) -> tuple[int, int] | None:
    """ "4x3" → (4, 3), "4" → (4, 1): pages and copies typed where the name of a paper stands; None for a name.

    A year, a number of a paper or what a scanner typed has more digits: it is never taken for pages.
    """
    found = _LINE.fullmatch(text.strip())
    if found is None:
        return None
    pages, copies = int(found[1]), int(found[2] or 1)
    return (pages, copies) if pages and copies else None
