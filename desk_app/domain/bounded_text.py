"""TOML and JSON that strangers wrote, looked at before a reader begins: depth, digits, keys and size are bounded.

Both readers of Python go down once for each bracket and refuse numbers of thousands of digits with errors of their own;
the TOML reader also needs a time that grows with the square of a key's dots. So a text is measured first, once through.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from msgspec import Struct, structs

from desk_app.domain.office_table import FileFault

MOST_BYTES = 8 << 20
"""The longest file of holidays, units or one procedure, in bytes; the longest known has 0.4 MB."""
MOST_DEPTH = 32
_MOST_DIGITS = 18
_MOST_DOTS = 8
_STRINGS = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"""'
    r"|'''(?:[^']|'{1,2}(?!'))*+'''"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+",
    re.DOTALL,
)
_JSON_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")
_PARTS = re.compile(r"[,=\[\]{}\n]")
_DIGITS = re.compile(rf"\d[\d_]{{{_MOST_DIGITS},}}|0[xob]\w{{{_MOST_DIGITS},}}")
_PLACE = re.compile(r"line (\d+)(?:, column (\d+))?")


def toml_of(text: str, *, tells_column: bool = False) -> dict[str, Any]:
    """The tables of a TOML text. Raises `FileFault` with the line where there is one; its column where asked."""
    bare = _STRINGS.sub(_as_long, text)
    _see_bounds(text, bare)
    for part, line in _with_lines(bare):
        if part.count(".") > _MOST_DOTS:
            raise FileFault(f"dòng {line}: khóa có quá nhiều cấp (hơn {_MOST_DOTS} dấu chấm)")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        column = f", cột {place[2]}" if tells_column and place and place[2] else ""
        where = f"dòng {place[1]}{column}: " if place else ""
        raise FileFault(f"{where}không đúng cú pháp TOML") from error
    except (ValueError, OverflowError, RecursionError) as error:  # a date no calendar has, an offset of 30 hours
        raise FileFault("có giá trị không dùng được (ngày, giờ hoặc số)") from error


def json_of(text: str) -> Any:
    """What a JSON text says. Raises `FileFault` with the line where there is one."""
    _see_bounds(text, _JSON_STRINGS.sub(_as_long, text))
    try:
        return json.loads(text, parse_constant=_refused_constant)
    except json.JSONDecodeError as error:
        raise FileFault(f"dòng {error.lineno}: không đúng cú pháp JSON") from error
    except (ValueError, RecursionError) as error:
        raise FileFault("có số không dùng được") from error


def strange_key(raw: Mapping[str, Any], record: type[Struct], at: str = "") -> str:
    """Where the first key stands that no record has, as "fees[0].amout", "" for none; looks into every record inside.

    A typing slip must not pass for a default.
    """
    inside = {field.name: _record_in(field.type) for field in structs.fields(record)}
    for key, value in raw.items():
        if key not in inside:
            return f"{at}{key}"
        nested = inside[key]
        is_many = isinstance(value, list)
        for number, part in enumerate(value if is_many else [value]):
            if nested is not None and isinstance(part, dict):
                place = f"{at}{key}[{number}]." if is_many else f"{at}{key}."
                if strange := strange_key(part, nested, place):
                    return strange
    return ""


def _record_in(shape: Any) -> type[Struct] | None:
    """The record that a field holds, alone, in a tuple or as one of several types; None for plain values."""
    if isinstance(shape, type) and issubclass(shape, Struct):
        return shape
    found: Iterable[type[Struct] | None] = map(_record_in, get_args(shape))
    return next((each for each in found if each is not None), None)


def _refused_constant(name: str) -> None:
    raise ValueError(name)


def _as_long(found: re.Match[str]) -> str:
    """Nothing in place of a string or comment, but its lines stay."""
    return '"' + "\n" * found[0].count("\n")


def _see_bounds(text: str, bare: str) -> None:
    if len(text) > MOST_BYTES:
        raise FileFault(f"dài quá {MOST_BYTES >> 20} MB")
    depth = 0
    for found in _BRACKETS.finditer(bare):
        depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
        if depth > MOST_DEPTH:
            raise FileFault(f"dòng {_line(bare, found.start())}: lồng nhau quá {MOST_DEPTH} tầng")
    if long := _DIGITS.search(bare):
        raise FileFault(f"dòng {_line(bare, long.start())}: có số dài quá {_MOST_DIGITS} chữ số")


def _with_lines(bare: str) -> list[tuple[str, int]]:
    found, line, at = [], 1, 0
    for mark in _PARTS.finditer(bare):
        found.append((bare[at : mark.start()], line))
        line += mark[0] == "\n"
        at = mark.end()
    return [*found, (bare[at:], line)]


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
