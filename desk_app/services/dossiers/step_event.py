"""The event of a step: what the clerk said of it, judged by the rules, with what its papers keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.people.person import Person, checked
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import later_mistakes
from desk_app.services.papers import step_papers
from desk_app.services.reception import due_and_fee


@dataclass(frozen=True, slots=True)
class StepTold:
    """What a clerk says of a step, as typed: `due_on` a day or ISO, `fields` the answers by key."""

    reason: str = ""
    to: str = ""
    due_on: str = ""
    result: str = ""
    collector: Person | None = None
    number: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def step_event(desk: Desk, kept: Dossier, action: str, told: StepTold) -> StepTaken:
    """The event of this step with its papers, or a refusal; the step's own mistakes are told before those of papers.

    Raises `WrongStatusError`, `MissingFactError`, `BadFactError`, `UnprintableTextError`. Records nothing.
    """
    due_at = due_and_fee.new_due(desk, told.due_on) if told.due_on else 0
    if told.collector is not None:
        checked(told.collector, role="collector")
    if action == Action.HAND_OVER and not is_at_once(desk, kept):
        raise BadFactError(field="action", label="Trả kết quả ngay", why="thủ tục này phải hẹn ngày trả")
    taken = dossier.take_step(
        kept,
        action,
        reason=nfc(told.reason),
        to=nfc(told.to),
        due_at=due_at,
        result=nfc(told.result),
        collector=told.collector,
    )
    owed = step_papers.papers_of_step(desk, kept, taken, number=told.number, typed=told.fields)
    later_mistakes.refuse(desk, kept, later_mistakes.of_step(desk, kept, action, owed.fields) if owed.fields else ())
    return replace(taken, papers=owed.papers, office=owed.office, number=owed.number, fields=owed.fields)


def is_at_once(desk: Desk, kept: Dossier) -> bool:
    """Whether the result of this dossier may be handed over at once."""
    by_day = any(each.at_once for each in kept.service_days)
    return by_day or procedure_versions.procedure_of(desk, kept).at_once
