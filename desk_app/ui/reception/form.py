"""The left half of the reception page: its cards, the draft they amount to, and the way of the Enter key."""

from __future__ import annotations

import dataclasses

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QWidget

from desk_app.domain.dossiers.fact_paths import APPLICANT
from desk_app.domain.dossiers.unfinished import Unfinished
from desk_app.domain.organisations.organisation import is_fact
from desk_app.domain.people.person import Person
from desk_app.errors import BadFactError, DeskError
from desk_app.services.reception.draft import Draft
from desk_app.services.reception.reception import Outlook
from desk_app.ui.focus.sight import bring_in_sight
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.reception.components_card import ComponentsCard
from desk_app.ui.reception.documents_card import DocumentsCard
from desk_app.ui.reception.due_card import DueCard
from desk_app.ui.reception.home.home_blanks import HomeBlanks
from desk_app.ui.reception.mistakes_shown import MistakesShown
from desk_app.ui.reception.more_forms import MoreForms
from desk_app.ui.reception.people.applicant_card import ApplicantCard
from desk_app.ui.reception.people.borrower import Borrower
from desk_app.ui.reception.people.differences import Differences
from desk_app.ui.reception.people.organisation_asked import OrganisationAsked
from desk_app.ui.reception.people.people_beside import PeopleBeside
from desk_app.ui.reception.people.role_filler import RoleFiller
from desk_app.ui.reception.procedure_card import ProcedureCard
from desk_app.ui.reception.questions_card import QuestionsCard
from desk_app.ui.services.window_services import WindowServices
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import ChoiceInput, TextInput
from desk_app.ui.widgets.ordered_page import OrderedPage


