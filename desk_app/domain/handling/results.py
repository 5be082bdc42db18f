"""When a result was there and when it left the office, for whoever counts. Pure.

Two kinds of number (docs/decisions/0208-an-annulled-result-was-returned.md). What was done on a day counts on that day:
a result that left has left, also if it is annulled later. Where a dossier stands is the fold: an annulled result counts
no longer, and a dossier that is handled anew has met nothing yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from desk_app.domain.dossiers.dossier_state import Dossier
from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import ACTIONS, Action, AnnulOutcome
from desk_app.domain.handling.ways_out import HANDS_OUT


def hand_outs(dossier: Dossier) -> tuple[int, ...]:
    """When a result left (UTC ms), in their order, annulled ones too; steps taken back were never taken."""
    return tuple(at for at, step in _counted(dossier) if step.action in HANDS_OUT)


def ready_at(dossier: Dossier) -> int:
    """When the result was ready, UTC ms; 0 for not yet. A dossier that is handled anew has none until it is again."""
    ready = [at for at, step in _since_anew(dossier) if step.action == Action.READY]
    return ready[-1] if ready else 0


def ended_at(dossier: Dossier) -> int:
    """When the dossier ended, UTC ms; 0 for one that is open. Annulling a result ends nothing: it had ended before."""
    if dossier.status.is_open:
        return 0
    ends = [at for at, step in _since_anew(dossier) if _ends(step)]
    return ends[-1] if ends else 0


def annulled_on(dossier: Dossier) -> tuple[int, ...]:
    """When results that had left were annulled, UTC ms, in their order."""
    return tuple(at for at, step in _counted(dossier) if step.action == Action.ANNUL)


def _counted(dossier: Dossier) -> Iterator[tuple[int, StepTaken]]:
    for turn in dossier.turns:
        if isinstance(turn.payload, StepTaken) and turn.stamp not in dossier.taken_back:
            yield turn.at, turn.payload


def _since_anew(dossier: Dossier) -> list[tuple[int, StepTaken]]:
    """The steps that count since the dossier was taken up anew after an annulled result; all where it never was."""
    steps = list(_counted(dossier))
    anew = [n for n, (_, step) in enumerate(steps) if _begins_anew(step)]
    return steps[anew[-1] + 1 :] if anew else steps


def _begins_anew(step: StepTaken) -> bool:
    return step.action == Action.ANNUL and step.outcome == AnnulOutcome.REDO


def _ends(step: StepTaken) -> bool:
    rule = ACTIONS.get(step.action)
    return step.action != Action.ANNUL and rule is not None and rule.leads_to is not None and not rule.leads_to.is_open
