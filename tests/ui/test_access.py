"""Every control can be found from outside: a Vietnamese name and an identifier of its own."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tests.kit.desk.desks import CARD
from tests.kit.window.known_states import CONFLICT, NOW, show_enrolled
from tests.kit.window.shared_window import SharedWindow
from tests.ui.hand import Hand

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
PROMISED = (
    *("nav.dossiers", "nav.reception", "nav.returns", "nav.late", "search.box", "dossiers.table", "dossiers.count"),
    *("reception.id_number", "reception.full_name", "reception.born_on", "reception.sex", "reception.phone"),
    *("reception.residence", "reception.procedure", "reception.components", "reception.due", "reception.fee"),
    *("reception.save", "reception.save_and_print", "reception.paste_scan", "status.message", "dossier.code"),
    *("nav.settings", "settings.save", "settings.theme", "settings.trial.A5", "settings.trial.scan"),
    *("nav.sync", "nav.day_end", "sync.state", "sync.waiting", "sync.confirmed", "sync.send_again", "sync.progress"),
    *("sync.set_aside", "sync.stick_export", "sync.stick_import", "sync.side", "enrol.code", "enrol.digits"),
    *("day_end.close", "day_end.unsent", "day_end.unprinted", "day_end.ready", "day_end.late", "day_end.head"),
    *("dossier.correct", "dossier.correct.field", "dossier.step.confirm", "conflict.title"),
)


def controls(hand: Hand) -> list[QWidget]:
    """Everything a person can use; parts that Qt itself puts inside a control are left out."""
    return [
        each
        for each in hand.widgets()
        if isinstance(each, CONTROLS)
        and not each.objectName().startswith("qt_")
        and not isinstance(each.parent(), QComboBox)
        and not isinstance(each.parent() and each.parent().parent(), QComboBox)
        and each.metaObject().className() not in {"QTableCornerButton", "QHeaderView", "QLineEditIconButton"}
    ]


@pytest.fixture(scope="module")
def full_hand(shared_window: SharedWindow) -> Hand:
    """Every screen built and full: the list, a birth being received, the close of day, sync, a dossier in front.

    One for all tests of this file: they only look at it.
    """
    hand = shared_window.fresh()
    view = hand.program.view
    hand.press(Qt.Key.Key_F2)
    hand.scan(CARD)
    view.reception.form.procedure.choose("1.001193")
    hand.settle()
    view.open_dossier(view._tools.services.find_apart("H26.99", 1)[0].code)
    hand.press(Qt.Key.Key_E, ctrl=True)
    view.dossier._conflicts.show_conflicts((CONFLICT,), NOW)
    hand.press(Qt.Key.Key_F8)
    hand.until(lambda: hand.widget("day_end.head").isVisible())
    view.go("nav.settings")
    view.go("nav.sync")
    show_enrolled(hand)
    view.show_screen(view.dossier)
    hand.settle()
    return hand


def test_every_control_has_an_identifier_and_a_name(full_hand: Hand) -> None:
    nameless = [
        (each.metaObject().className(), each.accessibleIdentifier(), each.accessibleName())
        for each in controls(full_hand)
        if not each.accessibleIdentifier() or not each.accessibleName().strip()
    ]
    assert nameless == []
    assert len(controls(full_hand)) > 60


def test_no_identifier_is_used_twice(full_hand: Hand) -> None:
    times = Counter(each.accessibleIdentifier() for each in controls(full_hand))
    twice = [name for name, count in times.items() if count > 1]
    assert twice == []


def test_the_identifiers_that_were_promised_are_there(full_hand: Hand) -> None:
    there = {each.accessibleIdentifier() for each in full_hand.widgets()}
    assert [name for name in PROMISED if name not in there] == []
    assert "reception.field.child.full_name" in there


def test_no_control_speaks_english(full_hand: Hand) -> None:
    """Qt's own texts come from our translation: PySide ships none for Vietnamese."""
    menu = full_hand.widget("search.box").createStandardContextMenu()
    texts = [action.text().split("\t")[0].replace("&", "") for action in menu.actions() if not action.isSeparator()]
    assert texts == ["Hoàn tác", "Làm lại", "Cắt", "Sao chép", "Dán", "Xóa", "Chọn tất cả"]
    menu.deleteLater()
