"""Procedures held at reception: set by the commune, ended, told; which of them decides now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.calendar.moments import VIETNAM, shown_moment
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.holds import hold as rules
from desk_app.domain.holds.hold import HOLDS, Hold, HoldWeight, PassedHold, PlacedHold
from desk_app.domain.linked.bundle import parts_of
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures.procedure import Procedure
from desk_app.errors import BadFactError
from desk_app.errors.office_rules import ProcedureHeldError, WrongHoldError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import catalogue
from desk_app.store.reference import service_days as kept_days


class HoldSaid(Struct, frozen=True, kw_only=True):
    """A hold as it was said at a moment (UTC ms), by whom."""

    at: int
    by: str
    hold: Hold

    @property
    def told(self) -> str:
        """ "20/11/2026 08:00, Trần Thu Mẫu: từ 20/11/2026 đến hết 25/11/2026, nhắc khi tiếp nhận: Kho sửa"."""
        hold = self.hold
        return f"{shown_moment(self.at)}, {self.by}: {hold.span}, {hold.weight.label}: {hold.reason}"


class HoldRow(Struct, frozen=True, kw_only=True):
    """A hold as a list shows it; `state` is one of "standing", "coming", "over", "ended".

    `earlier` is what it said before it was changed or ended, the first first.
    """

    hold: Hold
    is_district: bool
    by: str
    state: str
    earlier: tuple[HoldSaid, ...] = ()


def listed(desk: Desk) -> list[HoldRow]:
    """Every hold there was: those that stand, that come, and the history, the newest first."""
    today = desk.today()
    rows = [
        HoldRow(
            hold=each.hold,
            is_district=each.is_district,
            by=each.by,
            state=_state(each.hold, today),
            earlier=() if each.is_district else _earlier(desk, each.hold),
        )
        for each in kept_days.holds(desk.db)
    ]
    order = {"standing": 0, "coming": 1, "over": 2, "ended": 2}
    rows.sort(key=lambda row: (row.hold.starts, row.hold.id), reverse=True)
    return sorted(rows, key=lambda row: order[row.state])


def deciding(desk: Desk, procedure: str, moment: datetime) -> PlacedHold | None:
    """The hold that decides of the procedure at this moment; None where there is none."""
    return rules.deciding(kept_days.holds(desk.db), procedure, moment.astimezone(VIETNAM).date())


def shortly(placed: PlacedHold) -> str:
    """Until when and why, for a place that has room for one line."""
    hold = placed.hold
    return f"Đang tạm dừng {rules.until_told(hold.until)} ({hold.weight.label}): {hold.reason}"


def is_refusal(placed: PlacedHold) -> bool:
    return placed.hold.weight is HoldWeight.REFUSE


def told(desk: Desk, procedure: Procedure, moment: datetime) -> list[str]:
    """What reception says of the holds on this procedure, in sentences: the one that decides, then those beside it."""
    every, day = kept_days.holds(desk.db), moment.astimezone(VIETNAM).date()
    lines: list[str] = []
    for part in parts_of(procedure):
        found = rules.holding(every, part.code, day)
        lines += [f"{rules.sentence(hold, part.title)}. {rules.what_to_do(hold)}" for hold in found[:1]]
        lines += [f"{rules.beside(hold, part.title, found[0])}." for hold in found[1:]]
    return lines


def passed(desk: Desk, procedure: Procedure, moment: datetime) -> tuple[PassedHold, ...]:
    """What a dossier keeps of a warning that it is received against.

    Raises `ProcedureHeldError` where the hold refuses: until when, by whom, why, and what to do.
    """
    kept: tuple[PassedHold, ...] = ()
    for part in parts_of(procedure):
        found = deciding(desk, part.code, moment)
        if found is not None and is_refusal(found):
            until = rules.until_told(found.hold.until)
            raise ProcedureHeldError(
                field="procedure",
                said=rules.sentence(found, part.title),
                what=rules.what_to_do(found),
                why=f"thủ tục đang tạm dừng {until}",
            )
        kept += rules.passed(found)
    return kept


def add(desk: Desk, wish: Hold) -> Hold:
    """Hold procedures for all desks of the commune; `wish` has no id, and names nobody where it is the office.

    Raises `MissingFactError`, `BadFactError`, `DeedNotAllowedError`.
    """
    today = desk.today()
    by = wish.by or desk.settings.office
    hold = rules.checked(replace(wish, id=_new_id(desk, today), by=by, set_on=today.isoformat()))
    _see_known(desk, hold.procedures, today)
    _record(desk, hold)
    return hold


def change(desk: Desk, id_: str, wish: Hold) -> Hold:
    """Say a hold of the commune otherwise: its days, procedures, reason, weight, remedy, number. What it said before
    stays in the journal; a wish that says nothing new records nothing.

    Raises `WrongHoldError` for one of the district's or one that is over, and as `add`.
    """
    found, today = own(desk, id_, deed="sửa"), desk.today()
    hold = rules.changed(found, wish, on=today, by=desk.clerk)
    if hold != found:
        _see_known(desk, [code for code in hold.procedures if code not in found.procedures], today)
        _record(desk, hold)
    return hold


def end(desk: Desk, id_: str, *, why: str) -> Hold:
    """End a hold of the commune from today on; it stays in the history. Raises `WrongHoldError`, `MissingFactError`."""
    hold = rules.ended(own(desk, id_, deed="kết thúc"), on=desk.today().isoformat(), by=desk.clerk, why=why)
    _record(desk, hold)
    return hold


def own(desk: Desk, id_: str, *, deed: str) -> Hold:
    """The commune's hold that somebody wants to change or end, `deed` in words. Raises `WrongHoldError`."""
    found = next((each for each in kept_days.holds(desk.db) if each.hold.id == id_), None)
    if found is None:
        raise WrongHoldError(hold=id_, why="không có ở quầy này")
    if found.is_district:
        raise WrongHoldError(hold=id_, why=f"do cấp trên đặt, chỉ cấp trên {deed} được")
    return found.hold


def _see_known(desk: Desk, codes: Sequence[str], today: date) -> None:
    known = {each.code for each in catalogue.choices(desk.db, today.isoformat())}
    if unknown := [code for code in codes if code not in known]:
        why = f"không có thủ tục {', '.join(unknown)} đang có hiệu lực"
        raise BadFactError(field="procedures", label="Các thủ tục", why=why)


def _earlier(desk: Desk, hold: Hold) -> tuple[HoldSaid, ...]:
    """What other versions of the hold said; nothing is looked for where it stands as it was set."""
    if not hold.changed_on and not hold.ended_on:
        return ()
    said = kept_days.hold_history(desk.db, hold.id)
    return tuple(HoldSaid(at=event.at, by=event.author, hold=then) for event, then in said if then != hold)


def _new_id(desk: Desk, today: date) -> str:
    """An id that no other desk of the commune gives: the day, the desk's number, a number."""
    taken = {each.hold.id for each in kept_days.holds(desk.db)}
    stem = f"{today:%Y%m%d}-{desk.settings.desk}"
    return next(found for number in range(1, len(taken) + 2) if (found := f"{stem}-{number}") not in taken)


def _record(desk: Desk, hold: Hold) -> None:
    with session.deed(desk, Permission.OFFICE) as done:
        done.record(OfficeChanged(values={f"{HOLDS}{hold.id}": msgspec.json.encode(hold).decode()}), dossier="")


def _state(hold: Hold, today: date) -> str:
    if hold.ended_on:
        return "ended"
    if not hold.is_standing(today):
        return "over"
    return "coming" if hold.starts > today.isoformat() else "standing"
