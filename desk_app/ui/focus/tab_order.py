"""Tab goes as the window is laid out, whatever was built late: Qt's own chain puts each new field at its end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QGridLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from desk_app.ui.focus.sight import bring_in_sight
from desk_app.ui.widgets.ordered_page import OrderedPage, in_reading_order, takes_tab

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def move(window: QWidget, *, forwards: bool) -> bool:
    """Put the focus on the next part of the window; past the last one it begins again. False where there is none."""
    here: QWidget | None = window.focusWidget()
    if here is not None and not (here.isVisible() and here.isEnabled()):
        return _fall(here)
    near = _from(window, here, forwards=forwards) if here is not None else ()
    target = next((part for part in near if takes_tab(part)), None) or _round(window, here, forwards=forwards)
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason)
    bring_in_sight(target)
    return True


def _round(window: QWidget, here: QWidget | None, *, forwards: bool) -> QWidget | None:
    """The next part that takes the focus, past the last one from the first."""
    parts = _parts(window)
    at = parts.index(here) if here in parts else -1 if forwards else 0
    turned = [*parts[at + 1 :], *parts[: at + 1]] if forwards else [*parts[:at][::-1], *parts[at:][::-1]]
    return next((part for part in turned if takes_tab(part)), None)


def _from(window: QWidget, here: QWidget, *, forwards: bool) -> Iterator[QWidget]:
    """The parts from here to the last one, or back to the first, each looked for when it is asked for: the next one
    is mostly in the same card. None where the way down to here does not lead through layouts alone.
    """
    way: list[tuple[QWidget, list[QWidget], int]] = []
    branch = here
    while branch is not window:
        around = _holder(branch)
        beside = _children(around) if around is not None and not isinstance(around, OrderedPage) else []
        if around is None or branch not in beside:
            return
        way.append((around, beside, beside.index(branch)))
        branch = around
    if forwards:
        yield from islice(_each(here), 1, None)
    for around, beside, at in way:
        for part in beside[at + 1 :] if forwards else reversed(beside[:at]):
            yield from _each(part) if forwards else _each_backwards(part)
        if not forwards:
            yield around


def _holder(part: QWidget) -> QWidget | None:
    """In whose layout a part stands: of what scrolls that is not the frame in between."""
    around = part.parentWidget()
    beyond = around.parentWidget() if around is not None else None
    return beyond if isinstance(beyond, QScrollArea) and beyond.widget() is part else around


def _fall(here: QWidget) -> bool:
    """What had the focus goes away or is switched off: the focus goes to what stands nearest in the same row, card or
    page, never round to the side bar. False where nothing around takes it.
    """
    around: QWidget | None = here.parentWidget()
    while around is not None:
        beside = [part for part in _parts(around) if takes_tab(part) and part is not here]
        if beside:
            height = _height(here)
            nearest = min(beside, key=lambda part: abs(_height(part) - height))
            nearest.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        around = around.parentWidget()
    return False


def _height(part: QWidget) -> int:
    """Of its middle in the window."""
    return part.mapTo(part.window(), part.rect().center()).y()


def _parts(widget: QWidget) -> list[QWidget]:
    """The widget and everything in it that shows, in the order of the layouts."""
    return list(_each(widget))


def _each(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    yield widget
    if isinstance(widget, OrderedPage):
        yield from in_reading_order(widget.body)
        return
    for child in _children(widget):
        yield from _each(child)


def _each_backwards(widget: QWidget) -> Iterator[QWidget]:
    if not widget.isVisible():
        return
    if isinstance(widget, OrderedPage):
        yield from reversed(in_reading_order(widget.body))
    else:
        for child in reversed(_children(widget)):
            yield from _each_backwards(child)
    yield widget


def _children(widget: QWidget) -> list[QWidget]:
    held: list[QWidget | None]
    if isinstance(widget, QLabel | QAbstractButton):  # most of a page, and nothing stands in them
        return []
    if isinstance(widget, QStackedWidget):
        held = [widget.currentWidget()]
    elif isinstance(widget, QSplitter):
        held = [widget.widget(number) for number in range(widget.count())]
    elif isinstance(widget, QScrollArea):
        held = [widget.widget()]
    elif isinstance(widget, QAbstractScrollArea):
        held = []
    else:
        return _of_any(widget)
    return [child for child in held if child is not None]


def _of_any(widget: QWidget) -> list[QWidget]:
    """What the layout holds, then what stands in no layout."""
    children = [child for child in widget.findChildren(QWidget, options=_DIRECT) if not child.isWindow()]
    laid = _laid_out(widget.layout(), children)
    return [*laid, *(child for child in children if child not in laid)]


def _laid_out(layout: QLayout | None, children: list[QWidget]) -> list[QWidget]:
    """Those of the children that stand in a layout and in those inside it; those of a grid row by row.

    The layout is asked where each stands, never for its items: Python keeps such an item after Qt has deleted it, takes
    the next layout at its address in memory for it, and the program is gone (docs/decisions/0206).
    """
    if layout is None:
        return []
    parts: list[QWidget | QLayout] = [*children, *layout.findChildren(QLayout, options=_DIRECT)]
    held = [(number, part) for part in parts if (number := layout.indexOf(part)) >= 0]
    if isinstance(layout, QGridLayout):
        held.sort(key=lambda one: _place(layout, one[0]))
    else:
        held.sort(key=lambda one: one[0])
    found: list[QWidget] = []
    for _, part in held:
        found += [part] if isinstance(part, QWidget) else _laid_out(part, children)
    return found


def _place(grid: QGridLayout, number: int) -> tuple[int, int]:
    row, column, _rows, _columns = cast("tuple[int, int, int, int]", grid.getItemPosition(number))
    return row, column
