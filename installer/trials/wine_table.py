"""The table of the tests under Wine in docs/packages.md: a line for each part, with the day it ran."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from installer.trials.results import PAGE

_TABLE = re.compile(r"(?s)<!-- đo: make wine-tests -->.*?<!-- hết wine -->")
_ROW = re.compile(r"(?m)^(\| `[^`\n]+` \|) .*\d\d/\d\d/\d{4} \|$")
_HEAD = (
    "| phần | tệp | phép thử | đạt | tự bỏ qua | ngoại lệ | không đạt | giây | ngày |",
    "|---|--:|--:|--:|--:|--:|--:|--:|---|",
)


@dataclass(frozen=True)
class Ran:
    """A part that ran. `count`: passed, strange (named, and passed), skipped, expected (named, and failed), failed."""

    part: str
    files: int
    count: Counter[str]
    seconds: float

    def told(self) -> str:
        count = self.count
        told = f"{self.part}: {count['passed']} đạt, {count['skipped']} tự bỏ qua, {count['failed']} không đạt"
        told += f", {count['expected']} ngoại lệ" if count["expected"] else ""
        told += f", {count['strange']} ngoại lệ mà đạt" if count["strange"] else ""
        return f"{told}, {self.seconds:.0f} giây"

    def row(self, at: dt.datetime) -> str:
        count = self.count
        cells = [self.files, count.total(), count["passed"] + count["strange"], count["skipped"]]
        cells += [count["expected"], count["failed"], round(self.seconds)]
        return f"| `{self.part}` | {' | '.join(map(str, cells))} | {at:%d/%m/%Y} |"


def write(ran: Sequence[Ran], at: dt.datetime, page: Path = PAGE) -> None:
    """Puts the lines into the page, between its marks; lines of what did not run this time stay with their day."""
    text = page.read_text(encoding="utf-8")
    before = _TABLE.search(text)
    rows = {row[1]: row[0] for row in _ROW.finditer(before[0])} if before else {}
    rows |= {f"| `{each.part}` |": each.row(at) for each in ran}
    lines = ["<!-- đo: make wine-tests -->", *_HEAD, *(rows[each] for each in sorted(rows)), "<!-- hết wine -->"]
    page.write_text(_TABLE.sub(lambda _: "\n".join(lines), text), encoding="utf-8")
