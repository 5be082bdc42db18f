"""The event of a step: what the clerk said of it, judged by the rules, with what its papers keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import Action, AnnulOutcome
from desk_app.domain.handling import completion
from desk_app.domain.people.person import Person, checked
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, EarlyLapseError
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import due_proposals, later_mistakes
from desk_app.services.handling import step_details
from desk_app.services.papers import step_papers
from desk_app.services.reception import due_and_fee


@dataclass(frozen=True, slots=True)
class StepTold:
    """What a clerk says of a step, as typed: `due_on` a day or ISO, `fields` the answers of papers by key.

    `details` are the other facts of the step, by `KEYS` of `step_details`.
    """

    reason: str = ""
    to: str = ""
    due_on: str = ""
    result: str = ""
    collector: Person | None = None
    number: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


def step_event(desk: Desk, kept: Dossier, action: str, told: StepTold) -> StepTaken:
    """The event of this step with its papers, or a refusal; the step's own mistakes are told before those of papers.

    Raises `WrongStatusError`, `MissingFactError`, `BadFactError`, `UnprintableTextError`. Records nothing.
    """
    _refuse_early(desk, kept, action)
    said = told.details
    due_on = told.due_on or _due_of_annulment(desk, kept, action, said)
    due_at = due_and_fee.new_due(desk, due_on) if due_on else 0
    collector = told.collector or _collector(said)
    if collector is not None:
        checked(collector, role="collector")
    to, details = step_details.details_of(desk, kept, action, {**said, "to": told.to} if told.to else said)
    taken = dossier.take_step(
        kept,
        action,
        reason=nfc(told.reason) or completion.as_reason(details.get("defects", ())),
        to=to,
        due_at=due_at,
        result=nfc(told.result or said.get("result", "")),
        collector=collector,
        **details,
    )
    owed = step_papers.papers_of_step(desk, kept, taken, number=told.number, typed=told.fields)
    later_mistakes.refuse(desk, kept, later_mistakes.of_step(desk, kept, action, owed.fields) if owed.fields else ())
    return replace(taken, papers=owed.papers, office=owed.office, number=owed.number, fields=owed.fields)


def _refuse_early(desk: Desk, kept: Dossier, action: str) -> None:
    """Refuse a step whose day has not come, or that this procedure does not have."""
    if action == Action.HAND_OVER and not is_at_once(desk, kept):
        raise BadFactError(field="action", label="Trả kết quả ngay", why="thủ tục này phải hẹn ngày trả")
    if action == Action.LAPSE and (until := open_until(desk, kept)):
        raise EarlyLapseError(code=kept.code, until=until)


def open_until(desk: Desk, kept: Dossier) -> str:
    """The day (dd/mm/yyyy) until which the citizen may still bring what was asked for; "" once it has passed."""
    if not kept.handling.asked_at:
        return ""
    asked_at, days = in_vietnam(kept.handling.asked_at), procedure_versions.procedure_of(desk, kept).completion.days
    if completion.is_over(asked_at, days, desk.today(), desk.calendar):
        return ""
    return f"{completion.last_day(asked_at, days, desk.calendar):%d/%m/%Y}"


def _due_of_annulment(desk: Desk, kept: Dossier, action: str, said: Mapping[str, str]) -> str:
    """A dossier that is handled anew gets the day that its limit gives from now on, if nobody says another."""
    is_anew = action == Action.ANNUL and said.get("outcome") == AnnulOutcome.REDO
    return due_proposals.from_now(desk, kept) if is_anew else ""


def _collector(said: Mapping[str, str]) -> Person | None:
    """Who took the result, from "collector.full_name" …"""
    facts = {fact: nfc(said[f"collector.{fact}"]) for fact in _OF_COLLECTOR if said.get(f"collector.{fact}")}
    return Person(**facts) if facts else None


_OF_COLLECTOR = ("full_name", "id_number", "phone")


def is_at_once(desk: Desk, kept: Dossier) -> bool:
    """Whether the result of this dossier may be handed over at once."""
    by_day = any(each.at_once for each in kept.service_days)
    return by_day or procedure_versions.procedure_of(desk, kept).at_once
