"""What the district has not confirmed at the close of the day, and the two ways to get it there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.day_end.open_dossiers_card import LeftOpenCard
from desk_app.ui.look.theme import Look
from desk_app.ui.sync.stick_folder import StickFolder
from desk_app.ui.sync.sync_texts import waiting_words
from desk_app.ui.widgets import formats
from desk_app.ui.widgets.buttons import button

if TYPE_CHECKING:
    from desk_app.services.sync.records import SyncStatus
    from desk_app.store.queries.dossiers import DossierRow


class UnsentCard(LeftOpenCard):
    """`send_wanted` over the line, `export_wanted` gives the folder of a stick."""

    send_wanted = Signal()
    export_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "day_end.unsent", self.tr("Chưa gửi về cấp trên"), self.tr("Cấp trên đã nhận đủ"))
        self._deeds = QWidget()
        self._deeds.setProperty("ground", "clear")
        column = QVBoxLayout(self._deeds)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(8)
        self._folder = StickFolder(look, "day_end.stick_folder")
        column.addWidget(self._folder)
        row = QHBoxLayout()
        row.setSpacing(8)
        send, write = self.tr("Gửi ngay"), self.tr("Chép ra USB")
        row.addWidget(button(look, send, "day_end.send", self.send_wanted.emit, icon="refresh-cw"), 1)
        row.addWidget(button(look, write, "day_end.export", self._export, icon="hard-drive-upload"), 1)
        column.addLayout(row)
        self.column.addWidget(self._deeds)

    def show_day(self, status: SyncStatus, unsent: Sequence[DossierRow]) -> None:
        is_begun = status.enrolled and status.digits_confirmed
        said = ""
        if not is_begun:
            said = self.tr("Quầy này chưa ghép với cấp trên, nên chưa gửi gì. Dữ liệu vẫn nằm trên máy này.")
        elif status.waiting_events:
            said = self.tr("%s, %s chưa được xác nhận. Không mất gì: vẫn nằm trên máy này.") % (
                waiting_words(status),
                formats.events(status.waiting_events),
            )
        self.show_rows(unsent if is_begun else (), more=said)
        if not is_begun:
            self.put_off(self.tr("Chưa ghép với cấp trên"))
        self._deeds.setVisible(is_begun and bool(status.waiting_events))

    def _export(self) -> None:
        folder = self._folder.folder()
        if folder is not None:
            self.export_wanted.emit(folder)
