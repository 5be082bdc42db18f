"""What the window asks about money: a dossier's, a day's, the books of paper receipts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.domain.dossiers.dossier import Dossier
    from desk_app.domain.dossiers.events import Stamp
    from desk_app.domain.payments.desk_day import DeskMoney
    from desk_app.domain.payments.exemption import ExemptionClaim
    from desk_app.domain.payments.receipt_book import BookStanding
    from desk_app.services.payments.collecting import Collected, ReceiptTyped
    from desk_app.services.payments.day_money import DayMoney
    from desk_app.services.payments.standing import MoneyOutlook


class MoneyServices(Struct, frozen=True, kw_only=True):
    """`day_apart` may be called on a job's thread. An amount is in đồng, None for all that is left.

    `collect(code, amount, way, receipt, note)`; `give_back(code, payment, amount, reason, is_mistake)`;
    `name_receipt(code, payment, receipt, reason)`; `count(notes, opening, reason)`;
    `open_book(template, series, first, last)`; `spoil(book, number, reason)`.
    """

    outlook: Callable[[str], MoneyOutlook]
    outlook_of: Callable[[Dossier], MoneyOutlook]
    told_after: Callable[[Dossier], str]
    collect: Callable[[str, int | None, str, ReceiptTyped, str], Collected]
    give_back: Callable[[str, Stamp, int | None, str, bool], Collected]
    name_receipt: Callable[[str, Stamp, ReceiptTyped, str], Collected]
    exempt: Callable[[str, ExemptionClaim], Dossier]
    paper_book: Callable[[], BookStanding | None]
    day_apart: Callable[[date], DayMoney]
    last_opening: Callable[[], int]
    count: Callable[[Mapping[int, int], int, str], DeskMoney]
    books: Callable[[], list[BookStanding]]
    open_book: Callable[[str, str, int, int], BookStanding]
    spoil: Callable[[str, int, str], BookStanding]
    close_book: Callable[[str], BookStanding]
