"""Where a dossier stands: its steps in their order, without those that were taken back. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from desk_app.domain.dossiers.dossier_state import STATUS, STEP, ConcurrentValue, Dossier, Handling
from desk_app.domain.dossiers.events import ConflictSettled, Recorded, Stamp, StepTaken, StepTakenBack
from desk_app.domain.dossiers.steps import ACTIONS, Action, Status, leads_to
from desk_app.domain.handling import reason_kinds

_NEVER: Stamp = (0, "")


def turned(dossier: Dossier, event: Recorded) -> Dossier:
    """The dossier after a step, or after a person's choice among steps that crossed."""
    dossier = replace(dossier, turns=(*dossier.turns, event))
    if event.stamp in dossier.taken_back:
        return dossier
    return with_due(_in_effect(dossier, event))


def taken_back(dossier: Dossier, event: Recorded, payload: StepTakenBack) -> Dossier:
    """The dossier as if the step named had not been."""
    if payload.due_at:
        dossier = replace(dossier, reset_due=ConcurrentValue(event.stamp, str(payload.due_at)))
    named = event.seen.get(STEP, ())
    is_known = all(stamp in dossier.taken_back for stamp in named)
    return with_due(dossier) if is_known else without(dossier, named)


def all_taken_back(events: Iterable[Recorded]) -> tuple[Stamp, ...]:
    """The steps that any of these events takes back.

    A dossier that knows them beforehand goes through its steps once, however many of them are taken back.
    """
    backs = (event.seen.get(STEP, ()) for event in events if isinstance(event.payload, StepTakenBack))
    return tuple(dict.fromkeys(stamp for stamps in backs for stamp in stamps))


def without(dossier: Dossier, steps: Sequence[Stamp]) -> Dossier:
    """The dossier without the steps of these stamps and those taken back before: all others are gone through again."""
    dossier = replace(
        dossier,
        taken_back=(*dossier.taken_back, *steps),
        status=Status.RECEIVED,
        result="",
        returned_at=0,
        collector=None,
        apologies=0,
        completions=0,
        handling=Handling(),
        out_of_turn=(),
        step_due=None,
        tips={path: tips for path, tips in dossier.tips.items() if path != STATUS},
    )
    for turn in dossier.turns:
        if turn.stamp not in dossier.taken_back:
            dossier = _in_effect(dossier, turn)
    return with_due(dossier)


def with_due(dossier: Dossier) -> Dossier:
    """The due moment that was said last: at reception, by a step, by a step taken back, or by a correction."""
    said = [(_NEVER, dossier.first_due_at)]
    said += [(tip.stamp, int(tip.value)) for tip in (dossier.step_due, dossier.reset_due) if tip is not None]
    said += [(tip.stamp, moment) for tip in dossier.tips.get("due_at", ()) if (moment := moment_of(tip.value))]
    return replace(dossier, due_at=max(said)[1])


def moment_of(text: str) -> int:
    """UTC ms from its decimal text; 0 for what is no moment that a calendar has."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(_LAST_MOMENT))
    return int(text) if is_number and int(text) <= _LAST_MOMENT else 0


_LAST_MOMENT = 253_370_764_800_000
"""The beginning of the year 9999: later moments have no date in every zone."""


def seen_tips(
    standing: Iterable[ConcurrentValue], event: Recorded, path: str, value: str
) -> tuple[ConcurrentValue, ...]:
    """The values of a path after an event that gives it one: those the event has not seen stay beside it."""
    seen = set(event.seen.get(path, ()))
    if not seen:
        return (*standing, ConcurrentValue(event.stamp, value))
    return (*(tip for tip in standing if tip.stamp not in seen), ConcurrentValue(event.stamp, value))


def _in_effect(dossier: Dossier, event: Recorded) -> Dossier:
    payload = event.payload
    if isinstance(payload, StepTaken):
        return _stepped(dossier, event, payload)
    if isinstance(payload, ConflictSettled):
        tips = seen_tips(dossier.tips.get(STATUS, ()), event, STATUS, payload.value)
        return _decided(replace(dossier, tips={**dossier.tips, STATUS: tips}), event, payload.value)
    return dossier


def _stepped(dossier: Dossier, event: Recorded, step: StepTaken) -> Dossier:
    status = leads_to(step.action, step.outcome) or dossier.status
    if not _is_in_turn(dossier, step):
        # Two desks took steps without knowing of each other: a person looks; until then the furthest one shows.
        was, dossier = dossier, replace(dossier, out_of_turn=(*dossier.out_of_turn, event.stamp))
        if status.rank <= was.status.rank:
            return dossier
    dossier = replace(dossier, status=status)
    if step.due_at:
        dossier = replace(dossier, step_due=ConcurrentValue(event.stamp, str(step.due_at)))
    if step.action == Action.ANNUL:
        dossier = _annulled(dossier)
    if step.result:
        dossier = replace(dossier, result=step.result)
    if step.action == Action.APOLOGISE:
        dossier = replace(dossier, apologies=dossier.apologies + 1)
    if step.action == Action.REQUEST_COMPLETION:
        dossier = replace(dossier, completions=dossier.completions + 1)
    if status is Status.RETURNED:
        dossier = replace(dossier, returned_at=event.at, collector=step.collector)
    return replace(dossier, handling=_handled(dossier.handling, event, step))


def _is_in_turn(dossier: Dossier, step: StepTaken) -> bool:
    """Whether the status of the dossier allows this step, as far as the step itself shows.

    A stop that names its cause is one that the citizen asked for, possible only before a decision
    (TT 03/2025/TT-VPCP Đ7); earlier versions wrote no cause, and their stops read as they did.
    """
    action = ACTIONS.get(step.action)
    if action is None:
        return False
    if step.action == Action.APOLOGISE:
        return dossier.time_runs and not dossier.apologies
    if dossier.status not in action.allowed:
        return False
    return not (step.action == Action.STOP and step.cause and dossier.has_decision)


def _handled(was: Handling, event: Recorded, step: StepTaken) -> Handling:
    """What is known of the work inside after this step: what the step says replaces what was said before."""
    said = {name: value for name in _OF_RESULT if (value := getattr(step, name))}
    if step.action in (Action.FORWARD, Action.SUBMIT, Action.SIGNED) and (step.inner or step.to or step.until):
        said |= {"inner": step.inner, "holder": step.to, "since": event.at, "until": step.until}
    if step.action == Action.SUSPEND:
        said["counts"] = reason_kinds.time_counts(step)
    if step.action == Action.REQUEST_COMPLETION:
        said |= {"defects": step.defects, "asked_at": event.at}
    return replace(was, **said)


_OF_RESULT = ("signer", "decided_on", "file", "handed", "item_code", "paper_of_authority")


def _annulled(dossier: Dossier) -> Dossier:
    """A result that had left counts no longer: neither its number nor that somebody has it."""
    handling = replace(dossier.handling, annulments=dossier.handling.annulments + 1, **dict.fromkeys(_OF_RESULT, ""))
    return replace(dossier, result="", returned_at=0, collector=None, handling=handling)


def _decided(dossier: Dossier, event: Recorded, value: str) -> Dossier:
    """A person said where the dossier stands; the steps out of turn that they saw are done with."""
    seen = set(event.seen.get(STATUS, ()))
    dossier = replace(dossier, out_of_turn=tuple(stamp for stamp in dossier.out_of_turn if stamp not in seen))
    if value == dossier.status or value not in set(Status):
        return dossier
    status = Status(value)
    is_returned = status is Status.RETURNED
    return replace(dossier, status=status, returned_at=event.at if is_returned else 0, collector=None)
