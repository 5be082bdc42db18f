"""The form of one step: its reason, its new due date, and for a step that ends the dossier one question more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.calendar.typed_day import DaySense
from desk_app.errors import DeskError
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.dossiers.steps import StepChoice

_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class StepPanel(QFrame):
    """`record_wanted` when the step is to be recorded, `cancel_wanted` when the clerk goes back."""

    record_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, look: Look, read_day: ReadDay) -> None:
        super().__init__()
        self.code = ""
        self._step: StepChoice | None = None
        self.setProperty("panel", "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 13)
        column.setSpacing(8)
        self._asked = label(role="section", wraps=True)
        self._asked.setAccessibleIdentifier("dossier.step.asked")
        column.addWidget(self._asked)
        self._remark = label(role="faint", wraps=True)
        column.addWidget(self._remark)
        self.reason = TextInput("dossier.step.reason", self.tr("Lý do"))
        self.due = DateField("dossier.step.due", self.tr("Ngày hẹn trả mới"), DaySense.DUE, read_day)
        self._reason_held = Labelled(self.tr("Lý do"), self.reason)
        self._due_held = Labelled(self.tr("Ngày hẹn trả mới"), self.due, required=True)
        self._confirm = button(
            look,
            self.tr("Ghi bước này"),
            "dossier.step.confirm",
            self.record,
            kind="primary",
            icon="check",
            key="Enter",
        )
        self._cancel = button(look, self.tr("Thôi"), "dossier.step.cancel", self.cancel_wanted.emit, key="Esc")
        self._form = _held(self._reason_held, self._due_held, row=(self._confirm, self._cancel))
        column.addWidget(self._form)
        self._question = label(wraps=True)
        self._question.setAccessibleIdentifier("dossier.step.question")
        self._sure = button(
            look, self.tr("Đúng, ghi"), "dossier.step.sure", self.record, kind="primary", icon="check", key="Enter"
        )
        self._unsure = button(look, self.tr("Quay lại"), "dossier.step.unsure", self.cancel_wanted.emit, key="Esc")
        self._asking = _held(self._question, row=(self._sure, self._unsure))
        self._asking.hide()
        column.addWidget(self._asking)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab leads, in order."""
        return (self.reason, self.due, self._confirm, self._cancel, self._sure, self._unsure)

    def begin(self, step: StepChoice) -> None:
        """An empty form for this step, the cursor in its first field."""
        self._step = step
        self._asked.setText(step.label[:1].upper() + step.label[1:])
        self._remark.setText(step.remark)
        self._remark.setVisible(bool(step.remark))
        self._reason_held.complain("")
        self._due_held.complain("")
        self.reason.put("")
        self._reason_held.name(self.tr("Lý do *") if step.needs_reason else self.tr("Ghi chú (không bắt buộc)"))
        self.due.put_iso(step.due_on)
        self._due_held.setVisible(step.needs_due)
        self._show_form()
        self.show()
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def record(self) -> None:
        """Ask once more about a step that ends the dossier, then have it recorded."""
        if self._step is None:
            return
        if self._step.needs_reason and self._step.ends and not self.reason.value().strip():
            self._mark(self._reason_held, self.tr("chưa nhập"))
        elif self._step.ends and self._asking.isHidden():
            self._ask(self._step)
        else:
            self.record_wanted.emit()

    def unask(self) -> bool:
        """From the question back to the form; False when nothing was asked."""
        if self._asking.isHidden():
            return False
        self._show_form()
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def complain(self, error: DeskError) -> None:
        """Mark the field a refusal names."""
        name = str(error.facts.get("field", ""))
        held = {"reason": self._reason_held, "due_at": self._due_held, "due": self._due_held}.get(name)
        if held is not None:
            self._show_form()
            self._mark(held, str(error.facts.get("why", "")) or self.tr("chưa nhập"))

    def _mark(self, held: Labelled, why: str) -> None:
        held.complain(why)
        held.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, step: StepChoice) -> None:
        self._question.setText(
            self.tr("Bước «%s» kết thúc hồ sơ %s. Đúng hồ sơ này thì nhấn Enter lần nữa.") % (step.label, self.code)
        )
        self._sure.setAccessibleDescription(self._question.text())
        self._asking.show()
        self._sure.setFocus(Qt.FocusReason.OtherFocusReason)  # before the form goes: else Qt chooses where to
        self._form.setEnabled(False)  # what was typed stays in sight, and is kept like any page half filled in

    def _show_form(self) -> None:
        self._form.setEnabled(True)
        self._asking.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() not in _ENTERS or focus not in {self.reason, self.due}:
            super().keyPressEvent(event)
        elif focus is self.reason and self.due.isVisibleTo(self):
            self.due.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.record()


def _held(*parts: QWidget, row: tuple[QWidget, ...]) -> QWidget:
    """Parts below each other, then buttons beside each other."""
    held = QWidget()
    held.setProperty("ground", "clear")
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part)
    buttons = QHBoxLayout()
    buttons.setSpacing(8)
    for each in row:
        buttons.addWidget(each)
    buttons.addStretch()
    column.addLayout(buttons)
    return held
