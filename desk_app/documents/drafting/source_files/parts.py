"""An official text as it was read from a file: lines, tables and the page, before anybody asks what its blanks mean.

In a line a tab is always the leader of a blank; tabs that only indent were turned into spaces by whoever read the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

MOST_LINES = 3000
"""An official form has a hundred lines, the longest known six hundred."""
MOST_LINE = 4000
"""Characters of a line."""
LEADER = "\t"


class SourceLine(Struct, frozen=True, kw_only=True):
    """A paragraph, its line in the file, and where it stands: "", "centre" or "right"."""

    text: str
    number: int
    place: str = ""


class SourceTable(Struct, frozen=True, kw_only=True):
    """A table: of each row the cells, of each cell its lines."""

    rows: tuple[tuple[tuple[str, ...], ...], ...]
    number: int


class SourcePage(Struct, frozen=True, kw_only=True):
    """The sheet that follows: width and height in mm; margins top, right, bottom, left in mm."""

    width: float
    height: float
    margins: tuple[float, float, float, float]
    number: int


class SourceRemark(Struct, frozen=True, kw_only=True):
    """What a person should know of the file and look at: something that no draft can keep as it stood."""

    text: str
    number: int = 0


Source = SourceLine | SourceTable | SourcePage | SourceRemark

_PAGE = re.compile(
    r"-- page (\d{2,3})x(\d{2,3}) mm margins t(\d{1,2}) r(\d{1,2}) b(\d{1,2}) l(\d{1,2})",
)
_COMMENT = re.compile(r"={3,}\s.*")
_OPEN, _CLOSE = "<table>", "</table>"
_RIGHT, _CENTRE = 40, 12
"""So many spaces before a line set it at the right, or in the middle."""
_UNIT_BEHIND_BLANK = re.compile(r"[.…_]\s*(?:bản|đồng|người|tờ|trang|tầng|m²|m2)\s*$")
"""Behind "Số lượng: …… bản" nothing more is written."""
_BOXES = str.maketrans(dict.fromkeys("☐▢◻◽❏❑⬜⎕\uf06f\uf0a8\uf071\uf0a3\uf072", "□"))
_ALIKE = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " ", "․": ".", "‥": "..", "\uf020": " "})


def tidy(text: str) -> str:
    """Composed letters, one kind of box, one kind of space; nothing invisible."""
    text = unicodedata.normalize("NFC", text).translate(_BOXES).translate(_ALIKE)
    return "".join(
        sign for sign in text if sign == LEADER or unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs"}
    )


def read_text(text: str) -> tuple[Source, ...]:
    r"""The parts of a plain text. A table stands between `<table>` and `</table>`, or in lines that begin with a bar;
    its cells are parted by bars, the lines of a cell by " / "; a tab may be written \t.
    `-- page 210x297 mm margins t20 r15 b20 l30` is the page.
    """
    found: list[Source] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\t", LEADER).split("\n")[:MOST_LINES]
    at = 0
    while at < len(lines):
        line = lines[at][:MOST_LINE]
        number, at = at + 1, at + 1
        if line.strip() == _OPEN or line.lstrip().startswith("|"):
            rows, at = _rows(lines, at if line.strip() == _OPEN else at - 1, is_open=line.strip() == _OPEN)
            found.append(SourceTable(rows=rows, number=number))
        elif page := _PAGE.fullmatch(line.strip()):
            width, height, *margins = map(float, page.groups())
            top, right, bottom, left = margins
            found.append(SourcePage(width=width, height=height, margins=(top, right, bottom, left), number=number))
        elif not _COMMENT.fullmatch(line):
            found.append(_line(line, number))
    return tuple(found)


def _rows(lines: Sequence[str], at: int, *, is_open: bool) -> tuple[tuple[tuple[tuple[str, ...], ...], ...], int]:
    rows: list[tuple[tuple[str, ...], ...]] = []
    while at < len(lines):
        line = lines[at][:MOST_LINE]
        if is_open and line.strip() == _CLOSE:
            return tuple(rows), at + 1
        if not is_open and not line.lstrip().startswith("|"):
            break
        at += 1
        bare = line if is_open else line.strip().removeprefix("|").removesuffix("|")
        if set(bare) <= set("-:| ") and "-" in bare:
            continue  # the ruled line below a heading
        cells = [
            tuple(_leaders(tidy(part)).rstrip(" ") for part in re.split(r"\s/(?:\s|$)", cell))
            for cell in bare.split("|")
        ]
        rows.append(tuple(cells))
    return tuple(rows), at


def _line(line: str, number: int) -> SourceLine:
    line = tidy(line)
    lead = line[: len(line) - len(line.lstrip())].expandtabs(8)
    place = "right" if len(lead) >= _RIGHT else "centre" if len(lead) >= _CENTRE else ""
    return SourceLine(text=lead[:2] + _leaders(line).strip(" "), number=number, place=place)


def _leaders(line: str) -> str:
    """The line with only those tabs that lead to where something is to be written.

    A tab before any word indents; one behind a finished sentence, or behind an option that has no other blank, is
    what the typist left.
    """
    body = line.lstrip()
    is_deep = line[: len(line) - len(body)].count(LEADER) >= 2
    if is_deep and LEADER in body.rstrip() and not re.search(r"[.…_]{2,}|:", body):
        body = re.sub(r"\t+", " ", body)  # an option, and a tab in its midst
    kept = ""
    for piece in re.split(r"(\t[\t ]*)", body):
        if not piece.startswith(LEADER):
            kept += piece
            continue
        before = kept.rstrip()
        is_blank = bool(before) and before[-1] not in ".;!?" and not (is_deep and ":" not in before)
        is_blank = is_blank and not _UNIT_BEHIND_BLANK.search(before)
        kept += LEADER if is_blank or before[-2:] in {"..", "…."} else " "
    return kept if kept.strip(" ") or not line.strip(" ") else LEADER


def lines_of(cell: Sequence[str]) -> list[str]:
    """The lines of a cell that say something."""
    return [line.strip(" ") for line in cell if line.strip(" ")]
