"""Dossier codes: the pattern of an office, blocks of the daily sequence for each desk, and what a barcode says.

TT 01/2018/TT-VPCP Đ19 is the known rule; its successor has not been read, so the pattern is a setting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from msgspec import Struct

from desk_app.errors import BadFactError, NumbersUsedUpError
from desk_app.lazy import LatePattern

DEFAULT_PATTERN = "{unit}-{yymmdd}-{nnnn}"
BY_HAND = (9000, 9999)
_PARTS = LatePattern(r"\{(unit|yymmdd|yyyymmdd|yyyy|n{4,6})\}")
_BETWEEN = LatePattern(r"[A-Z0-9.\-/_]*")
_USUAL = LatePattern(r"[A-Z0-9]{1,3}(\.[A-Z0-9]{1,4}){0,5}-\d{6}-\d{4,5}", re.ASCII)
_SCANNED = LatePattern(r"(?P<ours>MC\|)?(?P<code>[A-Z0-9][A-Z0-9.\-/_]{8,48}[A-Z0-9])", re.ASCII)
_NEARLY = 50


class Block(Struct, frozen=True):
    """Numbers of the daily sequence that one desk may give, both ends included."""

    first: int
    last: int


class Number(Struct, frozen=True):
    """A number to give; `nearly_used` when fewer than fifty are left after it."""

    value: int
    nearly_used: bool


DESKS: dict[int, Block] = {
    1: Block(1, 1999),
    2: Block(2000, 3999),
    3: Block(4000, 5999),
    4: Block(6000, 7999),
    5: Block(8000, 8999),
    6: Block(10_000, 11_999),
    7: Block(12_000, 13_999),
    8: Block(14_000, 15_999),
    9: Block(16_000, 17_999),
    10: Block(18_000, 19_999),
}
"""What `init` gives each desk; the district may give others. 9000–9999 stay for codes written by hand.

