"""The statuses that a person chooses from when two desks took steps without knowing of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desk_app.domain.dossiers.dossier import STATUS, Dossier
from desk_app.domain.dossiers.events import ConflictSettled, Recorded, StepTaken
from desk_app.domain.dossiers.steps import ACTIONS, Status, leads_to

STEP = "Bước xử lý"


def step_values(kept: Dossier, events: Sequence[Recorded]) -> Iterator[tuple[str, Recorded, str]]:
    """(status to choose, event that leads to this status, words of the choice); the current status comes first."""
    events = [event for event in events if event.stamp not in kept.taken_back]
    crossed = {*kept.out_of_turn, *(tip.stamp for tip in kept.conflicts.get(STATUS, ()))}
    standing = [event for event in events if _status_of(event) is not None and event.stamp not in crossed]
    now = standing[-1] if standing else events[0]
    found = [(_status_of(now) or Status.RECEIVED, now)]
    found += [(_status_of(event) or kept.status, event) for event in events if event.stamp in crossed]
    # A step that another desk took at the same time can be the current status, so the current status is sought again.
    found.sort(key=lambda choice: choice[0] is not kept.status)
    for n, (status, event) in enumerate(found):
        yield str(status), event, _told(event, status) if n else f"Giữ: {kept.status.label}"


def _status_of(event: Recorded) -> Status | None:
    """The status that the event gives the dossier; None for an event that changes no status."""
    payload = event.payload
    if isinstance(payload, ConflictSettled) and payload.path == STATUS and payload.value in set(Status):
        return Status(payload.value)
    return leads_to(payload.action, payload.outcome) if isinstance(payload, StepTaken) else None


def _told(event: Recorded, status: Status | None) -> str:
    payload = event.payload
    if isinstance(payload, StepTaken):
        action = ACTIONS.get(payload.action)
        label = action.label if action else payload.action
        told = f"{label[:1].upper()}{label[1:]}"
        return f"{told}: {payload.reason}" if payload.reason else told
    return status.label if status else ""
