"""What the declaration forms ask at reception, and whose card can be read into the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.services.reception.draft import Question
from desk_app.services.reception.known_family import FamilyOffer
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.reception.people.differences import Differences
from desk_app.ui.reception.people.family_offers import FamilyOffers
from desk_app.ui.widgets.date_field import ReadDay
from desk_app.ui.widgets.fields import Labelled
from desk_app.ui.widgets.questions_grid import QuestionInput, QuestionsGrid


class QuestionsCard(PageCard):
    """`answered(key, text)` and `decided` as of the grid; `offered(FamilyOffer)` when the clerk took a relative.

    `differences` are those of the card last read into a role.
    """

    answered = Signal(str, str)
    decided = Signal()
    offered = Signal(object)

    def __init__(self, look: Look, read_day: ReadDay) -> None:
        super().__init__(self.tr("Nội dung tờ khai"))
        self._grid = QuestionsGrid("reception.field", read_day, look)
        self._grid.answered.connect(self.answered)
        self._grid.decided.connect(self.decided)
        self.differences = Differences(look, "reception.role")
        self._offers: dict[str, FamilyOffers] = {}
        self._look = look
        self.column.addWidget(self.differences)
        self.column.addWidget(self._grid)

    @property
    def inputs(self) -> list[QuestionInput]:
        return self._grid.inputs

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Ask these; the field with the focus keeps what is being typed."""
        self._grid.show_questions(questions)
        self.setVisible(bool(questions))

    def show_offers(self, offers: Sequence[FamilyOffer]) -> None:
        """Relatives for the empty roles, under the head of each role's section; what is known of those who stand."""
        by_place: dict[str, list[FamilyOffer]] = {}
        for offer in offers:
            by_place.setdefault(offer.before, []).append(offer)
        self._offers = {place: FamilyOffers(self._look, some) for place, some in by_place.items()}
        for shown in self._offers.values():
            shown.taken.connect(self.offered)
        self._grid.show_above(dict(self._offers))

    def stops(self) -> list[QWidget]:
        """Where Enter leads, in order: the relatives offered for somebody come before what is asked of them."""
        stops: list[QWidget] = []
        told: set[str] = set()
        for key, field in self._grid.inputs_by_key().items():
            for place in self._offers.keys() - told:
                if key.startswith(place):
                    told.add(place)
                    stops += self._offers[place].buttons
            if not self._grid.questions[key].aside:
                stops.append(field)
        return stops

    def first_of(self, role: str) -> QWidget | None:
        """The first input about this person; None where nothing is asked of them."""
        for key, field in self._grid.inputs_by_key().items():
            if role and self._grid.questions[key].role == role:
                return field
        return None

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

    def parted(self, questions: Sequence[Question], typed: Mapping[str, str]) -> dict[str, str]:
        """Typed answers of which a part belongs to another question, as the rules took them apart.

        None while one of them is still being typed.
        """
        of_typed = {each.key: each.value for each in questions if each.source == "typed"}
        carrying = [
            each.key for each in questions if each.carries and of_typed.get(each.key, "") != typed.get(each.key, "")
        ]
        return of_typed if carrying and self._grid.key_in_focus() not in carrying else {}

    def key_in_focus(self) -> str:
        """The question the cursor is in, "" for none."""
        return self._grid.key_in_focus()

    def question_of(self, key: str) -> Question | None:
        """What is asked now under this key."""
        return self._grid.questions.get(key)

    def answer_of(self, key: str) -> str:
        """What stands in the input of a question that is asked."""
        return self._grid.input_of(key).value()

    def put_answer(self, key: str, text: str) -> None:
        """Show an answer in its input, also while the cursor is there."""
        self._grid.input_of(key).put(text)

    def asks(self, key: str) -> bool:
        return key in self._grid.questions

    def is_answered(self, key: str) -> bool:
        question = self._grid.questions.get(key)
        return question is not None and bool(question.value)

    def is_to_confirm(self, field: QWidget) -> bool:
        """Whether Enter stops at this input although it is filled in."""
        return self._grid.is_to_confirm(field)

    def held(self, key: str) -> Labelled | None:
        """The input of a question with what stands below it; None when it is not asked."""
        return self._grid.held(key)

    def complain(self, key: str, why: str) -> QWidget | None:
        """Say what is wrong with an answer; its input, None when it is not asked."""
        return self._grid.complain(key, why)
