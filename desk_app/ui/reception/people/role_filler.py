"""Puts people into the roles of a reception: from a card, from the desk's memory, from a family known already."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desk_app.domain.dossiers.events import CardRead
from desk_app.domain.dossiers.fact_paths import APPLICANT
from desk_app.domain.dossiers.family import Kin
from desk_app.domain.organisations.organisation import answers_of, is_role, number_key
from desk_app.domain.people import paper_number
from desk_app.domain.people.person import Person, role_name
from desk_app.services.reception.card_roles import next_role, role_of_card
from desk_app.services.reception.cards import CardScan
from desk_app.services.reception.known_family import FamilyOffer
from desk_app.ui.reception.people.applicant_card import ApplicantCard
from desk_app.ui.reception.people.differences import Differences
from desk_app.ui.reception.people.people_beside import PeopleBeside, RoleBefore
from desk_app.ui.reception.questions_card import QuestionsCard
from desk_app.ui.services.window_services import WindowServices

_WHOLE = (9, 12)
_LEAST = 5
"""Letters and figures of the shortest number that is looked up for an organisation."""


class RoleFiller(QObject):
    """`filled(role)` when somebody stands in a role who did not before, `changed` when a fact of them changed.

    `people` are those of the page as the rules last saw it, by role; `card` is what the applicant's card said.
    """

    filled = Signal(str)
    changed = Signal()

    def __init__(
        self,
        services: WindowServices,
        applicant: ApplicantCard,
        questions: QuestionsCard,
        differences: Differences,
        beside: PeopleBeside,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services, self._applicant, self._questions = services, applicant, questions
        self._differences, self._beside = differences, beside
        self.people: dict[str, Person] = {}
        self.card: CardRead | None = None
        self._scan: CardScan | None = None
        self._last: tuple[CardScan, RoleBefore] | None = None
        self._scans: dict[str, CardScan] = {}
        self._asked_family: tuple[object, ...] = ()
        self._taken: frozenset[tuple[str, str]] = frozenset()
        differences.chosen.connect(self._choose_fact)
        questions.differences.chosen.connect(self._choose_fact_of_role)
        questions.offered.connect(self.take_relative)

    def clear(self) -> None:
        """Another citizen."""
        self.people, self.card, self._scan, self._last, self._scans = {}, None, None, None, {}
        self._asked_family, self._taken = (), frozenset()
        self._beside.clear()
        self._differences.show_differences(())
        self._questions.differences.show_differences(())
        self._questions.show_offers(())

    def see(self, people: Mapping[str, Person], procedure: str) -> None:
        """The people as the rules now see them; who is known of their families is offered for the empty roles."""
        self.people = dict(people)
        roles = self._questions.scanned_roles()
        empty = [role for role in roles if not self._stands(role)]
        whose = tuple((role, person.id_number) for role, person in sorted(people.items()))
        asked = (procedure, tuple(empty), whose, self._taken)
        if asked != self._asked_family:
            self._asked_family = asked
            offers = self._services.family(self.people, empty, procedure)
            self._questions.show_offers([offer for offer in offers if (offer.role, offer.code) not in self._taken])

    def _stands(self, role: str) -> bool:
        person = self.people.get(role)
        return person is not None and bool(person.full_name or person.id_number)

    # --- cards -----------------------------------------------------------------------------------------------------

    def role_for(self, scan: CardScan) -> str:
        """Whose card this is."""
        people = {**self.people, APPLICANT: self._applicant.person()}
        roles = self._questions.scanned_roles()
        by_home = frozenset(role for role in (APPLICANT, *roles) if self._is_prepared_only(role))
        return role_of_card(scan.person, people, roles, in_focus=self._questions.role_in_focus(), prepared=by_home)

    def _is_prepared_only(self, role: str) -> bool:
        """Whether nobody but a declaration from home says who stands there."""
        beside = self._beside
        if role in beside.others or {f"{role}.full_name", f"{role}.id_number"} & beside.typed.keys():
            return False
        if role == APPLICANT:
            return self.card is None and self._applicant.is_from_home
        return bool(beside.prepared.get(f"{role}.full_name") or beside.prepared.get(f"{role}.id_number"))

    def take_card(self, scan: CardScan, role: str, to_look_at: frozenset[str]) -> RoleBefore:
        """Put the person of a card where they belong; what stood there is answered."""
        if role == APPLICANT:
            before = self._take_applicants(scan, to_look_at)
        else:
            before = self._beside.put(role, scan.person)
            self._scans[role] = scan
            self._questions.differences.setProperty("of_role", role)
            self._questions.differences.show_differences(scan.differences, role_name(role))
        self._last = (scan, before)
        self.filled.emit(role)
        return before

    def _take_applicants(self, scan: CardScan, to_look_at: frozenset[str]) -> RoleBefore:
        shown = self._applicant.person()
        before = RoleBefore(APPLICANT, shown, {}, is_remembered=False)
        self._scan = scan
        self.card = CardRead(kind=scan.card.kind, fields=scan.from_card, rest=scan.card.rest)
        self._applicant.put(_with_phone(scan.person, shown), from_card=scan.from_card, to_look_at=to_look_at)
        self._applicant.fill_from_home(self._services.prepared_applicant(self._beside.prepared))
        self._applicant.remark(self.tr("✓ Đã đọc từ thẻ"), "ok")
        self._differences.show_differences(scan.differences)
        return before

    def put_back(self, before: RoleBefore) -> None:
        """Who stood in the role before the last card, stands there again."""
        if before.role == APPLICANT:
            self._applicant.put(before.person or Person(full_name=""))
            self._applicant.remark("")
            self._differences.show_differences(())
            self._scan, self.card = None, None
        else:
            self._beside.put_back(before)
            self._questions.differences.show_differences(())
        self._last = None
        self.changed.emit()

    def move_card(self) -> tuple[CardScan, RoleBefore] | None:
        """The person of the last card into the next empty role, and the role they leave as it was; None for none."""
        if self._last is None:
            return None
        scan, before = self._last
        roles = self._questions.scanned_roles()
        people = {**self.people, APPLICANT: self._applicant.person()}
        role = next_role(before.role, scan.person, people, roles)
        if not role:
            return None
        self.put_back(before)
        return scan, self.take_card(scan, role, frozenset(scan.card.suspect))

    # --- memory ----------------------------------------------------------------------------------------------------

    def number_typed(self, key: str, text: str) -> None:
        """A whole number typed for somebody of whom nothing else is said: the desk may know them."""
        role, _, name = key.rpartition(".")
        if is_role(role) and name == "number":
            self._organisation_typed(role, text)
            return
        number = paper_number.tidied(text)
        is_whole = paper_number.is_passport_number(number) or (number.isdecimal() and len(number) in _WHOLE)
        if not role or name != "id_number" or not is_whole or self._questions.is_answered(f"{role}.full_name"):
            return
        known = self._services.known_person(number)
        if known is not None:
            self._beside.put(role, known, is_remembered=True)
            self.filled.emit(role)

    def _organisation_typed(self, role: str, text: str) -> None:
        """What the desk knows of the organisation of this number fills what nobody answered; the cursor stays."""
        known = self._services.known_organisation(text) if len(number_key(text)) >= _LEAST else None
        if known is None:
            return
        for key, said in answers_of({role: known}).items():
            if not self._questions.is_answered(key) and not self._beside.typed.get(key, "").strip():
                self._beside.typed[key] = said
        self.changed.emit()

    def take_relative(self, offer: FamilyOffer) -> None:
        """The clerk took somebody of the family for an empty role; what is known of the family comes along."""
        if offer.kin is Kin.SELF:
            self._taken = self._taken | {(offer.role, offer.code)}
        else:
            self._beside.put(offer.role, offer.person, is_remembered=True)
        for key, answer in offer.answers.items():
            if not self._questions.is_answered(key):
                self._beside.typed[key] = answer
        self.filled.emit(offer.role)

    # --- card or memory --------------------------------------------------------------------------------------------

    def _choose_fact(self, name: str, by_card: bool) -> None:  # noqa: FBT001 - a slot
        if (value := _chosen(self._scan, name, by_card=by_card)) is not None:
            self._applicant.put_fact(name, value)

    def _choose_fact_of_role(self, name: str, by_card: bool) -> None:  # noqa: FBT001 - a slot
        role = str(self._questions.differences.property("of_role") or "")
        if (value := _chosen(self._scans.get(role), name, by_card=by_card)) is not None:
            self._beside.put_fact(role, name, value)
            self.changed.emit()


def _chosen(scan: CardScan | None, name: str, *, by_card: bool) -> str | None:
    if scan is None or scan.known is None:
        return None
    return str(getattr(scan.on_card if by_card else scan.known, name))


def _with_phone(scanned: Person, before: Person) -> Person:
    """A phone typed before the card was read stays, unless it belongs to a person already named."""
    same = not before.id_number or before.id_number == scanned.id_number
    return replace(scanned, phone=before.phone) if same and before.phone and not scanned.phone else scanned