Desks 1 to 5 keep what earlier versions gave them: a desk of 0.5.0 never meets a number of the desks that came later.
"""


def default_blocks(desk: int) -> tuple[Block, ...]:
    """The block of a desk. Raises `BadFactError` for a number no desk has."""
    if desk not in DESKS:
        raise BadFactError(field="desk", label="Số quầy", why=f"từ 1 đến {len(DESKS)}")
    return (DESKS[desk],)


class Pattern(Struct, frozen=True):
    """A code pattern such as "{unit}-{yymmdd}-{nnnn}". Raises `BadFactError` when a part is unknown or missing."""

    text: str = DEFAULT_PATTERN

    def __post_init__(self) -> None:
        names = ["n" if name[0] == "n" else name for name in _PARTS.compiled.findall(self.text)]
        rest = _PARTS.sub("", self.text)
        why = ""
        if "{" in rest or "}" in rest:
            why = "có phần trong ngoặc không dùng được"
        elif not _BETWEEN.fullmatch(rest):
            why = "giữa các phần chỉ dùng chữ in hoa không dấu, số, và các dấu . - / _"
        elif names.count("n") != 1 or names.count("unit") != 1:
            why = "cần đúng một {unit} và đúng một {nnnn}"
        elif names.count("yymmdd") + names.count("yyyymmdd") != 1:
            why = "cần đúng một ngày tiếp nhận {yymmdd}"
        if why:
            raise BadFactError(field="pattern", label="Mẫu mã hồ sơ", why=why)

    def code(self, unit: str, on: date, number: int) -> str:
        """The code of the `number`-th dossier received on a day."""

        def part(found: re.Match[str]) -> str:
            name = found[1]
            if name.startswith("n"):
                return f"{number:0{len(name)}d}"
            return {"unit": unit, "yymmdd": f"{on:%y%m%d}", "yyyymmdd": f"{on:%Y%m%d}", "yyyy": f"{on:%Y}"}[name]

        return _PARTS.compiled.sub(part, self.text)

    def read(self, code: str) -> tuple[str, date, int] | None:
        """The unit, the day and the number that this code was made of; None where the pattern makes no such code."""
        for beyond in ("", ","):  # a number outgrows its places only where it has to
            found = _reader(self.text, beyond).fullmatch(code)
            if found is None:
                continue
            day = found["day"] if len(found["day"]) == 8 else f"20{found['day']}"
            try:
                on = datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
            number = int(found["n"])
            if self.code(found["unit"], on, number) == code:
                return found["unit"], on, number
        return None


@cache
def _reader(pattern: str, beyond: str) -> re.Pattern[str]:
    """What reads codes of a pattern; `beyond` "," lets the number be longer than its places."""

    def part(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("n"):
            return rf"(?P<n>[0-9]{{{len(name)}{beyond}}})"
        return {
            "unit": "(?P<unit>.+)",
            "yymmdd": "(?P<day>[0-9]{6})",
            "yyyymmdd": "(?P<day>[0-9]{8})",
            "yyyy": "[0-9]{4}",
        }[name]

    pieces, end = [], 0
    for found in _PARTS.compiled.finditer(pattern):
        pieces += [re.escape(pattern[end : found.start()]), part(found)]
        end = found.end()
    return re.compile("".join([*pieces, re.escape(pattern[end:])]), re.ASCII)


def next_number(blocks: Sequence[Block], last_used: int | None, *, desk: int = 0, on: str = "") -> Number:
    """The number after `last_used` within the desk's blocks, in their order; None starts at the first.

    Where blocks were changed during the day, the next one is the first block that lies wholly after `last_used`.
    Raises `NumbersUsedUpError` when nothing is left.
    """
    free = _left(blocks, last_used)
    if not free:
        first, last = (blocks[0].first, blocks[-1].last) if blocks else (0, 0)
        raise NumbersUsedUpError(desk=desk, first=first, last=last, on=on)
    left = sum(block.last - block.first + 1 for block in free) - 1
    return Number(free[0].first, left < _NEARLY)


def beyond_unknown(blocks: Sequence[Block], last_used: int | None, part: float) -> int:
    """The number up to which none is given where a machine now lost may have given any after `last_used`.

    Half of what is left is skipped; `part` (0 … 1, how much of the working day is over) adds up to three eighths more,
    so that of two machines made of one copy on one day the later does not meet the earlier. 0 where nothing is left.
    """
    left = _left(blocks, last_used)
    total = sum(block.last - block.first + 1 for block in left)
    skipped = total // 2 + int(part * (total * 3 // 8))
    for block in left:
        size = block.last - block.first + 1
        if 0 < skipped <= size:
            return block.first + skipped - 1
        skipped -= size
    return 0


def payload(code: str) -> str:
    """The code without punctuation, for a barcode that must be narrow."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())


def code_from_scan(text: str) -> str | None:
    """What a scanned slip says of a dossier: its code, with or without punctuation; None when it is no code.

    Digits alone are an ID or telephone number, unless our own mark "MC|" stands before them.
    """
    found = _SCANNED.fullmatch(text.strip().upper())
    if found is None:
        return None
    code = found["code"]
    is_ours = found["ours"] is not None
    has_digits = any(mark.isdigit() for mark in code)
    return code if has_digits and (is_ours or not code.isdigit()) else None


def is_usual(code: str) -> bool:
    """Whether the code has the shape the national system uses; an unusual one is a warning, no error."""
    return _USUAL.fullmatch(code) is not None


def _left(blocks: Sequence[Block], last_used: int | None) -> list[Block]:
    if last_used is None:
        return list(blocks)
    for n, block in enumerate(blocks):
        if block.first <= last_used <= block.last:
            rest = [Block(last_used + 1, block.last)] if last_used < block.last else []
            return [*rest, *blocks[n + 1 :]]
    return [block for block in blocks if block.first > last_used]
