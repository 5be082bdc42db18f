"""What stands in the inputs of a page, by their identifiers: read as it is, and put back as if it were typed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeGuard

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QCheckBox, QWidget

from desk_app.ui.widgets.fields import TextInput

_AT_FIRST = "text_at_first"


class Input(Protocol):
    """What every input of the program can do."""

    changed: SignalInstance

    def value(self) -> str: ...
    def put(self, value: str) -> None: ...


_ARE_INPUTS: dict[type[QWidget], bool] = {}
"""Asked of each kind of widget once; `isinstance` would look for every name at every widget of every page."""


def _is_input(widget: QWidget) -> TypeGuard[Input]:
    kind = type(widget)
    if kind not in _ARE_INPUTS:
        _ARE_INPUTS[kind] = all(hasattr(kind, name) for name in ("changed", "value", "put"))
    return _ARE_INPUTS[kind]


def _is_entered(widget: QWidget) -> bool:
    return isinstance(widget, QCheckBox) or _is_input(widget)


def inputs(page: QWidget, *, but: tuple[str, ...] = ()) -> Iterator[tuple[str, QWidget]]:
    """The inputs of a page with their identifiers, without those whose identifier begins with one of `but`."""
    for widget in page.findChildren(QWidget):
        name = widget.accessibleIdentifier()
        if name and not name.startswith(but) and _is_entered(widget):
            yield name, widget


def begin(page: QWidget, *, anew: bool) -> None:
    """What stands there now counts as not entered; without `anew` only in inputs that were not there before."""
    for _, widget in inputs(page):
        if anew or widget.property(_AT_FIRST) is None:
            widget.setProperty(_AT_FIRST, text_of(widget))


def stands_at_first(widget: QWidget) -> None:
    """What stands in this input now counts as not entered."""
    widget.setProperty(_AT_FIRST, text_of(widget))


def texts(page: QWidget, *, but: tuple[str, ...] = ()) -> dict[str, str]:
    """What differs from how the page began."""
    return {
        name: text_of(widget)
        for name, widget in inputs(page, but=but)
        if text_of(widget) != (widget.property(_AT_FIRST) or "")
    }


def states(page: QWidget, *, but: tuple[str, ...] = ()) -> dict[str, str]:
    """Inputs that are marked as read from a card or to be looked at."""
    marked = {name: widget.property("state") for name, widget in inputs(page, but=but)}
    return {name: state for name, state in marked.items() if state in {"scan", "look", "home"}}


def put_texts(page: QWidget, wanted: Mapping[str, str], *, last: tuple[str, ...] = ()) -> None:
    """Put these back, those named `last` after the others: what they do to other fields must find the others filled."""
    found = dict(inputs(page))
    for name in sorted(wanted, key=lambda each: each in last):
        widget = found.get(name)
        if widget is not None and text_of(widget) != wanted[name]:
            _put(widget, wanted[name])


def put_states(page: QWidget, wanted: Mapping[str, str]) -> None:
    for name, widget in inputs(page):
        show = getattr(widget, "show_state", None)
        if name in wanted and show is not None:
            show(wanted[name])


def text_of(widget: QWidget) -> str:
    """What stands there, letter by letter: half a date is no date yet."""
    if isinstance(widget, QCheckBox):
        return "1" if widget.isChecked() else ""
    if isinstance(widget, TextInput):
        return widget.text()
    return widget.value() if _is_input(widget) else ""


def _put(widget: QWidget, text: str) -> None:
    if isinstance(widget, QCheckBox):
        widget.setChecked(bool(text))
    elif _is_input(widget):
        widget.put(text)
        widget.changed.emit()
