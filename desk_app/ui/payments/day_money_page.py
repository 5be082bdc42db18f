"""What the page of the day's end does about money: shows it, records the count, keeps the books of paper receipts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desk_app.ui.payments.books_card import BooksCard
from desk_app.ui.payments.cash_card import CashCard
from desk_app.ui.screen_context import Tools
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.services.payments.day_money import DayMoney


class DayMoneyPage(QObject):
    """The two cards of a page; `recorded` is called after each deed."""

    def __init__(self, tools: Tools, recorded: Callable[[], None], owner: QWidget) -> None:
        super().__init__(owner)
        self._tools, self._recorded, self._owner = tools, recorded, owner
        self._services = tools.services.money
        self._left = ""
        self.cash, self.books = CashCard(tools.look), BooksCard(tools.look)
        self.cash.counted.connect(self._count)
        self.books.open_wanted.connect(self._open)
        self.books.spoil_wanted.connect(self._spoil)
        self.books.close_wanted.connect(self._close)

    def refresh(self) -> None:
        """Look the money of today over again."""
        today = self._tools.services.now().date()
        self._tools.jobs.run("money", lambda: self._services.day_apart(today), owner=self._owner, done=self._show)

    @property
    def left_told(self) -> str:
        """What of the drawer a person should know when the day is closed; "" where it balances."""
        return self._left

    def _show(self, day: DayMoney) -> None:
        ours = day.ours
        self._left = f" {ours.balance}." if ours.needs_count or ours.difference else ""
        with told_to(self._tools.notices):
            self.cash.show_money(day, self._services.last_opening())
            self.books.show_books(self._services.books())

    def _count(self, notes: dict[int, int], opening: int, reason: str) -> None:
        with told_to(self._tools.notices, self.cash.complain):
            counted = self._services.count(notes, opening, reason)
            self.cash.clear()
            self._tools.notices.say(self.tr("Đã ghi số tiền đếm được. %s.") % counted.balance)
            self._recorded()

    def _open(self, template: str, series: str, first: int, last: int) -> None:
        with told_to(self._tools.notices, self.books.complain):
            made = self._services.open_book(template, series, first, last)
            self._kept(self.tr("Đã ghi quyển %s.") % made.told)

    def _spoil(self, book: str, number: int, reason: str) -> None:
        with told_to(self._tools.notices, self.books.complain):
            standing = self._services.spoil(book, number, reason)
            self._kept(self.tr("Đã hủy số biên lai. %s.") % standing.told)

    def _close(self, book: str) -> None:
        with told_to(self._tools.notices):
            self._kept(self.tr("Đã đóng quyển. %s.") % self._services.close_book(book).told)

    def _kept(self, told: str) -> None:
        self.books.done()
        self._tools.notices.say(told)
        self._recorded()
