"""What may be done with a dossier next: a button for each step, and what the step must be told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desk_app.domain.steps import Status
from desk_app.domain.typed_day import DaySense
from desk_app.errors import DeskError
from desk_app.ui.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.titled_card import TitledCard
from desk_app.ui.widgets.wrap_row import WrapRow

if TYPE_CHECKING:
    from desk_app.services.following import StepChoice

_USUAL = {
    Status.RECEIVED: ("hand-over", "forward"),
    Status.PROCESSING: ("ready",),
    Status.AWAITING_COMPLETION: ("complete",),
    Status.SUSPENDED: ("resume",),
    Status.RESULT_READY: ("return",),
}


class StepsCard(TitledCard):
    """`taken(action, reason, due)`; the day is ISO, or as typed where no calendar has it."""

    taken = Signal(str, str, str)

    def __init__(self, look: Look, read_day: ReadDay) -> None:
        super().__init__(self.tr("Bước tiếp theo"))
        self._look = look
        self._read_day = read_day
        self._chosen: StepChoice | None = None
        self._steps: Sequence[StepChoice] = ()
        self._usual: QPushButton | None = None
        self._buttons = WrapRow()
        self.column.addWidget(self._buttons)
        self.column.addWidget(self._form())

    def _form(self) -> QFrame:
        self._panel = QFrame()
        self._panel.setProperty("panel", "plain")
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(14, 10, 14, 13)
        column.setSpacing(8)
        self._asked = label(role="section")
        self._asked.setAccessibleIdentifier("dossier.step.asked")
        column.addWidget(self._asked)
        self.reason = TextInput("dossier.step.reason", self.tr("Lý do"))
        self.due = DateField("dossier.step.due", self.tr("Ngày hẹn trả mới"), DaySense.DUE, self._read_day)
        self._reason_held = Labelled(self.tr("Lý do"), self.reason)
        self._due_held = Labelled(self.tr("Ngày hẹn trả mới"), self.due, required=True)
        column.addWidget(self._reason_held)
        column.addWidget(self._due_held)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._confirm = button(
            self._look, self.tr("Ghi bước này"), "dossier.step.confirm", self._take, kind="primary", icon="check"
        )
        row.addWidget(self._confirm)
        row.addWidget(button(self._look, self.tr("Thôi"), "dossier.step.cancel", self.cancel))
        row.addStretch()
        column.addLayout(row)
        self._panel.hide()
        return self._panel

    def show_steps(self, steps: Sequence[StepChoice], status: Status) -> None:
        """The steps that are open now, the usual one first and marked; one half told stays while it is still open."""
        if self._chosen is not None and self._chosen not in steps:
            self.cancel()
        self._steps = steps
        usual = next((name for name in _USUAL.get(status, ()) if any(name == each.action for each in steps)), "")
        ordered = sorted(steps, key=lambda each: each.action != usual)
        made = [self._button(each, is_usual=each.action == usual) for each in ordered]
        self._usual = made[0] if usual and made else None
        self._buttons.show_parts(made)
        self.setVisible(bool(steps))

    @property
    def chosen_action(self) -> str:
        """The step whose form is open, "" for none."""
        return self._chosen.action if self._chosen is not None else ""

    def choose(self, action: str) -> None:
        """Open the form of this step, where it can still be taken."""
        step = next((each for each in self._steps if each.action == action), None)
        if step is not None:
            self._choose(step)

    def choose_usual(self) -> None:
        if self._usual is not None:
            self._usual.click()

    def cancel(self) -> bool:
        """Put the form away; False when there was none."""
        was_open = self._chosen is not None
        self._chosen = None
        self._panel.hide()
        if was_open and self._usual is not None and self.isVisible():
            self._usual.setFocus(Qt.FocusReason.OtherFocusReason)
        return was_open

    def complain(self, error: DeskError) -> None:
        """Mark the field a refusal names."""
        name = str(error.facts.get("field", ""))
        held = {"reason": self._reason_held, "due_at": self._due_held, "due": self._due_held}.get(name)
        if held is not None:
            held.complain(str(error.facts.get("why", "")) or self.tr("chưa nhập"))
            held.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, step: StepChoice, *, is_usual: bool) -> QPushButton:
        text = step.label[:1].upper() + step.label[1:]
        kind = "primary" if is_usual else ""
        return button(self._look, text, f"dossier.step.{step.action}", partial(self._choose, step), kind=kind)

    def _choose(self, step: StepChoice) -> None:
        self._chosen = step
        self._asked.setText(step.label[:1].upper() + step.label[1:])
        for held, field in ((self._reason_held, self.reason), (self._due_held, self.due)):
            held.complain("")
            field.put("")
        self._reason_held.setVisible(True)
        self._reason_held.name(self.tr("Lý do *") if step.needs_reason else self.tr("Ghi chú (không bắt buộc)"))
        self._due_held.setVisible(step.needs_due)
        self._panel.show()
        focus = self.reason if step.needs_reason else self.due if step.needs_due else self._confirm
        focus.setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self) -> None:
        if self._chosen is not None:
            due = self.due.iso() if self._chosen.needs_due else ""
            self.taken.emit(self._chosen.action, self.reason.value().strip(), due)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.focusWidget() in {self.reason, self.due}:
            if self.focusWidget() is self.reason and self.due.isVisibleTo(self):
                self.due.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._take()
            return
        super().keyPressEvent(event)
