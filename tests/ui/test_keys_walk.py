"""Every screen walked with keys alone: Tab reaches each control once a round, whatever was built late."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.domain.steps import Status
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


PLACES = {"list": KEY.Key_F3, "sync": KEY.Key_F7, "law": KEY.Key_F12}


@pytest.mark.parametrize("place", PLACES)
def test_tab_reaches_every_control_of_a_screen_once_a_round(hand: Hand, place: str) -> None:
    hand.press(PLACES[place])
    hand.wait(300)
    walk(hand)


@pytest.mark.parametrize("code", ["2.000815", "1.001193"])
def test_tab_reaches_what_a_procedure_asks_and_the_rest_of_the_window(hand: Hand, code: str) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.program.view.reception.form.procedure.choose(code)
    hand.settle()
    walk(hand)


def test_tab_walks_round_an_open_dossier_a_step_and_a_correction(hand: Hand) -> None:
    rows = hand.program.view._tools.services.find_apart("H26.99", 60)
    hand.program.view.open_dossier(next(row.code for row in rows if row.status == Status.PROCESSING))
    hand.settle()
    walk(hand)
    hand.press(KEY.Key_Return, ctrl=True)
    walk(hand)
    hand.press(KEY.Key_Escape)
    hand.press(KEY.Key_E, ctrl=True)
    walk(hand)
