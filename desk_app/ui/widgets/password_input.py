"""A password, hidden while it is typed: F4 or the eye shows it, and Caps Lock is told."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import tool
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label

_NO_INPUT_METHOD = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class PasswordInput(TextInput):
    """`turned` when it is shown or hidden, `capitals` whether letters come as capitals without Shift.

    An input method stays away also while the text is shown, so that the same keys always give the same password.
    """

    turned = Signal(bool)
    capitals = Signal(bool)

    def __init__(self, identifier: str, name: str, hint: str = "") -> None:
        super().__init__(identifier, name, hint)
        self.show_typed(is_shown=False)

    def turn(self) -> None:
        """Show what is typed, or hide it again."""
        is_hidden = self.echoMode() is QLineEdit.EchoMode.Password
        self.show_typed(is_shown=is_hidden)
        self.turned.emit(is_hidden)

    def show_typed(self, *, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        blocker = QSignalBlocker(self)
        self.setEchoMode(mode)
        blocker.unblock()
        self.setInputMethodHints(_NO_INPUT_METHOD)  # Qt forgets them with the mode

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4:
            self.turn()
            return
        typed = event.text()
        if len(typed) == 1 and typed.isalpha():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(typed.isupper() != has_shift and typed.lower() != typed.upper())
        super().keyPressEvent(event)


class PasswordCard(QWidget):
    """A password under its label, with the eye beside it; with `twice` it is asked a second time."""

    def __init__(self, look: Look, identifier: str, name: str, hint: str = "", *, twice: bool = False) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.first = PasswordInput(identifier, name, hint)
        self.inputs = [self.first]
        self.held = [Labelled(name, self.first)]
        if twice:
            again = self.tr("Gõ lại mật khẩu")
            second = PasswordInput(f"{identifier}_again", again)
            self.inputs.append(second)
            self.held.append(Labelled(again, second))
        self._eye = tool(look, "eye", self.tr("Hiện hoặc ẩn mật khẩu (F4)"), f"{identifier}_show", self.first.turn)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._caps = label(self.tr("Phím Caps Lock đang bật."), "faint", wraps=True)
        self._caps.setAccessibleIdentifier(f"{identifier}_caps")
        self._caps.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.held[0], 1)
        row.addWidget(self._eye, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        column.addLayout(row)
        for each in self.held[1:]:
            column.addWidget(each)
        column.addWidget(self._caps)
        for field in self.inputs:
            field.turned.connect(self._turn)
            field.capitals.connect(self._caps.setVisible)

    def value(self) -> str:
        return self.first.value()

    def is_same_twice(self) -> bool:
        """Whether both times the same was typed; says so at the second where not."""
        is_same = all(field.value() == self.first.value() for field in self.inputs)
        self.held[-1].complain("" if is_same else self.tr("hai lần gõ khác nhau"))
        if not is_same:
            self.inputs[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        return is_same

    def complain(self, why: str) -> None:
        self.held[0].complain(why)

    def _turn(self, is_shown: bool) -> None:  # noqa: FBT001 - a slot
        for field in self.inputs:
            field.show_typed(is_shown=is_shown)
