"""What stands before a desk that does not open by itself: why it does not, and the question for its secret."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from desk_app.ui.look.theme import Look
from desk_app.ui.setup.door import DoorPage
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import Picture, label, restyle
from desk_app.ui.widgets.password_input import PasswordCard


def _refusal(look: Look, said: QLabel, remedy: str) -> QFrame:
    """What a page says went wrong, and what to do, in the colours of a warning, with its sign."""
    panel = QFrame()
    panel.setProperty("panel", "error")
    row = QHBoxLayout(panel)
    row.setContentsMargins(12, 9, 12, 9)
    row.setSpacing(10)
    row.addWidget(Picture(look, "triangle-alert", "error", 20), 0, Qt.AlignmentFlag.AlignTop)
    texts = QVBoxLayout()
    texts.setSpacing(3)
    restyle(said, "text_role", "section")
    said.setAccessibleIdentifier("door.refusal")
    texts.addWidget(said)
    texts.addWidget(label(remedy, wraps=True))
    row.addLayout(texts, 1)
    return panel


class RefusedPage(DoorPage):
    """The desk does not open; `again` tries once more."""

    again = Signal()

    def __init__(self, look: Look, message: str, remedy: str) -> None:
        super().__init__(self.tr("Chưa mở được dữ liệu"), message)
        self.column.addWidget(_refusal(look, self.text, remedy))
        retry = button(look, self.tr("Thử lại"), "door.again", self.again.emit, kind="primary", tall="medium")
        self.column.addWidget(retry)


class UnlockPage(DoorPage):
    """Asks the passphrase, or the recovery code that was printed. `given(passphrase, recovery)`: one of them is "".

    `wrong` names what was wrong, "passphrase" or "recovery": that is told as a warning, and the cursor is there.
    """

    given = Signal(str, str)

    def __init__(self, look: Look, message: str, remedy: str, *, wrong: str = "") -> None:
        super().__init__(self.tr("Mở khóa dữ liệu"), message)
        more = _refusal(look, self.text, remedy) if wrong else label(remedy, "faint", wraps=True)
        self.column.addWidget(more)
        password = PasswordCard(look, "unlock.passphrase", self.tr("Mật khẩu"))
        self.passphrase = password.first
        self.recovery = TextInput("unlock.recovery", self.tr("Mã khôi phục"), self.tr("Mã đã in khi cài đặt"))
        self.column.addWidget(password)
        self.column.addWidget(Labelled(self.tr("Hoặc mã khôi phục"), self.recovery))
        self.column.addWidget(
            button(look, self.tr("Mở"), "unlock.open", self._give, kind="primary", icon="lock-keyhole", tall="medium")
        )

        self._first = self.recovery if wrong == "recovery" else self.passphrase
        if wrong:
            self._first.show_state("error")
            self._first.setAccessibleDescription(message)

    def _give(self) -> None:
        self.given.emit(self.passphrase.value(), self.recovery.value().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._give()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)
