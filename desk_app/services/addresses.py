"""Old addresses in today's two levels, as suggestions for the clerk; never a rewrite of what the card says."""

from __future__ import annotations

from functools import cache

from desk_app.domain.address import Suggestion, Units, parse, suggest
from desk_app.services import law


@cache
def _units() -> Units:
    return law.load_units()


def suggestions(text: str) -> tuple[Suggestion, ...]:
    """Every address of today that `text` may mean, () when it names no place we know; the first call reads units."""
    return suggest(parse(text), _units())