class ReceptionForm(OrderedPage):
    """`changed` when the draft did, `refresh_wanted` when its questions must be asked anew at once.

    `finished` when Enter went past the last thing to fill in.
    """

    changed = Signal()
    refresh_wanted = Signal()
    finished = Signal()

    def __init__(self, look: Look, services: WindowServices) -> None:
        super().__init__(beside_paper=True)
        self._services = services
        self._draft = services.new_draft("")
        self._beside = PeopleBeside()
        self._asks_documents = False
        self._is_quiet = False
        self.applicant = ApplicantCard(
            services.known_person,
            services.find_people,
            services.addresses,
            services.read_day,
            services.old_data.source_of,
        )
        self.differences = Differences(look, "reception")
        self.procedure = ProcedureCard(look, services)
        self.documents = DocumentsCard(look)
        self.questions = QuestionsCard(look, services.read_day)
        self.components = ComponentsCard()
        self.due = DueCard(look, services.read_day)
        self.more_forms = MoreForms(look, services.addable_forms)
        self.due.column.addWidget(self.more_forms)
        self.applicant.column.addWidget(self.differences)
        self.home = HomeBlanks(look, self.applicant, self._beside, self)
        self.home.changed.connect(self._decided)
        self.show_cards(self._cards())
        self.roles = RoleFiller(services, self.applicant, self.questions, self.differences, self._beside, self)
        self.organisation = OrganisationAsked(look, self.applicant, self.questions, self._beside, self)
        self.organisation.wanted.connect(self._decided)
        self.mistakes = MistakesShown(services, self.applicant, self.questions)
        self.borrower = Borrower(services, self.questions, self.roles, self._beside, self._answered)
        self.roles.filled.connect(self._filled)
        self.roles.changed.connect(self._decided)
        self.applicant.changed.connect(self._changed)
        self.differences.decided.connect(lambda: self.focus_next(after_applicant=True))
        self.procedure.chosen.connect(self._refresh_wanted)
        self.questions.answered.connect(self._answered)
        self.questions.decided.connect(self._decided)
        self.more_forms.changed.connect(self._decided)
        for card in (self.procedure, self.documents, self.components, self.due):
            card.changed.connect(self._changed)

    def _cards(self) -> tuple[PageCard, ...]:
        return (self.applicant, self.procedure, self.documents, self.questions, self.components, self.due)

    # --- what it amounts to ----------------------------------------------------------------------------------------

    def draft(self, *, whole: bool) -> Draft:
        """What is entered; `whole` also takes rows with numbers still missing, so that saving refuses them."""
        documents = self.documents.documents(whole_only=not whole) if self._asks_documents else ()
        typed = {key: text for key, text in self._beside.typed.items() if self.questions.asks(key) or is_fact(key)}
        asked = self.questions.scanned_roles()
        others = {role: person for role, person in self._beside.others.items() if role in asked}
        asked_copies = typed.get("copies", "")
        return replace(
            self._draft,
            procedure=self.procedure.code(),
            people={"applicant": self.applicant.person(), **others},
            remembered=tuple(role for role in self._beside.remembered() if role in others),
            fields=typed,
            prepared=self._beside.prepared,
            ticked=self.components.ticked(),
            documents=documents,
            copies=int(asked_copies) if asked_copies.isdecimal() else self.due.copies.said(),
            sets=max(self.procedure.sets.number(), 1),
            **self.due.said(whole=whole),
            due_at=self._due_at(whole=whole),
            messages=self.applicant.wish.said(),
            card=self.roles.card,
            hand_over=self.due.hand_over.isChecked() and self.due.hand_over.isVisibleTo(self),
            extra_forms=self.more_forms.ids(),
        )

    def _due_at(self, *, whole: bool) -> int:
        if not self.due.due_on.isVisibleTo(self):
            return 0
        found = self.due.due_on.judge() if whole else self.due.due_on.typed()
        if whole and found.refusal:
            raise BadFactError(field="due", label=self.tr("Ngày hẹn trả"), why=found.refusal)
        return self._services.hand_out_on(found.iso) if found.iso and not found.refusal else 0

    def begin(self, procedure: str) -> None:
        """A new dossier of `procedure`."""
        self._is_quiet = True
        self.forget_typing()
        self._draft = self._services.new_draft(procedure)
        self.roles.clear()
        self.applicant.put(Person(full_name=""))
        self.applicant.wish.clear()
        self.applicant.remark("")
        self.procedure.offer(self._services.choices())
        self.procedure.chooser.put(procedure)
        self.procedure.sets.put("1")
        self.procedure.choose(procedure)
        self.documents.clear()
        self.components.forget()
        self.due.clear()
        self.more_forms.put(())
        self._is_quiet = False
        self.verticalScrollBar().setValue(0)
        self.changed.emit()

    @property
    def beside(self) -> Unfinished:
        """What is entered and stands in no input: whose page it is, answers, people of other cards, the card read."""
        beside = self._beside
        return Unfinished(
            id=self._draft.id,
            answers=dict(beside.typed),
            people=dict(beside.others),
            card=self.roles.card,
            forms=self.more_forms.ids(),
            prepared=dict(beside.prepared),
        )

    def take_beside(self, page: Unfinished) -> None:
        self._draft = replace(self._draft, id=page.id)
        others = {role: person for role, person in page.people.items() if role != "applicant"}
        self._beside.take(others, page.answers, page.prepared)
        self.more_forms.put(page.forms)
        self.roles.card = page.card

    def show_outlook(self, outlook: Outlook) -> None:
        """What the rules say of the draft."""
        self._is_quiet = True
        self._asks_documents = outlook.asks_documents
        self.documents.setVisible(outlook.asks_documents)
        self.questions.show_questions(outlook.questions)
        self._beside.typed |= self.questions.parted(outlook.questions, self._beside.typed)
        self.roles.see(outlook.people, self.procedure.code())
        self.applicant.ask_wish(usual=outlook.usual_wish)
        self.home.see(outlook.differing)
        self.organisation.see()
        self.components.show_components(outlook.components)
        unplaced = self.mistakes.see(outlook, self.procedure.code())
        self.components.show_presence(outlook.presence)
        told = tuple(each for each in outlook.warnings if each not in outlook.presence)  # at the papers
        outlook = dataclasses.replace(outlook, warnings=(*told, *unplaced))
        self.due.show_outlook(outlook, form_asks_copies=any(q.key == "copies" for q in outlook.questions))
        shown = [card for card in self._cards() if card.isVisibleTo(self)]
        for number, card in enumerate(shown, start=1):
            card.set_number(number)
        self._is_quiet = False

    # --- people ----------------------------------------------------------------------------------------------------

    def _filled(self, role: str) -> None:
        """Somebody stands in the role: what is asked of them now comes next."""
        self.refresh_wanted.emit()
        person = self.applicant.person()
        if role == APPLICANT and not person.phone and self._services.known_person(person.id_number) is None:
            self.applicant.phone.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_next(after_applicant=True, of_role=role)

    # --- focus -----------------------------------------------------------------------------------------------------

    def stops(self) -> list[QWidget]:
        """Where Enter leads, in order: what the clerk may have to fill in."""
        fields = [*self.applicant.inputs.values(), self.procedure.chooser]
        if self._asks_documents:
            fields += self.documents.inputs
        fields += self.questions.stops()
        fields += [field for field in (self.due.due_on, self.due.copies) if field.isVisibleTo(self)]
        return fields

    def focus_next(self, *, after_applicant: bool = False, of_role: str = "") -> None:
        """To the next thing not filled in, from where the cursor is; past the last: `finished`.

        `of_role`: from the first question about that person, where one is asked.
        """
        stops = self.stops()
        here = self.focusWidget()
        at = stops.index(here) + 1 if here in stops else 0
        if after_applicant:
            at = len(self.applicant.inputs)
        if (first := self.questions.first_of(of_role)) is not None:
            at = stops.index(first)
        for field in stops[at:]:
            is_done = self.documents.is_done(field) if field in self.documents.inputs else _is_filled(field)
            if field.isEnabled() and (not is_done or self.questions.is_to_confirm(field)):
                field.setFocus(Qt.FocusReason.TabFocusReason)
                bring_in_sight(field)
                return
        self.finished.emit()

    def focus_first(self) -> None:
        self.applicant.id_number.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def press_enter(self) -> None:
        """Enter on a button presses it; anywhere else it leads on."""
        focus = self.focusWidget()
        if isinstance(focus, QAbstractButton) and not isinstance(focus, QCheckBox):
            focus.click()
        else:
            self.focus_next()

    def look_at(self, name: str, said: str, state: str) -> QWidget | None:
        """The papers to tick are marked at their card."""
        if name == "components":
            return self.components.complain(said)
        return super().look_at(name.removeprefix(f"{APPLICANT}."), said, state)

    def complain(self, error: DeskError) -> None:
        """Mark the field a refusal names, and go there."""
        name = str(error.facts.get("field", ""))
        why = str(error.facts.get("why", "")) or self.tr("chưa nhập")
        field: QWidget | None
        if name == "documents":
            field = self.documents.complain()
        elif name == "components":
            field = self.components.complain(why)
        elif name == "procedure":
            field = self.procedure.complain(why)
        else:
            field = (
                self.applicant.complain(name.removeprefix("applicant."), why)
                or self.due.complain(name, why)
                or self.questions.complain(name, why)
                or self.look_at(name, why[:1].upper() + why[1:] + ".", "error")
            )
        if field is not None:
            self.go_to(field)

    # --- what the clerk does ---------------------------------------------------------------------------------------

    def _changed(self) -> None:
        if not self._is_quiet:
            self.changed.emit()

    def _answered(self, key: str, text: str) -> None:
        self._beside.typed[key] = text
        self.roles.number_typed(key, text)
        self._changed()

    def _decided(self) -> None:
        if not self._is_quiet:
            self.refresh_wanted.emit()

    def _refresh_wanted(self) -> None:
        self.components.forget()
        if not self._is_quiet:
            self.refresh_wanted.emit()


def _is_filled(field: QWidget) -> bool:
    if isinstance(field, TextInput | ChoiceInput | Chooser):
        return bool(field.value().strip())
    return False
