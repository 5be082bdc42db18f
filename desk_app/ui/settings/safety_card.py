"""The card of safety: a new recovery code, when the paper with the old one was lost or seen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt

from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.password_input import PasswordCard


class SafetyCard(PageCard):
    """`code_wanted` gives the password of the desk, "" where the machine opens it; `update_wanted` leads to a page."""

    code_wanted = Signal(str)
    update_wanted = Signal()

    def __init__(self, look: Look, *, is_kept_by_machine: bool, refusal: str) -> None:
        super().__init__(self.tr("An toàn"))
        self.column.setSpacing(10)
        said = self.tr(
            "Mã khôi phục mở được dữ liệu khi máy hỏng hoặc quên mật khẩu. Tờ giấy ghi mã bị mất, hoặc có người ngoài "
            "thấy, thì tạo mã mới: mã cũ hết dùng được khi gõ lại nhóm cuối của mã mới."
        )
        self.column.addWidget(label(said, "soft", wraps=True))
        self._open = label(
            self.tr("Có một mã mới chưa gõ lại: mã cũ và mã mới đều mở được dữ liệu. Tạo mã mới lần nữa để làm xong."),
            "warn",
            wraps=True,
        )
        self._open.setAccessibleIdentifier("settings.code.unsettled")
        self.column.addWidget(self._open)
        self._open.hide()
        self.password = PasswordCard(look, "settings.code.passphrase", self.tr("Mật khẩu mở dữ liệu"))
        self.column.addWidget(self.password)
        self.password.setVisible(not is_kept_by_machine)
        self.renew = button(
            look, self.tr("Tạo mã khôi phục mới…"), "settings.code.renew", self._ask, icon="lock-keyhole"
        )
        self.column.addWidget(self.renew)
        self._asks_password = not is_kept_by_machine
        self.column.addWidget(
            button(
                look,
                self.tr("Cập nhật chương trình…"),
                "settings.update",
                self.update_wanted.emit,
                icon="package-check",
                key="Ctrl+U",
            )
        )
        if refusal:
            self.renew.setEnabled(False)
            self.password.setEnabled(False)
            self.column.addWidget(label(refusal, "warn", wraps=True))

    def ask_password(self, why: str) -> None:
        """The password is wanted, or was wrong."""
        self._asks_password = True
        self.password.show()
        self.password.complain(why)
        self.password.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.password.first.selectAll()

    def show_open(self, *, is_unsettled: bool) -> None:
        self._open.setVisible(is_unsettled)

    def forget(self) -> None:
        self.password.first.put("")
        self.password.complain("")

    def _ask(self) -> None:
        if self._asks_password and not self.password.value():
            self.ask_password(self.tr("gõ mật khẩu mở dữ liệu trước"))
            return
        self.password.complain("")
        self.code_wanted.emit(self.password.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.focusWidget() is self.password.first:
            self._ask()
            return
        super().keyPressEvent(event)
