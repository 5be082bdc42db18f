"""Where two desks changed the same thing of a dossier, and the value that a person chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.changes import check_change, fee_text
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import ConflictSettled, Corrected, Recorded
from desk_app.domain.dossiers.fact_paths import FEE
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures.procedure import Fee
from desk_app.errors import BadFactError, DeskError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import corrections
from desk_app.services.dossiers.shown_values import shown
from desk_app.services.dossiers.signers import Signers
from desk_app.services.dossiers.status_conflicts import STEP, step_values
from desk_app.store.journal import journal
from desk_app.store.queries import dossiers


class NoConflictError(DeskError):
    message = "Mục «{label}» không còn hai giá trị để chọn."
    remedy = "Mở lại hồ sơ để xem giá trị hiện tại; muốn sửa thì dùng Đính chính."


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictValue:
    """One of the values two desks gave: as kept, as shown, by whom; by desk `desk`, 0 unknown, unless `is_ours`."""

    value: str
    shown: str
    author: str
    at: datetime
    is_ours: bool
    desk: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two desks changed one thing without knowing of each other. The first of `values` is the one that shows."""

    path: str
    label: str
    values: tuple[ConflictValue, ...]


def conflicts(desk: Desk, code: str) -> tuple[Conflict, ...]:
    """Where two desks changed the same thing, each with the values standing. Raises `UnknownDossierError`."""
    kept = dossiers.by_code(desk.db, code)
    if not kept.conflicts and not kept.out_of_turn:
        return ()
    events = journal.history(desk.db, kept.id)
    by_stamp = {event.stamp: event for event in events}
    known = Signers(desk, events)
    found = [
        Conflict(
            path=path,
            label=corrections.label_of(desk, kept, path),
            values=tuple(
                _standing(tip.value, by_stamp[tip.stamp], known, shown(desk, path, tip.value)) for tip in tips
            ),
        )
        for path, tips in kept.conflicts.items()
        if path != dossier.STATUS
    ]
    if kept.out_of_turn or dossier.STATUS in kept.conflicts:
        values = tuple(_standing(value, event, known, words) for value, event, words in step_values(kept, events))
        found.append(Conflict(path=dossier.STATUS, label=STEP, values=values))
    return tuple(found)


def settle_conflict(desk: Desk, code: str, path: str, value: str) -> Dossier:
    """A person chose: `value` stands from now on, on every desk. Raises `NoConflictError`, and as `correct` does."""
    with session.deed(desk, Permission.SETTLE) as done:
        kept = dossiers.by_code(desk.db, code)
        if path == dossier.STATUS:
            chosen = _chosen_status(desk, kept, value)
        elif path in kept.conflicts:
            chosen = corrections.tidied(desk, kept, {path: value})[path]
            check_change(kept, path, chosen)
        else:
            raise NoConflictError(label=corrections.label_of(desk, kept, path))
        fee = _lines_of(desk, kept, chosen) if path == FEE else None
        event, seen = dossier.settle(kept, path, chosen, fee=fee)
        return done.advance(kept, event, seen)


def _lines_of(desk: Desk, kept: Dossier, total: str) -> Fee | None:
    """The fee with its lines behind the value of a conflict that was chosen; None where that value is a sum alone."""
    stamps = {tip.stamp for tip in kept.tips[FEE]}
    for event in journal.history(desk.db, kept.id):
        fee = event.payload.fee if isinstance(event.payload, Corrected | ConflictSettled) else None
        if fee is not None and event.stamp in stamps and fee_text(fee) == total:
            return fee
    return None


def _chosen_status(desk: Desk, kept: Dossier, value: str) -> str:
    """One of those that `conflicts` offers. Raises `NoConflictError`, `BadFactError`."""
    if not kept.out_of_turn and dossier.STATUS not in kept.conflicts:
        raise NoConflictError(label=STEP)
    offered = [one for one, _, _ in step_values(kept, journal.history(desk.db, kept.id))]
    if value not in offered:
        raise BadFactError(field=dossier.STATUS, label=STEP, why="chọn một trong các bước đang có")
    return value


def _standing(value: str, event: Recorded, known: Signers, words: str) -> ConflictValue:
    return ConflictValue(
        value=value,
        shown=words,
        author=known.name(event),
        at=in_vietnam(event.at),
        is_ours=known.is_ours(event),
        desk=known.desk(event),
    )
