"""Which gaps of a line are the day, month and year of one date, or an hour and its minute. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from desk_app.documents.drafting.gaps import BlankGap
from desk_app.domain.text import fold


class DatePart(Struct, frozen=True):
    """A gap that is a part ("day", "month", "year", "hour", "minute") of the date that begins with gap `first`."""

    first: int
    part: str


def date_parts(gaps: Sequence[BlankGap]) -> dict[int, DatePart]:
    """The parts by the place of their gap."""
    found: dict[int, DatePart] = {}
    place = 0
    while place < len(gaps):
        parts = _from(gaps, place)
        found |= {place + step: DatePart(place, part) for step, part in enumerate(parts)}
        place += len(parts) or 1
    return found


def _from(gaps: Sequence[BlankGap], place: int) -> tuple[str, ...]:
    if any(gap.is_box for gap in gaps[place : place + 1]):
        return ()
    words = [fold(gap.before) for gap in gaps[place : place + 3]]
    marks = [gap.before.strip() for gap in gaps[place : place + 3]]
    after = fold(gaps[place].after)
    if after.split(" ")[0] == "gio":
        return ("hour",)
    if after.split(" ")[0] == "phut":
        return ("minute",)
    if len(words) == 3 and words[0].endswith("ngay") and words[1:] == ["thang", "nam"]:
        return ("day", "month", "year")
    if len(marks) == 3 and marks[1:] == ["/", "/"]:
        return ("day", "month", "year")
    if len(words) >= 2 and words[0].endswith("thang") and (words[1] == "nam" or marks[1] == "/"):
        return ("month", "year")
    return ()
