"""Taking the money of a dossier by keys, with the bank's code on the screen; what goes wrong is said at its input."""

from __future__ import annotations

import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
ACCOUNT = {"bank_bin": "970436", "bank_account": "0071001234567", "receipt_series": "26TAA"}


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand


def at_unpaid(hand: Hand) -> str:
    services = hand.program.view._tools.services
    services.settings.change(ACCOUNT)
    rows = services.find_apart("H26.99", 60)
    code = next(row.code for row in rows if services.money.outlook(row.code).standing.rest > 4000)
    hand.program.view.open_dossier(code)
    hand.settle()
    return code


def test_money_is_taken_with_two_keys_and_a_wrong_sum_is_said_at_its_input(hand: Hand) -> None:
    code = at_unpaid(hand)
    money = hand.program.view._tools.services.money
    owed = money.outlook(code).standing.rest
    picture = hand.widget("dossier.money.code").grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = [bytes(picture.constScanLine(y))[: picture.width()] for y in range(picture.height())]
    seen = memoryview(b"".join(rows)).cast("B", (picture.height(), picture.width()))
    assert [read.text for read in zxingcpp.read_barcodes(seen)] == [money.outlook(code).bank.payload]
    hand.press(KEY.Key_B, ctrl=True)
    assert hand.focused() == "dossier.money.collect.amount"
    hand.fill(str(owed + 1))
    hand.press(KEY.Key_Return)
    assert "chỉ còn phải thu" in hand.text("status.message")
    assert hand.focused() == "dossier.money.collect.amount"
    hand.fill("abc")
    hand.press(KEY.Key_Return)
    assert hand.text("status.message").startswith("Số tiền chưa đúng: cần số tiền bằng đồng, như 15.000")
    assert hand.widget("dossier.money.collect.amount").accessibleDescription() == "Cần số tiền bằng đồng, như 15.000."
    hand.fill("1000")  # in place of what was refused
    hand.press(KEY.Key_Return)
    assert money.outlook(code).standing.collected == 1000
    assert "Còn phải thu" in hand.text("status.message")
    hand.press(KEY.Key_B, ctrl=True)
    hand.press(KEY.Key_Return)
    assert money.outlook(code).standing.is_settled
    assert not hand.widget("dossier.money.code").isVisible()
    hand.press(KEY.Key_B, ctrl=True)
    assert "Không còn khoản nào phải thu" in hand.text("status.message")
    hand.widget("dossier.money.1.back").click()
    hand.settle()
    assert hand.focused() == "dossier.money.back.reason"
    hand.press(KEY.Key_Escape)
    assert money.outlook(code).standing.is_settled
    hand.widget("dossier.money.1.back").click()
    hand.settle()
    hand.fill("Thu thừa")
    hand.press(KEY.Key_Return)
    assert money.outlook(code).standing.rest == 1000


def test_the_drawer_is_counted_by_keys_and_a_difference_asks_for_its_reason(hand: Hand) -> None:
    code = at_unpaid(hand)
    money = hand.program.view._tools.services.money
    hand.press(KEY.Key_B, ctrl=True)
    hand.fill("3000")
    hand.press(KEY.Key_Return)
    assert money.outlook(code).standing.collected == 3000
    hand.press(KEY.Key_F8)
    hand.until(lambda: "3.000 đ, chưa đếm quỹ" in hand.text("day_end.money.told"))
    hand.until(lambda: hand.widget("day_end.cash.500000").isVisible())  # the cards of the day come one by one
    hand.widget("day_end.cash.500000").setFocus()
    for note in (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000):
        assert hand.focused() == f"day_end.cash.{note}"
        hand.press(KEY.Key_Return)
    hand.fill("1")
    assert "thiếu 1.000 đ" in hand.text("day_end.cash.sum")
    for _ in range(4):
        hand.press(KEY.Key_Return)
    assert hand.focused() == "day_end.cash.reason"
    assert hand.widget("day_end.cash.reason").accessibleDescription() == "Cần ghi lý do thiếu 1.000 đ."
    assert "thiếu 1.000 đ" in hand.text("status.message")
    hand.fill("Trả thừa tiền lẻ")
    hand.press(KEY.Key_Return)
    hand.until(lambda: "lý do: Trả thừa tiền lẻ" in hand.text("day_end.money.told"))
    assert hand.text("day_end.cash.2000") == ""


def test_who_is_exempt_is_said_at_the_reception_with_the_paper_that_proves_it(hand: Hand) -> None:
    services = hand.program.view._tools.services
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    form = hand.program.view.reception.form
    form.procedure.choose("2.000815")
    hand.settle()
    assert not hand.widget("reception.exemption").isVisible()
    form.procedure.choose("1.004873")
    hand.settle()
    assert hand.widget("reception.exemption").isVisible()
    assert not hand.widget("reception.exemption_proof").isVisible()
    hand.widget("reception.exemption").setFocus()
    hand.fill("nghèo")
    hand.press(KEY.Key_Tab)
    assert hand.focused() == "reception.exemption_proof"
    hand.press(KEY.Key_S, ctrl=True)
    assert "Giấy tờ chứng minh" in hand.text("status.message")
    hand.widget("reception.exemption_proof").setFocus()
    hand.fill("Sổ hộ nghèo số 12")
    hand.press(KEY.Key_S, ctrl=True)
    hand.press(KEY.Key_S, ctrl=True)  # what is asked about once is meant
    saved = hand.program.view.reception.saved_code
    assert saved
    fee = services.detail(saved).dossier.fee
    assert (fee.exemption_id, fee.exemption_proof) == ("ho-tich-ho-ngheo", "Sổ hộ nghèo số 12")
