"""How many gestures a dossier costs, counted by driving the window with keys; docs/decisions/0007 says what counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desk_app.domain.dossiers.steps import Status
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

MOTHER = "034195000002||Trần Thị Thử Mẹ|02031995|Nữ|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
FATHER = "034093000003||Lê Văn Thử Cha|05051993|Nam|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
KEY = Qt.Key


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def known(hand: Hand) -> None:
    """The citizen of CARD has been here before."""
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_2, KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    hand.press(KEY.Key_Escape)
    hand.printed.clear()
    hand.gestures = 0


def saved(hand: Hand):
    reception = hand.program.view.reception
    assert reception.saved_code
    return hand.program.view._tools.services.detail(reception.saved_code).dossier


def copied(hand: Hand, pages: int, copies: int) -> None:
    dossier = saved(hand)
    assert [(each.name, each.pages, each.copies) for each in dossier.documents] == [("Bản chính", pages, copies)]


def test_a_certified_copy_for_a_known_citizen_takes_four_gestures(hand: Hand) -> None:
    known(hand)
    hand.scan(CARD)
    hand.press(KEY.Key_1, ctrl=True)
    assert hand.focused() == "reception.document.1.name"
    hand.fill("4x3")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    copied(hand, 4, 3)
    assert saved(hand).fee.total == 18_000
    assert saved(hand).applicant.full_name == "Nguyễn Thị Thử Nghiệm"
    assert hand.gestures <= 4


def test_pages_and_copies_typed_one_after_the_other_cost_two_keys_more(hand: Hand) -> None:
    known(hand)
    hand.scan(CARD)
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_4, KEY.Key_Return, KEY.Key_3, KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    copied(hand, 4, 3)
    assert hand.gestures <= 6


def test_a_certified_copy_for_a_new_citizen_with_a_phone_takes_five_gestures(hand: Hand) -> None:
    hand.scan(MOTHER)
    assert hand.focused() == "reception.phone"
    hand.fill("0900000002")
    hand.press(KEY.Key_1, ctrl=True)
    hand.fill("2x5")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    copied(hand, 2, 5)
    assert saved(hand).applicant.phone == "0900000002"
    assert hand.gestures <= 5


def test_handing_the_copy_over_at_once_costs_no_gesture_more(hand: Hand) -> None:
    hand.scan(MOTHER)
    hand.fill("0900000002")
    hand.press(KEY.Key_1, ctrl=True)
    hand.fill("2x5")
    hand.press(KEY.Key_F10)
    hand.until(lambda: bool(hand.program.view.reception.saved_code))
    copied(hand, 2, 5)
    assert saved(hand).status is Status.RETURNED
    assert saved(hand).due_at == 0
    assert hand.gestures <= 5


def test_a_birth_with_both_parents_and_their_marriage_takes_nineteen_gestures(hand: Hand) -> None:
    hand.scan(MOTHER)
    choices = hand.program.view._tools.services.choices()
    number = [each.code for each in choices].index("1.001193") + 1
    hand.press(Qt.Key(KEY.Key_0 + number), ctrl=True)
    assert hand.focused() == "reception.field.father.full_name"
    hand.scan(FATHER)
    for field, text in (
        ("child.full_name", "Lê Thử Nghiệm An"),
        ("child.born_on", "1/11/2026"),
    ):
        assert hand.focused() == f"reception.field.{field}"
        hand.fill(text)
        hand.press(KEY.Key_Return)
    assert hand.focused() == "reception.field.child.sex"
    hand.press(KEY.Key_N, KEY.Key_Return)
    hand.fill("Trạm y tế xã Thử Nghiệm, thành phố Hà Nội")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "reception.field.child.ethnicity"  # no card tells it, and the parents are not asked
    hand.press(KEY.Key_K, KEY.Key_Return)
    for field, text in (
        ("hometown", "xã Thử Nghiệm, thành phố Hà Nội"),
        ("marriage_number", "12/2024 quyển 01"),
        ("marriage_on", "20/10/2024"),
    ):
        assert hand.focused() == f"reception.field.{field}"
        hand.fill(text)
        if field != "marriage_on":
            hand.press(KEY.Key_Return)
    hand.press(KEY.Key_F9)
    hand.until(lambda: len(hand.printed) >= 2)
    dossier = saved(hand)
    assert {role: person.full_name for role, person in dossier.people.items()} == {
        "applicant": "Trần Thị Thử Mẹ",
        "mother": "Trần Thị Thử Mẹ",
        "father": "Lê Văn Thử Cha",
        "child": "Lê Thử Nghiệm An",
    }
    assert dossier.people["child"].ethnicity == "Kinh"
    assert dossier.people["child"].born_on == "2026-11-01"
    assert (dossier.fields["marriage_number"], dossier.fields["marriage_book"]) == ("12/2024", "01")
    assert dossier.fields["marriage_on"] == "2024-10-20"
    assert dossier.fields["marriage_place"].startswith("Ủy ban nhân dân xã Thử Nghiệm")
    assert hand.gestures <= 19


def test_the_next_birth_of_a_family_that_is_known_takes_twelve(hand: Hand) -> None:
    test_a_birth_with_both_parents_and_their_marriage_takes_nineteen_gestures(hand)
    hand.press(KEY.Key_Escape)
    hand.printed.clear()
    hand.gestures = 0
    hand.scan(MOTHER)
    assert hand.focused() == "reception.family.father.1"  # the procedure is still the one before
    hand.press(KEY.Key_Return)
    for field, text in (("child.full_name", "Lê Thử Nghiệm Bình"), ("child.born_on", "2/11/2026")):
        hand.until(lambda field=field: hand.focused() == f"reception.field.{field}")
        hand.fill(text)
        hand.press(KEY.Key_Return)
    hand.press(KEY.Key_N, KEY.Key_Return)
    hand.fill("Trạm y tế xã Thử Nghiệm, thành phố Hà Nội")
    hand.press(KEY.Key_F9)
    hand.until(lambda: len(hand.printed) >= 2)
    dossier = saved(hand)
    assert dossier.people["father"].full_name == "Lê Văn Thử Cha"
    assert dossier.fields["marriage_number"] == "12/2024"
    assert dossier.fields["marriage_on"] == "2024-10-20"
    assert dossier.people["child"].full_name == "Lê Thử Nghiệm Bình"
    assert hand.gestures <= 12


def chosen(hand: Hand, code: str) -> None:
    """The procedure by its quick key."""
    codes = [each.code for each in hand.program.view._tools.services.choices()]
    hand.press(Qt.Key(KEY.Key_0 + codes.index(code) + 1), ctrl=True)


def test_a_marriage_with_two_cards_takes_eighteen_at_most(hand: Hand) -> None:
    hand.scan(MOTHER)
    chosen(hand, "1.000894")
    hand.scan(FATHER)
    for field in ("bride", "groom"):
        hand.until(lambda field=field: hand.focused() == f"reception.field.{field}_marriage_count")
        hand.fill("Lần thứ nhất")
        hand.press(KEY.Key_Return)
    hand.press(KEY.Key_F9)
    hand.until(lambda: len(hand.printed) >= 2)
    people = saved(hand).people
    assert (people["bride"].full_name, people["groom"].full_name) == ("Trần Thị Thử Mẹ", "Lê Văn Thử Cha")
    assert saved(hand).fields["groom_marriage_count"] == "Lần thứ nhất"
    assert hand.gestures <= 9


DEAD = "034056000009||Lò Văn Thử Cụ|01021956|Nam|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"


def test_a_death_with_its_paper_takes_eighteen_at_most(hand: Hand) -> None:
    hand.scan(FATHER)
    chosen(hand, "1.000656")
    hand.until(lambda: hand.focused() == "reception.field.relation")
    hand.fill("con")
    hand.press(KEY.Key_Return)
    hand.scan(DEAD)
    for field, text in (
        ("died_on", "1/11/2026"),
        ("died_hour", "5h10"),
        ("death_place", ""),  # filled in as at home, and looked at
        ("death_cause", "Già yếu"),
        ("death_paper_number", "12 do Trạm y tế xã Thử Nghiệm"),
        ("death_paper_on", "2/11/2026"),
    ):
        hand.until(lambda field=field: hand.focused() == f"reception.field.{field}")
        hand.fill(text)
        if field != "death_paper_on":
            hand.press(KEY.Key_Return)
    hand.press(KEY.Key_F9, KEY.Key_F9)  # nobody knows the fee: it is asked about once
    hand.until(lambda: len(hand.printed) >= 2)
    said = saved(hand).fields
    assert (said["died_hour"], said["died_minute"]) == ("5", "10")
    assert (said["death_paper_number"], said["death_paper_by"]) == ("12", "Trạm y tế xã Thử Nghiệm")
    assert (said["death_paper"], said["relation"]) == ("Giấy báo tử", "Con")
    assert said["death_place"] == "Tại nhà, Thôn 2, xã Thử Nghiệm, thành phố Hà Nội"
    assert saved(hand).people["deceased"].full_name == "Lò Văn Thử Cụ"
    assert hand.gestures <= 18


def test_an_extract_of_ones_own_takes_ten_at_most(hand: Hand) -> None:
    hand.scan(MOTHER)
    chosen(hand, "2.000635")
    for field, text in (
        ("registered_kind", "khai sinh"),
        ("registered_at", "Ủy ban nhân dân xã Thử Nghiệm"),
        ("registered_on", "5/3/1995"),
        ("registered_number", "15 quyển 01/1995"),
    ):
        hand.until(lambda field=field: hand.focused() == f"reception.field.{field}")
        hand.fill(text)
        if field != "registered_number":
            hand.press(KEY.Key_Return)
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    said = saved(hand).fields
    assert (said["registered_number"], said["registered_book"]) == ("15", "01/1995")
    assert said["registered_kind"] == "khai sinh"
    assert hand.gestures <= 10


def test_the_next_extract_of_the_same_person_takes_four(hand: Hand) -> None:
    test_an_extract_of_ones_own_takes_ten_at_most(hand)
    hand.press(KEY.Key_Escape)
    hand.printed.clear()
    hand.gestures = 0
    hand.scan(MOTHER)
    hand.until(lambda: hand.focused() == "reception.family.subject.1")
    hand.press(KEY.Key_Return)
    hand.settle()
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    said = saved(hand).fields
    assert (said["registered_number"], said["registered_on"]) == ("15", "1995-03-05")
    assert hand.gestures <= 4


def test_the_next_citizen_of_a_batch_takes_four(hand: Hand) -> None:
    known(hand)
    hand.scan(CARD)
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_1, KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    hand.gestures = 0
    hand.scan(MOTHER)
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_2, KEY.Key_F9)
    hand.until(lambda: len(hand.printed) == 2)
    copied(hand, 2, 1)
    assert saved(hand).applicant.full_name == "Trần Thị Thử Mẹ"
    assert hand.gestures <= 4
