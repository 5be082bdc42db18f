"""The form of one step: its reason, due date, what its papers ask; whether a step that ends the dossier is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.calendar.typed_day import DaySense
from desk_app.errors import DeskError
from desk_app.ui.focus.sight import bring_in_sight
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.questions_grid import QuestionsGrid

if TYPE_CHECKING:
    from desk_app.services.dossiers.steps import StepChoice
    from desk_app.services.reception.draft import Question

_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class StepFilled(Struct, frozen=True, kw_only=True):
    """What stands in the form. `due_on` is ISO, or as typed where no calendar has the day; `fields` answers by key."""

    action: str
    reason: str = ""
    due_on: str = ""
    number: str = ""
    fields: dict[str, str] = {}


class StepAsks(Struct, frozen=True, kw_only=True):
    """What the form needs of the page: the questions of a step's papers (action, answers typed so far), and whether a
    step could be recorded as it stands; where it could not, the page has told the clerk why.
    """

    questions: Callable[[str, Mapping[str, str]], Sequence[Question]]
    is_sound: Callable[[StepFilled], bool]


class StepPanel(QFrame):
    """`record_wanted` when the step is to be recorded, `cancel_wanted` when the clerk goes back."""

    record_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, look: Look, read_day: ReadDay, asks: StepAsks) -> None:
        super().__init__()
        self.code = ""
        self._asks = asks
        self._step: StepChoice | None = None
        self._typed: dict[str, str] = {}
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
        self.number = TextInput("dossier.step.number", self.tr("Số của giấy"))
        self._number_held = Labelled(self.tr("Số của giấy (không bắt buộc)"), self.number)
        self._questions = QuestionsGrid("dossier.step.field", read_day)
        self._questions.answered.connect(self._answered)
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
        fields = (self._reason_held, self._due_held, self._number_held, self._questions)
        self._form = _held(*fields, row=(self._confirm, self._cancel))
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
        return (*self._inputs(), self._confirm, self._cancel, self._sure, self._unsure)

    def begin(self, step: StepChoice) -> None:
        """An empty form for this step, the cursor in its first field."""
        self._step = step
        self._typed = {}
        self._asked.setText(step.label[:1].upper() + step.label[1:])
        self._remark.setText(step.remark)
        self._remark.setVisible(bool(step.remark))
        for held in (self._reason_held, self._due_held, self._number_held):
            held.complain("")
        self.reason.put("")
        self.number.put("")
        self._reason_held.name(self.tr("Lý do *") if step.needs_reason else self.tr("Ghi chú (không bắt buộc)"))
        self.due.put_iso(step.due_on)
        self._due_held.setVisible(step.needs_due)
        self._number_held.setVisible(step.needs_number)
        self._questions.show_questions(())  # of another step: an answer begun there does not stay in its input
        self._ask_questions()
        self._show_form()
        self.show()
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def filled(self) -> StepFilled | None:
        """What stands there; None while no step is begun."""
        if self._step is None:
            return None
        asked = self._questions.questions
        return StepFilled(
            action=self._step.action,
            reason=self.reason.value().strip(),
            due_on=self.due.iso() if self._step.needs_due else "",
            number=self.number.value().strip() if self._step.needs_number else "",
            fields={key: answer for key, answer in self._typed.items() if key in asked},
        )

    def record(self) -> None:
        """Ask once more about a step that ends the dossier, then have it recorded."""
        if self._step is None or not self._settle():
            return
        filled = self.filled()
        if not self._step.ends or not self._asking.isHidden():
            self.record_wanted.emit()
        elif self._step.needs_reason and not self.reason.value().strip():
            self._mark(self._reason_held, self.tr("chưa nhập"))
        elif filled is not None and self._asks.is_sound(filled):
            self._ask(self._step)

    def unask(self) -> bool:
        """From the question back to the form; False when nothing was asked."""
        if self._asking.isHidden():
            return False
        self._show_form()
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def complain(self, error: DeskError) -> None:
        """Mark the field a refusal names."""
        name, why = str(error.facts.get("field", "")), str(error.facts.get("why", "")) or self.tr("chưa nhập")
        due = self._due_held
        held = {"reason": self._reason_held, "due_at": due, "due": due, "number": self._number_held}.get(name)
        if held is not None:
            self._show_form()
            self._mark(held, why)
        else:
            self.point_at(name, why)

    def point_at(self, name: str, why: str) -> None:
        """Say it at the answer of this name, and go there; nothing where the step does not ask it."""
        field = self._questions.complain(name, why) or self._questions.complain(f"step.{name}", why)
        if field is not None:
            self._show_form()
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _asides(self) -> set[QWidget]:
        """The inputs that Enter passes over, unless it comes from one of them."""
        asked = self._questions.questions
        return {self._questions.input_of(key) for key, question in asked.items() if question.aside}

    def _inputs(self) -> list[QWidget]:
        return [self.reason, self.due, self.number, *self._questions.inputs]

    def _answered(self, key: str, text: str) -> None:
        self._typed[key] = text
        self._ask_questions()

    def _ask_questions(self) -> None:
        """What the papers of the step ask, after what was answered so far."""
        if self._step is not None:
            self._questions.show_questions(self._asks.questions(self._step.action, self._typed))
            self._questions.setVisible(bool(self._questions.inputs))
            for first, then in pairwise((*self._inputs(), self._confirm)):
                QWidget.setTabOrder(first, then)

    def _settle(self) -> bool:
        """Take the answer typed last; False, with the cursor there, where it cannot be taken."""
        for field in self._questions.inputs:
            if field.settle():
                self._show_form()
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

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
        stops = [field for field in self._inputs() if field.isVisibleTo(self)]
        if event.key() not in _ENTERS or focus not in stops:
            super().keyPressEvent(event)
            return
        further = stops[stops.index(focus) + 1 :]
        is_aside = focus in self._asides()
        answered = {key for key, question in self._questions.questions.items() if question.value}
        passed = set() if is_aside else self._asides()
        passed |= {self._questions.input_of(key) for key in answered}
        wanted = next((field for field in further if field not in passed), None)
        if wanted is None:
            self.record()
        else:
            wanted.setFocus(Qt.FocusReason.TabFocusReason)
            bring_in_sight(wanted)


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
