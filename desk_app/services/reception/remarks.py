"""The classic mistakes of a draft: the rules asked about what was entered, and about what earlier dossiers say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from desk_app.documents.forms.form_records import FormField
from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.dossiers import family
from desk_app.domain.dossiers.fact_paths import APPLICANT, FactPath, fact_name, role_of
from desk_app.domain.linked.bundle import leading
from desk_app.domain.mistakes import classic
from desk_app.domain.mistakes.against_memory import Earlier
from desk_app.domain.mistakes.mistake import Mistake, SaidCase, Weight
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Procedure
from desk_app.domain.text import fold
from desk_app.errors import BadFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.reception.draft import Answers
from desk_app.store.queries import people as known_people

_DEATHS = frozenset({"1.000656", "1.004827", "1.005461", "2.000497", "2.002913"})
"""Procedures whose dossier says that somebody has died."""


def of_answers(said: Answers, asked: Sequence[FormField], procedure: Procedure, today: date) -> tuple[Mistake, ...]:
    """The mistakes that what is entered shows by itself, each at an input that is on the page."""
    return _placed(classic.mistakes(_case(said, asked, procedure, today)), said)


def of_memory(desk: Desk, people: Mapping[str, Person], procedure: Procedure) -> tuple[Mistake, ...]:
    """The mistakes that earlier dossiers show; they change only with the people and the procedure."""
    case = SaidCase(people=people, fields={}, today=desk.today(), procedure=leading(procedure).code)
    return of_earlier(desk, case, (desk.clerk,) if is_certification(procedure) else ())


def of_earlier(desk: Desk, case: SaidCase, certifiers: Sequence[str], *, besides: str = "") -> tuple[Mistake, ...]:
    """What earlier dossiers say against a case, `besides` the id of the one it is about; `certifiers` would sign."""
    earlier = {role: _earlier(desk, person, besides) for role, person in case.people.items() if person.id_number}
    return classic.mistakes_by_memory(case, earlier, certifiers)


def refuse(found: Iterable[Mistake], labels: Mapping[str, str]) -> None:
    """Raises `BadFactError` for the first mistake that cannot be; `labels` are the forms' questions by key."""
    for mistake in found:
        if mistake.weight is Weight.REFUSED:
            label = labels.get(mistake.field) or FactPath.of_key(mistake.field).label
            raise BadFactError(field=mistake.field, label=label, why=mistake.text.removesuffix("."))


def _case(said: Answers, asked: Sequence[FormField], procedure: Procedure, today: date) -> SaidCase:
    return SaidCase(
        people=said.people,
        fields=said.fields,
        today=today,
        procedure=leading(procedure).code,
        lists={field.key: field.choices for field in asked if field.free and field.choices},
        asked=frozenset(question.key for question in said.questions),
    )


def _placed(found: Sequence[Mistake], said: Answers) -> tuple[Mistake, ...]:
    """A fact of whoever is the applicant too stands in the applicant's input."""
    asked = {question.key for question in said.questions}
    placed = []
    for mistake in found:
        role = role_of(mistake.field)
        is_applicants = mistake.field not in asked and role and said.people.get(role) == said.people[APPLICANT]
        field = f"{APPLICANT}.{fact_name(mistake.field)}" if is_applicants else mistake.field
        placed.append(replace(mistake, field=field))
    return tuple(dict.fromkeys(placed))


def is_certification(procedure: Procedure) -> bool:
    """Whether signatures or transactions are certified, which nobody may do for relatives; of copies anybody may."""
    return fold(procedure.name).removeprefix("thu tuc ").startswith("chung thuc") and not procedure.document_list


def _earlier(desk: Desk, person: Person, besides: str) -> Earlier:
    """What the newest dossiers that name the person say."""
    dead_by, dead_on, relatives = "", "", []
    for dossier in known_people.dossiers_naming(desk.db, person.id_number, besides=besides):
        relatives += [(each.kin, each.person) for each in family.relatives(dossier.people, person.id_number)]
        dead = dossier.people.get("deceased")
        if dead is not None and dead.id_number == person.id_number and dossier.procedure in _DEATHS and not dead_by:
            dead_by, dead_on = dossier.code, day_in_vietnam(dossier.received_at).isoformat()
    return Earlier(
        person=known_people.by_id_number(desk.db, person.id_number, besides=besides),
        dead_by=dead_by,
        dead_on=dead_on,
        relatives=tuple(relatives),
    )
