"""What a declaration prepared at home answers, question by question: only where nothing else does. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from desk_app.documents.forms.form_records import FormField
from desk_app.documents.forms.questions import accepted
from desk_app.domain.calendar import dates
from desk_app.domain.dossiers.fact_paths import APPLICANT, FactPath
from desk_app.domain.people.person import Person
from desk_app.domain.prepared import home_people
from desk_app.domain.prepared.home_people import HomeDifference
from desk_app.domain.prepared.prepared_answers import UNKNOWN


class HomeAnswers:
    """`prepared` by key with days of people as ISO; `given` the people whom cards, clerk or memory gave, by role.

    `on_card` are the applicant's facts that the card said.
    """

    def __init__(self, prepared: Mapping[str, str], given: Mapping[str, Person], on_card: Collection[str]) -> None:
        self._prepared, self._given, self._on_card = prepared, given, on_card
        self._facts = home_people.facts_by_role(prepared)
        self._answered: dict[str, str] = {}
        applicant = given.get(APPLICANT) or Person(full_name="")
        self._is_other = not home_people.may_be(applicant, self._facts.get(APPLICANT, {}))

    def shared(self, question: FormField) -> str | None:
        """Who the applicant is in this declaration, as prepared; None where that was not said.

        Where somebody else came than whoever prepared it, that is open again: "" asks the clerk. What was prepared of
        the applicant then speaks of the role they had said to be.
        """
        said = self._said(question)
        if said is None or not self._is_other:
            return said
        if role := question.same_as.get(said):
            self._facts[role] = self._facts.get(APPLICANT, {}) | self._facts.get(role, {})
        return ""

    def answer(self, question: FormField, person: Person | None) -> str | None:
        """The prepared answer; None where there is none, where `person`, whose fact it is, has it, or is another."""
        if question.same_as:
            return self.shared(question)
        fact = FactPath.of_key(question.key)
        if not fact.is_persons:
            return self._said(question)
        facts, name = self._facts.get(fact.role, {}), fact.name
        if name not in facts:
            return None
        if person is not None and (getattr(person, name) or not home_people.may_be(person, facts)):
            return None
        return accepted(question, dates.shown(facts[name]) if question.kind == "date" else facts[name])

    def _said(self, question: FormField) -> str | None:
        said = self._prepared.get(question.key, "")
        return accepted(question, said) if said and said != UNKNOWN else None

    def answered(self, key: str, value: str) -> None:
        """The question got this value, as it is recorded, from here."""
        self._answered[key] = value

    def kept(self, people: Mapping[str, Person], fields: Mapping[str, str]) -> tuple[str, ...]:
        """The keys whose value is the prepared one and stands on no card, in order."""
        found = {key for key, value in self._answered.items() if value and _value(key, people, fields) == value}
        facts = {} if self._is_other else self._facts.get(APPLICANT, {})
        applicant = people.get(APPLICANT)
        for name, value in facts.items():
            if applicant is not None and getattr(applicant, name) == value and name not in self._on_card:
                found.add(f"{APPLICANT}.{name}")
        return tuple(sorted(found))

    def differences(self, people: Mapping[str, Person]) -> Iterator[HomeDifference]:
        """What people at the counter, their cards or earlier dossiers say otherwise."""
        applicant = people.get(APPLICANT)
        for role, facts in self._facts.items():
            person = self._given.get(role)
            if person is None and people.get(role) == applicant:
                person = applicant
            if person is not None:
                yield from home_people.differences(role, person, facts)


def _value(key: str, people: Mapping[str, Person], fields: Mapping[str, str]) -> str:
    fact = FactPath.of_key(key)
    if not fact.is_persons:
        return fields.get(key, "")
    return str(getattr(people[fact.role], fact.name)) if fact.role in people else ""
