"""What registers and reports read of each dossier beside its row in the list, which stays narrow."""

from __future__ import annotations

from typing import Any

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.handling import results
from desk_app.store.database.database import DeskDatabase

COLUMNS = (
    "dossier, first_due_at, result, fee, sets, return_by, apologies, completions, forwarded_at, ready_at, ended_at,"
    " channel, unit"
)
_REPLACE = f"INSERT OR REPLACE INTO register_line({COLUMNS}) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)"
Row = tuple[Any, ...]


def line_of(number: int, dossier: Dossier) -> Row:
    """The dossier's line; `number` is the event that received it. Moments UTC ms, 0 for never; no fee while unknown.

    Of steps taken several times the first forwarding counts, and the last result and end (`results`). `unit` is where
    the dossier was forwarded last, "" where the one-stop desk did it itself.
    """
    steps = [turn for turn in dossier.turns if turn.stamp not in dossier.taken_back]
    return (
        number,
        dossier.first_due_at,
        dossier.result,
        dossier.fee.known_total,
        dossier.sets,
        dossier.return_by,
        dossier.apologies,
        dossier.completions,
        next((turn.at for turn in steps if _action(turn) == Action.FORWARD), 0),
        results.ready_at(dossier),
        results.ended_at(dossier),
        dossier.channel,
        next((to for turn in reversed(steps) if (to := _sent_to(turn))), ""),
    )


def put(db: DeskDatabase, number: int, dossier: Dossier) -> None:
    """Bring the line up to date; inside `unit_of_work`."""
    db.execute(_REPLACE, line_of(number, dossier))


def put_many(db: DeskDatabase, lines: list[Row]) -> None:
    db.many(_REPLACE, lines)


def remove(db: DeskDatabase, number: int) -> None:
    db.execute("DELETE FROM register_line WHERE dossier = ?", (number,))


def lines(db: DeskDatabase, first: int, last: int) -> list[Row]:
    """The lines of dossiers numbered `first` to `last`, in that order."""
    return db.all(f"SELECT {COLUMNS} FROM register_line WHERE dossier BETWEEN ? AND ? ORDER BY dossier", (first, last))


def _sent_to(turn: Recorded) -> str:
    return turn.payload.to if isinstance(turn.payload, StepTaken) and turn.payload.action == Action.FORWARD else ""


def _action(turn: Recorded) -> str:
    return turn.payload.action if isinstance(turn.payload, StepTaken) else ""
