"""Books of paper receipts, which all desks of the commune know: opened, spoilt numbers, closed, what is left.

Each is a value of `OfficeChanged`, so that it travels and is made again like the office's other facts.
"""

from __future__ import annotations

import hashlib
from collections import Counter

import msgspec
from msgspec.structs import replace

from desk_app import typed_values
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.payments.money_events import FeeReceipt
from desk_app.domain.payments.receipt_book import BookStanding, ReceiptBook, opened
from desk_app.domain.payments.receipt_words import MOST_PAPER_NUMBER
from desk_app.domain.permissions import Permission
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, DeskError, MissingFactError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.payments import fee_law
from desk_app.store.projections import office_facts
from desk_app.store.queries import payments

BOOKS, SPOILT = "receipt_book/", "receipt_spoilt/"
"""How the keys begin: "receipt_book/<id>", "receipt_spoilt/<id>/<number>"."""


class NoBookError(DeskError):
    message = "Không có quyển biên lai {book} đang dùng."
    remedy = "Xem các quyển ở trang «Kết thúc ngày»; ghi quyển mới, hoặc lập biên lai điện tử."


def books(desk: Desk) -> list[BookStanding]:
    """Every book with what became of its numbers: those in use first, then by series and number."""
    found = [_standing(desk, book) for book in _books(desk)]
    return sorted(found, key=lambda each: (bool(each.book.closed_on), each.book.series, each.book.first))


def open_book(desk: Desk, *, template: str, series: str, first: int, last: int, is_own: bool = True) -> BookStanding:
    """Begin a book; `is_own`: only this desk gives out of it. Its beginning and end say which one it is.

    Raises `PaperReceiptsEndedError`, `BadFactError`, `MissingFactError`.
    """
    template, series = nfc(template), nfc(series).upper()
    on = desk.today().isoformat()
    fee_law.receipt_rules(on).check_paper(on)
    name = f"{template}|{series}|{first}|{last}"
    book = ReceiptBook(
        id=hashlib.blake2b(name.encode(), digest_size=8).hexdigest(),
        template=template,
        series=series,
        first=first,
        last=last,
        desk=desk.settings.desk if is_own else 0,
        opened_on=on,
    )
    opened(book, _books(desk))
    _record(desk, {f"{BOOKS}{book.id}": _json(book)})
    return _standing(desk, book)


def spoil(desk: Desk, book_id: str, number: int, *, reason: str) -> BookStanding:
    """Write a number off. Raises `NoBookError`, `MissingFactError`, and as `BookStanding.check`."""
    reason = nfc(reason)
    if not reason:
        raise MissingFactError(field="reason", label="Lý do hủy số biên lai")
    standing = _found(desk, book_id)
    standing.check(number)
    _record(desk, {f"{SPOILT}{standing.book.id}/{number:07d}": msgspec.json.encode(reason).decode()})
    return _standing(desk, standing.book)


def close_book(desk: Desk, book_id: str) -> BookStanding:
    """Give nothing more out of a book; what is left of it is told. Raises `NoBookError`."""
    standing = _found(desk, book_id)
    closed = replace(standing.book, closed_on=desk.today().isoformat())
    _record(desk, {f"{BOOKS}{closed.id}": _json(closed)})
    return _standing(desk, closed)


def current(desk: Desk) -> BookStanding | None:
    """The book from which this desk gives: its own first; None where none is in use, or paper holds no more."""
    on = desk.today().isoformat()
    if not fee_law.receipt_rules(on).paper_holds(on):
        return None
    own = desk.settings.desk
    usable = [each for each in books(desk) if each.next_number and not each.book.closed_on]
    mine = [each for each in usable if each.book.desk == own] or [each for each in usable if not each.book.desk]
    return mine[0] if mine else None


def receipt_from(desk: Desk, book_id: str, number: int) -> FeeReceipt:
    """The receipt of this number, 0 for the next one. Raises `NoBookError`, and as `BookStanding.check`."""
    standing = _found(desk, book_id)
    if standing.book.desk not in (0, desk.settings.desk):
        why = f"quyển này của quầy {standing.book.desk}"
        raise BadFactError(field="receipt_number", label="Quyển biên lai", why=why)
    chosen = number or standing.next_number
    standing.check(chosen)
    return standing.book.receipt(chosen)


def _found(desk: Desk, book_id: str) -> BookStanding:
    """By id, by the beginning of one, or by series; "" for the one this desk gives from."""
    standing = current(desk) if not book_id else None
    if book_id:
        every, wanted = books(desk), book_id.upper()  # those in use come first
        named = (each for each in every if wanted == each.book.series or each.book.id.upper().startswith(wanted))
        standing = next(named, None)
    if standing is None:
        raise NoBookError(book=book_id or "của quầy này")
    return standing


def _standing(desk: Desk, book: ReceiptBook) -> BookStanding:
    used = Counter(payments.numbers_used(desk.db, book.id))
    spoilt: dict[int, str] = {}
    for key, value in office_facts.held(desk.db, f"{SPOILT}{book.id}/"):
        number = key.rpartition("/")[2]
        if number.isascii() and number.isdecimal() and len(number) <= len(str(MOST_PAPER_NUMBER)):
            spoilt[int(number)] = _reason(value)
    doubled = {number for number, times in used.items() if times > 1} | (used.keys() & spoilt.keys())
    return BookStanding(book=book, used=frozenset(used), spoilt=spoilt, doubled=frozenset(doubled))


def _reason(value: str) -> str:
    try:
        return typed_values.from_json(value, str)
    except msgspec.DecodeError:
        return "?"  # of a later program: the number is written off all the same


def _books(desk: Desk) -> list[ReceiptBook]:
    found = []
    for _, value in office_facts.held(desk.db, BOOKS):
        try:
            found.append(typed_values.from_json(value, ReceiptBook))
        except msgspec.DecodeError:
            continue  # of a later program
    return found


def _record(desk: Desk, values: dict[str, str]) -> None:
    with session.deed(desk, Permission.COLLECT) as done:
        done.record(OfficeChanged(values=values), dossier="")


def _json(book: ReceiptBook) -> str:
    return msgspec.json.encode(book).decode()
