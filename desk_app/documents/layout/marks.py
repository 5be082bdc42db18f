"""What stands on a page, in points from its upper left corner, y downwards. Drawing adds and decides nothing."""

from __future__ import annotations

from msgspec import Struct

Run = tuple[int, int]
"""(first module, modules wide) of a dark stretch."""


class Text(Struct, frozen=True, gc=False):
    """Text from `x` on the baseline `y`; `spread` widens every space, in points (justified lines)."""

    x: float
    y: float
    font: str
    size: float
    text: str
    spread: float = 0.0


class Leader(Struct, frozen=True, gc=False):
    """A row of dots to write on, `pitch` points apart, the last one at `x2`."""

    x1: float
    x2: float
    y: float
    pitch: float


class Rule(Struct, frozen=True, gc=False):
    """A straight line, horizontal or vertical."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float


class Box(Struct, frozen=True, gc=False):
    """A check box; `x`, `y` is its upper left corner."""

    x: float
    y: float
    side: float
    ticked: bool


class Bars(Struct, frozen=True, gc=False):
    """A linear barcode: every dark stretch of `runs`, in modules of `module` points, `height` points high."""

    x: float
    y: float
    module: float
    height: float
    runs: tuple[Run, ...]
    text: str


class Matrix(Struct, frozen=True, gc=False):
    """A matrix code: the dark stretches of each row."""

    x: float
    y: float
    module: float
    rows: tuple[tuple[Run, ...], ...]
    text: str


Mark = Text | Leader | Rule | Box | Bars | Matrix


class Page(Struct, frozen=True):
    """One side of paper; sizes in points."""

    width: float
    height: float
    marks: tuple[Mark, ...]
