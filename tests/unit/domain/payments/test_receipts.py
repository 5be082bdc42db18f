"""Receipts, their books and the last day of paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desk_app.domain.payments.money_events import PAPER, FeeReceipt
from desk_app.domain.payments.receipt_book import BookStanding, BookUsedUpError, NumberGivenError, ReceiptBook, opened
from desk_app.domain.payments.receipt_rules import PaperReceiptsEndedError, ReceiptRules
from desk_app.domain.payments.receipt_words import checked_receipt, number_typed, receipt_told
from desk_app.domain.procedures.citation import Citation
from desk_app.errors import BadFactError, MissingFactError

BOOK = ReceiptBook(id="b", template="01BLP2-001", series="AA-22T", first=101, last=150)


@pytest.mark.parametrize(
    "receipt",
    [
        FeeReceipt(template="EBL03", series="26TAA", number=1),
        FeeReceipt(template="EBL01", series="26TAF", number=1),
        FeeReceipt(template="EBL01", series="25TAA", number=1),
        FeeReceipt(template="EBL01", series="26TAA", number=100_000_000),
        FeeReceipt(kind="other", number=1),
    ],
    ids=["template", "letter F", "another year", "nine digits", "kind"],
)
def test_a_receipt_that_the_law_does_not_know_is_refused(receipt):
    with pytest.raises(BadFactError):
        checked_receipt(receipt, year=2026)


def test_a_receipt_of_the_year_is_taken_as_it_is():
    receipt = FeeReceipt(template="EBL01", series="26TAA", number=1)
    assert checked_receipt(receipt, year=2026) is receipt


def test_a_receipt_without_number_is_none():
    with pytest.raises(MissingFactError):
        checked_receipt(FeeReceipt(template="EBL01", series="26TAA"), year=2026)
    assert receipt_told(None) == receipt_told(FeeReceipt()) == ""


def test_a_number_is_read_as_typed():
    assert number_typed(" 0000 123 ") == 123
    assert number_typed("") == 0
    for text in ("0", "-1", "12a", "123456789", "１２"):
        with pytest.raises(BadFactError):
            number_typed(text)


def test_paper_ends_with_its_last_day():
    law = Citation(number="254/2026/NĐ-CP")
    rules = ReceiptRules(in_force_from="2026-07-01", paper_until="2026-12-31", template="EBL01", citation=law)
    rules.check_paper("2026-12-31")
    with pytest.raises(PaperReceiptsEndedError, match="31/12/2026"):
        rules.check_paper("2027-01-01")


def test_books_do_not_share_a_number():
    assert opened(BOOK, [ReceiptBook(id="c", template=BOOK.template, series=BOOK.series, first=151, last=200)]) is BOOK
    with pytest.raises(BadFactError, match="trùng số"):
        opened(BOOK, [ReceiptBook(id="c", template=BOOK.template, series=BOOK.series, first=150, last=200)])


def test_a_number_is_given_once():
    standing = BookStanding(book=BOOK, used=frozenset({101, 102}), spoilt={103: "rách"})
    assert (standing.next_number, standing.left) == (104, 47)
    for number in (102, 103):
        with pytest.raises(NumberGivenError):
            standing.check(number)
    with pytest.raises(BadFactError):
        standing.check(151)
    standing.check(104)
    assert BOOK.receipt(104) == FeeReceipt(kind=PAPER, template="01BLP2-001", series="AA-22T", number=104, book="b")


@given(st.sets(st.integers(101, 150)), st.sets(st.integers(101, 150)))
def test_a_book_gives_each_number_once_until_it_is_used_up(used, spoilt):
    standing = BookStanding(book=BOOK, used=frozenset(used), spoilt=dict.fromkeys(spoilt - used, "hỏng"))
    gone = used | spoilt
    assert standing.left == 50 - len(gone)
    if standing.next_number:
        assert standing.next_number not in gone
        standing.check(standing.next_number)
    if not standing.left:
        with pytest.raises(BookUsedUpError):
            standing.check(101)
    assert len(standing.skipped) + len(gone) + (150 - standing.next_number + 1 if standing.next_number else 0) == 50


@pytest.mark.parametrize(("used", "number"), [((), 101), ((101,), 102), ((149,), 150), ((150,), 0), ((100, 151), 101)])
def test_the_next_number_follows_the_last_one_of_the_book(used: tuple[int, ...], number: int) -> None:
    assert BookStanding(book=BOOK, used=frozenset(used), spoilt={}).next_number == number


def test_a_closed_book_has_no_next_number_and_gives_none() -> None:
    open_ = BookStanding(book=BOOK, used=frozenset({101}), spoilt={})
    closed = replace(open_, book=replace(BOOK, closed_on="2026-11-28"))
    full = replace(open_, used=frozenset(range(101, 151)))
    assert ["số kế tiếp" in each.told for each in (open_, closed, full)] == [True, False, False]
    assert ["đã đóng" in each.told for each in (open_, closed, full)] == [False, True, False]
    for standing in (closed, full):
        with pytest.raises(BookUsedUpError):
            standing.check(102)
