"""A text on the clipboard that says when another program takes it, and asks clipboard histories to leave it alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QMimeData

_TEXT = "text/plain"
_KDE_HINT = "x-kde-passwordManagerHint"
_WINDOWS_HINT = 'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"'


class LaidText(QMimeData):
    """`taken` is called each time somebody is given the text: a paste, or a program that watches the clipboard.

    The text is a citizen's: Klipper leaves out what bears its hint, the clipboard history of Windows what bears the
    other.
    """

    def __init__(self, text: str, taken: Callable[[], None]) -> None:
        super().__init__()
        self._text = text
        self._taken = taken

    def formats(self) -> list[str]:
        return [_TEXT, _KDE_HINT, _WINDOWS_HINT]

    def hasFormat(self, mime_type: str) -> bool:
        return mime_type in self.formats()

    def retrieveData(self, mime_type: str, preferred_type: object) -> object:
        """Qt asks when the receiving program asks it: nothing is handed over before."""
        del preferred_type
        if mime_type == _KDE_HINT:
            return QByteArray(b"secret")
        if mime_type == _WINDOWS_HINT:
            return QByteArray(b"\x01")
        if mime_type != _TEXT:
            return None
        self._taken()
        return self._text
