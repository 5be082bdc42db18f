"""Pages before the desk is open: a card in the middle that says one thing or asks a few."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desk_app.ui.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.side_bar import Emblem

_WIDE = 470


class DoorPage(QWidget):
    """A titled card in the middle of the window; `column` is where its content goes."""

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card = QFrame()
        card.setProperty("card", True)
        card.setFixedWidth(_WIDE)
        self.column = QVBoxLayout(card)
        self.column.setContentsMargins(26, 22, 26, 24)
        self.column.setSpacing(11)
        head = QHBoxLayout()
        head.setSpacing(13)
        head.addWidget(Emblem())
        head.addWidget(label(title, "title", wraps=True), 1)
        self.column.addLayout(head)
        self.text = label(text, "soft", wraps=True)
        self.text.setVisible(bool(text))
        self.column.addWidget(self.text)
        body = QWidget()
        body.setProperty("ground", "clear")
        middle = QVBoxLayout(body)
        middle.addStretch()
        middle.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)

    def say(self, text: str) -> None:
        self.text.setText(text)
        self.text.setVisible(bool(text))


class RefusedPage(DoorPage):
    """The desk does not open; `again` tries once more."""

    again = Signal()

    def __init__(self, look: Look, message: str, remedy: str) -> None:
        super().__init__(self.tr("Chưa mở được dữ liệu"), message)
        self.column.addWidget(label(remedy, wraps=True))
        retry = button(look, self.tr("Thử lại"), "door.again", self.again.emit, kind="primary", tall="medium")
        self.column.addWidget(retry)


class UnlockPage(DoorPage):
    """Asks the passphrase, or the recovery code that was printed. `given(passphrase, recovery)`: one of them is ""."""

    given = Signal(str, str)

    def __init__(self, look: Look, message: str, remedy: str) -> None:
        super().__init__(self.tr("Mở khóa dữ liệu"), message)
        self.column.addWidget(label(remedy, "faint", wraps=True))
        self.passphrase = TextInput("unlock.passphrase", self.tr("Mật khẩu"))
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.recovery = TextInput("unlock.recovery", self.tr("Mã khôi phục"), self.tr("Mã đã in khi cài đặt"))
        self.column.addWidget(Labelled(self.tr("Mật khẩu"), self.passphrase))
        self.column.addWidget(Labelled(self.tr("Hoặc mã khôi phục"), self.recovery))
        self.column.addWidget(
            button(look, self.tr("Mở"), "unlock.open", self._give, kind="primary", icon="lock-keyhole", tall="medium")
        )

    def _give(self) -> None:
        self.given.emit(self.passphrase.value(), self.recovery.value().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._give()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
