"""service-days list, today, set, end."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from desk_app.cli.opening import opened
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.service_days import applying
from desk_app.domain.service_days.day_words import codes_in, day_data, hours_in, weekdays_in
from desk_app.domain.service_days.service_day import HeldDay, ServiceDay, ServiceDayKind
from desk_app.errors import BadFactError, MissingFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.service_days import service_days
from desk_app.services.service_days.service_days import ServiceDayRow
from desk_app.store.reference import service_days as kept_days
from desk_app.terminal import Answer

_WHOSE = {"program": "ví dụ", "commune": "xã", "district": "cấp trên"}
_STATES = {"in_force": "đang áp dụng", "coming": "sắp áp dụng", "over": "đã ngừng", "example": "chưa dùng"}
_NONE = "-"


def listed(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        rows = service_days.listed(desk)
    return Answer([_data(row) for row in rows], tuple(line for row in rows for line in _lines(row)))


def today(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        moment = _moment(chosen.at) if chosen.at else desk.now()
        held = kept_days.held_days(desk.db)
        at_now = applying.at(held, moment, desk.calendar)
        found = [each for each in at_now if not chosen.procedure or applying.covers(each.day, chosen.procedure)]
        on_day = applying.of_day(held, moment.date(), desk.calendar)
    data = {
        "at": moment.isoformat(timespec="seconds"),
        "now": [{**day_data(each.day), "origin": each.origin} for each in found],
        "of_day": [each.day.id for each in on_day],
    }
    lines = [f"{each.day.title}: {each.day.when} ({each.day.citation})" for each in found]
    return Answer(data, tuple(lines) or ("Lúc này không phải ngày phục vụ nào.",))


def put(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        day = service_days.put(desk, _changed(chosen, _before(desk, chosen)))
        (row,) = [row for row in service_days.listed(desk) if row.day.id == day.id]
    return Answer(_data(row), (*_lines(row), "Các quầy khác của xã nhận được ở lần gửi nhận tới."))


def end(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        service_days.end(desk, chosen.id, last=chosen.on)
        (row,) = [row for row in service_days.listed(desk) if row.day.id == chosen.id]
    return Answer(_data(row), _lines(row))


def _data(row: ServiceDayRow) -> dict[str, Any]:
    told = {"origin": row.origin, "state": row.state, "is_today": row.is_today, "is_now": row.is_now}
    return day_data(row.day) | told


def _lines(row: ServiceDayRow) -> tuple[str, ...]:
    day = row.day
    some = f"{len(day.procedures)} thủ tục" if day.procedures else "mọi thủ tục"
    decision = day.citation or "chưa ghi văn bản"
    first = (
        f"{day.id}  {day.title} ({day.kind.label}): {day.when}, {some}  [{_WHOSE[row.origin]}, {_STATES[row.state]}]"
    )
    return (first, f"    {'; '.join(part for part in (decision, day.span, day.note) if part)}.".replace("..", "."))


def _before(desk: Desk, chosen: argparse.Namespace) -> ServiceDay:
    """What stands under the id, the example where nothing does, else a new day of the kind that is named."""
    held: list[HeldDay] = kept_days.held_days(desk.db)
    for day in (*(each.day for each in held), *service_days.examples()):
        if day.id == chosen.id:
            return day
    if not chosen.kind:
        raise MissingFactError(field="kind", label="Loại ngày phục vụ")
    return ServiceDay(id=chosen.id, kind=ServiceDayKind(chosen.kind))


def _changed(chosen: argparse.Namespace, day: ServiceDay) -> ServiceDay:
    said = {
        "name": chosen.name,
        "number": chosen.number,
        "decided_on": chosen.decided_on,
        "by": chosen.by,
        "in_force_from": chosen.since,
        "in_force_to": "" if chosen.to == _NONE else chosen.to,
        "kind": ServiceDayKind(chosen.kind) if chosen.kind else None,
        "at_once": _said_yes(chosen.at_once),
        "on_make_up": _said_yes(chosen.make_up),
        "weekdays": None if chosen.weekdays is None else weekdays_in(chosen.weekdays),
        "procedures": None if chosen.procedures is None else codes_in(chosen.procedures),
    }
    if chosen.hours is not None:
        said |= hours_in(chosen.hours)
    changed = replace(day, **{name: value for name, value in said.items() if value is not None})
    return replace(changed, verified=bool(changed.number), note="" if changed.number else changed.note)


def _said_yes(text: str | None) -> bool | None:
    return None if text is None else text == "yes"


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadFactError(field="at", label="Thời điểm", why="viết như 2027-01-05T17:20") from error
    return found.astimezone(VIETNAM) if found.tzinfo else found.replace(tzinfo=VIETNAM)
