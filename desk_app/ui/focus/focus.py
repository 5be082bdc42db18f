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
    place = next((each for each in same if each.isEnabled() and _comes_to_show(each, page)), shelter)
    place.setFocus(Qt.FocusReason.OtherFocusReason)


def _comes_to_show(widget: QWidget, page: QWidget) -> bool:
    """Show it, where nothing up to the page was hidden on purpose; Qt itself shows a new row only a moment later."""
    chain = [widget]
    while chain[-1] is not page and (around := chain[-1].parentWidget()) is not None:
        chain.append(around)
    if any(each.isHidden() and each.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) for each in chain):
        return False
    for each in chain:
        if each.isHidden():
            each.show()
    return widget.isVisible()
