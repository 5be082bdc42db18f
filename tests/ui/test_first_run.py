"""From the first start to the first printed slip: by keys alone, at a person's speed, with gestures counted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desk_app.errors import NoKeyStoreError
from desk_app.services.desk.desk import is_made
from tests.kit.desk.desks import CARD, PASSPHRASE
from tests.kit.window.clerk import Clerk
from tests.ui.hand import Hand

KEY = Qt.Key
_A_GESTURE_S = 1.4
"""A person's time for a gesture with looking for it: keystroke-level model, a key 0.28 s and a decision 1.1 s."""


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without a key store, and an account that never ran the program."""

    def none(**_: object) -> None:
        raise NoKeyStoreError(why="fail")

    monkeypatch.setattr("desk_app.keyrings.trusted", none)
    monkeypatch.setenv("DESK_STATE", str(tmp_path / "account"))


def first_page(make_hand: Callable[..., Hand]) -> Hand:
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    return hand


def there(hand: Hand, identifier: str) -> bool:
    return any(each.accessibleIdentifier() == identifier and each.isVisible() for each in hand.widgets())


def test_a_new_desk_prints_its_first_slip_by_keys_within_five_minutes(make_hand: Callable[..., Hand]) -> None:
    hand = first_page(make_hand)
    clerk = Clerk(hand)
    hand.gestures = 0
    clerk.at("setup.province")
    clerk.enter("thanh hoa")
    clerk.at("setup.commune")
    clerk.enter("dong son")
    clerk.at("setup.unit")
    clerk.enter("H56.99", "2", "Mau", PASSPHRASE, PASSPHRASE)
    hand.until(lambda: there(hand, "recovery.code"))
    last = hand.text("recovery.code").split()[-1]
    clerk.reach("recovery.done")
    hand.press(KEY.Key_Return)
    clerk.enter(last.lower())
    hand.until(lambda: hand.program.view is not None and hand.program.view.is_at("preparing"))
    kept = hand.program.desk.settings
    assert (kept.province, kept.unit, kept.desk) == ("tỉnh Thanh Hóa", "H56.99", 2)
    assert "Đông Sơn" in kept.commune
    clerk.at("preparing.printer")
    clerk.reach("preparing.trial")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.printed == ["Trang in thử"])
    hand.until(lambda: hand.focused() == "preparing.printer.done")
    hand.press(KEY.Key_Return)
    hand.scan(CARD)
    hand.until(lambda: hand.program.desk.settings.prepared.get("scanner") == "done")
    hand.settle()
    clerk.at("preparing.enrol")
    clerk.reach("preparing.district.later")
    hand.press(KEY.Key_Return)
    assert hand.program.desk.settings.prepared["district"] == "later"
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.press(KEY.Key_1, ctrl=True)
    hand.fill("4x3")
    code = clerk.save_and_print()
    assert code.startswith("H56.99-")
    typed = len("thanh hoa dong son H56.99 2 Mau") + 2 * len(PASSPHRASE) + len(last)
    seconds = hand.gestures * _A_GESTURE_S + typed * 0.28 + 2 * 20  # twice a paper is fetched and looked at
    print(f"first slip: {hand.gestures} gestures, {typed} letters, about {seconds:.0f} s")
    assert hand.gestures <= 45
    assert seconds < 300


def test_half_typed_texts_survive_the_end_of_the_program(make_hand: Callable[..., Hand], tmp_path: Path) -> None:
    hand = first_page(make_hand)
    clerk = Clerk(hand)
    clerk.enter("thanh hoa")
    clerk.enter("dong son")
    clerk.type("H5")
    hand.program.window.close()
    again = first_page(make_hand)
    assert again.widget("setup.province").text() == "tỉnh Thanh Hóa"
    assert "Đông Sơn" in again.widget("setup.commune").text()
    assert again.widget("setup.unit").text() == "H5"
    assert again.widget("setup.passphrase").text() == ""
    assert not is_made(tmp_path / "desk")


def test_a_commune_alone_brings_its_province(make_hand: Callable[..., Hand]) -> None:
    hand = first_page(make_hand)
    commune = hand.widget("setup.commune")
    commune.setFocus()
    commune.changed.emit()
    name, province = hand.program.entrance._page._communes[0]
    commune.setText(f"{name}, {province}")
    commune.settle()
    assert (hand.widget("setup.province").value(), commune.value()) == (province, name)


def test_a_commune_that_is_in_no_list_is_taken_as_typed(make_hand: Callable[..., Hand]) -> None:
    hand = first_page(make_hand)
    hand.widget("setup.commune").setText("xã Chưa Có Tên")
    assert hand.widget("setup.commune").value() == "xã Chưa Có Tên"


def test_the_machine_s_key_store_is_named(make_hand: Callable[..., Hand]) -> None:
    hand = first_page(make_hand)
    hand.until(lambda: "Đang xem" not in hand.text("setup.key_store"))
    assert "không có kho khóa" in hand.text("setup.key_store")


def test_each_step_is_left_and_taken_up_again_from_the_settings(
    make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path
) -> None:
    template = tmp_path / "template"
    shutil.copytree(empty_desk, template)
    hand = make_hand(template)
    hand.until_open()
    hand.press(KEY.Key_Comma, ctrl=True)
    hand.widget("settings.prepare").click()
    assert hand.program.view.is_at("preparing")
    for card in hand.program.view.front.cards.values():
        card.later.click()
    assert set(hand.program.desk.settings.prepared.values()) == {"later"}
    hand.press(KEY.Key_Escape)
    hand.press(KEY.Key_G, ctrl=True)
    hand.widget("preparing.printer.done").click()
    assert hand.program.desk.settings.prepared["printer"] == "done"


def test_a_printer_that_refuses_is_said_on_the_step(
    make_hand: Callable[..., Hand], empty_desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desk_app.services.papers.printing import PrinterError

    hand = make_hand(empty_desk)
    hand.until_open()

    def refuse(_paper: object, printer: str) -> None:
        raise PrinterError(printer=printer, why="không trả lời")

    monkeypatch.setattr("desk_app.services.papers.printing.send", refuse)
    hand.press(KEY.Key_G, ctrl=True)
    hand.widget("preparing.trial").click()
    hand.until(lambda: "không trả lời" in hand.text("preparing.printer.said"))
    assert hand.program.desk.settings.prepared == {}


def test_the_code_of_an_enrolment_leads_to_where_it_is_done(make_hand: Callable[..., Hand], empty_desk: Path) -> None:
    hand = make_hand(empty_desk)
    hand.until_open()
    hand.press(KEY.Key_G, ctrl=True)
    hand.program.view.scans._scanned(
        "CX1|https://127.0.0.1:1|AAAABBBBCCCCDDDDEEEE|ABCD-EFGH-JKLM-NPQR-ST", port="", composed=False
    )
    assert hand.program.view.is_at("sync")
