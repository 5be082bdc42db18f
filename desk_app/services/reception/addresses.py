"""Old addresses in today's two levels, as suggestions for the clerk; never a rewrite of what the card says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desk_app.domain.people.address import AddressSuggestion, parse, suggest
from desk_app.domain.people.places.unit_changes import UnitChange
from desk_app.services.catalogue.unit_data import load_units


def suggestions(text: str, on: date | None = None, more: Iterable[UnitChange] = ()) -> tuple[AddressSuggestion, ...]:
    """Every address of today that `text` may mean, () when it names no place we know; the first call reads units.

    `on` is the day whose units hold; `more` the changes that the program does not carry itself.
    """
    return suggest(parse(text), load_units(on, more))
