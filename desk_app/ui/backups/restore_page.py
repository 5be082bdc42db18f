"""Bringing a backup back: where it is, which one, the recovery code, and the program begins anew with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desk_app.ui.look.theme import Look
from desk_app.ui.setup.door import DoorPage
from desk_app.ui.sync.stick_folder import StickFolder
from desk_app.ui.widgets import formats
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.backups.backup_point import BackupPoint


class RestorePage(DoorPage):
    """`is_over_work`: a desk is in use. `look_wanted` with the folder; `restore_wanted` with folder, backup and code;
    `again_wanted` once it is done.
    """

    look_wanted = Signal(object)
    restore_wanted = Signal(object, str, str)
    again_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, look: Look, folder: str, *, is_over_work: bool) -> None:
        super().__init__(
            self.tr("Khôi phục từ bản sao lưu"),
            self.tr(
                "Chọn nơi có bản sao lưu (USB, ổ đĩa, thư mục mạng) và gõ mã khôi phục. Việc ghi sau lúc sao lưu lấy "
                "lại từ cấp trên khi gửi nhận."
            )
            if not is_over_work
            else self.tr(
                "Dữ liệu đang dùng không bị xóa: chương trình cất nguyên sang thư mục bên cạnh, rồi mở lại bằng "
                "dữ liệu của bản sao lưu. Việc ghi sau lúc sao lưu lấy lại từ cấp trên khi gửi nhận."
            ),
        )
        self.place = StickFolder(look, "restore.folder")
        self.place.field.put(folder)
        self.place.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place.field.textChanged.connect(lambda _: self.show_points((), None))
        self.column.addWidget(self.place)
        self._look_deed = button(look, self.tr("Xem các bản ở đó"), "restore.look", self._want_look, icon="search")
        self.column.addWidget(self._look_deed)
        self.which = Chooser("restore.which", self.tr("Bản sao lưu"), free=False, needed=True)
        self._held_which = Labelled(self.tr("Bản sao lưu"), self.which)
        self.column.addWidget(self._held_which)
        self._newer = label(role="warn", wraps=True)
        self._newer.setAccessibleIdentifier("restore.newer")
        self.column.addWidget(self._newer)
        self._newer.hide()
        self.code = TextInput("restore.code", self.tr("Mã khôi phục"), self.tr("27 ký tự trên tờ đã cất"))
        self._held_code = Labelled(self.tr("Mã khôi phục"), self.code)
        self.column.addWidget(self._held_code)
        self.restore = button(look, self.tr("Khôi phục"), "restore.do", self._want, kind="primary", tall="medium")
        self.column.addWidget(self.restore)
        self._leave = button(look, self.tr("Thôi, không khôi phục"), "restore.leave", self.leave_wanted.emit)
        self.column.addWidget(self._leave)
        self._again = button(
            look, self.tr("Mở lại với dữ liệu vừa khôi phục"), "restore.again", self.again_wanted.emit, kind="primary"
        )
        self.column.addWidget(self._again)
        self._again.hide()

    def show_points(self, points: Sequence[BackupPoint], now: datetime | None) -> None:
        """The backups there, the newest that was proved chosen."""
        self.which.offer(
            [
                (each.stem, self._named(each) % (formats.moment(each.made_on, now), each.dossiers))
                for each in points
                if now is not None
            ]
        )
        self.which.put(next((each.stem for each in (*(one for one in points if one.is_proved), *points)), ""))
        if points:
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _named(self, point: BackupPoint) -> str:
        return self.tr("%s, %d hồ sơ") if point.is_proved else self.tr("%s, %d hồ sơ, chưa kiểm xong")

    def show_newer(self, events: int) -> None:
        """How many events of the desk in use the chosen backup lacks."""
        self._newer.setText(
            self.tr("Máy này có %d việc ghi sau bản sao lưu; khôi phục thì các việc đó ở lại thư mục cất.") % events
        )
        self._newer.setVisible(events > 0)

    def complain_of_code(self, why: str) -> None:
        self._held_code.complain(why)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.selectAll()

    def set_busy(self, doing: str) -> None:
        """What is being done, "" for nothing."""
        self.restore.setEnabled(not doing)
        self._leave.setEnabled(not doing)
        if doing:
            self.say(doing)

    def show_done(self, told: str) -> None:
        """It is made; nothing else can be done here any more."""
        self.say(told)
        for part in (self.place, self._look_deed, self._held_which, self._newer, self._held_code, self.restore):
            part.hide()
        self._leave.hide()
        self._again.show()
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _want_look(self) -> None:
        folder = self.place.folder()
        if folder is not None:
            self.look_wanted.emit(folder)

    def _want(self) -> None:
        folder = self.place.folder()
        if folder is None or not self.restore.isEnabled():
            return
        stem, code = self.which.value(), self.code.value().strip()
        self._held_which.complain("" if stem else self.tr("xem các bản ở đó rồi chọn một bản"))
        self._held_code.complain("" if code else self.tr("gõ mã khôi phục"))
        if stem and code:
            self.restore_wanted.emit(Path(folder), stem, code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.focusWidget() is self.code:
                self._want()
                return
            if self.focusWidget() is self.place.field:
                self._want_look()
                return
        super().keyPressEvent(event)
