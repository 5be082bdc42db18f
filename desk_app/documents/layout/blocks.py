"""What a form's layout text says once read: blocks down the page, spans along a line. Only records, no measures."""

from __future__ import annotations

from msgspec import Struct


class Words(Struct, frozen=True, gc=False):
    """Fixed text in one face ("R", "B", "I", "BI"); `struck`: what does not apply, with a line through it."""

    text: str
    font: str
    struck: bool = False


class Blank(Struct, frozen=True, gc=False):
    """A named hole. `weight` is its share of the line's free width, `lines` how many lines a pen needs at least.

    `dots`: "leader" after the value to the end of the slot, "if-empty" only where there is no value, or "none".
    The value stands only while `condition` holds.
    """

    key: str
    weight: float
    lines: int
    dots: str
    font: str
    condition: str = ""


class TickBox(Struct, frozen=True, gc=False):
    """A check box, ticked when the condition holds."""

    condition: str


class CellRow(Struct, frozen=True, gc=False):
    """Cells for the characters of a value, one in each: at least `count` of them, empty without a value."""

    key: str
    count: int
    font: str


Span = Words | Blank | TickBox | CellRow


class TextLine(Struct, frozen=True, kw_only=True):
    """A paragraph; `number` is its line in the file.

    `kind`: text, title, subtitle, centre, left, right, note, cell, caption.
    """

    spans: tuple[Span, ...]
    kind: str = "text"
    indent: bool = False
    number: int = 0


class Gap(Struct, frozen=True, gc=False):
    """Empty height, in lines of the form's text."""

    lines: float


class Space(Struct, frozen=True, gc=False):
    """Empty height in millimetres: room for a signature."""

    height: float


class UnderRule(Struct, frozen=True, gc=False):
    """A rule under the line above: as long as its text, or a third of the column."""

    whole: bool


class Barcode(Struct, frozen=True, gc=False):
    """A Code 128 of the value, `height` millimetres; nothing when the value is empty."""

    key: str
    height: float
    number: int = 0


class Qr(Struct, frozen=True, gc=False):
    """A QR code of the value, `side` millimetres at most; nothing when the value is empty."""

    key: str
    side: float
    number: int = 0


class CopyMark(Struct, frozen=True, gc=False):
    """Where "Liên 1: Lưu" stands; a form with copies is laid out once and marked on each."""


class PageBreak(Struct, frozen=True, gc=False):
    """What follows starts a new page."""


class Columns(Struct, frozen=True, kw_only=True):
    """Columns side by side, each flowing on its own; never broken over pages. `size` 0 is the form's text size."""

    weights: tuple[float, ...]
    cells: tuple[tuple[Block, ...], ...]
    size: float = 0.0


class Table(Struct, frozen=True, kw_only=True):
    """A ruled table. With `rows` the body's last row is repeated for each row of that value, at least `at_least` times.

    `aligns` are "l", "c" or "r"; the header is set again on every page the table runs over.
    """

    weights: tuple[float, ...]
    aligns: tuple[str, ...]
    header: tuple[TextLine, ...]
    body: tuple[tuple[TextLine, ...], ...]
    rows: str = ""
    at_least: int = 0
    size: float = 0.0


class When(Struct, frozen=True, kw_only=True):
    """Blocks that stand only when the condition holds, and those that stand otherwise."""

    condition: str
    blocks: tuple[Block, ...]
    otherwise: tuple[Block, ...] = ()
    number: int = 0


Block = TextLine | Gap | Space | UnderRule | Barcode | Qr | CopyMark | PageBreak | Columns | Table | When
