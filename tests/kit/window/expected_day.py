"""What must stand in the journal after a clerk's day, written down apart from the program, and how it is compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.dossiers.steps import Status


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One dossier as the citizen and the clerk agreed on it; `due` is a day, "" for handed over at once.

    `facts` are those of the applicant, `people` names by role, `events` kinds in their order, a step as "step:action".
    """

    procedure: str
    facts: Mapping[str, str]
    events: tuple[str, ...]
    fee: int = 0
    due: str = ""
    status: Status = Status.RECEIVED
    people: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[tuple[str, int, int], ...] = ()
    components: tuple[str, ...]


def kinds(events: Iterable[Recorded]) -> tuple[str, ...]:
    """Each event's kind; for a step also which."""
    return tuple(
        f"step:{event.payload.action}" if isinstance(event.payload, StepTaken) else event.kind for event in events
    )


def differences(code: str, dossier: Dossier, expected: Expected) -> list[str]:
    """Each fact that is recorded otherwise than it was told."""
    due = datetime.fromtimestamp(dossier.due_at / 1000, VIETNAM).date().isoformat() if dossier.due_at else ""
    pairs: dict[str, tuple[object, object]] = {
        "procedure": (dossier.procedure, expected.procedure),
        "due": (due, expected.due),
        "fee": (dossier.fee.known_total, expected.fee),
        "status": (dossier.status, expected.status),
        "documents": (
            tuple((each.name, each.pages, each.copies) for each in dossier.documents),
            expected.documents,
        ),
        "components": (tuple(sorted(each.component for each in dossier.components)), expected.components),
    }
    for name, value in expected.facts.items():
        pairs[f"applicant.{name}"] = (getattr(dossier.applicant, name), value)
    for role, name in expected.people.items():
        pairs[role] = (dossier.people[role].full_name if role in dossier.people else None, name)
    for key, value in expected.fields.items():
        pairs[key] = (dossier.fields.get(key), value)
    return [f"{code} {what}: {got!r}, told {want!r}" for what, (got, want) in pairs.items() if got != want]
