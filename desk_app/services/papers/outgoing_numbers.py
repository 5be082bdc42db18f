"""The outgoing number of a paper: the next of its book at this desk, or the one a person typed; none of them twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desk_app.documents.forms.form_records import Form
from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.outgoing.numbers import OutgoingNumber, number_of, series_of
from desk_app.errors import BadFactError
from desk_app.services.desk.desk import Desk
from desk_app.store.outgoing import paper_numbers

GIVEN = "given"
"""Of the setting `paper_numbers`: the program gives them."""


def number_for(desk: Desk, forms: Sequence[Form], typed: str) -> str:
    """The number that the papers of one step bear, "" where none of them bears one or a pen writes it.

    Inside the transaction that records it. Raises `BadFactError` for a number that the book has this year.
    """
    numbered = [form for form in forms if form.owed is not None and form.owed.numbered and form.owed.book]
    if not numbered or (not typed and desk.settings.paper_numbers != GIVEN):
        return typed
    book = numbered[0].owed.book if numbered[0].owed else ""
    return checked(desk, numbered[0].id, typed) if typed else next_number(desk, numbered[0].id, book)


def next_number(desk: Desk, form_id: str, book: str) -> str:
    """The number after the highest that this desk gave in the book this year. A step taken back keeps its number."""
    series = series_of(book, desk.settings.desk)
    highest = max((one.value for one in _used(desk, form_id) if one.series == series), default=0)
    return OutgoingNumber(highest + 1, series).text


def checked(desk: Desk, form_id: str, typed: str) -> str:
    """The number as typed. Raises `BadFactError` where a paper of this form has it this year."""
    if number_of(typed) in _used(desk, form_id):
        raise BadFactError(field="number", label="Số của giấy", why="số này đã dùng cho một giấy khác trong năm")
    return typed


def _used(desk: Desk, form_id: str) -> set[OutgoingNumber]:
    """The numbers of papers of this form of which this desk knows, of this year."""
    year = desk.now().year
    first, after = (milliseconds(datetime(number, 1, 1, tzinfo=VIETNAM)) for number in (year, year + 1))
    return {number_of(text) for text in paper_numbers.used(desk.db, form_id, first, after)}
