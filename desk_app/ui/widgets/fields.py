"""Labelled inputs: the label says what is wanted; after a refusal a line below says what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.chooser import ChoiceInput, Chooser
from desk_app.ui.widgets.labels import ShortLabel, label, restyle

__all__ = ["ChoiceInput", "Labelled", "NumberInput", "ReadLines", "TextInput"]
_LABEL_GAP = 2


class TextInput(QLineEdit):
    """One line of text. `changed` comes from the clerk or from outside, never from `put`.

    `noted(text, tone)` when the field has something to say of what was typed ("warn", "error"); "" takes it back.
    """

    changed = Signal()
    noted = Signal(str, str)

    def __init__(self, identifier: str, name: str, hint: str = "") -> None:
        super().__init__()
        named(self, identifier, name)
        self.setPlaceholderText(hint)
        self._is_put = False
        self.textChanged.connect(self._told)

    def value(self) -> str:
        return self.text()

    def put(self, value: str) -> None:
        if self.text() == value:
            return
        self._is_put = True
        self.setText(value)
        self.setCursorPosition(0 if not self.hasFocus() else len(value))
        self._is_put = False

    def settle(self) -> str:
        """Judge what is typed as when the field is left; why it cannot stand, "" when it can."""
        return ""

    def show_state(self, state: str) -> None:
        """ "" plain, "scan" as read from a card, "home" as prepared at home, "look" to be looked at, "error" refused.

        By colour and in words.
        """
        restyle(self, "state", state)
        told = {
            "scan": self.tr("Đọc từ thẻ"),
            "home": self.tr("Khai trước, đối chiếu với giấy tờ"),
            "look": self.tr("Cần xem lại"),
            "error": self.tr("Sai hoặc còn thiếu"),
        }
        self.setAccessibleDescription(told.get(state, ""))

    def _told(self) -> None:
        if not self._is_put:
            if self.property("state") in {"error", "scan", "look", "home"}:
                self.show_state("")
                self.noted.emit("", "")
            self.changed.emit()

    def type_on(self) -> None:
        """The page comes back to this field: the next letter goes on with what was typed and replaces none of it."""
        if self.isModified():
            self.end(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.OtherFocusReason,
        }:
            self.end(False)
            self.home(True)  # all of it chosen, and the beginning of a long text in sight


class NumberInput(TextInput):
    """A whole number from 0 to `most`; empty is 0."""

    def __init__(self, identifier: str, name: str, most: int, hint: str = "") -> None:
        super().__init__(identifier, name, hint)
        self.setValidator(QIntValidator(0, most, self))

    def number(self) -> int:
        text = self.text().strip()
        return int(text) if text.isdecimal() else 0

    def said(self) -> int | None:
        """The number typed, None where nothing is."""
        return self.number() if self.value() else None


class ReadLines(QPlainTextEdit):
    """Lines to be read: the cursor goes through them, Tab goes past. `tall` is the least height in pixels."""

    def __init__(self, identifier: str, name: str, *, tall: int) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(tall)
        named(self, identifier, name)


class Labelled(QWidget):
    """An input under its label; what is wrong with it, and what the input says itself, stands below."""

    def __init__(self, text: str, field: QWidget, *, required: bool = False) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.field = field
        self._text = f"{text} *" if required else text
        self._label = ShortLabel("label")
        self._label.setText(self._text)
        self._label.setBuddy(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_LABEL_GAP)
        column.addWidget(self._label)
        column.addWidget(field)
        self._note = label(role="warn", wraps=True)
        self._note.hide()
        column.addWidget(self._note)
        self._remark: QLabel | None = None
        self._column = column
        column.addStretch()  # beside a taller one the input stays right below its label
        if isinstance(field, TextInput | Chooser):
            self._note.setAccessibleIdentifier(f"{field.accessibleIdentifier()}.note")
            field.noted.connect(self.note)

    def note(self, text: str, tone: str) -> None:
        """A sentence below the input, read out with it; "" takes it away."""
        self._note.setText(text)
        self._note.setVisible(bool(text) and text not in self.remarked())  # the rules may have said it already
        restyle(self._note, "text_role", tone or "warn")
        restyle(self._label, "state", "error" if text and tone == "error" else "")
        self.field.setAccessibleDescription(text)

    def remark(self, text: str, tone: str = "warn") -> None:
        """A sentence of the rules below the input, beside what the input itself has to say; "" takes it away."""
        if self._remark is None:
            if not text:
                return
            self._remark = label(role="warn", wraps=True)
            self._remark.setAccessibleIdentifier(f"{self.field.accessibleIdentifier()}.remark")
            self._column.insertWidget(self._column.count() - 1, self._remark)
        if self._remark.text() == text:
            return
        self._remark.setText(text)
        self._remark.setVisible(bool(text))
        restyle(self._remark, "text_role", tone)
        self.field.setAccessibleDescription(text)

    def remarked(self) -> str:
        """The sentence of the rules that stands below the input; "" for none."""
        return self._remark.text() if self._remark is not None else ""

    def label_height(self) -> int:
        """Pixels above the input, for what stands beside it."""
        self._label.ensurePolished()
        return self._label.sizeHint().height() + _LABEL_GAP

    def name(self, text: str) -> None:
        """Call the input something else from now on."""
        self._text = text
        self._label.setText(text)

    def complain(self, why: str) -> None:
        """Say below the input what is wrong with it; "" takes that back."""
        if isinstance(self.field, TextInput | Chooser):
            self.field.show_state("error" if why else "")
        self.note(f"{why[:1].upper()}{why[1:].rstrip('.')}." if why else "", "error")
