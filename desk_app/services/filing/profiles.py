"""Profiles as data (resources/filing): the order of another system's screen, and the workbook of births it takes in.

A field is `verified` only where the screen or the sheet itself was read.
"""

from __future__ import annotations

import tomllib
from functools import cache

from msgspec import Struct

from desk_app import places, typed_values

_FOLDER = "filing"
_BIRTHS = "so-158-khai-sinh"


class BoardField(Struct, frozen=True, kw_only=True):
    """A blank of that system's screen: its label there, where the value comes from, how it is written there."""

    label: str
    value: str
    kind: str = "text"
    verified: bool = False


class BoardProfile(Struct, frozen=True, kw_only=True):
    """The blanks of one screen in their order, for dossiers of these procedures."""

    title: str
    system: str
    procedures: tuple[str, ...]
    verified: bool
    read_on: str = ""
    field: tuple[BoardField, ...]


class BookColumn(Struct, frozen=True, kw_only=True):
    """A column of the workbook; without a `value` that system's own clerk fills it."""

    name: str
    value: str = ""
    kind: str = "text"
    needed: bool = False
    verified: bool = False


class BookProfile(Struct, frozen=True, kw_only=True):
    """The workbook: its sheet, columns in order and code lists (text → code); `unsure` what nobody confirmed."""

    title: str
    sheet: str
    procedures: tuple[str, ...]
    verified: bool
    unsure: tuple[str, ...]
    codes: dict[str, dict[str, str]]
    column: tuple[BookColumn, ...]


@cache
def boards() -> tuple[BoardProfile, ...]:
    """Every screen there is a profile of."""
    files = sorted((places.resources() / _FOLDER).glob("cong-*.toml"))
    told = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return tuple(typed_values.converted(each, BoardProfile) for each in told)


@cache
def births() -> BookProfile:
    """The workbook "158" of births."""
    text = (places.resources() / _FOLDER / f"{_BIRTHS}.toml").read_text(encoding="utf-8")
    return typed_values.converted(tomllib.loads(text), BookProfile)


def board_for(procedure: str) -> BoardProfile | None:
    """The screen where a dossier of this procedure is filed."""
    return next((each for each in boards() if procedure in each.procedures), None)
