"""Today's work, worked through with keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.hand import Hand

KEY = Qt.Key


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def test_a_list_is_opened_by_its_number_and_worked_through_with_enter(hand: Hand) -> None:
    view = hand.program.view
    services = view._tools.services
    rows = services.find_apart("H26.99", 60)
    asked = [row.code for row in rows if row.status in {"received", "processing"}][:3]
    for code in asked:
        services.following.step(code, "request-completion", "Thiếu giấy", "")
    view.go("nav.dossiers")
    hand.settle()
    numbers = {each.which.value: each.number for each in services.work.counts()}
    for which in ("hand-out", "uninformed", "suspended"):
        assert hand.widget(f"dossiers.work.{which}").accessibleName().endswith(f": {numbers[which]}")
    strip = hand.program.view.dossiers._strip
    del numbers["late"]  # a tile says it
    shown = [which for which in numbers if hand.widget(f"dossiers.work.{which}").isVisible()]
    assert set(shown) <= {which for which, number in numbers.items() if number}, "an empty list takes no room"
    left_out = {which for which, number in numbers.items() if number and which not in shown}
    assert bool(left_out) == hand.widget("dossiers.work.all").isVisible(), "what has no room is reached together"
    assert strip.height() == hand.widget("dossiers.work.uninformed").height(), "one row"
    hand.press(KEY.Key_6)
    hand.until(lambda: view.late.built("work") is not None)
    table = view.late.built("work").table
    hand.until(lambda: table.model().rowCount() == numbers["uninformed"])
    listed = [table.model().row(place).code for place in range(table.model().rowCount())]
    assert set(asked) <= set(listed)
    hand.press(KEY.Key_Down, KEY.Key_Return)
    assert hand.text("dossier.code") == listed[1]
    assert hand.focused() == "dossier.contact.told"
    hand.press(KEY.Key_Return, KEY.Key_Escape)
    assert view.front is view.late.built("work")
    hand.until(lambda: table.model().rowCount() == len(listed) - 1)
    assert table.chosen_code() == listed[2], "what was told is gone, the next one is chosen"
    hand.press(KEY.Key_Return, KEY.Key_Escape)
    hand.settle()
    assert table.chosen_code() == listed[2], "nothing was done: the list stands at its place"
    hand.press(KEY.Key_Escape)
    assert view.front is view.dossiers


def test_a_figure_of_what_was_late_opens_the_dossiers_behind_it(hand: Hand) -> None:
    view = hand.program.view
    view.go("nav.work")
    hand.settle()
    hand.widget("work.ratios").click()
    hand.settle()
    hand.until(lambda: hand.focused() == "work.ratio.0.late")
    said = hand.widget("work.ratio.0.late").text()
    hand.press(KEY.Key_Return)
    table = view.late.built("work").table
    assert said == f"{table.model().rowCount()} trễ hạn"
    hand.press(KEY.Key_Escape)
    hand.until(lambda: hand.focused() == "work.ratio.0.late")
    hand.press(KEY.Key_Escape)
    assert hand.focused() == "work.table"


def test_ratios_that_come_after_their_page_was_left_take_no_cursor(hand: Hand) -> None:
    view = hand.program.view
    view.go("nav.work")
    hand.widget("work.ratios").click()
    hand.until(lambda: hand.focused() == "work.ratio.0.late")
    page = view.late.built("work")
    page.show_ratios()
    assert page.escape()
    assert hand.focused() == "work.table"
    hand.until(lambda: not hand.program.jobs._jobs)
    assert hand.focused() == "work.table"
