"""The words that declarations prepared at home are deflated with. A number once handed out stays readable for ever."""

from __future__ import annotations

from functools import cache

from desk_app import places
from desk_app.errors import PreparedNewerError

NEWEST = 1


@cache
def words(number: int) -> bytes:
    """The dictionary of a number, as UTF-8. Raises `PreparedNewerError`."""
    if not 1 <= number <= NEWEST:
        raise PreparedNewerError
    return (places.resources() / "prepared" / f"words-{number}.zdict").read_bytes()
