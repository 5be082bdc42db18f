"""The blanks of the reception page that a declaration from home fills, and what differs from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desk_app.domain.dossiers.fact_paths import APPLICANT
from desk_app.domain.people.person import Person
from desk_app.domain.prepared.home_people import HomeDifference
from desk_app.services.reception.cards import Difference
from desk_app.ui.focus.sight import bring_in_sight
from desk_app.ui.look.theme import Look
from desk_app.ui.reception.people.applicant_card import ApplicantCard
from desk_app.ui.reception.people.differences import Differences
from desk_app.ui.reception.people.people_beside import PeopleBeside


class HomeBlanks(QObject):
    """`changed` when another value of the two was chosen."""

    changed = Signal()

    def __init__(self, look: Look, applicant: ApplicantCard, beside: PeopleBeside, parent: QObject) -> None:
        super().__init__(parent)
        self._applicant, self._beside = applicant, beside
        self._differences = Differences(look, "reception.home", of_home=True)
        self._differences.chosen.connect(self._choose)
        applicant.column.addWidget(self._differences)

    @property
    def answers(self) -> dict[str, str]:
        """Those of the declaration that was read into the page; none where none was."""
        return self._beside.prepared

    def fill(self, answers: Mapping[str, str], applicant: Person) -> None:
        """Let a declaration fill what is empty; its applicant only where nobody else stands there."""
        typed = self._beside.typed
        for key in [key for key in answers if not typed.get(key, "-").strip()]:
            del typed[key]  # a field that a scan's first keys passed through counts as empty
        self._beside.prepared = dict(answers)
        self._applicant.fill_from_home(applicant)

    def see(self, differing: Sequence[HomeDifference]) -> None:
        """What stands otherwise than prepared; what stands is kept until the clerk chooses."""
        self._differences.show_differences(
            [
                Difference(field=each.key, label=each.label, known=each.known, scanned=each.prepared, by_card=False)
                for each in differing
            ]
        )

    def show_first(self, stops: Sequence[QWidget]) -> None:
        """What the clerk looks at first: what differs, else the first of the `stops`, so that it is read from there."""
        first = self._differences.first_box or next(iter(stops), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_in_sight(first)

    def _choose(self, key: str, is_prepared: bool) -> None:  # noqa: FBT001 - a slot
        role, _, name = key.partition(".")
        if role == APPLICANT:
            self._applicant.choose_from_home(name, by_home=is_prepared)
        elif is_prepared:
            self._beside.typed[key] = self._beside.prepared[key]
        else:
            self._beside.typed.pop(key, None)
        self.changed.emit()
