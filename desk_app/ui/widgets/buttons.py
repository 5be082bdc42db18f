"""Buttons: every one has a Vietnamese name and an identifier, so that it can be found from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desk_app.ui.look.theme import Look


def named(widget: QWidget, identifier: str, name: str) -> None:
    """What assistive technology and drivers from outside call the widget."""
    widget.setAccessibleIdentifier(identifier)
    widget.setObjectName(identifier)
    widget.setAccessibleName(name)


def button(
    look: Look,
    text: str,
    identifier: str,
    pressed: Callable[[], object],
    *,
    kind: str = "",
    icon: str = "",
    key: str = "",
    tall: str = "",
) -> QPushButton:
    """A push button; `kind` "primary", "ghost" or "pill"; `key` is the key that does the same."""
    made = QPushButton("   ".join(part for part in (f"  {text}" if icon else text, key) if part))
    made.setProperty("whole", made.text())
    made.setProperty("kind", kind)
    made.setProperty("tall", tall)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    named(made, identifier, text)
    if key:
        made.setAccessibleDescription(f"Phím tắt {key}")
    if icon:
        made.setIcon(look.icon(icon, "on_accent" if kind == "primary" else "text_soft"))
        made.setIconSize(QSize(18, 18))
    made.clicked.connect(lambda _checked=False: pressed())
    return made


def shorten(made: QPushButton, to: Literal["whole", "name", "icon"]) -> None:
    """Let a button of `button` say its name and key, only its name, or only its picture, which the tool tip names."""
    whole = str(made.property("whole"))
    made.setText({"whole": whole, "name": whole.rpartition("   ")[0] or whole, "icon": ""}[to])
    made.setToolTip(made.accessibleName() if to == "icon" else "")


def tool(
    look: Look, icon: str, text: str, identifier: str, pressed: Callable[[], object], colour: str = "text_soft"
) -> QToolButton:
    """A small button that is only an icon; its name stands in the tool tip."""
    made = QToolButton()
    made.setIcon(look.icon(icon, colour))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    named(made, identifier, text)
    made.clicked.connect(lambda _checked=False: pressed())
    return made
