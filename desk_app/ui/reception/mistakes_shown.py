"""Shows the classic mistakes below the inputs they are about, as soon as the cursor has left those."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.domain.dossiers.fact_paths import APPLICANT
from desk_app.domain.mistakes.mistake import Mistake, Weight
from desk_app.domain.people.person import Person
from desk_app.services.reception.outlook import Outlook
from desk_app.ui.reception.people.applicant_card import ApplicantCard
from desk_app.ui.reception.questions_card import QuestionsCard
from desk_app.ui.services.window_services import WindowServices
from desk_app.ui.widgets.fields import Labelled


class MistakesShown(QObject):
    """What the rules say of a page. Nobody is told of a mistake while still typing it."""

    def __init__(self, services: WindowServices, applicant: ApplicantCard, questions: QuestionsCard) -> None:
        super().__init__(applicant)
        self._services, self._applicant, self._questions = services, applicant, questions
        self._found: tuple[Mistake, ...] = ()
        self._of_memory: tuple[Mistake, ...] = ()
        self._asked_memory: tuple[object, ...] = ()
        self._shown: list[str] = []
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def see(self, outlook: Outlook, procedure: str) -> tuple[str, ...]:
        """Show what the rules say now; the sentences whose input is not on the page."""
        people = {role: person for role, person in outlook.people.items() if person.id_number and person.full_name}
        asked = (procedure, *((role, each.id_number, each.full_name) for role, each in sorted(people.items())))
        if asked != self._asked_memory:
            self._asked_memory = asked
            self._of_memory = self._services.mistakes_by_memory(people, procedure) if procedure and people else ()
        self._found = (*outlook.mistakes, *self._placed(people))
        self._show()
        return tuple(each.text for each in self._found if self._held(each.field) is None)

    def _placed(self, people: Mapping[str, Person]) -> list[Mistake]:
        """Somebody who stands in two roles has the inputs of one of them."""
        mine = people.get(APPLICANT)
        return [
            each
            for each in self._of_memory
            if self._held(each.field) is not None or people.get(each.field.partition(".")[0]) != mine
        ]

    def _held(self, field: str) -> Labelled | None:
        role, _, name = field.partition(".")
        return self._applicant.held(name) if role == APPLICANT else self._questions.held(field)

    def _show(self) -> None:
        said: dict[str, list[Mistake]] = {}
        for mistake in self._found:
            said.setdefault(mistake.field, []).append(mistake)
        for gone in set(self._shown) - set(said):
            if (held := self._held(gone)) is not None:
                held.remark("")
        self._shown = list(said)
        for field, mistakes in said.items():
            held = self._held(field)
            if held is not None and not held.field.hasFocus():
                is_refused = any(each.weight is Weight.REFUSED for each in mistakes)
                held.remark("\n".join(each.text for each in mistakes), "error" if is_refused else "warn")

    def _moved(self, old: QWidget | None, _new: QWidget | None) -> None:
        helds = (self._held(field) for field in self._shown)
        if old is not None and any(held is not None and held.field is old for held in helds):
            self._show()
