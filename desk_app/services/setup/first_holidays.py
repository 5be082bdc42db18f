"""The first calendar of a new desk: days off as the package `holidays` has them, and resources/days over it.

A beginning, not an authority: swapped days are decided every year, and a year nobody has confirmed says so.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.metadata import version
from importlib.util import module_from_spec
from typing import TYPE_CHECKING

import holidays

from desk_app import places
from desk_app.domain.calendar.day_file import entries_in, of_year
from desk_app.domain.calendar.deadlines import DayEntry, DayKind
from desk_app.lazy import lazy

# Of the package's countries only Vietnam: its own list of them would load 250 others, which an installed program lacks.
_alone = ModuleSpec("holidays.countries", None, is_package=True)
_alone.submodule_search_locations = [f"{folder}/countries" for folder in holidays.__path__]
sys.modules.setdefault(_alone.name, module_from_spec(_alone))

if TYPE_CHECKING:
    from holidays.countries import vietnam
else:
    vietnam = lazy("holidays.countries.vietnam")


def seed(years: Iterable[int]) -> list[DayEntry]:
    """The days of these years that differ from their weekday, in order.

    `verified` on the days of a year whose file in resources/days says that the year's decision is known; the days of
    other years are the law's rule and the lunar calendar's estimate, without the swaps a decision will bring.
    """
    days: dict[str, DayEntry] = {}
    for year in sorted(set(years)):
        file = places.resources() / "days" / f"{year}.toml"
        content = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
        decided = entries_in(content, source=f"resources/days/{file.name}")
        found = {entry.date: entry for entry in (*_reckoned(year), *decided)}
        days |= {day: of_year(entry, content) for day, entry in found.items()}
    return [days[day] for day in sorted(days)]


@cache
def _reckoned(year: int) -> tuple[DayEntry, ...]:
    """The moon of a year is reckoned once."""
    source = f"holidays {version('holidays')}"
    rule = vietnam.Vietnam(years=year, language="vi")  # type: ignore[no-untyped-call]
    found = sorted(rule.items())
    return tuple(DayEntry(date=day.isoformat(), kind=DayKind.OFF, name=name, source=source) for day, name in found)
