"""A choice typed at a person's speed: every letter stays, only what may stand is stored, and the focus goes on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListView

from desk_app.ui.focus.sight import bring_in_sight
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
BIRTH, SINGLE = "1.001193", "1.004873"
_STILL = 6
RELATION, MARITAL = "reception.field.relation", "reception.field.marital_status"


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def typed(hand: Hand, text: str) -> None:
    """Letter by letter, as slowly as a person, the page answering between."""
    for letter in text:
        hand.type_keys(letter, ends=False, step_ms=80)
        hand.settle()


def committed(hand: Hand, text: str) -> None:
    """Letter by letter as an input method commits them."""
    for letter in text:
        hand.fill(letter)


def began(hand: Hand, procedure: str) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    chosen(hand, procedure)


def chosen(hand: Hand, procedure: str) -> None:
    hand.program.view.reception.form.procedure.choose(procedure)
    hand.settle()


def began_for_an_earlier_time(hand: Hand) -> None:
    """Who has a number is asked for the marital status only of a time gone by."""
    began(hand, SINGLE)
    hand.program.view.reception.form._answered("earlier_period", "Có")
    hand.program.view.reception.refresh()


def at(hand: Hand, identifier: str) -> None:
    """The cursor there and the field in sight, as after Tab."""
    field = hand.widget(identifier)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    bring_in_sight(field)
    bar, seen = hand.program.view.reception.form.verticalScrollBar(), []

    def stands_still() -> bool:
        seen.append((bar.value(), bar.maximum()))
        return len(seen) > _STILL and len(set(seen[-_STILL:])) == 1

    hand.until(stands_still)


def answered(hand: Hand, key: str) -> str:
    return hand.program.view.reception.form.draft(whole=False).fields.get(key, "")


def told(hand: Hand, identifier: str) -> str:
    note = hand.widget(f"{identifier}.note")
    return note.text() if note.isVisible() else ""


def open_lists(hand: Hand) -> list[str]:
    lists = [each for each in hand.widgets() if isinstance(each, QListView) and each.property("picks")]
    return [each.accessibleIdentifier() for each in lists if each.isVisible()]


@pytest.mark.parametrize("way", [typed, committed])
@pytest.mark.parametrize("text", ["me", "ban thân", "Bản thân"])
def test_every_letter_typed_into_a_choice_stays(hand: Hand, way, text: str) -> None:
    began(hand, SINGLE)
    at(hand, RELATION)
    way(hand, text)
    assert hand.focused() == RELATION
    assert hand.text(RELATION) == text
    hand.press(KEY.Key_Return)
    assert hand.text(RELATION) in {"Mẹ", "Bản thân", "Vợ"}
    assert hand.focused() != RELATION


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Tab])
def test_the_marked_line_is_taken_and_the_field_that_just_appeared_comes_next(hand: Hand, key: Qt.Key) -> None:
    began_for_an_earlier_time(hand)
    at(hand, MARITAL)
    typed(hand, "ly hon")
    hand.press(key)
    assert answered(hand, "marital_status").startswith("Đã đăng ký kết hôn nhưng đã ly hôn")
    assert hand.focused() == "reception.field.divorce_number"
    typed(hand, "Bản án 01")
    hand.press(key)
    assert hand.text("reception.field.divorce_number") == "Bản án 01"
    assert hand.focused() == "reception.field.divorce_on"


@pytest.mark.parametrize("key", [KEY.Key_Tab, KEY.Key_Return])
def test_what_is_in_no_list_is_stored_nowhere_where_the_list_is_law(hand: Hand, key: Qt.Key) -> None:
    began_for_an_earlier_time(hand)
    at(hand, MARITAL)
    typed(hand, "zzz")
    hand.press(key)
    assert told(hand, MARITAL).startswith("Không có trong danh sách.")
    assert answered(hand, "marital_status") == ""
    hand.press(KEY.Key_F9)
    assert hand.program.view.reception.saved_code == ""
    assert hand.focused() == MARITAL


def test_a_text_that_fits_several_entries_names_them(hand: Hand) -> None:
    began(hand, SINGLE)
    at(hand, RELATION)
    typed(hand, "ông bà")
    hand.press(KEY.Key_Tab)
    assert "Gần giống" in told(hand, RELATION) or "danh sách" in told(hand, RELATION)
    assert answered(hand, "relation") == ""


def test_other_words_are_kept_verbatim_where_they_are_allowed(hand: Hand) -> None:
    began(hand, "1.001193")
    field = "reception.field.child.ethnicity"
    at(hand, field)
    typed(hand, "K'Ho")
    hand.press(KEY.Key_Tab)
    assert answered(hand, "child.ethnicity") == "K'Ho"
    at(hand, field)
    typed(hand, "kho")
    hand.press(KEY.Key_Tab)
    assert answered(hand, "child.ethnicity") == "Khơ-mú"


def test_escape_leaves_the_choice_as_it_was_and_the_page_open(hand: Hand) -> None:
    began(hand, SINGLE)
    at(hand, RELATION)
    before = hand.text(RELATION)
    typed(hand, "me")
    hand.press(KEY.Key_Escape)
    assert hand.text(RELATION) == before
    assert hand.focused() == RELATION
    assert open_lists(hand) == []
    assert hand.program.view.reception.isVisible()


def test_arrows_walk_through_the_list_and_a_click_takes_a_line(hand: Hand) -> None:
    began(hand, SINGLE)
    at(hand, "reception.field.purpose")
    hand.press(KEY.Key_Down)
    assert open_lists(hand) == ["reception.field.purpose.list"]
    hand.press(KEY.Key_Down, KEY.Key_Return)
    assert answered(hand, "purpose") != ""
    at(hand, "reception.field.purpose")
    hand.press(KEY.Key_Down)
    listed = hand.widget("reception.field.purpose.list")
    listed.clicked.emit(listed.model().index(3, 0))
    assert answered(hand, "purpose") == "Bổ sung hồ sơ cá nhân"
    assert hand.focused() == "reception.field.purpose"


def test_a_list_stays_with_its_field_on_a_page_that_moves(hand: Hand) -> None:
    began(hand, SINGLE)
    at(hand, "reception.field.purpose")
    hand.press(KEY.Key_Down)
    field, listed = hand.widget("reception.field.purpose"), hand.widget("reception.field.purpose.list")
    bar = hand.program.view.reception.form.verticalScrollBar()
    top, stood = field.mapTo(field.window(), QPoint()).y(), bar.value()
    bar.setValue(stood + 20 if stood < bar.maximum() else stood - 20)
    moved = field.mapTo(field.window(), QPoint()).y()
    assert moved != top
    assert open_lists(hand) == ["reception.field.purpose.list"]
    assert listed.y() in {moved + field.height() + 2, moved - listed.height() - 2}
    body = hand.program.view.reception.form.body
    body.move(0, -body.height())
    assert open_lists(hand) == []
    body.move(0, -bar.value())
    hand.press(KEY.Key_Down)
    hand.press(KEY.Key_Down, KEY.Key_Return)
    assert answered(hand, "purpose") != ""


def test_a_list_whose_scroll_bar_goes_stays_open(hand: Hand) -> None:
    began(hand, SINGLE)
    at(hand, RELATION)
    hand.press(KEY.Key_Down)
    hand.widget(f"{RELATION}.list").verticalScrollBar().hide()
    assert open_lists(hand) == [f"{RELATION}.list"]


def test_a_list_is_closed_with_its_field(hand: Hand) -> None:
    began(hand, SINGLE)
    at(hand, RELATION)
    typed(hand, "m")
    assert open_lists(hand) == [f"{RELATION}.list"]
    typed(hand, "e")
    at(hand, "reception.note")
    assert open_lists(hand) == []
    at(hand, RELATION)
    typed(hand, "m")
    chosen(hand, BIRTH)
    assert open_lists(hand) == []


def test_the_same_question_of_another_form_has_that_forms_choices(hand: Hand) -> None:
    began(hand, SINGLE)
    chosen(hand, BIRTH)
    at(hand, RELATION)
    typed(hand, "ông ngoai")
    hand.press(KEY.Key_Return)
    assert answered(hand, "relation") == "Ông ngoại"


def test_tab_goes_as_the_page_is_read_and_back_again(hand: Hand) -> None:
    began_for_an_earlier_time(hand)
    at(hand, "reception.id_number")
    forwards = [hand.focused()]
    for _ in range(40):
        hand.press(KEY.Key_Tab)
        if not hand.focused().startswith("reception.") or hand.focused() == "reception.leave":
            break
        forwards.append(hand.focused())
    form = hand.program.view.reception.form
    fields = [each for each in forwards if form.isAncestorOf(hand.widget(each))]
    assert fields[:4] == ["reception.id_number", "reception.full_name", "reception.born_on", "reception.sex"]
    assert "reception.field.marital_status" in fields
    tops = [hand.widget(each).mapTo(form.body, hand.widget(each).rect().center()).y() for each in fields]
    assert all(later >= earlier - 12 for earlier, later in pairwise(tops))
    at(hand, fields[-1])
    for field in reversed(fields[:-1]):
        hand.press(KEY.Key_Backtab)
        assert hand.focused() == field


def test_a_choice_says_its_name_and_its_complaint_to_a_screen_reader(hand: Hand) -> None:
    began_for_an_earlier_time(hand)
    at(hand, MARITAL)
    typed(hand, "zzz")
    hand.press(KEY.Key_Tab)
    field = hand.widget(MARITAL)
    assert field.accessibleName() == "Tình trạng hôn nhân"
    assert field.accessibleDescription().startswith("Không có trong danh sách.")
