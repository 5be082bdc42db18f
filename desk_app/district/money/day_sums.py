"""The money of days of every commune, by desk and way, with the counted drawers, as the desks have them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from desk_app.district.money import stored
from desk_app.district.money.stored import DaySum
from desk_app.district.storage import Session
from desk_app.domain.payments.desk_day import DeskMoney
from desk_app.domain.payments.receipt_summary import SummaryStatus


class ReceiptSum(Struct, frozen=True):
    """How many lines of the summary 01/TH-BLĐT, and their sum in đồng (below 0 for what was given back)."""

    lines: int = 0
    amount: int = 0


class UnitDay(Struct, frozen=True, kw_only=True):
    """A commune's day (ISO): its desks by number, and the summary of its electronic receipts by status."""

    day: str
    unit: str
    desks: tuple[DeskMoney, ...]
    receipts: dict[SummaryStatus, ReceiptSum]

    @property
    def total(self) -> int:
        return sum(each.total for each in self.desks)

    def way(self, way: str) -> int:
        return sum(each.ways.get(way, 0) for each in self.desks)

    @property
    def ways(self) -> list[str]:
        """The ways on which money moved, in the order of their names."""
        return sorted({way for each in self.desks for way in each.ways})

    @property
    def difference(self) -> int | None:
        """What the counted drawers are above or below their cash, together; None where nobody counted."""
        apart = [each.difference for each in self.desks if each.difference is not None]
        return sum(apart) if apart else None

    @property
    def apart(self) -> tuple[DeskMoney, ...]:
        """The desks whose drawer does not balance."""
        return tuple(each for each in self.desks if each.difference)

    @property
    def uncounted(self) -> tuple[DeskMoney, ...]:
        """The desks whose cash nobody counted, or where money moved after the count."""
        return tuple(each for each in self.desks if each.needs_count)

    @property
    def summary(self) -> ReceiptSum:
        """The whole summary of electronic receipts."""
        found = self.receipts.values()
        return ReceiptSum(sum(each.lines for each in found), sum(each.amount for each in found))


def of_day(session: Session, day: date, *, unit: str = "") -> list[DeskMoney]:
    """Every desk that moved money or counted it on the day, by unit and number; `unit` "" for all."""
    return [desk for each in of_days(session, day, day, unit=unit) for desk in each.desks]


def of_days(session: Session, first: date, last: date, *, unit: str = "") -> list[UnitDay]:
    """Every commune's days on which money moved or a drawer was counted, the newest day first, then by unit."""
    span = (first.isoformat(), last.isoformat())
    sums: dict[tuple[str, str], list[DaySum]] = {}
    for each in stored.sums(session, *span, unit=unit):
        sums.setdefault((each.day, each.unit), []).append(each)
    counts = stored.counts(session, *span, unit=unit)
    keys = {*sums, *((day, of) for day, of, _ in counts)}
    found = []
    for day, of in sorted(sorted(keys), key=lambda key: key[0], reverse=True):
        ways = _ways(sums.get((day, of), ()))
        numbers = sorted({*ways, *(desk for on, at, desk in counts if (on, at) == (day, of))})
        desks = tuple(
            DeskMoney(desk=number, ways=ways.get(number, {}), count=counts.get((day, of, number)), unit=of, day=day)
            for number in numbers
        )
        found.append(UnitDay(day=day, unit=of, desks=desks, receipts=_receipts(sums.get((day, of), ()))))
    return found


def _ways(sums: Sequence[DaySum]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for each in sums:
        ways = found.setdefault(each.desk, {})
        ways[each.way] = ways.get(each.way, 0) + each.amount
    return found


def _receipts(sums: Sequence[DaySum]) -> dict[SummaryStatus, ReceiptSum]:
    found: dict[SummaryStatus, ReceiptSum] = {}
    for each in sums:
        if each.receipt:
            status = SummaryStatus(each.receipt)
            before = found.get(status, ReceiptSum())
            found[status] = ReceiptSum(before.lines + each.lines, before.amount + each.amount)
    return found
