"""A due date typed at the counter: judged when the field is left, and never a crash."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.services.desk.desk import open_desk
from desk_app.store.database.database import unit_of_work
from desk_app.store.reference import catalogue
from tests.kit.desk.desks import CARD, PASSPHRASE, TestClock
from tests.ui.hand import Hand

KEY = Qt.Key
OPEN = "9.000001"


@pytest.fixture(scope="session")
def unsure_desk(empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with one procedure more, whose limit nobody can read from the catalogue."""
    data = tmp_path_factory.mktemp("unsure") / "desk"
    shutil.copytree(empty_desk, data)
    with open_desk(data, passphrase=PASSPHRASE, clock=TestClock()) as desk, unit_of_work(desk.db):
        known = catalogue.in_force(desk.db, "1.004873", "2026-11-20")
        other = replace(known, code=OPEN, name="Thủ tục thử nghiệm", forms=(), unsure=("limit",))
        catalogue.put(desk.db, other, added_at=0)
    return data


@pytest.fixture(scope="module")
def shared_desk(unsure_desk: Path) -> Path:
    return unsure_desk


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def at_due(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.program.view.reception.form.procedure.choose(OPEN)
    hand.settle()
    hand.widget("reception.fee").setFocus()
    hand.fill("0")  # else the fee that nobody said is asked about too
    hand.widget("reception.due_on").setFocus(Qt.FocusReason.TabFocusReason)


def typed(hand: Hand, text: str) -> None:
    hand.type_keys(text, ends=False, step_ms=80)
    hand.settle()


def told(hand: Hand) -> str:
    return hand.text("reception.due_on.note") if hand.widget("reception.due_on.note").isVisible() else ""


def saved(hand: Hand):
    reception = hand.program.view.reception
    return hand.program.view._tools.services.detail(reception.saved_code).dossier


def test_a_day_no_calendar_has_is_told_when_the_field_is_left_and_saved_never(hand: Hand) -> None:
    at_due(hand)
    typed(hand, "32/13/2026")
    assert told(hand) == ""
    hand.press(KEY.Key_Tab)
    assert told(hand) == "Không có ngày này trong lịch; gõ ngày/tháng/năm."
    hand.press(KEY.Key_F9)
    assert hand.program.view.reception.saved_code == ""
    assert hand.focused() == "reception.due_on"


def test_nothing_is_said_of_a_date_while_it_is_typed(hand: Hand) -> None:
    at_due(hand)
    for letter in "04/12/2026":
        typed(hand, letter)
        assert hand.focused() == "reception.due_on"
        assert told(hand) == ""
    assert hand.text("reception.due_on") == "04/12/2026"
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    assert datetime.fromtimestamp(saved(hand).due_at / 1000, VIETNAM).date() == date(2026, 12, 4)


def test_a_short_day_is_completed_and_leads_on(hand: Hand) -> None:
    at_due(hand)
    typed(hand, "4/12")
    hand.press(KEY.Key_Return)
    assert hand.text("reception.due_on") == "04/12/2026"
    assert hand.focused() != "reception.due_on"


def test_a_sunday_is_named_and_one_key_takes_the_monday(hand: Hand) -> None:
    at_due(hand)
    typed(hand, "2911")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "reception.due_on"
    assert "Chủ Nhật 29/11/2026 là ngày nghỉ" in told(hand)
    hand.press(KEY.Key_Return)
    assert hand.text("reception.due_on") == "30/11/2026"
    assert told(hand) == ""
    assert hand.focused() == "reception.due_on"
    hand.press(KEY.Key_Return)
    assert hand.focused() != "reception.due_on"


def test_a_day_off_that_the_clerk_keeps_is_asked_about_once_before_saving(hand: Hand) -> None:
    at_due(hand)
    typed(hand, "29/11/26")
    hand.press(KEY.Key_Tab, KEY.Key_F9)
    assert hand.program.view.reception.saved_code == ""
    assert hand.focused() == "reception.due_on"
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    assert datetime.fromtimestamp(saved(hand).due_at / 1000, VIETNAM).date() == date(2026, 11, 29)


def test_a_day_that_has_passed_is_told(hand: Hand) -> None:
    at_due(hand)
    typed(hand, "19/11")
    hand.press(KEY.Key_Tab)
    assert told(hand) == "Thứ Năm 19/11/2026 đã qua."
    hand.press(KEY.Key_F9)
    assert hand.program.view.reception.saved_code == ""


def test_another_text_takes_the_remark_back(hand: Hand) -> None:
    at_due(hand)
    typed(hand, "19/11")
    hand.press(KEY.Key_Return)
    assert told(hand)
    typed(hand, "4")
    assert told(hand) == ""
    assert QApplication.focusWidget().text() == "4"
