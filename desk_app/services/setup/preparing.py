"""What makes a new desk ready for its first citizen, step by step; each can be left and taken up again."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.permissions import Permission
from desk_app.errors import DeskError
from desk_app.services.accounts import session
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk
from desk_app.store.peers import sync_state
from desk_app.store.reference import settings


class UnknownStepError(DeskError):
    message = "Không có bước chuẩn bị nào tên như vậy."
    remedy = "Xem các bước bằng lệnh desk-app setup."


class StepState(StrEnum):
    """`LATER`: a person said that it can wait."""

    OPEN = ""
    LATER = "later"
    DONE = "done"


class PreparingStep(Struct, frozen=True, kw_only=True):
    """One step: its key, what a clerk calls it, how it stands, and the command of the terminal that does it."""

    key: str
    title: str
    state: StepState
    command: str


BACKUP, BACKUP_FOLDER = "backup", "backup_folder"
"""The step, and the setting that says where backups go; without the setting there is no step."""
_STEPS: Mapping[str, tuple[str, str]] = {
    "printer": ("Máy in", "desk-app setup printer --use TÊN"),
    "scanner": ("Máy quét", "desk-app setup scanner --use -"),
    "district": ("Cấp trên", "desk-app enrol MÃ"),
    BACKUP: ("Sao lưu", f"desk-app settings set {BACKUP_FOLDER} THƯ_MỤC"),
}
KEYS = tuple(key for key in _STEPS if key != BACKUP or BACKUP_FOLDER in office_settings.KINDS)
SAID: Mapping[StepState, str] = {
    StepState.OPEN: "chưa làm",
    StepState.LATER: "để sau",
    StepState.DONE: "xong",
}


def steps(desk: Desk) -> list[PreparingStep]:
    """Every step as it stands; a desk that is enrolled has done that step whoever did it."""
    return [
        PreparingStep(key=key, title=title, state=_state(desk, key), command=command)
        for key, (title, command) in _STEPS.items()
        if key in KEYS
    ]


def mark(desk: Desk, key: str, state: StepState) -> None:
    """Note how a step stands. Raises `UnknownStepError`, `DeedNotAllowedError`."""
    if key not in KEYS:
        raise UnknownStepError
    said = {**desk.settings.prepared, key: state.value}
    changed = replace(desk.settings, prepared={name: value for name, value in said.items() if value})
    with session.deed(desk, Permission.RECEIVE):
        settings.put(desk.db, changed)
    desk.settings = changed


def _state(desk: Desk, key: str) -> StepState:
    if key == "district" and sync_state.get(desk.db).certificate:
        return StepState.DONE
    kept = desk.settings.prepared.get(key, "")
    return StepState(kept) if kept in set(StepState) else StepState.OPEN
