"""What papers of a step say of it: the action, its reason, its paper's number, when and by whom. Pure."""

from __future__ import annotations

from desk_app.documents.values.written import put, put_moment
from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.dossiers.steps import ACTIONS


def put_step(values: dict[str, object], event: Recorded, step: StepTaken) -> None:
    """`event` is the step as it stands in the journal; its answers stand under their own keys."""
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
    for key, answer in step.fields.items():
        put(values, key, answer)
