"""Service days as the office and the district hold them: looked at, set, ended; and which apply now.

The commune's go through the journal, so that all its desks agree. What the program ships are examples: none of them
holds until an office takes it over with a decision of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app import places
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.service_days import applying
from desk_app.domain.service_days.day_keys import SERVICE_DAYS
from desk_app.domain.service_days.service_day import (
    COMMUNE,
    DISTRICT,
    PROGRAM,
    HeldDay,
    ServiceDay,
    ServiceDayKind,
    checked,
)
from desk_app.errors import BadFactError
from desk_app.errors.office_rules import OthersServiceDayError, UnknownServiceDayError
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import service_days as kept_days

if TYPE_CHECKING:
    from desk_app.domain import permissions, text
    from desk_app.domain.dossiers import events
    from desk_app.domain.linked import bundle
    from desk_app.domain.procedures.procedure import Procedure
    from desk_app.domain.service_days import day_file
    from desk_app.domain.service_days.kept_day import KeptServiceDay
    from desk_app.services.accounts import session
    from desk_app.store.reference import catalogue
else:
    day_file = lazy("desk_app.domain.service_days.day_file")  # the examples alone need its readers
    events = lazy("desk_app.domain.dossiers.events")
    bundle = lazy("desk_app.domain.linked.bundle")
    permissions = lazy("desk_app.domain.permissions")
    session = lazy("desk_app.services.accounts.session")
    catalogue = lazy("desk_app.store.reference.catalogue")
    text = lazy("desk_app.domain.text")


class ServiceDayRow(Struct, frozen=True, kw_only=True):
    """A service day as a list shows it. `state` is one of "example", "coming", "in_force", "over".

    `is_today`: held today at some hour, `is_now`: at this hour.
    """

    day: ServiceDay
    origin: str
    state: str
    is_today: bool
    is_now: bool


@cache
def examples() -> tuple[ServiceDay, ...]:
    """What the program ships, by file name."""
    files = sorted((places.resources() / "service_days").glob("*.toml"))
    return tuple(day_file.day_in(file.read_text("utf-8")) for file in files)


def listed(desk: Desk) -> list[ServiceDayRow]:
    """Those held first, then what is over, then the examples that nobody took over."""
    now = desk.now()
    held = kept_days.held_days(desk.db)
    on_today = {id(each.day) for each in applying.of_day(held, now.date(), desk.calendar)}
    at_now = {id(each.day) for each in applying.at(held, now, desk.calendar)}
    taken = {each.day.id for each in held}
    free = [HeldDay(day=each, origin=PROGRAM) for each in examples() if each.id not in taken]
    rows = [
        ServiceDayRow(
            day=each.day,
            origin=each.origin,
            state=_state(each, now.date()),
            is_today=id(each.day) in on_today,
            is_now=id(each.day) in at_now,
        )
        for each in [*held, *free]
    ]
    order = {"in_force": 0, "coming": 1, "over": 2, "example": 3}
    return sorted(rows, key=lambda row: (order[row.state], row.origin != DISTRICT, row.day.id))


def of_today(desk: Desk) -> list[HeldDay]:
    """The service days of today, at any hour."""
    return applying.of_day(kept_days.held_days(desk.db), desk.today(), desk.calendar)


def applying_to(desk: Desk, procedure: str, moment: datetime) -> list[HeldDay]:
    """The service days under which a dossier of the procedure would be received at this moment."""
    held = kept_days.held_days(desk.db)
    return applying.applying(held, moment, procedure, desk.calendar) if held else []


def procedure_on(desk: Desk, code: str, moment: datetime) -> Procedure:
    """The procedure in force, as the service days of the moment have it. Raises `UnknownProcedureError`."""
    found = catalogue.in_force(desk.db, code, moment.astimezone(VIETNAM).date().isoformat())
    days = applying_to(desk, code, moment)
    gives = any(applying.gives_at_once(each.day, found) for each in days)
    return replace(found, at_once=True) if gives else found


def told_of(desk: Desk, procedure: Procedure, moment: datetime) -> tuple[str, ...]:
    """What reception says of the service days of a procedure, or of those of a bundle; each day once."""
    found = (each for part in bundle.parts_of(procedure) for each in applying_to(desk, part.code, moment))
    return tuple(dict.fromkeys(map(told, found)))


def kept_under(desk: Desk, procedure: Procedure, moment: datetime) -> tuple[KeptServiceDay, ...]:
    """What the dossier of a procedure keeps of the service days of the moment; of a bundle each dossier has its own."""
    return applying.kept(applying_to(desk, procedure.code, moment), procedure)


def line(held: Sequence[HeldDay]) -> str:
    """What the window says of a day: "Hôm nay: Ngày không viết; Giờ thứ 9 (17:00–18:00)."; "" for a usual one."""
    return f"Hôm nay: {'; '.join(map(told, held))}." if held else ""


def told(held: HeldDay) -> str:
    """The day and its hours, and what it promises to whom."""
    day = held.day
    hours = f" ({day.starts or '00:00'}–{day.ends or '24:00'})" if day.starts or day.ends else ""
    some = f", {len(day.procedures)} thủ tục" if day.procedures else ""
    return f"{day.title}{hours}{some}"


def put(desk: Desk, day: ServiceDay) -> ServiceDay:
    """Hold the day for all desks of the commune, in place of the one of its id.

    Raises `OthersServiceDayError` for one of the district's, `MissingFactError`, `BadFactError`, `DeedNotAllowedError`.
    """
    day = checked(replace(_tidied(day), called_off=False))
    _see_mine(desk, day.id)
    known = {each.code for each in catalogue.choices(desk.db, desk.today().isoformat())}
    unknown = [code for code in day.procedures if code not in known]
    if unknown:
        why = f"không có thủ tục {', '.join(unknown)} đang có hiệu lực"
        raise BadFactError(field="procedures", label="Các thủ tục", why=why)
    if day in [each.day for each in kept_days.held_days(desk.db) if each.origin == COMMUNE]:
        return day
    _record(desk, day)
    return day


def end(desk: Desk, id_: str, *, last: str = "") -> ServiceDay:
    """Hold the day no longer than `last` (ISO), yesterday where nothing is said; it stays in the list.
    One that has not begun is called off.

    Raises `UnknownServiceDayError`, `OthersServiceDayError`, `BadFactError`, `DeedNotAllowedError`.
    """
    found = next((each.day for each in kept_days.held_days(desk.db) if each.day.id == id_), None)
    if found is None:
        raise UnknownServiceDayError(day=id_)
    _see_mine(desk, id_)
    yesterday = (desk.today() - timedelta(days=1)).isoformat()
    is_given_up = not last and found.in_force_from > yesterday
    day = replace(found, called_off=True) if is_given_up else replace(found, in_force_to=last or yesterday)
    _record(desk, checked(day))
    return day


def new_id(desk: Desk, kind: ServiceDayKind) -> str:
    """An id that no other desk of the commune gives: the kind, the desk's number, a number."""
    taken = {each.day.id for each in kept_days.held_days(desk.db)} | {each.id for each in examples()}
    stem = f"{kind.value.replace('_', '-')}-{desk.settings.desk}"
    return next(found for number in range(1, len(taken) + 2) if (found := f"{stem}-{number}") not in taken)


def _tidied(day: ServiceDay) -> ServiceDay:
    texts = {name: text.nfc(getattr(day, name)) for name in ("name", "number", "by", "note")}
    return replace(day, **texts, weekdays=tuple(sorted(set(day.weekdays))))


def _see_mine(desk: Desk, id_: str) -> None:
    if any(each.origin == DISTRICT and each.day.id == id_ for each in kept_days.held_days(desk.db)):
        raise OthersServiceDayError(day=id_, whose="cấp trên")


def _record(desk: Desk, day: ServiceDay) -> None:
    with session.deed(desk, permissions.Permission.OFFICE) as done:
        value = msgspec.json.encode(day).decode()
        done.record(events.OfficeChanged(values={f"{SERVICE_DAYS}{day.id}": value}), dossier="")


def _state(held: HeldDay, today: date) -> str:
    if not held.is_held:
        return "example"
    on = today.isoformat()
    if held.day.called_off or (held.day.in_force_to and held.day.in_force_to < on):
        return "over"
    return "coming" if held.day.in_force_from > on else "in_force"
