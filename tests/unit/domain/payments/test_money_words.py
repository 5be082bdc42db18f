"""Money as histories and lists tell it, at the limits of amounts, numbers and notes."""

from __future__ import annotations

import pytest

from desk_app.domain.payments.cash_count import CashCount, balance_told, checked_count, counts_typed
from desk_app.domain.payments.money_events import PAPER, FeeReceipt, MoneyEvent, Paid, PaidBack, Receipted
from desk_app.domain.payments.money_words import event_told
from desk_app.domain.payments.payment import MoneyStanding, way_told
from desk_app.domain.payments.receipt_book import BookStanding, ReceiptBook, opened
from desk_app.domain.payments.receipt_words import checked_receipt, number_typed, receipt_told
from desk_app.errors import BadFactError, MissingFactError

RECEIPT = FeeReceipt(template="EBL01", series="26TAA", number=12)
BOOK = ReceiptBook(id="b", template="01BLP", series="AA", first=1, last=9)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (Paid(amount=8000, way="cash"), "Thu 8.000 đ (tám nghìn đồng), tiền mặt"),
        (
            Paid(amount=8000, way="later", receipt=RECEIPT, note="lẻ"),
            "Thu 8.000 đ (tám nghìn đồng), later, biên lai EBL01 26TAA số 12, lẻ",
        ),
        (
            PaidBack(amount=8000, way="cash", reason="nhầm", is_mistake=True),
            "Rút lại lần thu 8.000 đ ghi nhầm. Lý do: nhầm",
        ),
        (
            PaidBack(amount=8000, way="cash", reason="nhầm", is_mistake=True, receipt=RECEIPT),
            "Rút lại lần thu 8.000 đ ghi nhầm, hủy biên lai EBL01 26TAA số 12. Lý do: nhầm",
        ),
        (PaidBack(amount=8000, way="cash", reason="thừa"), "Trả lại 8.000 đ, tiền mặt. Lý do: thừa"),
        (
            PaidBack(amount=8000, way="cash", reason="thừa", receipt=RECEIPT),
            "Trả lại 8.000 đ, tiền mặt, hủy biên lai EBL01 26TAA số 12. Lý do: thừa",
        ),
        (Receipted(receipt=RECEIPT), "Ghi biên lai EBL01 26TAA số 12 cho khoản đã thu"),
        (Receipted(receipt=RECEIPT, reason="sai"), "Ghi biên lai EBL01 26TAA số 12 cho khoản đã thu. Lý do: sai"),
    ],
    ids=["cash", "later", "slip", "slip voided", "back", "back voided", "receipt", "why"],
)
def test_every_event_of_money_is_told_in_one_sentence(event: MoneyEvent, told: str) -> None:
    assert event_told(event) == told


def test_a_paper_number_has_seven_figures_and_an_electronic_one_eight() -> None:
    assert receipt_told(FeeReceipt(kind=PAPER, series="AA", number=12)) == "biên lai giấy AA số 0000012"
    assert (number_typed("9999999", kind=PAPER), number_typed("99999999")) == (9_999_999, 99_999_999)
    for text, kind in (("10000000", PAPER), ("100000000", "electronic")):
        with pytest.raises(BadFactError):
            number_typed(text, kind=kind)


@pytest.mark.parametrize(("series", "is_right"), [("A" * 20, True), ("A" * 21, False), ("A\n", False)])
def test_a_paper_series_has_twenty_letters_at_most(series: str, *, is_right: bool) -> None:
    receipt = FeeReceipt(kind=PAPER, series=series, number=1)
    try:
        found = checked_receipt(receipt, year=2026)
    except BadFactError:
        found = None
    assert (found is receipt) is is_right


