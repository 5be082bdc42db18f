"""What happens to a dossier after reception: its steps, corrections, and conflicts that a person settles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desk_app.domain import dates, dossier
from desk_app.domain.calendar import VIETNAM
from desk_app.domain.dossier import Dossier
from desk_app.domain.events import Attached, Payload, Recorded, Stamp
from desk_app.domain.person import Person, checked
from desk_app.domain.steps import ACTIONS
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, DeskError
from desk_app.services import corrections, finding, terms
from desk_app.services.corrections import Correctable
from desk_app.services.desk import Desk
from desk_app.services.step_values import STEP, step_values
from desk_app.store import dossiers, files, journal, logs
from desk_app.store.database import unit_of_work
from desk_app.store.dossiers import DossierRow


class NoConflictError(DeskError):
    message = "Mục «{label}» không còn hai giá trị để chọn."
    remedy = "Mở lại hồ sơ để xem giá trị hiện tại; muốn sửa thì dùng Đính chính."


class NothingChangedError(DeskError):
    message = "Giá trị vừa nhập giống giá trị đang có."
    remedy = "Sửa ít nhất một mục rồi lưu."


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChoice:
    """A step the dossier may take now, and what must be said with it."""

    action: str
    label: str
    needs_reason: bool
    needs_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One of the values two desks gave: as kept, as shown to a person, by whom and when; `is_ours` by this desk."""

    value: str
    shown: str
    author: str
    at: datetime
    is_ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two desks changed one thing without knowing of each other. The first of `values` is the one that shows."""

    path: str
    label: str
    values: tuple[Standing, ...]


def steps(desk: Desk, code: str) -> tuple[StepChoice, ...]:
    """The steps open to a dossier now, the usual one first. Raises `UnknownDossierError`."""
    kept = dossiers.by_code(desk.db, code)
    return tuple(
        StepChoice(action=name, label=rule.label, needs_reason=rule.needs_reason, needs_due=rule.needs_due)
        for name, rule in ACTIONS.items()
        if kept.status in rule.allowed
        and not (name == "apologise" and kept.apologies)
        and not (name == "hand-over" and not _at_once(desk, kept))
    )


def step(
    desk: Desk,
    code: str,
    action: str,
    *,
    reason: str = "",
    to: str = "",
    due_on: str = "",
    result: str = "",
    collector: Person | None = None,
) -> Dossier:
    """Move the dossier on and put the step in the journal, or change nothing; `due_on` a day as typed, or ISO.

    Raises `UnknownDossierError`, `WrongStatusError`, `MissingFactError`, `BadFactError`.
    """
    due_at = _due(desk, due_on) if due_on else 0
    if collector is not None:
        checked(collector, role="collector")
    with unit_of_work(desk.db):
        kept = dossiers.by_code(desk.db, code)
        if action == "hand-over" and not _at_once(desk, kept):
            raise BadFactError(field="action", label="Trả kết quả ngay", why="thủ tục này phải hẹn ngày trả")
        taken = dossier.take_step(
            kept,
            action,
            reason=nfc(reason),
            to=to.strip(),
            due_at=due_at,
            result=result.strip(),
            collector=collector,
        )
        return _appended(desk, kept, taken)


def correctable(desk: Desk, code: str) -> tuple[Correctable, ...]:
    """What may be corrected, with the values as they stand. Raises `UnknownDossierError`."""
    return corrections.correctable(desk, dossiers.by_code(desk.db, code))


def correct(desk: Desk, code: str, changes: Mapping[str, str], *, reason: str = "") -> Dossier:
    """Set fields right, by path ("people.applicant.phone", "fields.purpose", "fee.total", "note", "return_by").

    What is given as it already stands is left out, so that it takes no other desk's change away unseen. Raises
    `UnknownDossierError`, `BadFactError`, `MissingFactError`, `UnprintableTextError`, `NothingChangedError`.
    """
    with unit_of_work(desk.db):
        kept = dossiers.by_code(desk.db, code)
        tidy = corrections.tidied(desk, kept, changes)
        event, seen = dossier.correct(kept, tidy, reason=nfc(reason))
        told = {path: value for path, value in event.changes.items() if value != corrections.value_at(kept, path)}
        if not told:
            raise NothingChangedError
        event, seen = dossier.correct(kept, told, reason=nfc(reason))
        return _appended(desk, kept, event, seen)


def conflicts(desk: Desk, code: str) -> tuple[Conflict, ...]:
    """Where two desks changed the same thing, each with the values standing. Raises `UnknownDossierError`."""
    kept = dossiers.by_code(desk.db, code)
    if not kept.conflicts and not kept.out_of_turn:
        return ()
    events = journal.history(desk.db, kept.id)
    by_stamp = {event.stamp: event for event in events}
    own = {standing.log.hex() for standing in logs.standings(desk.db) if standing.own}
    found = [
        Conflict(
            path=path,
            label=corrections.label_of(desk, kept, path),
            values=tuple(_standing(tip.value, by_stamp[tip.stamp], own) for tip in tips),
        )
        for path, tips in kept.conflicts.items()
        if path != dossier.STATUS
    ]
    if kept.out_of_turn or dossier.STATUS in kept.conflicts:
        values = tuple(_standing(value, event, own, shown) for value, event, shown in step_values(kept, events))
        found.append(Conflict(path=dossier.STATUS, label=STEP, values=values))
    return tuple(found)


def settle_conflict(desk: Desk, code: str, path: str, value: str) -> Dossier:
    """A person chose: `value` stands from now on, on every desk. Raises `NoConflictError`, and as `correct` does."""
    with unit_of_work(desk.db):
        kept = dossiers.by_code(desk.db, code)
        if path == dossier.STATUS:
            chosen = _chosen_status(desk, kept, value)
        elif path in kept.conflicts:
            chosen = corrections.tidied(desk, kept, {path: value})[path]
            dossier.correct(kept, {path: chosen})  # refuses what no record can carry
        else:
            raise NoConflictError(label=corrections.label_of(desk, kept, path))
        event, seen = dossier.settle(kept, path, chosen)
        return _appended(desk, kept, event, seen)


def to_look_at(desk: Desk, limit: int = 1000) -> list[DossierRow]:
    """Dossiers in which a person must settle something, the newest first."""
    return finding.listed(desk, "look", limit)


def attach(desk: Desk, code: str, path: Path, *, component: str = "") -> tuple[Dossier, Attached]:
    """Keep a copy of the file, encrypted, as part of the dossier; it goes to the district behind everything else.

    Raises `UnknownDossierError`, `FileUnreadableError`, `FileTooLargeError`, and the disk's failures.
    """
    kept = dossiers.by_code(desk.db, code)
    file = files.add(desk.db, path)
    event = Attached(sha=file.sha, size=file.size, type=file.type, name=nfc(path.name), component=component)
    with unit_of_work(desk.db):
        return _appended(desk, kept, event), event


def _appended(
    desk: Desk, kept: Dossier, payload: Payload, seen: Mapping[str, tuple[Stamp, ...]] | None = None
) -> Dossier:
    event = journal.append(
        desk.db,
        payload,
        dossier=kept.id,
        at=_now(desk),
        author=desk.clerk,
        seen=seen,
        clock_offset=desk.clock_offset,
    )
    return dossier.advance(kept, event) or kept


def _chosen_status(desk: Desk, kept: Dossier, value: str) -> str:
    """One of those that `conflicts` offers. Raises `NoConflictError`, `BadFactError`."""
    if not kept.out_of_turn and dossier.STATUS not in kept.conflicts:
        raise NoConflictError(label=STEP)
    offered = [one for one, _, _ in step_values(kept, journal.history(desk.db, kept.id))]
    if value not in offered:
        raise BadFactError(field=dossier.STATUS, label=STEP, why="chọn một trong các bước đang có")
    return value


def _standing(value: str, event: Recorded, own: Collection[str], shown: str = "") -> Standing:
    return Standing(
        value=value,
        shown=shown or dates.shown(value),
        author=event.author,
        at=datetime.fromtimestamp(event.at / 1000, VIETNAM),
        is_ours=event.log in own,
    )


def _at_once(desk: Desk, kept: Dossier) -> bool:
    return finding.procedure_of(desk, kept).at_once


def _due(desk: Desk, typed: str) -> int:
    due_at = terms.chosen_due(desk, typed, label="Ngày hẹn trả mới")
    if due_at < _now(desk):
        raise BadFactError(field="due", label="Ngày hẹn trả mới", why="không thể trước lúc này")
    return due_at


def _now(desk: Desk) -> int:
    return int(desk.now().timestamp() * 1000)
