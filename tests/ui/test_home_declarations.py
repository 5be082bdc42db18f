"""A declaration prepared at home, read at the counter: by wedge, port and paste, whole or in parts, mixed and late."""

from __future__ import annotations

import itertools
import random

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit

from desk_app.domain.prepared import part_digits, prepared_answers
from desk_app.ui.reception.home.home_declarations import HomeDeclarations
from tests.kit.desk.desks import CARD
from tests.kit.desk.vietnamese import LETTERS
from tests.kit.paper import home_answers
from tests.kit.window.scanner_keys import anew
from tests.ui.hand import Hand

KEY = Qt.Key
MOTHER = "034195000002||Trần Thị Thử Mẹ|02031995|Nữ|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
FATHER = "034093000003||Lê Văn Thử Cha|05051993|Nam|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
GRANDMOTHER = "034168000004||Đoàn Thị Thử Bà|07071968|Nữ|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
BIRTH = "1.001193"
LONG = home_answers.MOTHERS_BIRTH | {"birth_place": "".join(random.Random(5).choices(LETTERS, k=160)).strip()}


@pytest.fixture
def hand(hand: Hand) -> Hand:
    return hand.unseen()


def parts(answers: dict[str, str] = home_answers.MOTHERS_BIRTH) -> tuple[str, ...]:
    return home_answers.parts(home_answers.birth(), answers)


def long_parts() -> tuple[str, ...]:
    made = part_digits.parted(
        prepared_answers.encoded(LONG, home_answers.prepared_questions(home_answers.birth()), home_answers.WORDS),
        form=home_answers.number_of(home_answers.birth()),
        dictionary=1,
        most=200,
    )
    assert len(made) >= 3
    return made


def told(hand: Hand) -> list[str]:
    found: list[str] = []
    hand.program.notices.posted.connect(lambda notice: found.append(f"{notice.text} {notice.remedy}"))
    return found


def saved(hand: Hand):
    return hand.program.view._tools.services.detail(hand.program.view.reception.saved_code).dossier


def is_filled(hand: Hand) -> bool:
    form = hand.program.view.reception.form
    return form.procedure.code() == BIRTH and hand.text("reception.field.child.full_name") == "Lê Thử Nghiệm An"


def test_a_birth_prepared_at_home_takes_a_card_a_code_and_a_key(hand: Hand) -> None:
    hand.scan(MOTHER)
    hand.scan(parts()[0])
    assert hand.widget("reception.phone").property("state") == "home"
    assert hand.text("reception.field.father.born_on") == "05/05/1993"
    hand.press(KEY.Key_F9)
    if not hand.program.view.reception.saved_code:  # what is unusual is asked about once
        hand.press(KEY.Key_F9)
    hand.until(lambda: len(hand.printed) >= 2)
    dossier = saved(hand)
    assert dossier.procedure == BIRTH
    assert dossier.people["child"].full_name == "Lê Thử Nghiệm An"
    assert dossier.people["father"].id_number == "034093000003"
    assert dossier.people["applicant"].phone == "0900000002"
    assert dossier.fields["marriage_number"] == "12/2024"
    assert hand.gestures <= 8


def test_the_code_alone_fills_people_and_answers_and_marks_them(hand: Hand) -> None:
    said = told(hand)
    hand.scan(parts()[0])
    assert is_filled(hand)
    assert hand.text("reception.full_name") == "Trần Thị Thử Mẹ"
    for place in ("reception.full_name", "reception.phone", "reception.field.hometown", "reception.field.child.sex"):
        assert hand.widget(place).property("state") == "home", place
    assert "Khai trước" in hand.widget("reception.phone").accessibleDescription()
    assert "chưa ký" in said[-1]


def test_it_is_read_wherever_the_cursor_is_and_leaves_nothing_there(hand: Hand) -> None:
    for place in ("", "reception.note", "reception.full_name", "reception.field.hometown"):
        if place:
            anew(hand)
            hand.program.view.reception.form.procedure.choose(BIRTH)
            hand.settle()
            hand.widget(place).setFocus()
        hand.scan(parts()[0])
        hand.settle()
        assert is_filled(hand), place
        assert hand.text("reception.note") == ""
        assert hand.text("reception.field.hometown") == home_answers.MOTHERS_BIRTH["hometown"]


def test_parts_come_in_any_order_and_doubled_and_each_is_told(hand: Hand) -> None:
    said = told(hand)
    first, second, *rest = long_parts()
    hand.scan(second)
    assert f"phần 2/{len(rest) + 2}" in said[-1]
    hand.scan(second)
    assert "đã đọc rồi" in said[-1]
    hand.scan(first)
    for part in rest:
        assert not hand.program.view.reception.form.home.answers
        hand.scan(part)
    assert is_filled(hand)
    assert hand.program.view.reception.form.home.answers == LONG


