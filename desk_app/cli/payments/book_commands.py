"""money books, book-open, book-spoil, book-close."""

from __future__ import annotations

import argparse

from desk_app.cli.opening import opened
from desk_app.domain.payments.receipt_book import BookStanding
from desk_app.services.payments import receipt_books
from desk_app.terminal import Answer


def books(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=True) as desk:
        found = receipt_books.books(desk)
    lines = tuple(each.told for each in found) or ("Chưa ghi quyển biên lai giấy nào.",)
    return Answer([_told(each) for each in found], lines)


def open_book(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        made = receipt_books.open_book(
            desk,
            template=chosen.template,
            series=chosen.series,
            first=chosen.first,
            last=chosen.last,
            is_own=not chosen.shared,
        )
    return Answer(_told(made), (f"Đã ghi quyển {made.told}.",))


def spoil(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        found = receipt_books.spoil(desk, chosen.book, chosen.number, reason=chosen.reason)
    return Answer(_told(found), (f"Đã hủy số {chosen.number:07d}.", found.told))


def close(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        found = receipt_books.close_book(desk, chosen.book)
    left = [f"Còn {found.left} số chưa dùng: hủy theo quy định."] if found.left else []
    return Answer(_told(found), (found.told, *left))


def _told(found: BookStanding) -> dict[str, object]:
    book = found.book
    return {
        "id": book.id,
        "template": book.template,
        "series": book.series,
        "first": book.first,
        "last": book.last,
        "desk": book.desk,
        "opened_on": book.opened_on,
        "closed_on": book.closed_on,
        "used": sorted(found.used),
        "spoilt": {str(number): reason for number, reason in sorted(found.spoilt.items())},
        "next": found.next_number,
        "left": found.left,
        "skipped": list(found.skipped),
        "doubled": sorted(found.doubled),
    }
