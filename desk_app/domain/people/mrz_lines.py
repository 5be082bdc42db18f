"""The lines of a machine-readable zone as readers give them: run together, without their last fillers, fillers misread.

Offers every arrangement of the text that can be meant; `mrz` takes the one whose check digits agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from desk_app.domain.people import mrz_slips
from desk_app.lazy import LatePattern


class Layout(Struct, frozen=True, kw_only=True):
    """How many lines of which width, how the first begins, and the fewest characters once fillers are left out.

    A scanner that types the zone is recognised by `begins`, and the zone is whole at `lines` × `width` characters.
    """

    name: str
    lines: int
    width: int
    begins: re.Pattern[str]
    least: int

    @property
    def length(self) -> int:
        return self.lines * self.width


TD1 = Layout(name="TD1", lines=3, width=30, begins=re.compile(r"[I1L][A-Z0<]VNM[0-9OQDILZASGTB]"), least=52)
"""An identity card of Vietnam. `begins` allows what optical readers confuse, as in the layout of passports."""

TD3 = Layout(name="TD3", lines=2, width=44, begins=re.compile(r"P[A-Z<][A-Z0-9][A-Z0-9<]{2}[A-Z0-9<]"), least=42)
"""A passport of any state."""

_MARKS = LatePattern(r"[A-Z0-9<]+")
_FILLERS = str.maketrans({"«": "<<", "‹": "<", "〈": "<", "＜": "<", "≪": "<<"})
_LAST_FILLERS = LatePattern(r"(?:<[<K]*|K[<K]+)$")


def layout_of(text: str) -> Layout | None:
    """Which layout the text can be; None when it has other characters or does not begin like one."""
    marks = _joined(text)
    if not _MARKS.fullmatch(marks):
        return None
    for layout in (TD1, TD3):
        if layout.begins.match(marks) and layout.least <= len(marks) <= layout.length + 12:
            return layout if layout is TD1 or "<" in marks or "K" in marks else None
    return None


def is_complete(text: str, layout: Layout) -> bool:
    """Whether no character can be missing."""
    return len(_joined(text)) >= layout.length


def arrangements(text: str, layout: Layout) -> Iterator[tuple[str, ...]]:
    """The lines of full width that the text can mean, the likeliest first."""
    marks = _joined(text)
    if len(marks) == layout.length:
        yield tuple(marks[at : at + layout.width] for at in range(0, layout.length, layout.width))
    lines = [_joined(line) for line in text.splitlines() if line.strip()]
    if len(lines) == layout.lines:
        yield from _filled(lines, layout)
    elif len(lines) == 1:
        for parts in _parted(marks, layout):
            # Where the name ends cannot be told as well as where a short number does.
            yield from _filled(parts, layout, may_be_short=False)


def name_of(text: str) -> tuple[str, bool]:
    """The name between the fillers, and whether it may have been cut. Fillers at the end may have been read as K."""
    name = mrz_slips.letters(text)
    if "<<" not in name.strip("<K") and "KK" in name.strip("<K"):
        name = name.replace("KK", "<<", 1)  # no Vietnamese name has a double K; the double filler is always there
    is_cut = not text.endswith(("<", "KK"))
    kept = _LAST_FILLERS.sub("", name)
    return " ".join(kept.replace("<", " ").split()), is_cut


def _joined(text: str) -> str:
    return "".join(text.translate(_FILLERS).split()).upper()


def _filled(lines: list[str], layout: Layout, *, may_be_short: bool = True) -> Iterator[tuple[str, ...]]:
    """The lines with the fillers that are missing put back where the layout has them."""
    width = layout.width
    name, *numbers = lines if layout is TD3 else (lines[2], lines[0], lines[1])
    if not name[width:].strip("<K"):
        name = name[:width]
    if any(len(line) > width for line in (name, *numbers)):
        return
    name = name.ljust(width, "<")
    if layout is TD3:
        for second in _with_fillers(numbers[0], (2, 1), width, may_be_short=may_be_short):
            yield name, second
        return
    for first in _with_fillers(numbers[0], (1,), width):
        for second in _with_fillers(numbers[1], (1,), width):
            yield first, second, name


_NUMBER_PLACES = 9


def _with_fillers(line: str, gaps: tuple[int, ...], width: int, *, may_be_short: bool = False) -> Iterator[str]:
    """`gaps` count from the end where fillers may have been left out: before the last check digits."""
    missing = "<" * (width - len(line))
    if not missing:
        yield line
        return
    for gap in gaps:
        yield line[:-gap] + missing + line[-gap:]
    if may_be_short:
        # A passport number shorter than nine places lost its fillers too.
        for lost in range(1, min(len(missing), 4) + 1):
            at = _NUMBER_PLACES - lost
            for gap in gaps:
                whole = line[:at] + "<" * lost + line[at:]
                yield whole[:-gap] + missing[lost:] + whole[-gap:]


def _parted(marks: str, layout: Layout) -> Iterator[list[str]]:
    """One run of characters cut where lines can end; lines that lost fillers are shorter than the layout's.

    Of a card the shortest lines come first. A line cut among its fillers ends in one and has no check digit, but a line
    that takes letters of the next one along has a check digit that agrees once in ten times.
    """
    if layout is TD3:
        for at in range(min(layout.width, len(marks) - 1), 9, -1):
            if len(marks) - at <= layout.width:
                yield [marks[:at], marks[at:]]
        return
    for first in (28, 29, 30):
        for second in range(19, 31):
            if first + second < len(marks) <= first + second + layout.width:
                yield [marks[:first], marks[first : first + second], marks[first + second :]]
