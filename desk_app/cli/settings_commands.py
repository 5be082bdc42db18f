"""settings list, get, set."""

from __future__ import annotations

import argparse

from desk_app.cli.opening import opened
from desk_app.services import office_settings
from desk_app.services.office_settings import Scope, SettingRow
from desk_app.terminal import Answer

_WHOSE = {Scope.DESK: "của quầy", Scope.COMMUNE: "của xã, mọi quầy như nhau"}


def listed(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        rows = office_settings.listed(desk)
    return Answer([_told(row) for row in rows], tuple(_line(row) for row in rows))


def get(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        row = office_settings.row(desk, chosen.key)
    return Answer(_told(row), (row.value,))


def put(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        row = office_settings.change(desk, chosen.key, chosen.value)
    told = "Các quầy khác của xã nhận được ở lần gửi nhận tới."
    return Answer(_told(row), (_line(row), *([told] if row.kind.scope is Scope.COMMUNE else [])))


def _told(row: SettingRow) -> dict[str, object]:
    return {"key": row.kind.key, "value": row.value, "scope": str(row.kind.scope), "default": row.default}


def _line(row: SettingRow) -> str:
    return f"{row.kind.key} = {row.value or '(để trống)'}   {row.kind.label} ({_WHOSE[row.kind.scope]})"
