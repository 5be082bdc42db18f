"""The recovery code, shown once: to print, to write on a stick or to copy, and its last group typed back as proof."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.store.keys.recovery_code import groups, is_last_group
from desk_app.ui.look.theme import Look
from desk_app.ui.setup.door import DoorPage
from desk_app.ui.sync.stick_folder import StickFolder
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label


class RecoveryPage(DoorPage):
    """`print_wanted`, `file_wanted` with the folder, and `done` once the last group was typed back.

    `ends` is what the last button says.
    """

    help_page = "recovery"
    print_wanted = Signal()
    file_wanted = Signal(object)
    done = Signal()

    def __init__(self, look: Look, code: str, *, is_kept_by_machine: bool, ends: str = "") -> None:
        super().__init__(
            self.tr("Mã khôi phục"),
            self.tr(
                "Mở được dữ liệu khi máy hỏng, quên mật khẩu. Chỉ hiện một lần: in, ghi ra USB hoặc chép lại, "
                "rồi cất trong tủ khóa."
            ),
        )
        self._look, self._code = look, code
        self._ends = ends or self.tr("Bắt đầu")
        self._showing = self._shown_part(is_kept_by_machine=is_kept_by_machine)
        self._asking = self._asked_part()
        self.column.addWidget(self._showing)
        self.column.addWidget(self._asking)
        self._asking.hide()

    def _shown_part(self, *, is_kept_by_machine: bool) -> QWidget:
        part, column = _part()
        self.code = label("\n".join(groups(self._code)), "big-code")  # never broken: each group has its own line
        self.code.setAccessibleIdentifier("recovery.code")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.code)
        kept = (
            self.tr("Hằng ngày chương trình tự mở trên máy này.")
            if is_kept_by_machine
            else self.tr("Hằng ngày mở bằng mật khẩu đã đặt.")
        )
        column.addWidget(label(kept, "faint", wraps=True))
        self.stick = StickFolder(self._look, "recovery.folder")
        self.stick.field.returnPressed.connect(self._write)
        column.addWidget(self.stick)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(
            button(
                self._look, self.tr("In mã"), "recovery.print", self.print_wanted.emit, icon="printer", tall="medium"
            ),
            1,
        )
        row.addWidget(
            button(self._look, self.tr("Ghi ra USB"), "recovery.write", self._write, icon="usb", tall="medium"), 1
        )
        column.addLayout(row)
        self._go_on = button(
            self._look, self.tr("Đã cất mã, tiếp tục"), "recovery.done", self._ask, kind="primary", tall="medium"
        )
        column.addWidget(self._go_on)
        return part

    def _asked_part(self) -> QWidget:
        part, column = _part()
        asked = self.tr("Gõ lại nhóm cuối của mã, theo tờ giấy hoặc tệp vừa cất. Mã đã được giấu đi.")
        column.addWidget(label(asked, wraps=True))
        self.typed = TextInput("recovery.last_group", self.tr("Nhóm cuối (9 ký tự)"))
        self._held = Labelled(self.tr("Nhóm cuối (9 ký tự)"), self.typed)
        column.addWidget(self._held)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(button(self._look, self.tr("Xem lại mã"), "recovery.back", self._show, tall="medium"), 1)
        row.addWidget(
            button(self._look, self._ends, "recovery.confirm", self._confirm, kind="primary", tall="medium"),
            1,
        )
        column.addLayout(row)
        return part

    def _write(self) -> None:
        folder = self.stick.folder()
        if folder is not None:
            self.file_wanted.emit(folder)

    def _ask(self) -> None:
        self._showing.hide()
        self._asking.show()
        self.fit()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        self._asking.hide()
        self._held.complain("")
        self.typed.put("")
        self._showing.show()
        self.fit()
        self._go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        if is_last_group(self._code, self.typed.value()):
            self.done.emit()
            return
        is_empty = not self.typed.value().strip()
        self._held.complain(self.tr("chưa nhập") if is_empty else self.tr("chưa khớp, xem lại tờ đã in hoặc đã chép"))
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.focusWidget() is self.typed:
            self._confirm()
        elif event.key() == Qt.Key.Key_Escape and self._asking.isVisible():
            self._show()
        else:
            super().keyPressEvent(event)


def _part() -> tuple[QWidget, QVBoxLayout]:
    part = QWidget()
    part.setProperty("ground", "clear")
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(11)
    return part, column
