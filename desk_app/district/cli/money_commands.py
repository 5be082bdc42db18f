"""money: what the communes collected on a day, by desk and way, and whether the drawers balance."""

from __future__ import annotations

import argparse
from datetime import date

from desk_app.district.cli.opening import opened
from desk_app.district.money import day_sums
from desk_app.domain import money
from desk_app.domain.calendar import dates
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.payments.desk_day import DeskMoney
from desk_app.domain.payments.payment import way_told
from desk_app.errors import BadFactError
from desk_app.terminal import Answer


def day(chosen: argparse.Namespace) -> Answer:
    """Of today where no day is named; of every commune where no unit is."""
    with opened(chosen) as here:
        here.district.projection.catch_up()
        on = _day(chosen.day) or in_vietnam(here.district.clock()).date()
        with here.district.storage.reading() as session:
            found = day_sums.of_day(session, on, unit=chosen.unit or "")
    data = {
        "day": on.isoformat(),
        "total_vnd": sum(each.total for each in found),
        "units": {unit: sum(each.total for each in found if each.unit == unit) for unit in _units(found)},
        "desks": [
            {
                "unit": each.unit,
                "desk": each.desk,
                "total_vnd": each.total,
                "ways": dict(each.ways),
                "cash_vnd": each.cash,
                "counted_vnd": each.count.counted if each.count else None,
                "difference_vnd": each.difference,
                "told": each.balance,
            }
            for each in found
        ],
    }
    lines = [f"Ngày {on:%d/%m/%Y}: {money.dotted(sum(each.total for each in found))} đ"]
    for each in found:
        ways = ", ".join(f"{way_told(way)} {money.dotted(amount)} đ" for way, amount in each.ways.items())
        lines.append(f"{each.unit} quầy {each.desk}: {money.dotted(each.total)} đ ({ways}). {each.balance}")
    return Answer(data, tuple(lines))


def _units(found: list[DeskMoney]) -> list[str]:
    return list(dict.fromkeys(each.unit for each in found))


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(dates.parse_typed(text))
    except (BadFactError, ValueError) as error:
        raise BadFactError(field="day", label="Ngày", why="cần ngày/tháng/năm") from error
