"""F1 on every page, the sheet of keys against the keys that are bound, and the news after an update."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest

from desk_app import __version__
from desk_app.services.desk.desk import open_desk
from desk_app.services.help import key_paper, manual
from desk_app.store.database.database import unit_of_work
from desk_app.store.reference import settings
from desk_app.ui.entries import Entries
from desk_app.ui.help.key_map import KeyMap
from tests.kit.desk.desks import PASSPHRASE, TestClock
from tests.ui.hand import Hand

KEY = Qt.Key


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand


def shown(hand: Hand) -> str:
    return hand.program.help.window.shown_page()


def put_away(hand: Hand) -> None:
    hand.program.help.window.close()
    hand.until(hand.program.window.isActiveWindow)


def test_f1_opens_the_page_of_the_screen_in_front(hand: Hand) -> None:
    for entry in Entries().all():
        hand.program.view.go(entry.identifier)
        hand.press(KEY.Key_F1)
        assert shown(hand) == entry.kind.name
        assert hand.program.help.window.text.toPlainText().startswith(manual.page(entry.kind.name).title)
        put_away(hand)
    hand.program.view.open_dossier(hand.program.desk.db.all("SELECT code FROM dossier")[0][0])
    hand.press(KEY.Key_F1)
    assert shown(hand) == "dossier"
    put_away(hand)


def test_the_manual_is_searched_by_keys_alone_and_put_away_with_esc(hand: Hand) -> None:
    hand.press(KEY.Key_F1)
    window = hand.program.help.window
    QTest.keyClick(window.text, KEY.Key_F1)
    QTest.keyClicks(window.search, "ma khoi phuc")
    assert window.list.item(0).text() == "Mã khôi phục"
    QTest.keyClick(window.search, KEY.Key_Down)
    assert window.list.hasFocus() or window.focusWidget() is window.list
    QTest.keyClicks(window.search, " zzz")
    assert window.list.count() == 0 and not window.nothing.isHidden()
    QTest.keyClick(window, KEY.Key_Escape)
    assert not window.isVisible()


def test_the_sheet_names_every_key_that_is_bound_and_no_other(hand: Hand) -> None:
    entries = hand.program.view.entries
    groups = KeyMap().groups(entries, hand.program.help.bound_keys())
    on_sheet = {key for _, keys in groups[:2] for key, _ in keys}
    bound = {each.key().toString().replace("Return", "Enter") for each in hand.program.window.findChildren(QShortcut)}
    quick = {f"Ctrl+{n}" for n in range(1, 10)}
    assert quick <= bound
    assert on_sheet == (bound - quick) | {"Ctrl+1 … 9"}
    with pytest.raises(KeyError):
        KeyMap().groups(entries, ["Ctrl+Shift+F12"])
    assert key_paper.shipped_file().read_bytes() == key_paper.in_file(groups), "docs/screenshots/manual.py --keys"


def test_the_sheet_of_keys_goes_to_the_printer(hand: Hand) -> None:
    hand.printed.clear()
    hand.program.help.print_keys()
    hand.until(lambda: hand.printed == ["Bảng phím tắt"])
    services = hand.program.view._tools.services
    groups = KeyMap().groups(hand.program.view.entries, hand.program.help.bound_keys())
    with pypdfium2.PdfDocument(services.help.key_paper_apart(groups).pdf) as document:
        assert len(document) == 1


def test_f1_explains_the_first_start_too(make_hand: Callable[..., Hand]) -> None:
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    hand.press(KEY.Key_F1)
    assert shown(hand) == "first_run"
    assert hand.program.help.window.print.isHidden()


def test_news_are_told_once_after_an_update(
    make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old"
    shutil.copytree(empty_desk, old)
    with open_desk(old, passphrase=PASSPHRASE, clock=TestClock()) as desk, unit_of_work(desk.db):
        settings.put(desk.db, replace(desk.settings, version_seen="0.3.0"))
    monkeypatch.setattr("desk_app.ui.window.workspace.tell_of_law", lambda *_: None)
    hand = make_hand(old)
    hand.until_open()
    hand.until(lambda: f"lên bản {__version__}" in hand.text("status.message"))
    assert hand.program.desk.settings.version_seen == __version__
    hand.program.help.open_news()
    assert "Có gì mới" in hand.program.help.window.text.toPlainText()
    assert hand.program.view._tools.services.help.unseen_news() == ()
