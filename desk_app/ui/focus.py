"""Keeps the focus where the clerk has it while a page is built anew beneath."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


@contextmanager
def kept_focus(page: QWidget, shelter: QWidget) -> Iterator[None]:
    """Whatever of `page` had the focus has it afterwards; what took its place, or `shelter`, where it is gone.

    Left alone, Qt gives the focus of a widget that goes away to the next one, also on another page or in the side bar.
    """
    before = QApplication.focusWidget()
    if before is None or not page.isAncestorOf(before):
        yield
        return
    identifier = before.accessibleIdentifier()
    yield
    if isValid(before) and before.isVisible():
        before.setFocus(Qt.FocusReason.OtherFocusReason)
        return
    same = (each for each in page.findChildren(QWidget) if identifier and each.accessibleIdentifier() == identifier)
    place = next((each for each in same if each.isVisible() and each.isEnabled()), shelter)
    place.setFocus(Qt.FocusReason.OtherFocusReason)
