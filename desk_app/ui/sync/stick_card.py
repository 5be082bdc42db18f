"""No line? The same things by USB stick: written out here, carried, and the answer read in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.sync.stick_folder import StickFolder
from desk_app.ui.widgets import formats
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.columns import ColumnRow
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.sync.records import StickOut

_BUTTONS_BESIDE = 340


class StickCard(PageCard):
    """`export_wanted` and `import_wanted` give the folder."""

    export_wanted = Signal(object)
    import_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Không có mạng thì dùng USB"))
        self._is_busy = False
        text = self.tr(
            "Chép ra USB, mang lên cấp trên, rồi mang USB về đọc trả lời. Tệp trên USB đã mã hóa: ai nhặt được cũng "
            "không đọc được. Hồ sơ chỉ được coi là đã gửi khi có trả lời."
        )
        self.column.addWidget(label(text, "soft", wraps=True))
        self.folder = StickFolder(look, "sync.stick_folder")
        self.column.addWidget(self.folder)
        row = ColumnRow(narrow=_BUTTONS_BESIDE)
        write, read = self.tr("Chép ra USB"), self.tr("Đọc từ USB")
        row.left.addWidget(button(look, write, "sync.stick_export", self._export, icon="hard-drive-upload"))
        row.right.addWidget(button(look, read, "sync.stick_import", self._import, icon="hard-drive-download"))
        self.column.addWidget(row)
        self._waiting = label(role="faint", wraps=True)
        self._waiting.setAccessibleIdentifier("sync.stick_waiting")
        self.column.addWidget(self._waiting)

    def show_out(self, out: Sequence[StickOut], now: datetime) -> None:
        """Files that went out and were not answered yet."""
        said = [
            self.tr("%s chép ra %s: chưa có trả lời.") % (formats.events(each.events), formats.moment(each.at, now))
            for each in out
        ]
        self._waiting.setText("\n".join(said))
        self._waiting.setVisible(bool(said))

    def set_busy(self, *, is_busy: bool) -> None:
        """One file at a time; the buttons stay enabled, for a disabled one gives the cursor away."""
        self._is_busy = is_busy

    def _export(self) -> None:
        folder = self.folder.folder()
        if folder is not None and not self._is_busy:
            self.export_wanted.emit(folder)

    def _import(self) -> None:
        folder = self.folder.folder()
        if folder is not None and not self._is_busy:
            self.import_wanted.emit(folder)
