"""The workbook "158" of births of a span of days, with what each row lacks (RULES: public sheet of 2024)."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from desk_app.documents.output.workbook import sheet_to_xlsx
from desk_app.domain.calendar import dates
from desk_app.domain.calendar.moments import day_in_vietnam, span_of
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.fact_paths import FactPath
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import shown_values
from desk_app.services.filing import facts, profiles
from desk_app.services.filing.profiles import BookColumn, BookProfile
from desk_app.store.journal import journal
from desk_app.store.queries import registers

IN_TIME_DAYS = 60
"""Luật Hộ tịch 60/2014 Đ15: parents register a birth within 60 days of it."""


class BirthBook(Struct, frozen=True, kw_only=True):
    """`rows` are texts by `columns`; `lacking` (code of the dossier, column) a needed text that the dossier lacks;
    `by_hand` needed columns that only that system's clerk knows; `unsure` what nobody confirmed of the sheet.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...]
    lacking: tuple[tuple[str, str], ...]
    by_hand: tuple[str, ...]
    unsure: tuple[str, ...]
    values: tuple[str, ...]
    """By column the key of what stands in it, "" for what that system's clerk fills."""
    told: tuple[str, ...]
    """What a clerk calls each of `lacking`."""

    def texts_of(self, key: str) -> tuple[str, ...]:
        """What the column of this key says of each birth; empty texts where the sheet has no such column."""
        place = self.values.index(key) if key in self.values else -1
        return tuple(row[place] if place >= 0 else "" for row in self.rows)


def book(desk: Desk, first: date, last: date) -> BirthBook:
    """Births whose dossiers were received on these days, both included, the earliest first."""
    profile = profiles.births()
    start, end = span_of(first, last)
    kept = [
        journal.dossier(desk.db, one)
        for one in registers.ids_received(desk.db, start, end, procedures=profile.procedures)
    ]
    rows = tuple(
        tuple(_cell(profile, column, each, number) for column in profile.column) for number, each in enumerate(kept, 1)
    )
    lacking = tuple(
        (each, column)
        for each, row in zip(kept, rows, strict=True)
        for column, text in zip(profile.column, row, strict=True)
        if column.needed and column.value and not text
    )
    return BirthBook(
        columns=tuple(column.name for column in profile.column),
        rows=rows,
        codes=tuple(each.code for each in kept),
        lacking=tuple((each.code, column.name) for each, column in lacking),
        told=tuple(_told(desk, each, column) for each, column in lacking),
        by_hand=tuple(column.name for column in profile.column if column.needed and not column.value),
        unsure=profile.unsure,
        values=tuple(column.value for column in profile.column),
    )


def as_workbook(made: BirthBook) -> bytes:
    """The file's bytes: headings in row 1, every cell a text, as the sheet wants it."""
    return sheet_to_xlsx(profiles.births().sheet, made.columns, made.rows)


def _told(desk: Desk, kept: Dossier, column: BookColumn) -> str:
    """ "Giới tính (người được khai sinh)"; the column's own name where no form asks for it."""
    path = FactPath.of_key(column.value).text
    questions = shown_values.questions_of(desk, kept)
    said, whose = shown_values.label(path, questions), shown_values.whose(path, questions)
    if said == path:
        return column.name
    return f"{said} ({whose})" if whose else said


def _cell(profile: BookProfile, column: BookColumn, kept: Dossier, number: int) -> str:
    if column.kind == "number":
        return str(number)
    if column.value == "registration":
        return _registration(profile, kept)
    text = facts.fact(kept, column.value) if column.value else ""
    match column.kind:
        case "date":
            return facts.day(text, ".")
        case "sex":
            return profile.codes["sex"].get(text, "") if text else ""
        case "paper":
            return profile.codes["paper"].get(text, profile.codes["paper"]["other"]) if text else ""
        case _:
            return text


def _registration(profile: BookProfile, kept: Dossier) -> str:
    """In time or late, by the child's day of birth; "" where only a year is known."""
    born_on = facts.fact(kept, "child.born_on")
    if len(born_on) != len("2026-03-02") or dates.shown(born_on) == born_on:
        return ""
    late = day_in_vietnam(kept.received_at) - date.fromisoformat(born_on) > timedelta(days=IN_TIME_DAYS)
    return profile.codes["registration"]["late" if late else "in_time"]
