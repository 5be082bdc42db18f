"""The administrative units that the program carries, read from resources/units, as they stand on a day."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any

from desk_app import places
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.people.places.unit_changes import UnitChange, edition_on, merged
from desk_app.domain.people.units import Units, shipped_changes
from desk_app.services.desk.desk import system_clock


def load_units(on: date | None = None, more: Iterable[UnitChange] = ()) -> Units:
    """The 34 provinces and 3,321 communes of a day (today where none is named), and where those before July 2025 went.

    `more` are changes that an office imported or its district sent; they hold over what the program carries.
    """
    day = on or system_clock().astimezone(VIETNAM).date()
    more = tuple(more)
    return _edition(edition_on(all_changes(more), day.isoformat()).version, more)


def all_changes(more: Iterable[UnitChange] = ()) -> tuple[UnitChange, ...]:
    """Every change known, past and coming, by day and code."""
    return merged(shipped_changes(_files()["changes"]), more)


def edition_of(day: date) -> str:
    """The edition that holds on a day, as far as the program itself knows."""
    return edition_on(all_changes(), day.isoformat()).version


def read_on() -> str:
    """Until which day (ISO) changes were looked for when the program's own list was made."""
    return str(_files()["changes"]["as_of"])


def first_list() -> dict[str, Any]:
    """The list of 01/07/2025 as its file has it, with what it cites."""
    content: dict[str, Any] = _files()["communes"]
    return content


@lru_cache(maxsize=4)
def _edition(version: str, more: tuple[UnitChange, ...]) -> Units:
    return Units.from_json(_files(), more=more, on=version)


@cache
def _files() -> dict[str, Any]:
    folder = places.resources() / "units"
    found: dict[str, Any] = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))}
    return found | {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.toml"))}
