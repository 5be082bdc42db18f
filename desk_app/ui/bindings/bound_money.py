"""Money as the window calls it; nothing of it loads before a dossier or the end of a day is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.ui.services.money_services import MoneyServices

if TYPE_CHECKING:
    from desk_app.services.payments import collecting, day_money, exempting, receipt_books, standing
else:
    collecting = lazy("desk_app.services.payments.collecting")
    day_money = lazy("desk_app.services.payments.day_money")
    exempting = lazy("desk_app.services.payments.exempting")
    receipt_books = lazy("desk_app.services.payments.receipt_books")
    standing = lazy("desk_app.services.payments.standing")


def bound_money(desk: Desk, reader: Callable[[], Desk]) -> MoneyServices:
    """The services over the open desk; `reader` gives the read-only one of the calling thread."""
    return MoneyServices(
        outlook=lambda code: standing.outlook(desk, code),
        outlook_of=lambda kept: standing.outlook_of(desk, kept),
        told_after=lambda kept: standing.told_after(kept),  # noqa: PLW0108 - naming it here would load it
        collect=lambda code, amount, way, receipt, note: collecting.collect(
            desk, code, amount=amount, way=way, receipt=receipt, note=note
        ),
        give_back=lambda code, of, amount, reason, is_mistake: collecting.give_back(
            desk, code, of=of, amount=amount, reason=reason, is_mistake=is_mistake
        ),
        name_receipt=lambda code, of, receipt, reason: collecting.name_receipt(
            desk, code, receipt, of=of, reason=reason
        ),
        exempt=lambda code, claim: exempting.exempt(desk, code, claim),
        paper_book=lambda: receipt_books.current(desk),
        day_apart=lambda day: day_money.day_money(reader(), day),
        last_opening=lambda: day_money.last_opening(desk),
        count=lambda notes, opening, reason: day_money.count_cash(desk, notes, opening=opening, reason=reason),
        books=lambda: receipt_books.books(desk),
        open_book=lambda template, series, first, last: receipt_books.open_book(
            desk, template=template, series=series, first=first, last=last
        ),
        spoil=lambda book, number, reason: receipt_books.spoil(desk, book, number, reason=reason),
        close_book=lambda book: receipt_books.close_book(desk, book),
    )
