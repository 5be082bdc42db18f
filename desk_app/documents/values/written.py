"""How a value stands on paper: as it is, a date in its shown form with words and parts beside it. Pure."""

from __future__ import annotations

import re
from datetime import date

from desk_app.domain import money
from desk_app.domain.calendar import dates
from desk_app.domain.calendar.moments import in_vietnam

_PARTS = ("words", "day", "month", "year", "date")
_YEAR = re.compile(r"\d{4}", re.ASCII)
_COUNT = re.compile(r"\d{1,3}", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def put(values: dict[str, object], key: str, value: str) -> None:
    """A value as it prints; an ISO date as dd/mm/yyyy, with its words and parts beside it, in place of any before.

    Of what is only a year the year stands beside it as a part, of a count of up to three digits its words.
    """
    for part in _PARTS:
        values.pop(f"{key}.{part}", None)
    if not _ISO_DAY.fullmatch(value):
        values[key] = value
        if _YEAR.fullmatch(value):  # a paper with places for day, month and year takes the year alone too
            values[f"{key}.year"] = value
        elif _COUNT.fullmatch(value):
            values[f"{key}.words"] = money.number_in_words(int(value))
        return
    try:
        day = date.fromisoformat(value)
    except ValueError:
        values[key] = value
        return
    values[key] = dates.shown(value)
    values[f"{key}.words"] = dates.in_words(day)
    put_parts(values, key, day)


def put_parts(values: dict[str, object], key: str, day: date) -> None:
    """Day and month as official papers write them: a leading 0 below 10, for months only 1 and 2 (NĐ 30/2020)."""
    values[f"{key}.day"] = f"{day.day:02d}"
    values[f"{key}.month"] = f"{day.month:02d}" if day.month < 3 else str(day.month)
    values[f"{key}.year"] = str(day.year)
    values[f"{key}.date"] = f"{day:%d/%m/%Y}"


def put_moment(values: dict[str, object], key: str, at_ms: int) -> None:
    """A moment (UTC ms) as papers say it, with its parts beside it; nothing for never."""
    if not at_ms:
        return
    at = in_vietnam(at_ms)
    put_parts(values, key, at.date())
    values[f"{key}.words"] = dates.in_words(at.date())
    values[f"{key}.hour"], values[f"{key}.minute"] = f"{at:%H}", f"{at:%M}"
    values[key] = f"{at:%H} giờ {at:%M} phút, ngày {at:%d/%m/%Y}"


def day_values(key: str, day: date) -> dict[str, object]:
    """A day as papers say it, with its words and parts beside it."""
    values: dict[str, object] = {}
    put(values, key, day.isoformat())
    return values
