"""Names of countries as Vietnamese papers write them, by the code a passport has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from desk_app import places


@cache
def names() -> Mapping[str, str]:
    """Every name by its ICAO code ("JPN" → "Nhật Bản"); a code without a name in common use is missing."""
    lines = (places.resources() / "countries" / "names.txt").read_text("utf-8").splitlines()
    rows = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return MappingProxyType({code: name.strip() for code, _, name in rows})
