"""Outgoing numbers ("05/HDHS"): one row of numbers for each book, year and desk, none of them twice. Pure.

No desk knows what another gives while the line is down, so each writes its own number into those it gives. An office
that keeps one book of outgoing papers types the numbers of that book instead.
"""

from __future__ import annotations

import re

from msgspec import Struct

_READ = re.compile(r"\s*0*(\d{1,9})\s*(.*)", re.ASCII | re.DOTALL)
_FIRST_DESK = 1


class OutgoingNumber(Struct, frozen=True):
    """`value` is the running number, 0 where the text begins with none; `series` what stands behind it."""

    value: int
    series: str

    @property
    def text(self) -> str:
        return f"{self.value:02d}{self.series}"


def series_of(book: str, desk: int) -> str:
    """What stands behind the numbers that a desk gives in a book: "/HDHS", at further desks "-Q2/HDHS"."""
    return f"/{book}" if desk == _FIRST_DESK else f"-Q{desk}/{book}"


def number_of(text: str) -> OutgoingNumber:
    """A number as it was typed; "05/HDHS" and "5 / hdhs" are the same."""
    found = _READ.fullmatch(text)
    if found is None:
        return OutgoingNumber(0, _bare(text))
    return OutgoingNumber(int(found[1]), _bare(found[2]))


def _bare(text: str) -> str:
    return "".join(text.split()).upper()
