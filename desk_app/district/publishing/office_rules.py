"""Service days and holds that the district sets for its communes: said, ended, and read from its own logs again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from msgspec.structs import replace

from desk_app.district.keys.identity import Identity
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.publishing.announcements import checked_scope
from desk_app.district.storage import Session
from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.holds import hold as hold_rules
from desk_app.domain.holds.hold import Hold, PlacedHold
from desk_app.domain.notices import HoldsSet, ServiceDaysSet
from desk_app.domain.service_days.service_day import ServiceDay, checked
from desk_app.domain.text import nfc
from desk_app.errors.office_rules import OthersServiceDayError, UnknownServiceDayError, WrongHoldError


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDay:
    """A service day as it stands, and for whom: "*" for everybody, else a unit."""

    scope: str
    day: ServiceDay


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidHold:
    """A hold as it stands, and for whom."""

    scope: str
    hold: Hold

    @property
    def placed(self) -> PlacedHold:
        return PlacedHold(hold=self.hold, is_district=True)


def service_days(session: Session, identity: Identity) -> list[SaidDay]:
    """Every service day that this district set, by id; also those that are over."""
    found: dict[str, SaidDay] = {}
    for scope, event in writer.own_events(session, identity):
        if isinstance(event.payload, ServiceDaysSet):
            found |= {day.id: SaidDay(scope=scope, day=day) for day in event.payload.days}
    return [found[id_] for id_ in sorted(found)]


def holds(session: Session, identity: Identity) -> list[SaidHold]:
    """Every hold that this district set, the newest first; also those that were ended."""
    found: dict[str, SaidHold] = {}
    for scope, event in writer.own_events(session, identity):
        if isinstance(event.payload, HoldsSet):
            found |= {hold.id: SaidHold(scope=scope, hold=hold) for hold in event.payload.holds}
    return sorted(found.values(), key=lambda said: (said.hold.set_on, said.hold.id), reverse=True)


def put_day(session: Session, identity: Identity, day: ServiceDay, *, scope: str, at: int) -> SaidDay:
    """Hold a service day in one unit or in all of them ("*"), in place of the one of its id.

    A day keeps the scope it began with. Raises `MissingFactError`, `BadFactError`, `UnknownUnitError`,
    `OthersServiceDayError`.
    """
    tidy = {name: nfc(getattr(day, name)) for name in ("name", "number", "by")}
    tidy |= {"by": tidy["by"] or identity.card.name, "note": ""}
    made = checked(replace(day, **tidy, weekdays=tuple(sorted(set(day.weekdays))), verified=True, called_off=False))
    checked_scope(session, scope)
    before = next((said for said in service_days(session, identity) if said.day.id == made.id), None)
    if before is not None and before.scope != scope:
        raise OthersServiceDayError(day=made.id, whose=f"cấp trên cho {_whom(before.scope)}")
    return _say_day(session, identity, SaidDay(scope=scope, day=made), at=at)


def end_day(session: Session, identity: Identity, id_: str, *, at: int, last: str = "") -> SaidDay:
    """Hold a day no longer than `last` (ISO), yesterday where nothing is said; one not begun is called off.

    Raises `UnknownServiceDayError`, `BadFactError`.
    """
    found = next((said for said in service_days(session, identity) if said.day.id == id_), None)
    if found is None:
        raise UnknownServiceDayError(day=id_)
    yesterday = (day_in_vietnam(at) - timedelta(days=1)).isoformat()
    is_given_up = not last and found.day.in_force_from > yesterday
    changed = replace(found.day, called_off=True) if is_given_up else replace(found.day, in_force_to=last or yesterday)
    return _say_day(session, identity, SaidDay(scope=found.scope, day=checked(changed)), at=at)


def add_hold(session: Session, identity: Identity, wish: Hold, *, scope: str, at: int) -> SaidHold:
    """Hold procedures at the reception of one unit or of all ("*"). `wish` has no id, and names nobody where it is the
    district itself. Raises `MissingFactError`, `BadFactError`, `UnknownUnitError`.
    """
    today = day_in_vietnam(at)
    made = hold_rules.checked(
        replace(
            wish,
            id=_new_id(session, identity, today),
            by=wish.by or identity.card.name,
            starts=wish.starts or today.isoformat(),
            set_on=today.isoformat(),
        )
    )
    checked_scope(session, scope)
    return _say_hold(session, identity, SaidHold(scope=scope, hold=made), at=at)


def change_hold(session: Session, identity: Identity, id_: str, wish: Hold, *, at: int) -> SaidHold:
    """Say a hold otherwise, for whom it was set: its days, procedures, reason, weight, remedy, number. What it said
    before stays in the log; a wish that says nothing new says nothing.

    Raises `WrongHoldError`, `MissingFactError`, `BadFactError`.
    """
    found = own_hold(session, identity, id_)
    hold = hold_rules.changed(found.hold, wish, on=day_in_vietnam(at), by=identity.card.name)
    if hold == found.hold:
        return found
    return _say_hold(session, identity, SaidHold(scope=found.scope, hold=hold), at=at)


def end_hold(session: Session, identity: Identity, id_: str, *, why: str, at: int) -> SaidHold:
    """End a hold from today on; it stays in the history. Raises `WrongHoldError`, `MissingFactError`."""
    found = own_hold(session, identity, id_)
    on = day_in_vietnam(at).isoformat()
    over = hold_rules.ended(found.hold, on=on, by=identity.card.name, why=why)
    return _say_hold(session, identity, SaidHold(scope=found.scope, hold=over), at=at)


def own_hold(session: Session, identity: Identity, id_: str) -> SaidHold:
    """The hold that somebody wants to change or end. Raises `WrongHoldError`."""
    found = next((said for said in holds(session, identity) if said.hold.id == id_), None)
    if found is None:
        raise WrongHoldError(hold=id_, why="không do cấp trên này đặt")
    return found


def new_day_id(session: Session, identity: Identity, kind: str) -> str:
    """An id that no commune gives: the kind, 0 where a desk has its number, a number."""
    taken = {said.day.id for said in service_days(session, identity)}
    stem = f"{kind.replace('_', '-')}-0"
    return next(found for number in range(1, len(taken) + 2) if (found := f"{stem}-{number}") not in taken)


def _new_id(session: Session, identity: Identity, today: date) -> str:
    """An id that no desk gives: a desk has its number where the district has 0."""
    taken = {said.hold.id for said in holds(session, identity)}
    stem = f"{today:%Y%m%d}-0"
    return next(found for number in range(1, len(taken) + 2) if (found := f"{stem}-{number}") not in taken)


def _say_day(session: Session, identity: Identity, said: SaidDay, *, at: int) -> SaidDay:
    notice = ServiceDaysSet(days=(said.day,))
    writer.append_signed(session, identity, said.scope, [Word(payload=notice)], at=at)
    return said


def _say_hold(session: Session, identity: Identity, said: SaidHold, *, at: int) -> SaidHold:
    writer.append_signed(session, identity, said.scope, [Word(payload=HoldsSet(holds=(said.hold,)))], at=at)
    return said


def _whom(scope: str) -> str:
    return "mọi xã" if scope == writer.EVERYBODY else f"đơn vị {scope}"
