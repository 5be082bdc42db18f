"""holds list, add, change, end."""

from __future__ import annotations

import argparse
from typing import Any

from desk_app.cli.opening import opened
from desk_app.domain.calendar.dates import shown
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.holds.hold_words import begun, hold_data, wished
from desk_app.services.service_days import holds
from desk_app.services.service_days.holds import HoldRow
from desk_app.terminal import Answer

_STATES = {"standing": "đang tạm dừng", "coming": "sắp tạm dừng", "over": "đã hết hạn", "ended": "đã kết thúc"}


def listed(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        rows = holds.listed(desk)
    lines = tuple(line for row in rows for line in _lines(row))
    return Answer([_data(row) for row in rows], lines or ("Không có thủ tục nào từng bị tạm dừng.",))


def add(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        made = holds.add(desk, begun(vars(chosen), desk.today().isoformat()))
        (row,) = [row for row in holds.listed(desk) if row.hold.id == made.id]
    return Answer(_data(row), (*_lines(row), "Các quầy khác của xã nhận được ở lần gửi nhận tới."))


def change(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        made = holds.change(desk, chosen.id, wished(holds.own(desk, chosen.id, deed="sửa"), vars(chosen)))
        (row,) = [row for row in holds.listed(desk) if row.hold.id == made.id]
    return Answer(_data(row), (*_lines(row), "Các quầy khác của xã nhận được ở lần gửi nhận tới."))


def end(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        holds.end(desk, chosen.id, why=chosen.reason)
        (row,) = [row for row in holds.listed(desk) if row.hold.id == chosen.id]
    return Answer(_data(row), _lines(row))


def _data(row: HoldRow) -> dict[str, Any]:
    origin = "district" if row.is_district else "commune"
    earlier = [
        {"at": in_vietnam(said.at).isoformat(timespec="seconds"), "said_by": said.by} | hold_data(said.hold)
        for said in row.earlier
    ]
    return hold_data(row.hold) | {"by": row.hold.by, "origin": origin, "state": row.state, "earlier": earlier}


def _lines(row: HoldRow) -> tuple[str, ...]:
    hold = row.hold
    what = ", ".join(hold.procedures) or "mọi thủ tục"
    told = [f"{hold.id}  {what}: {hold.weight.label}, {hold.span}, do {row.by} đặt  [{_STATES[row.state]}]"]
    told.append(f"    {hold.reason}" + (f" — {hold.remedy}" if hold.remedy else ""))
    told += [f"    Trước đó, {said.told}" for said in row.earlier]
    if hold.ended_on:
        told.append(f"    Kết thúc {shown(hold.ended_on)}, {hold.ended_by}: {hold.ended_why}")
    return tuple(told)
