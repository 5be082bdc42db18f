"""Books of paper receipts: which numbers they have, which are used or spoilt, which comes next. Pure.

A number is given once: it is used by a payment, or spoilt with a reason, or still left in the book.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct

from desk_app.domain.payments.money_events import PAPER, FeeReceipt
from desk_app.domain.payments.receipt_words import MOST_PAPER_NUMBER
from desk_app.errors import BadFactError, DeskError, MissingFactError


class NumberGivenError(DeskError):
    message = "Số biên lai {number} của quyển {series} đã {what}."
    remedy = "Xem tờ biên lai đang cầm; dùng số kế tiếp được đề nghị."


class BookUsedUpError(DeskError):
    message = "Quyển biên lai {series} đã hết số."
    remedy = "Ghi quyển mới, hoặc lập biên lai điện tử."


class ReceiptBook(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A book as it was opened: numbers `first` to `last`, both in it. `desk` whose it is, 0 for any desk.

    `spoilt` are numbers that were written off, with why; `closed` says that nothing more is given out of it.
    """

    id: str
    template: str
    series: str
    first: int
    last: int
    desk: int = 0
    opened_on: str = ""
    closed_on: str = ""

    def receipt(self, number: int) -> FeeReceipt:
        return FeeReceipt(kind=PAPER, template=self.template, series=self.series, number=number, book=self.id)

    @property
    def told(self) -> str:
        return f"{self.template} {self.series} từ {self.first:07d} đến {self.last:07d}".strip()


class BookStanding(Struct, frozen=True, kw_only=True):
    """A book with what became of its numbers; `used` and `spoilt` are numbers, spoilt ones with their reason."""

    book: ReceiptBook
    used: frozenset[int]
    spoilt: Mapping[int, str]
    doubled: frozenset[int] = frozenset()

    @property
    def next_number(self) -> int:
        """The number after the last one that was used or spoilt, as a book is torn; 0 where the book is used up."""
        gone = self.used | self.spoilt.keys()
        number = (
            max((each for each in gone if self.book.first <= each <= self.book.last), default=self.book.first - 1) + 1
        )
        return number if number <= self.book.last else 0

    @property
    def left(self) -> int:
        """How many numbers nobody used or spoilt."""
        gone = self.used | self.spoilt.keys()
        return self.book.last - self.book.first + 1 - sum(self.book.first <= each <= self.book.last for each in gone)

    @property
    def skipped(self) -> tuple[int, ...]:
        """Numbers passed over below the next one: torn out and not told of, a person must look."""
        gone = self.used | self.spoilt.keys()
        end = self.next_number or self.book.last + 1
        return tuple(number for number in range(self.book.first, end) if number not in gone)

    @property
    def told(self) -> str:
        """One line: the book, what is used, spoilt, left, and what a person must look at."""
        parts = [f"đã dùng {len(self.used)}", f"hủy {len(self.spoilt)}", f"còn {self.left}"]
        if self.next_number and not self.book.closed_on:
            parts.append(f"số kế tiếp {self.next_number:07d}")
        if self.skipped:
            parts.append(f"bỏ qua chưa ghi: {_listed(self.skipped)}")
        if self.doubled:
            parts.append(f"ghi hai lần: {_listed(sorted(self.doubled))}")
        if self.book.closed_on:
            parts.append("đã đóng")
        return f"{self.book.told}: {', '.join(parts)}"

    def check(self, number: int) -> None:
        """Raises `NumberGivenError`, `BadFactError`, `BookUsedUpError` for a number that cannot be given now."""
        if self.book.closed_on or not self.left:
            raise BookUsedUpError(series=self.book.series)
        if not self.book.first <= number <= self.book.last:
            why = f"quyển này có số từ {self.book.first:07d} đến {self.book.last:07d}"
            raise BadFactError(field="receipt_number", label="Số biên lai", why=why)
        if number in self.used:
            raise NumberGivenError(number=f"{number:07d}", series=self.book.series, what="dùng rồi")
        if number in self.spoilt:
            raise NumberGivenError(number=f"{number:07d}", series=self.book.series, what="hủy")


def opened(book: ReceiptBook, others: Collection[ReceiptBook]) -> ReceiptBook:
    """The book, fit to be opened beside the others. Raises `BadFactError`, `MissingFactError`."""
    if not book.series.strip():
        raise MissingFactError(field="series", label="Ký hiệu quyển biên lai")
    if not 1 <= book.first <= book.last <= MOST_PAPER_NUMBER:
        why = "cần từ số nhỏ đến số lớn, nhiều nhất 7 chữ số"
        raise BadFactError(field="numbers", label="Số của quyển biên lai", why=why)
    for other in others:
        is_same = (other.template, other.series) == (book.template, book.series)
        if is_same and other.first <= book.last and book.first <= other.last:
            why = f"trùng số với quyển {other.told}"
            raise BadFactError(field="numbers", label="Số của quyển biên lai", why=why)
    return book


def _listed(numbers: Collection[int]) -> str:
    shown = [f"{number:07d}" for number in numbers][:5]
    return ", ".join(shown) + (" …" if len(numbers) > len(shown) else "")
