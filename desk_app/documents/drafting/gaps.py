"""Where in a line something is to be written: dots, underlines, leaders of a tab, boxes to tick. Pure."""

from __future__ import annotations

import re

from msgspec import Struct

from desk_app.documents.drafting.source_files.parts import LEADER

BOX = "□"
_RUN = re.compile(r"[.…_\t](?:[.…_\t]|[ ]+(?=[.…_\t]))*")
_AFTER_NUMBER_WORD = re.compile(r"(?:\b(?:số|ngày|tháng|năm|tại|do|của|là|bà|ông|giờ|phút)|[:)?/,])\s*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\[\s+\]")
_WIDEST = 60


class BlankGap(Struct, frozen=True, kw_only=True):
    """A place in a line; `width` in dots; a box has none. The words since the gap before, and up to the next."""

    start: int
    end: int
    width: int
    before: str
    after: str
    is_box: bool = False
    is_alone: bool = False


def gaps_of(text: str) -> list[BlankGap]:
    """Every gap of a line, in order."""
    text = _BRACKETS.sub(BOX, text)
    places = sorted([*_runs(text), *((at, at + 1, 0) for at, sign in enumerate(text) if sign == BOX)])
    found = []
    for place, (start, end, width) in enumerate(places):
        begin = places[place - 1][1] if place else 0
        then = places[place + 1][0] if place + 1 < len(places) else len(text)
        found.append(
            BlankGap(
                start=start,
                end=end,
                width=min(width, _WIDEST),
                before=text[begin:start],
                after=text[end:then],
                is_box=text[start] == BOX,
                is_alone=len(places) == 1,
            )
        )
    return found


def is_rule(text: str) -> bool:
    """A line drawn under a heading: no blank, though it is made of the same signs."""
    bare = text.strip()
    return len(bare) >= 5 and (set(bare) <= set("-_–—=*") or bare in {"-------", "o0o"})


def _runs(text: str) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for run in _RUN.finditer(text):
        start, end = run.span()
        signs = run[0]
        width = signs.count(".") + signs.count("_") + 3 * signs.count("…")
        if LEADER in signs:
            found.append((start, end, width + 30))
        elif _is_blank(text, start, end, width, after_gap=bool(found) and not text[found[-1][1] : start].strip("/ ")):
            found.append((start, end, width))
    return found


def _is_blank(text: str, start: int, end: int, width: int, *, after_gap: bool) -> bool:
    """Dots, but not the end of a sentence, nor those that say "and so on"."""
    before, after = text[:start], text[end:]
    if width < 2:
        is_slot = before.rstrip().endswith(":") or (after_gap and before.rstrip().endswith("/"))
        return is_slot and not after.strip()
    if width == 2 and "_" not in text[start:end]:
        return not before or not before[-1].isalnum() or bool(after.strip())
    if width == 3 and before[-1:].isalpha() and (not after.strip() or after.lstrip()[:1] in ")];,"):
        return bool(_AFTER_NUMBER_WORD.search(before))
    return True
