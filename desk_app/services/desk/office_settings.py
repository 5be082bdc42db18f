"""Looking at the settings and changing them, one or several at once.

A desk's own stand in its database. The commune's go through the journal, so that all desks hold the same.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.permissions import Permission
from desk_app.errors import BadFactError, DeskError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.settings import screen_scale
from desk_app.services.settings.declared import KINDS
from desk_app.services.settings.kinds import InputKind, Scope, SettingKind
from desk_app.services.settings.values import codes_of, problem_of, text_at, tidied, with_text
from desk_app.store.reference import catalogue, settings
from desk_app.store.reference.settings import Settings

__all__ = ["KINDS", "Scope", "SettingKind", "SettingRow", "change", "change_all", "listed", "problems", "row"]

_HOURS = "hours."
_OF_LAW = {InputKind.PROCEDURE, InputKind.PROCEDURES}


class UnknownSettingError(DeskError):
    message = "Không có thiết lập nào tên như vậy."
    remedy = "Xem các thiết lập bằng lệnh desk-app settings list."


class SettingRow(Struct, frozen=True, kw_only=True):
    """A setting as it stands: its text, and the text it would have by itself."""

    kind: SettingKind
    value: str
    default: str


def listed(desk: Desk) -> list[SettingRow]:
    """Every setting, in the order of the screen."""
    return [row(desk, key) for key in KINDS]


def row(desk: Desk, key: str) -> SettingRow:
    """One setting. Raises `UnknownSettingError`."""
    if key not in KINDS:
        raise UnknownSettingError
    return SettingRow(kind=KINDS[key], value=text_at(desk.settings, key), default=text_at(Settings(), key))


def problems(desk: Desk, typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with these texts, by key, and what to do about it; empty where all can be set together.

    Raises `UnknownSettingError`.
    """
    if not typed.keys() <= KINDS.keys():
        raise UnknownSettingError
    texts = {key: tidied(KINDS[key], text) for key, text in typed.items()}
    found = {key: why for key, text in texts.items() if (why := _problem(desk, KINDS[key], text))}
    hours = [key for key in texts if key.startswith(_HOURS)]
    if hours and not found.keys() & set(hours) and (why := _with_all(desk.settings, texts, hours).hours.problem):
        changed = [key for key in hours if texts[key] != text_at(desk.settings, key)]
        found[(changed or hours)[-1]] = why
    return found


def change(desk: Desk, key: str, typed: str) -> SettingRow:
    """Set one setting from its text; as `change_all`."""
    change_all(desk, {key: typed})
    return row(desk, key)


def change_all(desk: Desk, typed: Mapping[str, str]) -> list[str]:
    """Set these from their texts, all or none; the keys of those that are another now.

    What of them is the commune's is one event; nothing that stays as it was is recorded. Raises `UnknownSettingError`,
    `BadFactError`, `DeedNotAllowedError`.
    """
    for key, why in problems(desk, typed).items():
        raise BadFactError(field=key, label=KINDS[key].label, why=why)
    texts = {key: tidied(KINDS[key], text) for key, text in typed.items()}
    keys = [key for key, text in texts.items() if text != text_at(desk.settings, key)]
    if not keys:
        return []
    changed = _with_all(desk.settings, texts, keys)
    of_commune = {key: _json_of(changed, key) for key in keys if KINDS[key].scope is Scope.COMMUNE}
    of_desk = [key for key in keys if key not in of_commune]
    with session.deed(desk, Permission.OFFICE) as done:
        if of_desk:
            settings.put(desk.db, _with_all(desk.settings, texts, of_desk))
        if of_commune:
            done.record(OfficeChanged(values=of_commune), dossier="")
        if "scale" in keys:
            screen_scale.keep(desk.data, changed.scale)
    desk.settings = settings.get(desk.db)
    desk.forget_law()  # the calendar reckons with the hours
    return keys


def _problem(desk: Desk, kind: SettingKind, text: str) -> str:
    if kind.key == "pattern" and desk.is_training and text != desk.settings.pattern:
        return "chế độ tập huấn không đổi mẫu mã hồ sơ"
    why = problem_of(kind, text)
    if why or kind.input not in _OF_LAW or text == text_at(desk.settings, kind.key):
        return why
    held = {each.code for each in catalogue.choices(desk.db, desk.today().isoformat())}
    unknown = [code for code in codes_of(text) if code not in held]
    return f"không có thủ tục {', '.join(unknown)} đang có hiệu lực; chọn trong danh sách" if unknown else ""


def _with_all(kept: Settings, texts: Mapping[str, str], keys: list[str]) -> Settings:
    for key in keys:
        kept = with_text(kept, key, texts[key])
    return kept


def _json_of(changed: Settings, key: str) -> str:
    part = changed.hours if key.startswith(_HOURS) else changed
    return msgspec.json.encode(getattr(part, key.removeprefix(_HOURS))).decode()
