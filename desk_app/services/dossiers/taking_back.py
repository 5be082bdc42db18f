"""Taking back a step that was recorded by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import ConflictSettled, Recorded, StepTaken
from desk_app.domain.dossiers.steps import ACTIONS, Status
from desk_app.domain.permissions import Permission
from desk_app.domain.text import nfc
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import due_proposals
from desk_app.services.dossiers.signers import Signers
from desk_app.services.reception import due_and_fee
from desk_app.store.journal import logs
from desk_app.store.queries import dossiers


@dataclass(frozen=True, slots=True, kw_only=True)
class LastStep:
    """The step that may be taken back: what it was, whose and when, and where the dossier would stand without it.

    `author` with the number of another desk. `needs_due`: without the step the dossier has no due date; `due_on` is the
    one to offer, ISO.
    """

    label: str
    author: str
    at: datetime
    back_to: Status
    needs_due: bool
    due_on: str


def last_step(desk: Desk, code: str) -> LastStep | None:
    """The step that this desk may take back; None where there is none. Raises `UnknownDossierError`."""
    kept = dossiers.by_code(desk.db, code)
    turn = kept.last_turn
    if turn is None or (kept.status is Status.RETURNED and turn.log not in _own_logs(desk)):
        return None
    needs_due = dossier.needs_due(kept)
    return LastStep(
        label=label_of(turn),
        author=Signers(desk, [turn]).who(turn),
        at=in_vietnam(turn.at),
        back_to=dossier.without_last_turn(kept).status,
        needs_due=needs_due,
        due_on=due_proposals.from_now(desk, kept) if needs_due else "",
    )


def take_back(desk: Desk, code: str, *, reason: str, due_on: str = "") -> Dossier:
    """The latest step counts no longer; both stay in the history. `due_on` a day as typed, or ISO.

    Raises `UnknownDossierError`, `NothingToTakeBackError`, `OthersReturnError`, `MissingFactError`, `BadFactError`.
    """
    due_at = due_and_fee.new_due(desk, due_on) if due_on else 0
    with session.deed(desk, Permission.STEP) as done:
        kept = dossiers.by_code(desk.db, code)
        return done.advance(kept, *dossier.take_back(kept, _own_logs(desk), reason=nfc(reason), due_at=due_at))


def label_of(turn: Recorded) -> str:
    """A step, or a choice among steps, as a clerk calls it."""
    payload = turn.payload
    if isinstance(payload, StepTaken):
        action = ACTIONS.get(payload.action)
        return action.label if action else payload.action
    return "chọn bước xử lý" if isinstance(payload, ConflictSettled) else ""


def _own_logs(desk: Desk) -> frozenset[str]:
    return frozenset(standing.log.hex() for standing in logs.standings(desk.db) if standing.own)
