"""What the declaration forms ask, by section. An input stays while its question is asked, whatever else changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QWidget

from desk_app.domain.typed_day import sense_of
from desk_app.services.draft import Question
from desk_app.ui.theme import Look
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import ChoiceInput, Labelled, NumberInput, TextInput
from desk_app.ui.widgets.labels import Picture, StepCard, label

_LONG_LIST = 6
_STATES = {"card": "scan"}
QuestionInput = TextInput | ChoiceInput | Chooser


class QuestionsCard(StepCard):
    """`answered(key, text)` when the clerk typed or chose an answer."""

    answered = Signal(str, str)

    def __init__(self, look: Look, read_day: ReadDay) -> None:
        super().__init__(self.tr("Nội dung tờ khai"))
        self._look = look
        self._read_day = read_day
        self._shown: tuple[tuple[str, str], ...] = ()
        self._questions: dict[str, Question] = {}
        self._held: dict[str, Labelled] = {}
        self._inputs: dict[str, QuestionInput] = {}
        self._body: QWidget | None = None

    @property
    def inputs(self) -> list[QWidget]:
        return list(self._inputs.values())

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Ask these; the field with the focus keeps what is being typed."""
        shape = tuple((question.key, question.section) for question in questions)
        self._questions = {question.key: question for question in questions}
        if shape != self._shown:
            self._shown = shape
            self._build(questions)
        for question in questions:
            self._fill(question)
        self.setVisible(bool(questions))

    def scanned_roles(self) -> list[str]:
        """Roles whose card can be scanned, in the form's order."""
        roles = dict.fromkeys(q.role for q in self._questions.values() if q.role and q.role != "applicant")
        return [role for role in roles if f"{role}.id_number" in self._questions]

    def role_in_focus(self) -> str:
        """Whose section the cursor is in; "" for nobody's."""
        focus = QApplication.focusWidget()
        key = next((key for key, each in self._inputs.items() if each is focus), "")
        role = self._questions[key].role if key else ""
        return role if role in self.scanned_roles() else ""

    def asks(self, key: str) -> bool:
        return key in self._questions

    def is_answered(self, key: str) -> bool:
        question = self._questions.get(key)
        return question is not None and bool(question.value)

    def complain(self, key: str, why: str) -> QWidget | None:
        """Say what is wrong with an answer; its input, None when it is not asked."""
        if key not in self._held:
            return None
        self._held[key].complain(why)
        return self._inputs[key]

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self, questions: Sequence[Question]) -> None:
        """Lay the card out anew; inputs of questions asked before are taken over with focus and text."""
        focus = QApplication.focusWidget()
        old_body, old = self._body, self._held
        self._held, self._inputs = {}, {}
        body = QWidget()
        body.setProperty("ground", "clear")
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row, column, section = 0, 0, ""
        for question in questions:
            if question.section != section or not self._held:
                section = question.section
                row, column = row + (1 if column else 0), 0
                grid.addWidget(self._section_head(question, questions), row, 0, 1, 2)
                row += 1
            held = old.pop(question.key, None) or self._made(question)
            self._held[question.key] = held
            assert isinstance(held.field, TextInput | ChoiceInput | Chooser)  # noqa: S101 - only `_made` makes them
            self._inputs[question.key] = held.field
            wide = question.kind == "long"
            if wide and column:
                row, column = row + 1, 0
            grid.addWidget(held, row, column, 1, 2 if wide else 1)
            row, column = (row + 1, 0) if wide or column else (row, 1)
        self.column.addWidget(body)
        self.setVisible(bool(questions))
        for shown in (body, *self._held.values()):
            shown.show()  # a layout shows new widgets only later, and a hidden one cannot take the focus
        self._body = body
        if old_body is not None:
            self.column.removeWidget(old_body)
            old_body.hide()
            old_body.deleteLater()
        if focus is not None and any(each is focus for each in self._inputs.values()):
            focus.setFocus()

    def _section_head(self, question: Question, questions: Sequence[Question]) -> QWidget:
        head = QWidget()
        head.setProperty("ground", "clear")
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(question.section, "section"))
        keys = {each.key for each in questions if each.section == question.section}
        if any(key.endswith(".id_number") for key in keys):
            row.addSpacing(6)
            row.addWidget(Picture(self._look, "scan-line", "link", 16))
            row.addWidget(label(self.tr("Quét thẻ vào đây"), "code"))
        row.addStretch()
        return head

    def _made(self, question: Question) -> Labelled:
        identifier = f"reception.field.{question.key}"
        made: QuestionInput
        if question.kind == "date":
            made = DateField(identifier, question.label, sense_of(question.key), self._read_day)
        elif question.kind == "number":
            made = NumberInput(identifier, question.label, 999_999)
        elif question.kind == "yes_no":
            made = ChoiceInput(identifier, question.label, (("", "—"), ("Có", "Có"), ("Không", "Không")))
        elif question.kind == "choice" and (len(question.choices) > _LONG_LIST or _has_long(question.choices)):
            made = Chooser(self._look, identifier, question.label, self.tr("Gõ để lọc"), free=True)
            made.offer([(each, each) for each in question.choices])
        elif question.kind == "choice":
            made = ChoiceInput(identifier, question.label, (("", "—"), *((each, each) for each in question.choices)))
        else:
            made = TextInput(identifier, question.label, question.hint)
        if question.hint:
            made.setToolTip(question.hint)
        made.changed.connect(lambda key=question.key: self._answered(key))
        return Labelled(question.label, made, required=question.required)

    def _fill(self, question: Question) -> None:
        made = self._inputs[question.key]
        if made.hasFocus() and question.source == "typed":
            return
        if isinstance(made, Chooser):
            if made.value() != question.value:
                made.put(question.value)
        else:
            made.put(question.value)
        if isinstance(made, TextInput | Chooser) and made.property("state") != "error":
            made.show_state(_STATES.get(question.source, ""))

    def _answered(self, key: str) -> None:
        made = self._inputs.get(key)
        if made is not None:
            self._held[key].complain("")
            self.answered.emit(key, made.value())


def _has_long(choices: Sequence[str]) -> bool:
    return any(len(each) > 60 for each in choices)
