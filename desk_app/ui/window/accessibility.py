"""What assistive technology sees of a scrolled page, instead of what Qt shows.

Qt's own interface counts a scroll bar only while it shows and then reads past its list: asked for the bar of a page
that has just gone, the program dies (QAccessibleAbstractScrollArea::child, Qt 6.11).
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea


def mend() -> None:
    """Once, after the application is made: the factory installed last is asked first."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    """Asked for each class of `thing`; None leaves it to Qt."""
    return QAccessibleWidget(thing, QAccessible.Role.Client) if isinstance(thing, QScrollArea) else None
