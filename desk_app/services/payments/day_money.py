"""The money of a day by desk and way, and the count of each desk's drawer: recorded with the day, never refused for a
difference, which needs its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from desk_app.domain import money
from desk_app.domain.calendar.moments import milliseconds, span_of
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.payments.cash_count import CashCount, checked_count
from desk_app.domain.payments.desk_day import COUNTS, DeskMoney, count_key, count_of
from desk_app.domain.permissions import Permission
from desk_app.domain.text import nfc
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.payments.standing import unsettled_told
from desk_app.store.projections import office_facts
from desk_app.store.queries import payments


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMoney:
    """The day of this desk and of every desk of the commune that moved money or counted it, by number.

    `unsettled` are codes of the day's dossiers that are not paid as their fee says, with what is left.
    """

    day: date
    ours: DeskMoney
    desks: tuple[DeskMoney, ...]
    unsettled: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(each.total for each in self.desks)

    @property
    def lines(self) -> list[str]:
        """What the close of the day says of it."""
        told = [f"Đã thu trong ngày (quầy này): {self.ours.told}", f"Quỹ tiền mặt: {self.ours.balance}"]
        others = [each for each in self.desks if each.desk != self.ours.desk]
        told += [f"Quầy {each.desk}: {each.told}. {each.balance}" for each in others]
        if others:
            told.append(f"Cả bộ phận: {money.dotted(self.total)} đ")
        if left := unsettled_told(self.unsettled):
            told.append(f"Hồ sơ nhận trong ngày: {left}")
        return told


def day_money(desk: Desk, day: date) -> DayMoney:
    """What a day brought, as the journal has it now. Also for a reader."""
    sums, counts = payments.sums(desk.db, day), _counts(desk, day)
    own = desk.settings.desk
    numbers = sorted({*sums, *counts} | {own})
    every = {number: DeskMoney(desk=number, ways=sums.get(number, {}), count=counts.get(number)) for number in numbers}
    return DayMoney(
        day=day,
        ours=every[own],
        desks=tuple(every.values()),
        unsettled=tuple(payments.unsettled(desk.db, *span_of(day, day))),
    )


def count_cash(
    desk: Desk, notes: Mapping[int, int], *, opening: int | None = None, reason: str = "", day: date | None = None
) -> DeskMoney:
    """Record how many of each note lie in the drawer of this desk; counting again takes the place of the count before.

    `opening` is the change that lay there before the day, as counted last where nothing is said. Raises
    `MissingFactError` for a difference without reason, `BadFactError`.
    """
    on = day or desk.today()
    with session.deed(desk, Permission.COLLECT) as done:
        stands = day_money(desk, on).ours
        count = CashCount(
            day=on.isoformat(),
            desk=desk.settings.desk,
            notes={note: number for note, number in sorted(notes.items(), reverse=True) if number},
            opening=last_opening(desk) if opening is None else opening,
            expected=stands.cash,
            reason=nfc(reason),
            at=milliseconds(done.now),
            author=done.actor.name,
        )
        checked_count(count)
        key = count_key(count.day, count.desk)
        done.record(OfficeChanged(values={key: msgspec.json.encode(count).decode()}), dossier="")
    return DeskMoney(desk=count.desk, ways=stands.ways, count=count)


def last_opening(desk: Desk) -> int:
    """The change that this desk said it began its latest counted day with; 0 for never."""
    own = f"/{desk.settings.desk}"
    found = [value for key, value in office_facts.held(desk.db, COUNTS) if key.endswith(own)]
    kept = count_of(found[-1]) if found else None
    return kept.opening if kept is not None else 0


def _counts(desk: Desk, day: date) -> dict[int, CashCount]:
    held = office_facts.held(desk.db, f"{COUNTS}{day.isoformat()}/")
    found = [(key, count) for key, value in held if (count := count_of(value)) is not None]
    return {count.desk: count for key, count in found if key.endswith(f"/{count.desk}")}
