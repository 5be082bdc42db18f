"""Which stick, or folder: named by itself where one is plugged in, else chosen or typed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desk_app.services.maintenance import usb_drives
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import Labelled, TextInput


class StickFolder(QWidget):
    """An input with the folder and a button to choose another."""

    def __init__(self, look: Look, identifier: str) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.field = TextInput(identifier, self.tr("Thư mục trên USB"), self.tr("Cắm USB, hoặc chọn thư mục"))
        self._held = Labelled(self.tr("USB hoặc thư mục"), self.field)
        self._choose = button(look, self.tr("Chọn…"), f"{identifier}.choose", self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._held, 1)
        self._beside = QHBoxLayout()
        self._beside.addWidget(
            self._choose, 0, Qt.AlignmentFlag.AlignTop
        )  # also while something stands below the input
        row.addLayout(self._beside)

    def showEvent(self, event: QShowEvent) -> None:
        """In the window the label has the height that the style sheet gives it."""
        self._beside.setContentsMargins(0, self._held.label_height(), 0, 0)
        super().showEvent(event)

    def look_for_stick(self) -> None:
        """Take the stick that is plugged in, unless the clerk named a folder."""
        found = usb_drives.plugged_in()
        if found and not self.field.value().strip():
            self.field.put(found[-1])

    def folder(self) -> Path | None:
        """None while none is named; the input then says so and has the cursor."""
        self.look_for_stick()
        text = self.field.value().strip()
        self._held.complain("" if text else self.tr("cắm USB hoặc chọn thư mục"))
        if not text:
            self.field.setFocus()
            return None
        return Path(text)

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Chọn USB hoặc thư mục"), self.field.value())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.field.put)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
