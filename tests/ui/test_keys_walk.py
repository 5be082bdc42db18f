"""Every screen walked with keys alone, in every state it has: nothing is out of reach, unseen, deaf, or a trap.

The usual run takes a few states of each screen; `--every-key` takes every status with every step, every correction and
every procedure the counter prepares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desk_app.errors import KeyStoreLockedError, WeakPasswordError
from desk_app.ui.focus import tab_order
from desk_app.ui.setup.door import DoorPage
from desk_app.ui.setup.first_run import FirstRunPage
from desk_app.ui.setup.recovery_page import RecoveryPage
from desk_app.ui.setup.unlock_pages import RefusedPage, UnlockPage
from tests.kit.window.screen_states import CODE, FIRST_RUN_NEEDS, SCREENS
from tests.kit.window.walking import deaf_buttons, walk
from tests.ui.hand import Hand

LOOKED_AT: set[tuple[str, str]] = set()
TRIED: set[str] = set()


def faults_of_a_walk(hand: Hand) -> list[str]:
    """Round by Tab and back by Shift+Tab, each control seen, each button pressed by Enter and, moved to, by Space."""
    strip = hand.program.window.strip
    if strip._timer.isActive():
        strip.hide()  # good news goes by itself, and would go while the walk is under way
    try:
        return deaf_buttons(walk(hand, LOOKED_AT), TRIED)
    except AssertionError as fault:
        return [str(fault)]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_keys_reach_and_press_everything_that_shows(still: Hand, screen: str, every: bool) -> None:
    found = [f"{name}: {fault}" for name in SCREENS[screen](still, every) for fault in faults_of_a_walk(still)]
    assert found == [], "\n".join(found)


def until_first_run(hand: Hand) -> None:
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    hand.program.window.showNormal()
    hand.program.window.activateWindow()
    hand.until(hand.program.window.isActiveWindow)
    hand.settle()


def doors(hand: Hand) -> Iterator[tuple[str, DoorPage]]:
    look, error = hand.program.look, KeyStoreLockedError()
    yield "unlock", UnlockPage(look, str(error), error.remedy)
    yield "refused", RefusedPage(look, str(error), error.remedy)
    shown = RecoveryPage(look, CODE, is_kept_by_machine=False)
    yield "recovery", shown
    yield "first run", FirstRunPage(look, FIRST_RUN_NEEDS)
    refused = FirstRunPage(look, FIRST_RUN_NEEDS)
    refused.complain(WeakPasswordError(why="quá ngắn"))
    yield "first run refused", refused


def test_the_keys_reach_and_press_everything_before_the_desk_is_open(make_hand: Callable[..., Hand]) -> None:
    hand = make_hand(None)
    until_first_run(hand)
    found = []
    for name, page in doors(hand):
        hand.program.window.show_page(page)
        hand.settle()
        hand.program.window.activateWindow()
        hand.until(lambda: QApplication.focusWidget() is not None)
        found += [f"{name}: {fault}" for fault in faults_of_a_walk(hand)]
        if isinstance(page, RecoveryPage):
            hand.widget("recovery.done").click()
            hand.settle()
            found += [f"typed back: {fault}" for fault in faults_of_a_walk(hand)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("place", ["nav.dossiers", "nav.reception", "nav.sync", "nav.settings", "nav.work"])
def test_the_next_part_looked_for_from_here_is_that_of_the_whole_window(still: Hand, place: str) -> None:
    still.program.view.go(place)
    still.settle()
    window = still.program.window
    parts = tab_order._parts(window)
    assert len(parts) > 50
    asked = 0
    for at in range(1, len(parts), 7):
        onwards = list(tab_order._from(window, parts[at], forwards=True))
        back = list(tab_order._from(window, parts[at], forwards=False))
        assert onwards in ([], parts[at + 1 :])
        assert back in ([], parts[:at][::-1])
        asked += bool(back)
    assert asked > 4
