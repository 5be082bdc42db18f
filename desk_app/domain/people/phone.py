"""Telephone numbers: which a record takes, and the one form in which every writing of a number is found.

Inside Vietnam a number is 0 and nine or ten figures: mobiles ten together, landlines (024…, 0203…) eleven. The country
is written +84, 0084 or 84. What the clerk typed is what is kept and shown; `searched` is what is compared.
"""

from __future__ import annotations

import re

_FIGURES = re.compile(r"[0-9]+")
_NATIONAL = re.compile(r"0[1-9][0-9]{8}|0[12][0-9]{9}")
_HOTLINE = re.compile(r"1[89]00[0-9]{4,6}")
_FOREIGN = re.compile(r"\+[1-9][0-9]{6,14}")
_WRITTEN = re.compile(r"[0-9\s.\-()+/]+")
_TRUNK = re.compile(r"\(0\)")  # +84 (0)24 3825 1234
_EXTENSION = re.compile(r"[\s,;(]*(?:máy lẻ|số lẻ|ml|ext|x)\.?\s*[0-9]{1,5}\)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;/]|\bhoặc\b|\bvà\b|\s-\s)\s*")


def problem(typed: str) -> str:
    """Why this is no telephone number, for a clerk; "" for one number or several with a mark between them."""
    text = _EXTENSION.sub("", typed).strip()
    if not text or _is_number(text) or all(_is_number(part) for part in _BETWEEN.split(text)):
        return ""
    return "cần đủ 10 hoặc 11 chữ số, như 0912 345 678 hay 024 3825 1234; số nước ngoài bắt đầu bằng dấu +"


def searched(text: str) -> str:
    """The figures by which a stored or typed number is compared: +84, 0084 and 84 become 0, also in a part of a number.

    Several numbers follow each other; what is no telephone number gives its figures.
    """
    parts = [_EXTENSION.sub("", part) for part in _BETWEEN.split(text)]
    if all(_is_number(part) for part in parts):
        return "".join(map(_national, parts))
    return _national(_EXTENSION.sub("", text))


def _is_number(text: str) -> bool:
    if not _WRITTEN.fullmatch(text):
        return False
    number = _national(text)
    shapes = (_NATIONAL, _HOTLINE) if not _is_foreign(text) else (_FOREIGN,)
    return any(shape.fullmatch(f"+{number}" if shape is _FOREIGN else number) for shape in shapes)


def _is_foreign(text: str) -> bool:
    figures, has_code = _coded(text)
    return has_code and not figures.startswith("84")


def _national(text: str) -> str:
    figures, has_code = _coded(text)
    if figures.startswith("84") and (has_code or len(figures) in (11, 12)):
        return "0" + figures[2:].removeprefix("0")
    return figures


def _coded(text: str) -> tuple[str, bool]:
    """The figures without a leading 00, and whether a country's code begins them."""
    text = _TRUNK.sub("", text.strip())
    figures = "".join(_FIGURES.findall(text))
    if text.startswith("+"):
        return figures, True
    return (figures[2:], True) if figures.startswith("00") else (figures, False)
