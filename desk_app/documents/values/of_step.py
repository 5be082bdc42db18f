"""What papers of a step say of it: the action, its reason, its paper's number, when and by whom. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from desk_app.documents.values.of_person import put_person
from desk_app.documents.values.written import put, put_moment
from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.dossiers.fact_paths import FactPath
from desk_app.domain.dossiers.steps import ACTIONS
from desk_app.domain.people.person import Person


def put_step(values: dict[str, object], event: Recorded, step: StepTaken, people: Mapping[str, Person]) -> None:
    """`event` is the step as it stands in the journal, `people` those of the dossier.

    An answer of the step stands under its own key, in place of what the dossier says; one about a person is part of
    that person.
    """
    rule = ACTIONS.get(step.action)
    values |= {
        "step.action": rule.label if rule else step.action,
        "step.reason": step.reason,
        "step.to": step.to,
        "step.result": step.result,
        "step.number": step.number,
        "step.author": event.author,
    }
    put_moment(values, "step.at", event.at)
    put_moment(values, "step.due_at", step.due_at)
    facts: dict[str, dict[str, str]] = {}
    for key, answer in step.fields.items():
        fact = FactPath.of_key(key)
        if fact.is_persons:
            facts.setdefault(fact.role, {})[fact.name] = answer
        else:
            put(values, key, answer)
    for role, told in facts.items():
        put_person(values, role, replace(people.get(role) or Person(full_name=""), **told))
