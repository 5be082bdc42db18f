"""What a new screen needs: its own class and one entry of the list. Side bar, key and deeds come by themselves."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_app.domain.permissions import Permission
from desk_app.ui.entries import Entries
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.page import PageDeed, PageHead, ScreenPage
from desk_app.ui.screen import Entry, ScreenKind
from desk_app.ui.screen_context import Tools
from desk_app.ui.window import shortcuts
from tests.ui.hand import Hand

KEY = Qt.Key


class ThrowAway(ScreenPage):
    """Built of the kit. Writes down what it is asked for; the first Esc finds something to put away."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.asked: list[str] = []
        self.is_begun = True
        deed = PageDeed(text="Thử", identifier="trial.first", pressed=self.main_deed, icon="check")
        head = PageHead(tools.look, "Trang thử", deeds=(deed,))
        self.first = head.deeds["trial.first"]
        self.compose(CardColumn((PageCard("Thẻ thử"),)), above=(head,))

    def arrive(self, _place: str) -> None:
        self.asked.append(f"arrive {_place}")
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> bool:
        was_begun, self.is_begun = self.is_begun, False
        return was_begun

    def read_again(self) -> None:
        self.asked.append("read_again")

    def save(self) -> None:
        self.asked.append("save")

    def save_and_print(self) -> None:
        self.asked.append("save_and_print")

    def save_and_hand_over(self) -> None:
        self.asked.append("save_and_hand_over")

    def print_again(self) -> None:
        self.asked.append("print_again")

    def correct(self) -> None:
        self.asked.append("correct")

    def main_deed(self) -> None:
        self.asked.append("main_deed")

    def show_arrivals(self) -> None:
        self.asked.append("show_arrivals")

    def keep_pages(self) -> None:
        self.asked.append("keep_pages")


def listed(monkeypatch: pytest.MonkeyPatch, **more: object) -> None:
    """One more entry in the list that the program reads."""
    usual = Entries.all
    entry = Entry(
        identifier="nav.trial",
        text="Trang thử",
        icon="inbox",
        key="Ctrl+Q",
        hint="Trang thử",
        kind=ScreenKind("trial", lambda: ThrowAway),
        **more,
    )
    monkeypatch.setattr(Entries, "all", lambda self: (*usual(self), entry))


@pytest.fixture
def at_trial(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Hand:
    listed(monkeypatch)
    hand: Hand = request.getfixturevalue("hand")
    hand.press(KEY.Key_Q, ctrl=True)
    return hand


def screen_of(hand: Hand) -> ThrowAway:
    front = hand.program.view.front
    assert isinstance(front, ThrowAway)
    return front


def test_a_new_screen_is_reached_by_its_key_and_by_the_side_bar(at_trial: Hand) -> None:
    hand = at_trial
    assert screen_of(hand).isVisible()
    assert (hand.focused(), hand.widget("nav.trial").isChecked()) == ("trial.first", True)
    hand.press(KEY.Key_F3)
    assert hand.program.view.is_at("dossiers")
    hand.widget("nav.trial").click()
    assert screen_of(hand).asked == ["arrive nav.trial", "arrive nav.trial"]


def test_each_deed_of_the_screen_in_front_comes_by_its_key_once(at_trial: Hand) -> None:
    hand = at_trial
    hand.press(KEY.Key_F5, KEY.Key_F9, KEY.Key_F10)
    hand.press(KEY.Key_S, KEY.Key_P, KEY.Key_E, KEY.Key_Return, KEY.Key_Enter, ctrl=True)
    hand.program.rounds.arrived.emit()
    assert screen_of(hand).asked[1:] == [
        *("read_again", "save_and_print", "save_and_hand_over", "save", "print_again", "correct"),
        *("main_deed", "main_deed", "show_arrivals"),
    ]


def test_a_screen_that_is_not_in_front_gets_no_key_and_is_asked_to_keep_its_page_at_the_end(at_trial: Hand) -> None:
    hand = at_trial
    trial = screen_of(hand)
    hand.press(KEY.Key_F12, KEY.Key_F5, KEY.Key_F9)
    assert trial.asked == ["arrive nav.trial"]
    hand.program.close()
    assert trial.asked[1:] == ["keep_pages"]


def test_escape_puts_away_what_is_begun_and_then_leads_to_the_list(at_trial: Hand) -> None:
    at_trial.press(KEY.Key_Escape)
    assert at_trial.program.view.is_at("trial")
    at_trial.press(KEY.Key_Escape)
    assert at_trial.program.view.is_at("dossiers")


def test_a_new_screen_leads_on_to_dossiers_filters_and_other_places(at_trial: Hand) -> None:
    hand, view = at_trial, at_trial.program.view
    trial = screen_of(hand)
    trial.list_wanted.emit("late")
    assert (view.is_at("dossiers"), hand.widget("nav.late").isChecked()) == (True, True)
    trial.place_wanted.emit("nav.law")
    assert view.is_at("law")
    trial.opened.emit(view._tools.services.find_apart("H26.99", 1)[0].code)
    assert view.is_at("dossier")
    trial.left.emit()
    assert view.is_at("dossiers")


def test_who_may_not_does_not_see_the_entry(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(monkeypatch, permission=Permission.LAW)
    monkeypatch.setattr("desk_app.services.accounts.session.may", lambda _desk, what: what is not Permission.LAW)
    hand: Hand = request.getfixturevalue("hand")
    assert "nav.trial" not in [each.accessibleIdentifier() for each in hand.widgets()]
    hand.press(KEY.Key_Q, ctrl=True)
    hand.program.view.go("nav.trial")
    assert hand.program.view.is_at("dossiers")


def test_no_key_has_two_senses(qapp: QApplication) -> None:
    places = [entry.key for entry in Entries().all()]
    assert [key for key, times in Counter(places).items() if times > 1] == []
    ways = {"Ctrl+K", "Ctrl+Shift+V", "Ctrl+N", "Ctrl+O", "Ctrl+B", "Esc"}
    ways |= {f"Ctrl+{number}" for number in range(1, 10)}
    assert ({*shortcuts.DEEDS} | ways) & {*places} == set()
