"""How large a form may be and how far its measures may go: one that a stranger wrote must not stop a desk. Pure.

A shipped form has at most 200 fields and 150 lines; what lies beyond these bounds is no form but an attack or a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_SIGNS = 120_000
MOST_LINES = 1500
_MOST_LINE = 6000
_MOST_NESTED = 8
_MOST_FIELDS = 500
_NUMBERS: tuple[tuple[re.Pattern[str], float, str], ...] = (
    (re.compile(r"\bat-least=(\d+)"), 200, "bảng không được dài quá 200 dòng trống (at-least)"),
    (re.compile(r"\{space\s+(\d+(?:\.\d+)?)"), 250, "{space} không được quá 250 mm"),
    (re.compile(r"\{(?:qr|barcode)\s+\S+\s+(\d+(?:\.\d+)?)"), 200, "mã vạch, mã QR không được quá 200 mm"),
    (re.compile(r"\{[^{}\n]*?:[\d.]*:(\d+)"), 80, "chỗ trống không được quá 80 dòng"),
    (re.compile(r"\{[^{}\n]*?:(\d+(?:\.\d*)?)"), 200, "tỉ lệ của chỗ trống không được quá 200"),
    (re.compile(r"\bsize=(\d+(?:\.\d+)?)"), 60, "cỡ chữ không được quá 60"),
)
"""What a number in a layout may be at most."""
_HEAD: tuple[tuple[re.Pattern[str], float, float, str], ...] = (
    (re.compile(r"^\s*size\s*=\s*([-+\w.]+)", re.MULTILINE), 5, 60, "cỡ chữ (size) phải từ 5 đến 60"),
    (re.compile(r"^\s*leading\s*=\s*([-+\w.]+)", re.MULTILINE), 0.8, 5, "giãn dòng (leading) phải từ 0,8 đến 5"),
    (re.compile(r"^\s*copies\s*=\s*([-+\w.]+)", re.MULTILINE), 1, 30, "số bản in (copies) phải từ 1 đến 30"),
)
_MARGINS = re.compile(r"^\s*margins\s*=\s*\[([^\]]*)\]", re.MULTILINE)
_COPY_MARKS = re.compile(r"^\s*(?:copy_marks|page_signature)\s*=\s*\[([^\]]*)\]", re.MULTILINE)
_OPENS = re.compile(r"\s*\{(when|columns)\b")
_COLUMNS = re.compile(r"\s*\{columns((?:\s+\S+)*?)\s*\}")
_MOST_COLUMNS = 16


def over_bounds(source: str, text: str) -> Iterator[tuple[str, int, str]]:
    """What goes too far: ("head" for form.toml or "layout", line from 1, sentence)."""
    yield from _of_size("head", source)
    yield from _of_size("layout", text)
    yield from _of_head(source)
    yield from _of_layout(text)


def _of_size(part: str, text: str) -> Iterator[tuple[str, int, str]]:
    lines = text.splitlines()
    if len(text) > MOST_SIGNS:
        yield part, 1, f"dài quá {MOST_SIGNS} ký tự"
    elif len(lines) > MOST_LINES * (4 if part == "head" else 1):
        yield part, MOST_LINES, "có quá nhiều dòng"
    else:
        yield from ((part, number, "dòng quá dài") for number, line in enumerate(lines, 1) if len(line) > _MOST_LINE)


def _of_head(source: str) -> Iterator[tuple[str, int, str]]:
    if source.count("[[field]]") > _MOST_FIELDS:
        yield "head", 1, f"có hơn {_MOST_FIELDS} mục"
    for pattern, least, most, why in _HEAD:
        for found in pattern.finditer(source):
            if not _is_between(found[1], least, most):
                yield "head", _line(source, found.start(1)), why
    for found in _MARGINS.finditer(source):
        if not all(_is_between(part.strip(), 0, 80) for part in found[1].split(",") if part.strip()):
            yield "head", _line(source, found.start(1)), "lề (margins) phải từ 0 đến 80 mm"
    for found in _COPY_MARKS.finditer(source):
        if found[1].count(",") > 8:
            yield "head", _line(source, found.start(1)), "có quá nhiều liên hoặc người ký mỗi trang"


def _of_layout(text: str) -> Iterator[tuple[str, int, str]]:
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        if _OPENS.match(line):
            depth += 1
        elif line.strip() == "{end}":
            depth = max(0, depth - 1)
        if depth > _MOST_NESTED:
            yield "layout", number, f"lồng nhau quá {_MOST_NESTED} tầng"
            return
        if (columns := _COLUMNS.match(line)) and not _is_good(columns[1].split()):
            yield "layout", number, f"cột cần bề rộng lớn hơn 0, nhiều nhất {_MOST_COLUMNS} cột"
        if line.count("|") > 60:
            yield "layout", number, "bảng có quá nhiều cột"
        for pattern, most, why in _NUMBERS:
            if any(not _is_between(found[1], 0, most) for found in pattern.finditer(line)):
                yield "layout", number, why


def _is_good(words: list[str]) -> bool:
    weights = [word for word in words if "=" not in word]
    return len(weights) <= _MOST_COLUMNS and all(_is_between(word, 0.01, 200) for word in weights if _is_number(word))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _is_between(text: str, least: float, most: float) -> bool:
    """Whether a number lies there; a word is none of ours to judge, but no number ("nan", "inf") lies nowhere."""
    try:
        number = float(text)
    except ValueError:
        return True
    return least <= number <= most


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
