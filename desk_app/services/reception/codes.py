"""Which code the next dossier of this desk gets: the next number of the day whose code stands in no book yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desk_app.domain.dossiers.numbering import Pattern
from desk_app.services.desk.desk import Desk
from desk_app.store.journal import daily_numbers
from desk_app.store.projections import duplicate_codes


def taken(desk: Desk, moment: datetime) -> tuple[str, bool]:
    """A final code, and whether the day's numbers are nearly used; inside the transaction that uses it.

    Raises `NumbersUsedUpError`.
    """
    number = daily_numbers.take_number(desk.db, **_asked(desk, moment))
    return _code(desk, moment, number.value), number.nearly_used


def expected(desk: Desk, moment: datetime) -> str:
    """The code that a dossier would get now; gives nothing away. Raises `NumbersUsedUpError`."""
    return _code(desk, moment, daily_numbers.peek_number(desk.db, **_asked(desk, moment)).value)


def _asked(desk: Desk, moment: datetime) -> dict[str, Any]:
    return {
        "day": moment.date().isoformat(),
        "blocks": desk.blocks,
        "desk": desk.settings.desk,
        "is_free": lambda number: not duplicate_codes.is_taken(desk.db, _code(desk, moment, number)),
    }


def _code(desk: Desk, moment: datetime, number: int) -> str:
    return Pattern(desk.settings.pattern).code(desk.settings.unit, moment.date(), number)
