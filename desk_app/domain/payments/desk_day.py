"""The money of a desk's day: what it took by way, beside its counted drawer. Desk and district reckon here. Pure.

A movement counts on the day and at the desk of its event (docs/decisions/0193).
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.domain import money
from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.payments.cash_count import CashCount, balance_told, difference
from desk_app.domain.payments.payment import MoneyLine, Way, way_told

COUNTS = "cash_count/"
"""How the keys of counts begin among the office's facts."""


def count_key(day: str, desk: int) -> str:
    """Under which key the journal has the count of a desk's day (ISO)."""
    return f"{COUNTS}{day}/{desk}"


def count_of(value: str) -> CashCount | None:
    """The count that stands under such a key; None for one of a later program."""
    try:
        return typed_values.from_json(value, CashCount)
    except msgspec.DecodeError:
        return None


def day_of(line: MoneyLine) -> str:
    """The day (ISO) on which a movement counts."""
    return day_in_vietnam(line.at).isoformat()


class DeskMoney(Struct, frozen=True, kw_only=True):
    """What a desk took less what it gave back, by way in đồng; its count, None where nobody counted.

    `day` ISO and `unit` "" where one day of one commune is spoken of.
    """

    desk: int
    ways: Mapping[str, int]
    count: CashCount | None = None
    unit: str = ""
    day: str = ""

    @property
    def total(self) -> int:
        return sum(self.ways.values())

    @property
    def cash(self) -> int:
        return self.ways.get(Way.CASH, 0)

    @property
    def difference(self) -> int | None:
        """By how much the drawer is above (or below 0: below) the cash of the day; None where nobody counted."""
        return difference(self.count, self.cash) if self.count is not None else None

    @property
    def balance(self) -> str:
        return balance_told(self.count, self.cash)

    @property
    def needs_count(self) -> bool:
        """Whether cash moved that nobody has counted, or the count does not hold any longer."""
        return (self.count is None and bool(self.cash)) or (self.count is not None and self.count.expected != self.cash)

    @property
    def told(self) -> str:
        """ "16.000 đ: tiền mặt 8.000 đ, chuyển khoản 8.000 đ"."""
        parts = [f"{way_told(way)} {money.dotted(amount)} đ" for way, amount in self.ways.items()]
        return f"{money.dotted(self.total)} đ" + (f": {', '.join(parts)}" if parts else "")
