"""What a report declares of itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from desk_app.domain.report import Cell, Column
from desk_app.services.desk.desk import Desk


class ReportKind(Struct, frozen=True, kw_only=True):
    """`form` prints it; `rows(desk, first day, last day)` by column key; `is_of_now`: days make no difference."""

    name: str
    title: str
    form: str
    columns: tuple[Column, ...]
    rows: Callable[[Desk, date, date], list[dict[str, Cell]]]
    is_of_now: bool = False
