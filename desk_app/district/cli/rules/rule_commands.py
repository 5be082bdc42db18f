"""service-days and holds of the district: list, set or add, end."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from desk_app import foreign_folder
from desk_app.district.cli.opening import opened
from desk_app.district.own_log.writer import EVERYBODY
from desk_app.district.publishing import office_rules
from desk_app.district.publishing.office_rules import SaidDay, SaidHold
from desk_app.domain.bounded_text import MOST_BYTES
from desk_app.domain.holds.hold_words import begun, hold_data, wished
from desk_app.domain.office_table import FileFault, text_of
from desk_app.domain.service_days.day_file import day_in
from desk_app.domain.service_days.day_words import codes_in, day_data, hours_in, weekdays_in
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind
from desk_app.errors import MissingFactError, of_system
from desk_app.errors.office_rules import ServiceDayFileError
from desk_app.terminal import Answer

_GOES_OUT = "Các quầy nhận được ở lần gửi nhận tới."


def list_days(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.reading() as session:
        found = office_rules.service_days(session, here.district.identity)
    return Answer([_day_told(each) for each in found], tuple(map(_day_line, found)) or ("Chưa đặt ngày nào.",))


def put_day(chosen: argparse.Namespace) -> Answer:
    day = _from_file(Path(chosen.file), chosen.id) if chosen.file else _from_options(chosen)
    with opened(chosen) as here, here.district.storage.writing() as session:
        said = office_rules.put_day(
            session, here.district.identity, day, scope=chosen.unit or EVERYBODY, at=here.district.clock()
        )
    return Answer(_day_told(said), (_day_line(said), _GOES_OUT))


def end_day(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.writing() as session:
        at = here.district.clock()
        said = office_rules.end_day(session, here.district.identity, chosen.id, at=at, last=chosen.on)
    return Answer(_day_told(said), (_day_line(said), _GOES_OUT))


def list_holds(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.reading() as session:
        found = office_rules.holds(session, here.district.identity)
    lines = tuple(map(_hold_line, found)) or ("Chưa tạm dừng thủ tục nào.",)
    return Answer([_hold_told(each) for each in found], lines)


def add_hold(chosen: argparse.Namespace) -> Answer:
    wish = begun(vars(chosen), "")
    with opened(chosen) as here, here.district.storage.writing() as session:
        said = office_rules.add_hold(
            session, here.district.identity, wish, scope=chosen.unit or EVERYBODY, at=here.district.clock()
        )
    return Answer(_hold_told(said), (_hold_line(said), _GOES_OUT))


def change_hold(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.writing() as session:
        identity = here.district.identity
        wish = wished(office_rules.own_hold(session, identity, chosen.id).hold, vars(chosen))
        said = office_rules.change_hold(session, identity, chosen.id, wish, at=here.district.clock())
    return Answer(_hold_told(said), (_hold_line(said), _GOES_OUT))


def end_hold(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as here, here.district.storage.writing() as session:
        at = here.district.clock()
        said = office_rules.end_hold(session, here.district.identity, chosen.id, why=chosen.reason, at=at)
    return Answer(_hold_told(said), (_hold_line(said), _GOES_OUT))


def _from_options(chosen: argparse.Namespace) -> ServiceDay:
    if not chosen.kind:
        raise MissingFactError(field="kind", label="Loại ngày phục vụ")
    hours = hours_in(chosen.hours)
    return ServiceDay(
        id=chosen.id,
        kind=ServiceDayKind(chosen.kind),
        name=chosen.name,
        weekdays=weekdays_in(chosen.weekdays),
        procedures=codes_in(chosen.procedures),
        number=chosen.number,
        decided_on=chosen.decided_on,
        by=chosen.by,
        in_force_from=chosen.since,
        in_force_to=chosen.to,
        at_once=chosen.at_once,
        on_make_up=chosen.make_up,
        starts=hours["starts"],
        ends=hours["ends"],
    )


def _from_file(file: Path, id_: str) -> ServiceDay:
    try:
        day = day_in(text_of(foreign_folder.whole(file, most=MOST_BYTES)))
    except OSError as error:
        raise ServiceDayFileError(file=file.name, why=of_system(error, file)) from error
    except FileFault as error:
        raise ServiceDayFileError(file=file.name, why=error) from error
    return replace(day, id=id_)


def _day_told(said: SaidDay) -> dict[str, Any]:
    return day_data(said.day) | {"scope": said.scope, "called_off": said.day.called_off}


def _hold_told(said: SaidHold) -> dict[str, Any]:
    return hold_data(said.hold) | {"by": said.hold.by, "scope": said.scope}


def _whom(scope: str) -> str:
    return "mọi xã" if scope == EVERYBODY else scope


def _day_line(said: SaidDay) -> str:
    day = said.day
    told = "đã thôi trước khi áp dụng" if day.called_off else day.span
    return f"{day.id}  {day.title}: {day.when}, {told}, {day.citation}  [{_whom(said.scope)}]"


def _hold_line(said: SaidHold) -> str:
    hold = said.hold
    what = ", ".join(hold.procedures) or "mọi thủ tục"
    over = f"; kết thúc: {hold.ended_why}" if hold.ended_on else ""
    return f"{hold.id}  {what}: {hold.weight.label}, {hold.span}, {hold.reason}{over}  [{_whom(said.scope)}]"
