"""Dossier codes: the pattern of an office, blocks of the daily sequence for each desk, and what a barcode says.

TT 01/2018/TT-VPCP Đ19 is the known rule; its successor has not been read, so the pattern is a setting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from msgspec import Struct

from desk_app.errors import BadFactError, NumbersUsedUpError

DEFAULT_PATTERN = "{unit}-{yymmdd}-{nnnn}"
BY_HAND = (9000, 9999)
_PARTS = re.compile(r"\{(unit|yymmdd|yyyymmdd|yyyy|n{4,6})\}")
_USUAL = re.compile(r"[A-Z0-9]{1,3}(\.[A-Z0-9]{1,4}){0,5}-\d{6}-\d{4,5}")
_SCANNED = re.compile(r"(?:MC\|)?([A-Z0-9][A-Z0-9.\-/]{8,48}[A-Z0-9])")
_NEARLY = 50


class Block(Struct, frozen=True):
    """Numbers of the daily sequence that one desk may give, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number to give; `nearly_used` when few are left after it."""

    value: int
    nearly_used: bool


DESKS: dict[int, Block] = {
    1: Block(1, 1999),
    2: Block(2000, 3999),
    3: Block(4000, 5999),
    4: Block(6000, 7999),
    5: Block(8000, 8999),
}
"""What `init` gives each desk; the district may give others. 9000–9999 stay for codes written by hand."""


def default_blocks(desk: int) -> tuple[Block, ...]:
    return (DESKS[desk],)


class Pattern:
    """A code pattern such as "{unit}-{yymmdd}-{nnnn}". Raises `BadFactError` when a part is unknown or missing."""

    def __init__(self, text: str) -> None:
        names = [name.rstrip("n") or "n" for name in _PARTS.findall(text)]
        rest = _PARTS.sub("", text)
        why = ""
        if "{" in rest or "}" in rest:
            why = "có phần trong ngoặc không dùng được"
        elif names.count("n") != 1 or "unit" not in names:
            why = "cần {unit} và đúng một {nnnn}"
        elif not {"yymmdd", "yyyymmdd"} & set(names):
            why = "cần ngày tiếp nhận {yymmdd}"
        if why:
            raise BadFactError(field="pattern", label="Mẫu mã hồ sơ", why=why)
        self.text = text

    def code(self, unit: str, on: date, number: int) -> str:
        """The code of the `number`-th dossier received on a day."""

        def part(found: re.Match[str]) -> str:
            name = found[1]
            if name.startswith("n"):
                return f"{number:0{len(name)}d}"
            return {"unit": unit, "yymmdd": f"{on:%y%m%d}", "yyyymmdd": f"{on:%Y%m%d}", "yyyy": f"{on:%Y}"}[name]

        return _PARTS.sub(part, self.text)


def next_number(blocks: Sequence[Block], last_used: int | None, *, desk: int = 0, on: str = "") -> Number:
    """The number after `last_used` within the desk's blocks, in their order; None starts at the first.

    Raises `NumbersUsedUpError` when the last block is used up.
    """
    free = [block for block in blocks if last_used is None or block.last > last_used]
    if last_used is not None:
        inside = next((n for n, block in enumerate(blocks) if block.first <= last_used <= block.last), None)
        if inside is not None:
            block = blocks[inside]
            after = list(blocks[inside + 1 :])
            free = [Block(last_used + 1, block.last), *after] if last_used < block.last else after
    if not free:
        raise NumbersUsedUpError(desk=desk, first=blocks[0].first, last=blocks[-1].last, on=on)
    value = free[0].first
    left = sum(block.last - block.first + 1 for block in free) - 1
    return Number(value, left < _NEARLY)


def payload(code: str) -> str:
    """The code without punctuation, for a barcode that must be narrow."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())


def code_from_scan(text: str) -> str | None:
    """What a scanned slip says of a dossier: its code, with or without punctuation; None when it is no code."""
    found = _SCANNED.fullmatch(text.strip().upper())
    return found[1] if found and any(mark.isdigit() for mark in found[1]) else None


def is_usual(code: str) -> bool:
    """Whether the code has the shape the national system uses; an unusual one is a warning, no error."""
    return _USUAL.fullmatch(code) is not None
