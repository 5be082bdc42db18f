"""A card that comes in halves: read whole or told, and never a letter in a field."""

from __future__ import annotations

import pytest

from tests.kit.desk.desks import CARD
from tests.kit.window.scanner_keys import HOME, NAME, PASSPORT, anew, is_empty, is_read
from tests.ui.hand import Hand


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


@pytest.mark.parametrize("pause_ms", [300, 2000])
def test_a_pause_cuts_no_card(note: Hand, pause_ms: int) -> None:
    for cut in (1, 5, 12, 13, 20, 60, 75, len(CARD) - 8, len(CARD) - 2):
        anew(note)
        note.type_keys(CARD[:cut], ends=False, step_ms=5)
        note.let_pass(pause_ms)
        note.type_keys(CARD[cut:], ends=True, step_ms=5)
        note.let_pass(100)
        assert is_read(note), cut
        assert note.text("reception.note") == note.text("reception.phone") == "", cut


def test_a_line_break_in_the_address_cuts_no_card(note: Hand) -> None:
    note.type_keys(CARD.replace(", Huyện", ",\nHuyện").split("\n")[0], ends=True)
    note.type_keys("Huyện Cũ, Hà Nội|20102021", ends=True)
    note.let_pass(400)
    assert is_read(note) or note.text("reception.residence") == HOME.replace(", Huyện", ",Huyện")
    assert note.text("reception.note") == note.text("reception.phone") == ""


@pytest.mark.parametrize("ends", [True, False])
def test_half_a_card_is_told_and_stands_nowhere(note: Hand, ends: bool) -> None:
    note.type_keys(CARD[:60], ends=ends)
    note.let_pass(400)
    assert "nửa thẻ" in note.text("status.message")
    assert is_empty(note)
    note.wait(2000)
    assert is_empty(note)
    assert note.focused() == "reception.note"


def test_a_whole_card_replaces_the_half_before_it(note: Hand) -> None:
    other = CARD.replace("001190000001", "001190000077").replace(NAME, "Trần Thị Mẫu")
    note.type_keys(other[:60], ends=True)
    note.let_pass(300)
    note.type_keys(CARD, ends=True)
    note.let_pass(400)
    assert is_read(note)
    assert note.text("reception.id_number") == "001190000001"


@pytest.mark.parametrize("pause_ms", [300, 1000, 2500])
@pytest.mark.parametrize(
    "code",
    ["https://vneid.example/abc/XYZ123456", "8934602123456", "WIFI:T:WPA;S:ubnd;P:abc;;", "00020101021138A0000727"],
)
def test_another_code_after_half_a_card_is_told_as_such_and_the_half_waits_on(
    note: Hand, code: str, pause_ms: int
) -> None:
    cut = CARD.index("|Nữ")
    note.type_keys(CARD[:cut], ends=True)
    note.let_pass(pause_ms)
    note.type_keys(code, ends=True)
    note.let_pass(400)
    assert "không phải thẻ" in note.text("status.message")
    assert is_empty(note)
    note.let_pass(300)
    note.type_keys(CARD[cut:], ends=True)
    note.let_pass(400)
    assert is_read(note)
    assert note.text("reception.note") == ""


def test_the_zone_of_a_passport_is_read_after_half_a_card(note: Hand) -> None:
    note.type_keys(CARD[:60], ends=True)
    note.let_pass(300)
    note.type_keys(PASSPORT, ends=True)
    note.let_pass(400)
    assert note.text("reception.id_number") != ""


def test_a_card_that_pauses_after_its_old_number_is_one(note: Hand) -> None:
    card = CARD.replace("||", "|123456789|", 1)
    for piece in (card[:13], card[13:22]):
        note.type_keys(piece, ends=False)
        note.let_pass(300)
    note.type_keys(card[22:], ends=True)
    note.let_pass(400)
    assert is_read(note)


def test_a_person_who_types_after_half_a_card_loses_no_key(note: Hand) -> None:
    note.type_keys(CARD[:60], ends=True)
    note.let_pass(300)
    note.type_keys("Goi truoc", ends=False, step_ms=110)
    note.let_pass(400)
    assert note.text("reception.note") == "Goi truoc"


@pytest.mark.parametrize("ends", [True, False])
def test_a_fast_typist_after_half_a_card_loses_no_key_of_a_number(note: Hand, ends: bool) -> None:
    """At 60 ms a key the first two come as the rest of a card may; no card goes on so, and no scanner is so slow."""
    note.type_keys(CARD[:60], ends=True)
    note.let_pass(300)
    note.widget("reception.id_number").setFocus()
    note.type_keys("001085000002", ends=ends, step_ms=60)
    note.let_pass(400)
    assert note.text("reception.id_number") == "001085000002"
    assert note.text("reception.note") == ""


def test_the_rest_of_a_new_card_that_comes_late_is_no_text(note: Hand) -> None:
    note.type_keys(CARD, ends=False)
    note.let_pass(400)
    note.type_keys("||Nguyễn Văn A|Trần Thị B|", ends=True)
    note.let_pass(400)
    assert is_read(note)
    assert note.text("reception.note") == ""
