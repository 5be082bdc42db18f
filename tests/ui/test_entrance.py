"""The way in: passphrase, recovery code, the first start, and a desk that does not open."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desk_app.errors import NoKeyStoreError
from desk_app.services import setup
from tests.desks import PASSPHRASE, TestClock
from tests.ui.hand import Hand


@pytest.fixture
def locked_hand(make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path) -> Hand:
    """A desk whose passphrase nobody gave."""
    shutil.copytree(empty_desk, tmp_path / "desk")
    hand = make_hand(None)
    hand.until(lambda: hand.program.window.page.findChild(type(hand.program.window), "") is None)
    hand.until(lambda: any(each.accessibleIdentifier() == "unlock.open" for each in hand.widgets()))
    return hand


def is_open(hand: Hand) -> bool:
    return hand.program.view is not None


def test_the_right_passphrase_opens_the_desk(locked_hand: Hand) -> None:
    locked_hand.widget("unlock.passphrase").setText(PASSPHRASE)
    locked_hand.widget("unlock.open").click()
    locked_hand.until(lambda: is_open(locked_hand))


def test_a_wrong_passphrase_is_told_and_asked_again(locked_hand: Hand) -> None:
    locked_hand.widget("unlock.passphrase").setText("không phải")
    locked_hand.widget("unlock.open").click()
    page = locked_hand.program.window.page
    locked_hand.until(lambda: locked_hand.program.window.page is not page)
    locked_hand.until(lambda: "unlock.open" in {each.accessibleIdentifier() for each in locked_hand.widgets()})
    assert "không đúng" in locked_hand.program.window.page.text.text()
    assert not is_open(locked_hand)
    locked_hand.widget("unlock.passphrase").setText(PASSPHRASE)
    locked_hand.widget("unlock.open").click()
    locked_hand.until(lambda: is_open(locked_hand))


def test_the_recovery_code_opens_the_desk(make_hand: Callable[..., Hand], tmp_path: Path) -> None:
    made = setup.init(
        tmp_path / "desk", unit="H26.99", commune="xã Thử", desk=1, passphrase="quên mất rồi", clock=TestClock()
    )
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "unlock.recovery" for each in hand.widgets()))
    hand.widget("unlock.recovery").setText(made.recovery_code.lower())
    hand.widget("unlock.open").click()
    hand.until(lambda: is_open(hand))


def test_the_first_start_makes_a_desk_and_shows_the_recovery_code(make_hand: Callable[..., Hand]) -> None:
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    for name, text in (
        ("unit", "h26.99"),
        ("commune", "xã Thử Nghiệm"),
        ("province", "thành phố Hà Nội"),
        ("clerk", "Trần Thu Mẫu"),
        ("passphrase", PASSPHRASE),
    ):
        hand.widget(f"setup.{name}").setText(text)
    hand.widget("setup.make").click()
    hand.until(lambda: any(each.accessibleIdentifier() == "recovery.code" for each in hand.widgets()))
    code = hand.text("recovery.code")
    assert len([mark for mark in code if mark.isalnum()]) == 27
    hand.widget("recovery.print").click()
    hand.until(lambda: hand.printed == ["Mã khôi phục dữ liệu"])
    hand.widget("recovery.done").click()
    hand.until(lambda: is_open(hand))
    assert hand.program.desk.settings.commune == "xã Thử Nghiệm"
    assert hand.program.desk.settings.unit == "H26.99"


def test_a_set_up_page_left_empty_says_which_field(make_hand: Callable[..., Hand]) -> None:
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    hand.widget("setup.make").click()
    hand.until(lambda: "Mã đơn vị" in hand.text("status.message"))
    assert hand.widget("setup.unit").property("state") == "error"
    assert not hand.program._data.exists()


def test_without_a_key_store_the_set_up_asks_for_a_passphrase(
    make_hand: Callable[..., Hand], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise NoKeyStoreError(why="không có")

    monkeypatch.setattr("desk_app.keyrings.trusted", none)
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    hand.widget("setup.unit").setText("H26.99")
    hand.widget("setup.commune").setText("xã Thử Nghiệm")
    hand.widget("setup.make").click()
    hand.until(lambda: hand.widget("setup.passphrase").property("state") == "error")
    assert not (hand.program._data / "desk.db").exists()


def test_a_demo_makes_its_commune_by_itself(make_hand: Callable[..., Hand], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk_app.app._DEMO_DOSSIERS", 12)
    hand = make_hand(None, "--demo")
    hand.until(lambda: is_open(hand))
    assert hand.program.desk.settings.is_demo
    hand.until(lambda: hand.text("dossiers.count") == "12 hồ sơ")


def test_a_demo_never_mixes_with_the_real_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    from desk_app import app

    monkeypatch.delenv("DESK_DATA", raising=False)
    real = app._data_folder(app.options().parse_args([]))
    assert app._data_folder(app.options().parse_args(["--demo"])) != real


def test_a_desk_open_elsewhere_is_told_and_can_be_tried_again(
    make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path
) -> None:
    from desk_app.services.desk import open_desk

    shutil.copytree(empty_desk, tmp_path / "desk")
    other = open_desk(tmp_path / "desk", passphrase=PASSPHRASE, clock=TestClock())
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE, "utf-8")
    hand = make_hand(None, "--passphrase-file", str(secret))
    hand.until(lambda: any(each.accessibleIdentifier() == "door.again" for each in hand.widgets()))
    other.close()
    hand.widget("door.again").click()
    hand.until(lambda: is_open(hand))
