"""The applicant comes for an organisation: one button asks of it, for procedures whose forms do not."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from desk_app.domain.organisations.organisation import ORGANISATION
from desk_app.ui.look.theme import Look
from desk_app.ui.reception.people.applicant_card import ApplicantCard
from desk_app.ui.reception.people.people_beside import PeopleBeside
from desk_app.ui.reception.questions_card import QuestionsCard
from desk_app.ui.widgets.buttons import button

_FIRST = f"{ORGANISATION}.number"


class OrganisationAsked(QObject):
    """`wanted` when the questions must be asked anew; the button is gone while an organisation is asked about."""

    wanted = Signal()

    def __init__(
        self, look: Look, applicant: ApplicantCard, questions: QuestionsCard, beside: PeopleBeside, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._questions, self._beside = questions, beside
        text = self.tr("Nộp cho tổ chức, hộ kinh doanh")
        self._button = button(look, text, "reception.organisation", self._ask, kind="ghost", icon="plus", tall="small")
        applicant.column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    def see(self) -> None:
        """What is asked now is known."""
        self._button.setVisible(self._questions.first_of(ORGANISATION) is None)

    def _ask(self) -> None:
        self._beside.typed.setdefault(_FIRST, "")
        self.wanted.emit()
        if (field := self._questions.first_of(ORGANISATION)) is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