def test_all_parts_pasted_at_once_are_read(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    QGuiApplication.clipboard().setText("Mã của tôi:\n" + "\n".join(long_parts()))
    hand.program.view.reception.paste_scan()
    assert is_filled(hand)


def test_a_port_brings_it_as_well(hand: Hand) -> None:
    hand.program.view.scans.came_by_port(parts()[0] + "\r")
    hand.settle()
    assert is_filled(hand)


def test_a_code_cut_short_waits_for_its_rest(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    text = parts()[0]
    hand.type_keys(text[:150], ends=False)
    hand.let_pass(700)
    hand.type_keys(text[150:], ends=True)
    hand.settle()
    assert is_filled(hand)


def test_a_harmed_code_is_a_sentence_and_changes_nothing(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    said = told(hand)
    text = parts()[0]
    hand.scan(text[:100] + ("1" if text[100] != "1" else "2") + text[101:])
    assert "thiếu hoặc sai chữ số" in said[-1]
    assert not hand.program.view.reception.form.home.answers


def test_another_citizens_page_is_asked_about_and_nothing_is_overwritten(hand: Hand) -> None:
    hand.scan(CARD)
    hand.program.view.reception.form.procedure.choose(BIRTH)
    hand.settle()
    said = told(hand)
    hand.scan(parts()[0])
    assert "có thể của người khác" in said[-1]
    assert hand.text("reception.full_name") == "Nguyễn Thị Thử Nghiệm"
    assert hand.text("reception.field.child.full_name") == ""
    hand.program.view.reception.home._use_on_new_page(hand.program.view.reception.home._asked[1])
    hand.settle()
    assert is_filled(hand)
    assert hand.text("reception.full_name") == "Trần Thị Thử Mẹ"
    hand.press(KEY.Key_O, ctrl=True)
    assert hand.text("reception.full_name") == "Nguyễn Thị Thử Nghiệm"


def test_the_same_code_once_more_says_that_it_is_one_dossier(hand: Hand) -> None:
    hand.scan(GRANDMOTHER)
    hand.scan(parts()[0])
    assert not hand.program.view.reception.form.home.answers
    hand.scan(parts()[0])
    assert hand.text("reception.full_name") == "Đoàn Thị Thử Bà"
    assert hand.text("reception.phone") == ""
    assert hand.text("reception.field.relation") == ""  # she is not the mother who prepared it
    assert hand.text("reception.field.child.full_name") == "Lê Thử Nghiệm An"


def test_answers_to_another_procedure_are_not_mixed_with_it(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    form = hand.program.view.reception.form
    form.procedure.choose("1.000894")
    hand.settle()
    form._answered("bride.full_name", "Trần Thị Thử Dâu")
    said = told(hand)
    hand.scan(parts()[0])
    assert "Chưa điền gì" in said[-1]
    assert form.procedure.code() == "1.000894"


def test_a_card_after_the_code_takes_its_place_and_what_differs_stands_beside(hand: Hand) -> None:
    hand.scan(parts(home_answers.MOTHERS_BIRTH | {"father.born_on": "05/05/1994"})[0])
    hand.scan(FATHER)
    form = hand.program.view.reception.form
    assert form.draft(whole=False).people["father"].full_name == "Lê Văn Thử Cha"
    assert hand.text("reception.field.father.born_on") == "05/05/1993"
    assert hand.text("reception.full_name") == "Trần Thị Thử Mẹ"
    box = hand.widget("reception.home.difference.father.born_on")
    assert "05/05/1994" in box.accessibleName()
    box.click()
    hand.settle()
    assert hand.text("reception.field.father.born_on") == "05/05/1994"
    hand.scan(MOTHER)
    assert hand.widget("reception.full_name").property("state") == "scan"
    assert hand.text("reception.phone") == "0900000002"


def test_it_is_kept_with_the_page_and_there_again(hand: Hand) -> None:
    hand.scan(MOTHER)
    hand.scan(parts()[0])
    hand.wait(1200)
    reception = hand.program.view.reception
    reception.keep_pages()
    kept = reception.drafts._drafts.left()[0].page
    assert kept.prepared == home_answers.MOTHERS_BIRTH
    reception.drafts.park()
    assert hand.text("reception.full_name") == ""
    reception.drafts.reopen(kept.id)
    hand.settle()
    assert is_filled(hand)
    assert hand.widget("reception.field.hometown").property("state") == "home"


# --- input methods ------------------------------------------------------------------------


def test_under_telex_and_vni_not_one_letter_is_wrong(hand: Hand) -> None:
    """An input method commits the digits in pieces, a letter at a time or all at once, behind words of every kind.

    Telex leaves digits alone; VNI takes one for a mark only behind a letter, and the first of the code stands alone.
    """
    for piece, before in itertools.product((1, 3, 20, 400), ("", "Thôn a", "đường d")):
        anew(hand)
        field = hand.widget("reception.note")
        assert isinstance(field, QLineEdit)
        field.setText(before)
        text = parts()[0]
        for at in range(0, len(text), piece):
            event = QInputMethodEvent()
            event.setCommitString(text[at : at + piece])
            QCoreApplication.sendEvent(field, event)
        hand.press(KEY.Key_Return)
        hand.let_pass(300)
        assert hand.program.view.reception.form.home.answers == home_answers.MOTHERS_BIRTH, (piece, before)
        assert hand.text("reception.note") == before


def test_what_was_half_read_outlives_the_program(hand: Hand) -> None:
    first, *rest = long_parts()
    hand.scan(first)
    reception, tools = hand.program.view.reception, hand.program.view._tools
    started_anew = HomeDeclarations(reception.form, tools, reception.drafts.park)
    for part in rest:
        assert started_anew.takes(part)
    hand.settle()
    assert is_filled(hand)
    assert tools.services.drafts.half_read() == ()
