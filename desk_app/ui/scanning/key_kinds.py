"""What a key does: writes, ends, commands, or is part of a letter given as a number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_BARE = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_LINE_ENDS = {"\r", "\n"}  # a scanner set to line feed sends no key that Qt has a name for
_CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_HELD = _CTRL | _ALT


def is_bare(event: QKeyEvent) -> bool:
    """Whether it is a key that changes others, such as Shift."""
    return event.key() in _BARE


def is_end(event: QKeyEvent) -> bool:
    return (event.key() in _ENDS and not event.modifiers() & _HELD) or event.text() in _LINE_ENDS


def is_command(event: QKeyEvent) -> bool:
    """Whether the key does something rather than writes something."""
    if event.key() in _BARE | {Qt.Key.Key_Backspace} or is_end(event):
        return False
    return bool(event.modifiers() & _HELD) or not event.text() or not event.text().isprintable()


def has_alt(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & _ALT) and not event.modifiers() & _CTRL


def figure(event: QKeyEvent) -> str:
    """The figure or letter of the key, also where Ctrl or Alt keeps it from writing; "" for any other key."""
    text, key = event.text(), int(event.key())
    if len(text) == 1 and text.isprintable():
        return text
    return chr(key) if 0x30 <= key <= 0x39 or 0x41 <= key <= 0x46 else ""


def alt_figure(event: QKeyEvent) -> str:
    """The figure of a key with Alt; "" for any other key."""
    text = figure(event)
    return text if has_alt(event) and text.isdecimal() else ""


def begins_hex(event: QKeyEvent) -> bool:
    """Ctrl+Shift+U: the hexadecimal number of a letter follows."""
    return event.key() == Qt.Key.Key_U and event.modifiers() & (_CTRL | _SHIFT) == _CTRL | _SHIFT


def is_number(event: QKeyEvent) -> bool:
    """Whether the key begins a letter given as a number, or goes on with it."""
    return begins_hex(event) or bool(alt_figure(event))


def ends_hex(event: QKeyEvent) -> bool:
    """Whether the key only ends such a number and writes nothing."""
    return is_end(event) or event.key() == Qt.Key.Key_Space or event.text() == " "
