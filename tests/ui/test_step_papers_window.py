"""The slip is scanned, the result handed over and its receipt printed; an old slip says what took its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desk_app.domain.dossiers.steps import Status
from desk_app.domain.outgoing.slip_scans import due_mark
from tests.ui.hand import Hand

KEY = Qt.Key
MOST_GESTURES = 3


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def services(hand: Hand):
    return hand.program.view._tools.services


def code_in(hand: Hand, status: Status) -> str:
    return next(row.code for row in services(hand).find_apart("H26.99", 60) if row.status == status)


def dossier(hand: Hand, code: str):
    return services(hand).detail(code).dossier


def test_a_scanned_slip_is_returned_and_its_receipt_printed_in_three_gestures(hand: Hand) -> None:
    code = code_in(hand, Status.RESULT_READY)
    hand.gestures = 0
    hand.scan(code)
    assert (hand.text("dossier.code"), hand.text("dossier.step.asked")) == (code, "Trả kết quả")
    hand.press(KEY.Key_F9)
    hand.press(KEY.Key_Return)  # it ends the dossier: the clerk says once more that it is this one
    hand.until(lambda: bool(hand.printed))
    assert hand.gestures <= MOST_GESTURES
    kept = dossier(hand, code)
    assert kept.status is Status.RETURNED
    hand.until(lambda: dossier(hand, code).prints.get("giay-bien-nhan-tra-ket-qua", 0) == 1)
    hand.press(KEY.Key_F9)  # nothing is begun: the paper of the last step once more
    hand.until(lambda: dossier(hand, code).prints.get("giay-bien-nhan-tra-ket-qua", 0) == 2)


def test_an_old_slip_opens_its_dossier_and_names_the_slip_in_its_place(hand: Hand) -> None:
    code = code_in(hand, Status.PROCESSING)
    services(hand).printed(code, ["slip"], 1, "A5")
    hand.scan(code)
    assert "nay đã có giấy hẹn" not in hand.text("status.message")
    services(hand).following.step(code, "apologise", "chờ xác minh", "30/11/2026", "", {})
    hand.scan(code)
    assert hand.text("dossier.code") == code
    assert "nay đã có giấy hẹn ngày 30/11/2026 thay" in hand.text("status.message")
    hand.scan(f"{code}/{due_mark(dossier(hand, code))}")
    assert hand.text("dossier.code") == code
    assert not hand.widget("status.message").isVisible()


def test_a_step_without_a_paper_prints_nothing_and_says_so(hand: Hand) -> None:
    code = code_in(hand, Status.PROCESSING)
    hand.program.view.open_dossier(code)
    services(hand).following.step(code, "suspend", "hệ thống hỏng", "", "", {})
    hand.program.view.open_dossier(code)
    hand.press(KEY.Key_F9)
    hand.settle()
    assert hand.printed == []
    assert "không có giấy nào phải in" in hand.text("status.message")
