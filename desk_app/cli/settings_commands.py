"""settings list, get, set."""

from __future__ import annotations

import argparse

from desk_app.cli.opening import opened
from desk_app.services.desk import office_settings
from desk_app.services.desk.office_settings import Scope, SettingRow
from desk_app.terminal import Answer

_WHOSE = {Scope.DESK: "của quầy", Scope.COMMUNE: "của xã, mọi quầy như nhau"}


def listed(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        rows = office_settings.listed(desk)
    return Answer([_told(row) for row in rows], tuple(line for row in rows for line in _lines(row)))


def get(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        row = office_settings.row(desk, chosen.key)
    return Answer(_told(row), (row.value,))


def put(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        row = office_settings.change(desk, chosen.key, chosen.value)
    if row.kind.key == "scale":
        return Answer(_told(row), (_lines(row)[0], "Cửa sổ đổi cỡ khi mở lại chương trình."))
    told = "Các quầy khác của xã nhận được ở lần gửi nhận tới."
    return Answer(_told(row), (_lines(row)[0], *([told] if row.kind.scope is Scope.COMMUNE else [])))


def _told(row: SettingRow) -> dict[str, object]:
    kind = row.kind
    return {
        "key": kind.key,
        "value": row.value,
        "scope": str(kind.scope),
        "default": row.default,
        "label": kind.label,
        "explanation": kind.told,
        "allowed": kind.allowed,
        "group": str(kind.group),
    }


def _lines(row: SettingRow) -> tuple[str, str]:
    kind = row.kind
    more = f" {kind.told}" if kind.told else ""
    default = f" Mặc định: {row.default}." if row.default else ""
    return (
        f"{kind.key} = {row.value or '(để trống)'}   {kind.label} ({_WHOSE[kind.scope]})",
        f"    {kind.allowed}.{default}{more}",
    )
