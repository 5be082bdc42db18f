"""Every screen walked with keys alone: Tab reaches each control once a round, whatever was built late."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
_MOST = 150


def stops(hand: Hand) -> set[QWidget]:
    """Every control of the window that can take the focus by Tab now."""
    return {
        each
        for each in hand.widgets()
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and each.isEnabled()
        and each.window() is hand.program.window
    }


def one_round(hand: Hand, key: Qt.Key) -> list[QWidget]:
    """The controls that this key leads to, from where the focus is until it is there again."""
    found: list[QWidget] = []
    for _ in range(_MOST):
        QTest.keyClick(hand.program.window.windowHandle(), key)
        hand.wait(1)
        focus = QApplication.focusWidget()
        assert focus is not None, f"the focus is lost after {named(found)}"
        if focus in found:
            assert focus is found[0], f"a trap: {named([*found, focus])}"
            return found
        found.append(focus)
    raise AssertionError(f"no way round: {named(found)}")


def named(widgets: list[QWidget]) -> list[str]:
    return [each.accessibleIdentifier() or type(each).__name__ for each in widgets]


def walk(hand: Hand) -> None:
    """Tab reaches every control once and comes back; Shift+Tab goes the same way backwards."""
    forwards = one_round(hand, KEY.Key_Tab)
    missing = stops(hand) - set(forwards)
    assert not missing, f"never reached: {named(list(missing))}; reached: {named(forwards)}"
    backwards = one_round(hand, KEY.Key_Backtab)
    at = backwards.index(forwards[0])
    assert [*backwards[at:], *backwards[:at]] == [forwards[0], *forwards[:0:-1]]


@pytest.mark.parametrize("code", ["2.000815", "1.001193"])
def test_tab_reaches_what_a_procedure_asks_and_the_rest_of_the_window(hand: Hand, code: str) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.program.view.reception.form.procedure.choose(code)
    hand.settle()
    walk(hand)
