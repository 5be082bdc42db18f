"""Making a desk known to its district from the window: a code typed or scanned, a stick, and the six digits."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desk_app.district.intake import enrolment_slots
from desk_app.district.transport import stick
from desk_app.services.sync import status
from desk_app.store.peers import enrolment_state
from tests.kit.desk.desks import FRIDAY
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import Root
from tests.ui.hand import Hand

KEY = Qt.Key
NOW = int(FRIDAY.timestamp() * 1000)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Served]:
    root = Root()
    with served(tmp_path / "district.db", root, clock=lambda: NOW) as running:
        root.url = running.url
        yield running


def new_code(district: Served, *, unit: str = "H26.99", desk: int = 2) -> str:
    with district.district.storage.writing() as session:
        code, _ = enrolment_slots.make(session, unit=unit, commune="xã Thử Nghiệm", desk=desk, blocks=(), at=NOW)
    return code


def ask(hand: Hand, code: str, url: str) -> None:
    """Type the code and the address and press Enter."""
    hand.press(KEY.Key_F7)
    hand.until(lambda: hand.focused() == "enrol.code")
    hand.fill(code)
    hand.widget("enrol.url").setFocus()
    hand.fill(url)
    hand.press(KEY.Key_Return)


def digits_at_the_district(district: Served) -> str:
    with district.district.storage.reading() as session:
        return next(slot.digits for _, slot in enrolment_slots.listed(session) if slot.digits)


def test_nothing_is_sent_before_a_person_agreed_to_the_digits(hand: Hand, district: Served) -> None:
    ask(hand, new_code(district), district.url)
    hand.until(lambda: hand.widget("enrol.digits").isVisible())
    assert hand.text("enrol.digits").replace(" ", "") == digits_at_the_district(district)
    assert "quầy 2" in hand.text("enrol.facts")
    assert hand.focused() == "enrol.differ"
    assert not status.status(hand.program.desk).digits_confirmed
    ended = []
    hand.program.rounds.ended.connect(lambda: ended.append(True))
    hand.program.rounds.send_now()
    hand.until(lambda: bool(ended))
    assert not hand.program.window.strip.isVisible()  # not even tried
    hand.widget("enrol.agree").click()
    hand.until(lambda: hand.text("sync.state") == "Cấp trên đã nhận đủ")
    assert hand.text("sync.confirmed") == "40"
    assert hand.program.desk.settings.desk == 2
    assert hand.text("sync.district").endswith("quầy 2")


def test_enter_pressed_twice_asks_once_and_the_offer_stands_without_a_warning(hand: Hand, district: Served) -> None:
    hand.press(KEY.Key_F7)
    hand.fill(new_code(district))
    hand.widget("enrol.url").setFocus()
    hand.fill(district.url)
    for _ in range(2):  # faster than anything could be answered
        QTest.keyClick(hand.program.window.windowHandle(), KEY.Key_Return)
    hand.until(lambda: hand.widget("enrol.digits").isVisible())
    hand.wait(500)
    assert not hand.program.window.strip.isVisible(), hand.text("status.message")
    assert hand.focused() == "enrol.differ"


def test_digits_that_differ_stop_everything(hand: Hand, district: Served) -> None:
    ask(hand, new_code(district), district.url)
    hand.until(lambda: hand.widget("enrol.digits").isVisible())
    hand.widget("enrol.differ").click()
    hand.settle()
    assert "khác nhau" in hand.text("status.message")
    assert hand.widget("enrol.code").isVisible() and hand.text("enrol.code") == ""
    assert not status.status(hand.program.desk).enrolled


def test_the_offer_waits_for_its_digits_over_a_restart_of_the_page(hand: Hand, district: Served) -> None:
    ask(hand, new_code(district), district.url)
    hand.until(lambda: hand.widget("enrol.digits").isVisible())
    shown = hand.text("enrol.digits")
    hand.press(KEY.Key_F3, KEY.Key_F7)
    assert hand.text("enrol.digits") == shown
    assert hand.widget("enrol.digits").isVisible()


def test_a_wrong_code_says_so_and_keeps_what_was_typed(hand: Hand, district: Served) -> None:
    new_code(district)
    ask(hand, "ABCDE-FGHJK-MNPQR-STVWX", district.url)
    hand.until(lambda: bool(hand.text("status.message")))
    hand.until(hand.widget("enrol.ask").isEnabled)
    assert hand.program.window.strip.isVisible()
    assert hand.text("enrol.code") == "ABCDE-FGHJK-MNPQR-STVWX"
    assert hand.focused() == "enrol.code"


def test_a_code_without_an_address_asks_for_the_address(hand: Hand) -> None:
    hand.press(KEY.Key_F7)
    hand.fill("ABCDE-FGHJK-MNPQR-STVWX")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "enrol.url"


def test_the_qr_of_the_paper_is_scanned_on_any_page(hand: Hand, district: Served) -> None:
    text = f"CX1|{district.url}|{fingerprint(district)}|{new_code(district)}"
    hand.scan(text)
    hand.until(lambda: hand.widget("enrol.digits").isVisible())
    assert hand.text("enrol.digits").replace(" ", "") == digits_at_the_district(district)


def fingerprint(district: Served) -> str:
    """As the QR has it."""
    return base64.b32encode(district.root.keys.public.fingerprint).decode().rstrip("=")


def test_a_stick_carries_the_request_and_brings_the_answer(hand: Hand, district: Served, tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    code = new_code(district)
    stick.write_card(district.district, folder)
    hand.press(KEY.Key_F7)
    hand.fill(code)
    hand.widget("enrol.stick_folder").setText(str(folder))
    hand.widget("enrol.stick_ask").click()
    hand.until(lambda: bool(list(folder.glob("*.enrol.cx"))))
    hand.until(hand.widget("enrol.stick_answer").isEnabled)
    stick.take_in(district.district, folder)
    hand.widget("enrol.stick_answer").click()
    hand.until(lambda: hand.widget("enrol.digits").isVisible())
    assert hand.text("enrol.digits").replace(" ", "") == digits_at_the_district(district)


def test_agreeing_to_an_offer_that_is_gone_leads_back_to_the_code(hand: Hand, district: Served) -> None:
    ask(hand, new_code(district), district.url)
    hand.until(lambda: hand.widget("enrol.digits").isVisible())
    enrolment_state.forget(hand.program.desk.db)
    hand.widget("enrol.agree").setFocus()
    hand.press(KEY.Key_Return)
    assert "chưa ghép" in hand.text("status.message")
    assert hand.widget("enrol.code").isVisible()
    assert hand.focused() == "enrol.code"


def test_after_agreeing_the_cursor_is_on_the_deed_of_the_page(hand: Hand, district: Served) -> None:
    ask(hand, new_code(district), district.url)
    hand.until(lambda: hand.widget("enrol.digits").isVisible())
    hand.widget("enrol.agree").setFocus()
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.widget("sync.send_again").isVisible())
    hand.settle()
    assert hand.focused() == "sync.send_again"
    folder, choose = hand.widget("sync.stick_folder"), hand.widget("sync.stick_folder.choose")
    assert choose.mapTo(choose.window(), QPoint()).y() == folder.mapTo(folder.window(), QPoint()).y()
