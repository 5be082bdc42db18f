"""Setting one thing of a dossier right: which, the new value, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk_app.domain import dates
from desk_app.domain.typed_day import sense_of
from desk_app.errors import DeskError
from desk_app.ui.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.titled_card import TitledCard, empty

if TYPE_CHECKING:
    from desk_app.services.corrections import Correctable


class CorrectionCard(TitledCard):
    """`corrected(path, value, reason)`; hidden until somebody wants to set something right."""

    corrected = Signal(str, str, str)

    def __init__(self, look: Look, read_day: ReadDay) -> None:
        super().__init__(self.tr("Đính chính"))
        self._found: dict[str, Correctable] = {}
        self._read_day = read_day
        self.which = Chooser("dossier.correct.field", self.tr("Mục cần sửa"), self.tr("Gõ vài chữ để lọc"))
        self.which.changed.connect(self._show_input)
        self.reason = TextInput("dossier.correct.reason", self.tr("Lý do đính chính"), self.tr("Không bắt buộc"))
        self._which_held = Labelled(self.tr("Mục cần sửa"), self.which)
        self._value: TextInput | Chooser = TextInput("dossier.correct.value", self.tr("Giá trị đúng"))
        self._value_held = Labelled(self.tr("Giá trị đúng"), self._value)
        self._place = QVBoxLayout()
        self._place.addWidget(self._value_held)
        self._before = label(role="faint", wraps=True)
        self.column.addWidget(self._which_held)
        self.column.addLayout(self._place)
        self.column.addWidget(self._before)
        self.column.addWidget(Labelled(self.tr("Lý do"), self.reason))
        row = QHBoxLayout()
        row.setSpacing(8)
        self._save = button(
            look, self.tr("Lưu đính chính"), "dossier.correct.save", self._give, kind="primary", icon="check"
        )
        row.addWidget(self._save)
        row.addWidget(button(look, self.tr("Thôi"), "dossier.correct.cancel", self.cancel))
        row.addStretch()
        self.column.addLayout(row)
        self.hide()

    def begin(self, found: Sequence[Correctable]) -> None:
        """Offer these; nothing is chosen yet."""
        self._found = {each.path: each for each in found}
        self.which.offer([(each.path, _named(each)) for each in found])
        self.which.put("")
        self.reason.put("")
        self._which_held.complain("")
        self._show_input()
        self.show()
        self.which.setFocus(Qt.FocusReason.TabFocusReason)

    def cancel(self) -> bool:
        """Put the card away; False when it was not there."""
        was_open = not self.isHidden()
        self.hide()
        return was_open

    def complain(self, error: DeskError) -> None:
        held = self._which_held if not self.which.value() else self._value_held
        held.complain(str(error.facts.get("why", "")) or self.tr("cần xem lại"))
        held.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_input(self) -> None:
        """The input the chosen thing is given with; a text while nothing is chosen."""
        chosen = self._found.get(self.which.value())
        empty(self._place)
        self._value = _input(chosen, self._read_day)
        self._value_held = Labelled(self.tr("Giá trị đúng"), self._value)
        self._place.addWidget(self._value_held)
        self._value_held.setVisible(chosen is not None)
        self._save.setEnabled(chosen is not None)
        self._before.setVisible(chosen is not None)
        if chosen is not None:
            self._before.setText(self.tr("Hiện tại: %s") % (_shown(chosen) or self.tr("(để trống)")))
            # Not at once: the Enter that chose it is still under way, and would go on from there.
            if self.which.hasFocus():
                QTimer.singleShot(0, self, self._focus_value)

    def _focus_value(self) -> None:
        self._value.setFocus(Qt.FocusReason.TabFocusReason)

    def _given(self) -> str:
        return self._value.iso() if isinstance(self._value, DateField) else self._value.value().strip()

    def _give(self) -> None:
        if self._value.settle():
            self._value.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.which.value():
            self.corrected.emit(self.which.value(), self._given(), self.reason.value().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and focus is self._value:
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and focus is self.reason:
            self._give()
        else:
            super().keyPressEvent(event)


def _named(each: Correctable) -> str:
    return f"{each.label} ({each.whose})" if each.whose else each.label


def _shown(each: Correctable) -> str:
    if each.kind == "date":
        return dates.shown(each.value)
    return dict(_choices(each)).get(each.value, each.value)


def _choices(each: Correctable) -> tuple[tuple[str, str], ...]:
    """(value, words), none for what is typed."""
    if each.path == "return_by":
        return (("counter", "Tại quầy"), ("post", "Qua bưu chính"))
    if each.kind == "yes_no":
        return (("Có", "Có"), ("Không", "Không"))
    if each.path.startswith("people.") and each.path.endswith(".sex"):
        return (("Nam", "Nam"), ("Nữ", "Nữ"))
    return tuple((choice, choice) for choice in each.choices)


def _input(chosen: Correctable | None, read_day: ReadDay) -> TextInput | Chooser:
    identifier = "dossier.correct.value"
    if chosen is None:
        return TextInput(identifier, "Giá trị đúng")
    if choices := _choices(chosen):
        choice = Chooser(identifier, chosen.label, "—", free=chosen.free, needed=chosen.path == "return_by")
        choice.offer(choices)
        choice.put(chosen.value)
        return choice
    if chosen.kind == "date":
        date = DateField(identifier, chosen.label, sense_of(chosen.path), read_day)
        date.put_iso(chosen.value)
        return date
    text = TextInput(identifier, chosen.label)
    text.put(chosen.value)
    return text
