"""Takes an answer from elsewhere with one key: from another role of the page, or from the dossier before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desk_app.domain.people.person import role_name
from desk_app.services.reception import borrowed_answers
from desk_app.ui.reception.people.people_beside import PeopleBeside
from desk_app.ui.reception.people.role_filler import RoleFiller
from desk_app.ui.reception.questions_card import QuestionsCard
from desk_app.ui.services.window_services import WindowServices


class Borrower(QObject):
    """`answered(key, text)` is told of every answer that was put into its input."""

    def __init__(
        self,
        services: WindowServices,
        questions: QuestionsCard,
        roles: RoleFiller,
        beside: PeopleBeside,
        answered: Callable[[str, str], None],
    ) -> None:
        super().__init__(questions)
        self._services, self._questions, self._roles = services, questions, roles
        self._beside, self._answered = beside, answered

    def from_role(self) -> str:
        """Into the input with the cursor, again for the next role; whose it was, "" where nobody has such a thing."""
        key = self._questions.key_in_focus()
        question = self._questions.question_of(key)
        if question is None:
            return ""
        offers = borrowed_answers.offers(key, question.kind, self._roles.people)
        if not offers:
            return ""
        texts = [offer.text for offer in offers]
        now = self._questions.answer_of(key)
        offer = offers[(texts.index(now) + 1) % len(offers) if now in texts else 0]
        if offer.person is not None:
            self._beside.put(question.role, offer.person, is_remembered=True)
            self._roles.filled.emit(question.role)
        else:
            self._questions.put_answer(key, offer.text)
            self._answered(key, offer.text)
        return role_name(offer.whose)

    def from_last(self, procedure: str) -> int:
        """The answers that the last dossier of the procedure shares with this one; how many were taken."""
        kept = self._services.alike(procedure)
        mine = {key: text for key, text in kept.items() if self._questions.asks(key)}
        taken = {key: text for key, text in mine.items() if not self._questions.answer_of(key)}
        for key, text in taken.items():
            self._questions.put_answer(key, text)
            self._answered(key, text)
        return len(taken)
