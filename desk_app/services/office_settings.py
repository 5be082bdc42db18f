"""The settings that a person may look at and change: what each is called, whose it is, which values it takes.

A desk's own stand in its database. The commune's go through the journal, so that all desks hold the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from enum import StrEnum

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from desk_app.documents.fonts import missing_letters
from desk_app.domain.calendar import WorkingHours
from desk_app.domain.events import OfficeChanged
from desk_app.domain.numbering import Pattern
from desk_app.domain.permissions import Permission
from desk_app.domain.phone import problem as phone_problem
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, DeskError
from desk_app.services import procedure_choices
from desk_app.services.accounts import session
from desk_app.services.desk import Desk
from desk_app.store import settings
from desk_app.store.settings import Settings

_LONGEST = 200
_HOURS = "hours."
_PRINTERS = "printers."


class UnknownSettingError(DeskError):
    message = "Không có thiết lập nào tên như vậy."
    remedy = "Xem các thiết lập bằng lệnh desk-app settings list."


class Scope(StrEnum):
    """Whose a setting is: this desk's alone, or the commune's and so every desk's."""

    DESK = "desk"
    COMMUNE = "commune"


class SettingKind(Struct, frozen=True, kw_only=True):
    """`key` is a field of `Settings`, or "hours.<part>" or "printers.<sheet>". `choices` empty for free text.

    `check` says in words what is wrong with a text; "" for nothing.
    """

    key: str
    label: str
    scope: Scope = Scope.COMMUNE
    choices: Mapping[str, str] = {}
    needed: bool = False
    check: Callable[[str], str] = lambda _: ""


class SettingRow(Struct, frozen=True, kw_only=True):
    """A setting as it stands: its text, and the text it would have by itself."""

    kind: SettingKind
    value: str
    default: str


def _hour_problem(text: str) -> str:
    try:
        time.fromisoformat(text)
    except ValueError:
        return "cần giờ:phút, như 07:30"
    return ""


def _pattern_problem(text: str) -> str:
    try:
        Pattern(text)
    except BadFactError as error:
        return str(error.facts.get("why", ""))
    return ""


KINDS: Mapping[str, SettingKind] = {
    kind.key: kind
    for kind in (
        SettingKind(key="office", label="Tên cơ quan tiếp nhận, như ghi trên giấy", needed=True),
        SettingKind(key="commune", label="Tên xã, phường", needed=True),
        SettingKind(key="province", label="Tên tỉnh, thành phố"),
        SettingKind(key="superior", label="Cơ quan cấp trên trực tiếp, như ghi trên giấy"),
        SettingKind(key="address", label="Địa chỉ cơ quan"),
        SettingKind(key="phone", label="Điện thoại cơ quan", check=lambda text: phone_problem(text) if text else ""),
        SettingKind(key="pattern", label="Mẫu mã hồ sơ", needed=True, check=_pattern_problem),
        SettingKind(key="hours.morning", label="Giờ mở buổi sáng", needed=True, check=_hour_problem),
        SettingKind(key="hours.noon", label="Giờ nghỉ trưa", needed=True, check=_hour_problem),
        SettingKind(key="hours.afternoon", label="Giờ mở buổi chiều", needed=True, check=_hour_problem),
        SettingKind(key="hours.evening", label="Giờ đóng cửa", needed=True, check=_hour_problem),
        SettingKind(key="hours.hand_out", label="Giờ trả kết quả trong ngày", needed=True, check=_hour_problem),
        SettingKind(key="clerk", label="Người tiếp nhận", scope=Scope.DESK, needed=True),
        SettingKind(key="first_procedure", label="Thủ tục chọn sẵn (mã)", scope=Scope.DESK),
        SettingKind(key="printers.A4", label="Máy in giấy A4", scope=Scope.DESK),
        SettingKind(key="printers.A5", label="Máy in giấy A5", scope=Scope.DESK),
        SettingKind(key="printers.80mm", label="Máy in giấy nhiệt 80 mm", scope=Scope.DESK),
        SettingKind(
            key="slip_paper",
            label="Giấy tiếp nhận in trên",
            scope=Scope.DESK,
            choices={"A5": "giấy A5", "80mm": "giấy nhiệt 80 mm"},
        ),
        SettingKind(
            key="theme",
            label="Nền màn hình",
            scope=Scope.DESK,
            choices={"system": "theo máy", "light": "sáng", "dark": "tối"},
        ),
        SettingKind(key="scanner_port", label="Cổng máy quét nối tiếp", scope=Scope.DESK),
    )
}


def listed(desk: Desk) -> list[SettingRow]:
    """Every setting, the commune's first."""
    return [row(desk, key) for key in KINDS]


def row(desk: Desk, key: str) -> SettingRow:
    """One setting. Raises `UnknownSettingError`."""
    if key not in KINDS:
        raise UnknownSettingError
    return SettingRow(kind=KINDS[key], value=_text_at(desk.settings, key), default=_text_at(Settings(), key))


def change(desk: Desk, key: str, typed: str) -> SettingRow:
    """Set one setting from its text; what it is called then. The same text again records nothing.

    Raises `UnknownSettingError`, `BadFactError`, `UnknownProcedureError`.
    """
    if key not in KINDS:
        raise UnknownSettingError
    kind, text = KINDS[key], _tidied(KINDS[key], typed)
    if text == _text_at(desk.settings, key):
        return row(desk, key)
    if key == "first_procedure":
        procedure_choices.begin_with(desk, text)
        return row(desk, key)
    changed = _with(desk.settings, key, text)
    if why := changed.hours.problem:
        raise BadFactError(field=kind.key, label=kind.label, why=why)
    with session.deed(desk, Permission.OFFICE) as done:
        if kind.scope is Scope.COMMUNE:
            part = changed.hours if key.startswith(_HOURS) else changed
            value = msgspec.json.encode(getattr(part, key.removeprefix(_HOURS))).decode()
            done.record(OfficeChanged(values={key: value}), dossier="")
        else:
            settings.put(desk.db, changed)
    desk.settings = settings.get(desk.db)
    desk.forget_law()  # the calendar reckons with the hours
    return row(desk, key)


def _tidied(kind: SettingKind, typed: str) -> str:
    text = nfc(typed)
    why = ""
    if kind.choices and text not in kind.choices:
        why = f"chọn {' hoặc '.join(kind.choices)}"
    elif kind.needed and not text:
        why = "không được trống"
    elif len(text) > _LONGEST:
        why = f"dài quá {_LONGEST} chữ"
    elif missing := missing_letters(text):
        why = f"giấy không in được {' '.join(missing)}"
    else:
        why = kind.check(text)
    if why:
        raise BadFactError(field=kind.key, label=kind.label, why=why)
    return text


def _text_at(kept: Settings, key: str) -> str:
    head, _, part = key.partition(".")
    if head + "." == _HOURS:
        hour: time = getattr(kept.hours, part)
        return f"{hour:%H:%M}"
    if head + "." == _PRINTERS:
        return kept.printers.get(part, "")
    return str(getattr(kept, key))


def _with(kept: Settings, key: str, text: str) -> Settings:
    head, _, part = key.partition(".")
    if head + "." == _HOURS:
        return replace(kept, hours=WorkingHours(**{**asdict(kept.hours), part: time.fromisoformat(text)}))
    if head + "." == _PRINTERS:
        others = {sheet: queue for sheet, queue in kept.printers.items() if sheet != part}
        return replace(kept, printers={**others, part: text} if text else others)
    return replace(kept, **{key: text})
