"""Reads a line of layout text: `**bold**`, `*italic*`, `{key:weight:lines}`, `{=key}`, `{?key}`, `[condition]`.

`~~struck~~` has a line through it; `{boxes key 12}` is a row of 12 cells; `{key when condition}` a value that stands
only while the condition holds.
"""

from __future__ import annotations

import re
import unicodedata

from desk_app.documents.forms import conditions
from desk_app.documents.layout.blocks import Blank, CellRow, Span, TickBox, Words
from desk_app.documents.layout.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR

_TOKEN = re.compile(r"\\(?P<literal>.)|(?P<turn>\*{1,3}|~~)|\{(?P<blank>[^{}]*)\}|\[(?P<tick>[^\[\]]*)\]")
_BLANK = re.compile(r"([=?]?)([a-z_][a-z0-9_.]*)(?::(\d*\.?\d*))?(?::(\d*))?(?:\s+when\s+(.+))?")
_CELLS = re.compile(r"boxes\s+([a-z_][a-z0-9_.]*)\s+(\d{1,2})")
_FONTS = {(False, False): REGULAR, (True, False): BOLD, (False, True): ITALIC, (True, True): BOLD_ITALIC}


_TURNS = {
    "*": (False, True, False),
    "**": (True, False, False),
    "***": (True, True, False),
    "~~": (False, False, True),
}
"""What a mark begins or ends: bold, italic, struck."""


class MarkupError(ValueError):
    """A line that cannot be read; the text is a Vietnamese sentence for whoever wrote the form."""


def spans_of(text: str, *, base: str = REGULAR, leaders: bool = True) -> tuple[Span, ...]:
    """The spans of a line. `base` is the face outside of marks; without `leaders` every blank is a plain value.

    Raises `MarkupError` for a mark or brace that is not closed and for a blank of no known shape.
    """
    bold, italic, struck = begin = (base in (BOLD, BOLD_ITALIC), base in (ITALIC, BOLD_ITALIC), False)
    spans: list[Span] = []
    pending = ""
    at = 0
    text = unicodedata.normalize("NFC", text)

    def close_words() -> None:
        nonlocal pending
        if pending:
            _refuse_stray_braces(pending)
            spans.append(Words(pending.replace("\x00", "{").replace("\x01", "}"), _FONTS[bold, italic], struck))
            pending = ""

    for token in _TOKEN.finditer(text):
        pending += text[at : token.start()]
        at = token.end()
        if token["literal"]:
            pending += {"{": "\x00", "}": "\x01"}.get(token["literal"], token["literal"])
        elif token["turn"]:
            close_words()
            turned = _TURNS[token["turn"]]
            bold, italic, struck = bold ^ turned[0], italic ^ turned[1], struck ^ turned[2]
        elif token["blank"] is not None:
            close_words()
            spans.append(_blank(token["blank"], font=_FONTS[bold, italic], leaders=leaders))
        elif conditions.is_well_formed(token["tick"]):
            close_words()
            spans.append(TickBox(token["tick"].strip()))
        else:
            pending += token[0]
    pending += text[at:]
    close_words()
    if (bold, italic, struck) != begin:
        raise MarkupError("dấu **, * hoặc ~~ mở ra mà không đóng lại")
    return tuple(spans)


def _blank(text: str, *, font: str, leaders: bool) -> Blank | CellRow:
    if cells := _CELLS.fullmatch(text.strip()):
        return CellRow(cells[1], int(cells[2]), font)
    found = _BLANK.fullmatch(text.strip())
    if found is None:
        raise MarkupError(
            f"chỗ trống {{{text}}} không đúng cách viết {{khóa}}, {{khóa:tỉ lệ}}, {{khóa:tỉ lệ:số dòng}}"
            " hoặc {boxes khóa số-ô}"
        )
    how, key, weight, lines, condition = found.groups()
    if condition and not conditions.is_well_formed(condition):
        raise MarkupError(f"điều kiện «{condition}» không đúng cách viết")
    after = "none" if how == "?" else "leader" if leaders and not how else "if-empty"
    return Blank(key, float(weight or 1), int(lines or 1), after, font, condition or "")


def _refuse_stray_braces(text: str) -> None:
    if "{" in text or "}" in text:
        raise MarkupError("dấu { hoặc } không có cặp; muốn in dấu này thì viết \\{ hoặc \\}")
