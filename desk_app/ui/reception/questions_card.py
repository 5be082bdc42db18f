"""What the declaration forms ask at reception, and whose card can be read into the answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.services.reception.draft import Question
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.date_field import ReadDay
from desk_app.ui.widgets.questions_grid import QuestionInput, QuestionsGrid


class QuestionsCard(PageCard):
    """`answered(key, text)` and `decided` as of the grid."""

    answered = Signal(str, str)
    decided = Signal()

    def __init__(self, look: Look, read_day: ReadDay) -> None:
        super().__init__(self.tr("Nội dung tờ khai"))
        self._grid = QuestionsGrid("reception.field", read_day, look)
        self._grid.answered.connect(self.answered)
        self._grid.decided.connect(self.decided)
        self.column.addWidget(self._grid)

    @property
    def inputs(self) -> list[QuestionInput]:
        return self._grid.inputs

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Ask these; the field with the focus keeps what is being typed."""
        self._grid.show_questions(questions)
        self.setVisible(bool(questions))

    def scanned_roles(self) -> list[str]:
        """Roles whose card can be scanned, in the form's order."""
        asked = self._grid.questions
        roles = dict.fromkeys(q.role for q in asked.values() if q.role and q.role != "applicant")
        return [role for role in roles if f"{role}.id_number" in asked]

    def role_in_focus(self) -> str:
        """Whose section the cursor is in; "" for nobody's."""
        key = self._grid.key_in_focus()
        role = self._grid.questions[key].role if key else ""
        return role if role in self.scanned_roles() else ""

    def asks(self, key: str) -> bool:
        return key in self._grid.questions

    def is_answered(self, key: str) -> bool:
        question = self._grid.questions.get(key)
        return question is not None and bool(question.value)

    def complain(self, key: str, why: str) -> QWidget | None:
        """Say what is wrong with an answer; its input, None when it is not asked."""
        return self._grid.complain(key, why)