def test_nothing_owed_while_nobody_knows_and_settled_only_to_the_dong() -> None:
    standings = [MoneyStanding(owed=owed, collected=8000) for owed in (None, 8000, 8001, 7999)]
    assert [each.rest for each in standings] == [0, 0, 1, -1]
    assert [each.is_settled for each in standings] == [False, True, False, False]
    assert MoneyStanding(owed=None, collected=0).told == "Chưa xác định mức phí"
    assert (way_told("post"), way_told("later")) == ("qua bưu chính", "later")


@pytest.mark.parametrize(
    ("first", "last", "is_right"),
    [(1, 9_999_999, True), (5, 5, True), (0, 9, False), (9, 8, False), (1, 10_000_000, False)],
)
def test_a_book_runs_from_one_to_seven_figures(first: int, last: int, *, is_right: bool) -> None:
    book = ReceiptBook(id="b", template="t", series="AA", first=first, last=last)
    try:
        found = opened(book, [])
    except BadFactError:
        found = None
    assert (found is book) is is_right


def test_books_of_one_series_may_touch_and_of_another_may_overlap() -> None:
    before = ReceiptBook(id="c", template=BOOK.template, series=BOOK.series, first=10, last=20)
    assert opened(BOOK, [before, ReceiptBook(id="d", template="t", series="BB", first=1, last=9)]) is BOOK
    with pytest.raises(BadFactError):
        opened(before, [ReceiptBook(id="e", template=BOOK.template, series=BOOK.series, first=1, last=10)])
    with pytest.raises(MissingFactError):
        opened(ReceiptBook(id="b", template="t", series=" ", first=1, last=9), [])


def test_a_book_tells_five_skipped_numbers_and_that_there_are_more() -> None:
    six = BookStanding(book=BOOK, used=frozenset({7}), spoilt={})
    assert six.told == (
        "01BLP AA từ 0000001 đến 0000009: đã dùng 1, hủy 0, còn 8, số kế tiếp 0000008, "
        "bỏ qua chưa ghi: 0000001, 0000002, 0000003, 0000004, 0000005 …"
    )
    five = BookStanding(book=BOOK, used=frozenset({6}), spoilt={}, doubled=frozenset({6}))
    assert five.told.endswith("0000004, 0000005, ghi hai lần: 0000006")
    whole = BookStanding(book=BOOK, used=frozenset({9, 99}), spoilt={})
    assert (whole.next_number, whole.left, whole.skipped) == (0, 8, tuple(range(1, 9)))


def test_a_drawer_tells_what_is_too_much_too_little_or_not_counted() -> None:
    count = CashCount(day="2026-11-29", desk=1, notes={1000: 5}, opening=1000, expected=4000, reason="lẻ")
    assert balance_told(None, 0) == "Không thu tiền mặt, chưa đếm quỹ"
    assert balance_told(None, 8000) == "Tiền mặt đã thu 8.000 đ, chưa đếm quỹ"
    assert balance_told(count, 4000) == "Tiền mặt khớp: 4.000 đ"
    assert balance_told(count, 3000) == (
        "Tiền mặt thừa 1.000 đ so với 3.000 đ đã thu, đã thu hoặc trả thêm sau khi đếm (lý do: lẻ)"
    )


@pytest.mark.parametrize(("number", "is_right"), [(0, True), (9999, True), (10_000, False), (-1, False)])
def test_of_one_note_a_drawer_has_four_figures_at_most(number: int, *, is_right: bool) -> None:
    count = CashCount(day="2026-11-29", desk=1, notes={1000: number}, expected=1000 * number)
    try:
        found = checked_count(count)
    except BadFactError:
        found = None
    assert (found is count) is is_right


def test_notes_typed_twice_add_up_and_no_note_is_none() -> None:
    assert counts_typed({"1000": "2", "1.000": "3", "2000": "0", "5000": "9999"}) == {1000: 5, 5000: 9999}
    with pytest.raises(BadFactError):
        counts_typed({"1000": "10000"})
    with pytest.raises(BadFactError, match="số âm"):
        checked_count(CashCount(day="2026-11-29", desk=1, opening=-1, expected=1))
