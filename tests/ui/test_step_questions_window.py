"""The questions of a step's paper on the page of a dossier: asked, refused where they must be, printed."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import Status
from tests.ui.hand import Hand

KEY = Qt.Key
FORMS = {
    "giay-tam-dung": """
title = "Giấy báo tạm dừng (mẫu thử)"
in_force_from = "2026-01-01"
[owed]
step = "suspend"
numbered = true
[citation]
number = "Quyết định thử nghiệm"
[[field]]
key = "cause"
label = "Nguyên nhân"
section = "Tạm dừng"
kind = "choice"
choices = ["Chờ xác minh", "Chờ người dân", "Mất điện"]
ask = true
required = true
[[field]]
key = "verified_at"
label = "Nơi xác minh"
section = "Tạm dừng"
when = "cause=Chờ xác minh"
required = true
ask = true
[[field]]
key = "until"
label = "Tạm dừng đến ngày"
section = "Tạm dừng"
kind = "date"
ask = true
[[field]]
key = "applicant.full_name"
label = "Gửi ông/bà"
section = "Người nhận giấy"
ask = true
""",
    "giay-rut": """
title = "Giấy nhận lại hồ sơ (mẫu thử)"
in_force_from = "2026-01-01"
[owed]
step = "withdraw"
[citation]
number = "Quyết định thử nghiệm"
[[field]]
key = "sheets"
label = "Số tờ trả lại"
section = "Trả lại giấy tờ"
kind = "number"
required = true
ask = true
""",
}
LAYOUTS = {
    "giay-tam-dung": "Số {step.number}\n{cause} {verified_at} đến {until}\nGửi {applicant.full_name}\n",
    "giay-rut": "Đã trả {sheets} tờ\n",
}


@pytest.fixture
def at_dossier(make_hand: object, busy_desk: Path, tmp_path: Path) -> Hand:
    """A dossier at work is open on a desk of an office that has two forms of its own."""
    hand: Hand = make_hand(busy_desk)  # type: ignore[operator]
    hand.until_open()
    for name, head in FORMS.items():
        folder = tmp_path / "desk" / "forms" / name / "1"
        folder.mkdir(parents=True)
        (folder / "form.toml").write_text(head, "utf-8")
        (folder / "layout.txt").write_text(LAYOUTS[name], "utf-8")
    services = hand.program.view._tools.services
    services.law.forget()
    rows = services.find_apart("H26.99", 60)
    hand.program.view.open_dossier(next(row.code for row in rows if row.status == Status.PROCESSING))
    hand.settle()
    return hand


def shown(hand: Hand):
    return hand.program.view._tools.services.detail(hand.text("dossier.code")).dossier


def begin(hand: Hand, action: str) -> None:
    hand.widget(f"dossier.step.{action}").click()
    hand.settle()


def is_asked(hand: Hand, key: str) -> bool:
    return any(
        each.accessibleIdentifier() == f"dossier.step.field.{key}" and each.isVisible() for each in hand.widgets()
    )


def test_enter_leads_through_the_questions_and_an_answer_asks_for_another(at_dossier: Hand) -> None:
    hand = at_dossier
    begin(hand, "suspend")
    assert hand.text("dossier.step.field.applicant.full_name") == shown(hand).applicant.full_name
    assert not is_asked(hand, "verified_at")
    hand.fill("Cần xác minh nơi ở")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "dossier.step.number"
    hand.fill("15/TB")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "dossier.step.field.cause"
    hand.fill("xac minh")
    hand.press(KEY.Key_Return)
    hand.until(lambda: is_asked(hand, "verified_at"))
    if hand.focused() == "dossier.step.field.cause":
        hand.press(KEY.Key_Return)
    assert hand.focused() == "dossier.step.field.verified_at"
    hand.fill("Thôn 2")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "dossier.step.field.until"
    hand.fill("4/12/2026")
    hand.press(KEY.Key_Return)
    assert shown(hand).status is Status.SUSPENDED
    turn = shown(hand).last_turn
    assert turn is not None
    assert isinstance(turn.payload, StepTaken)
    assert turn.payload.number == "15/TB"
    assert turn.payload.fields["cause"] == "Chờ xác minh"
    assert turn.payload.fields["until"] == "2026-12-04"
    assert hand.program.view.dossier._paper[0] == "giay-tam-dung"
    (paper,) = hand.program.view._tools.printing.draw_apart(hand.text("dossier.code"), "giay-tam-dung")
    with pypdfium2.PdfDocument(paper.pdf) as document:
        words = document[0].get_textpage().get_text_range()
    assert "Chờ xác minh Thôn 2 đến 04/12/2026" in words
    assert "15/TB" in words


def test_a_missing_answer_is_named_its_field_is_marked_and_nothing_is_recorded(at_dossier: Hand) -> None:
    hand = at_dossier
    before = len(hand.program.view._tools.services.detail(hand.text("dossier.code")).history)
    begin(hand, "suspend")
    hand.fill("Cần xác minh")
    hand.press(KEY.Key_Return, ctrl=True)
    assert "Nguyên nhân" in hand.text("status.message")
    assert hand.focused() == "dossier.step.field.cause"
    assert hand.widget("dossier.step.field.cause.note").isVisible()
    assert shown(hand).status is Status.PROCESSING
    hand.fill("mat dien")
    hand.press(KEY.Key_Return)
    hand.press(KEY.Key_Return, ctrl=True)
    assert shown(hand).status is Status.SUSPENDED
    assert len(hand.program.view._tools.services.detail(hand.text("dossier.code")).history) == before + 1


def test_a_step_that_ends_the_dossier_misses_the_answer_before_it_asks_whether_it_is_meant(at_dossier: Hand) -> None:
    hand = at_dossier
    begin(hand, "withdraw")
    hand.press(KEY.Key_Return, ctrl=True)
    assert "Số tờ trả lại" in hand.text("status.message")
    assert hand.focused() == "dossier.step.field.sheets"
    assert not hand.widget("dossier.step.sure").isVisible()
    hand.fill("3")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "dossier.step.sure"
    hand.press(KEY.Key_Return)
    assert shown(hand).status is Status.WITHDRAWN


def test_a_text_that_is_no_entry_of_the_list_stops_the_step(at_dossier: Hand) -> None:
    hand = at_dossier
    begin(hand, "suspend")
    hand.fill("Cần xác minh")
    hand.widget("dossier.step.field.cause").setFocus(Qt.FocusReason.TabFocusReason)
    hand.settle()
    hand.fill("không có")
    hand.press(KEY.Key_Return, ctrl=True)
    assert hand.focused() == "dossier.step.field.cause"
    assert shown(hand).status is Status.PROCESSING


def test_what_was_answered_comes_back_with_the_step_and_belongs_to_no_other(at_dossier: Hand) -> None:
    hand = at_dossier
    begin(hand, "suspend")
    hand.widget("dossier.step.field.cause").setFocus(Qt.FocusReason.TabFocusReason)
    hand.settle()
    hand.fill("xac minh")
    hand.press(KEY.Key_Return)
    hand.until(lambda: is_asked(hand, "verified_at"))
    hand.press(KEY.Key_Escape)
    assert not hand.widget("dossier.step.confirm").isVisible()
    begin(hand, "withdraw")
    assert is_asked(hand, "sheets")
    assert not is_asked(hand, "cause")
    hand.press(KEY.Key_Escape)
    begin(hand, "suspend")
    assert hand.text("dossier.step.field.cause") == "Chờ xác minh"
    assert is_asked(hand, "verified_at")


def test_a_step_without_such_a_paper_asks_nothing_more(at_dossier: Hand) -> None:
    hand = at_dossier
    begin(hand, "ready")
    assert not hand.widget("dossier.step.number").isVisible()
    assert not is_asked(hand, "cause")
    hand.press(KEY.Key_Return)
    assert shown(hand).status is Status.RESULT_READY


def test_answers_half_given_are_kept_with_the_dossier_and_stand_there_again(at_dossier: Hand) -> None:
    hand = at_dossier
    code = hand.text("dossier.code")
    begin(hand, "suspend")
    hand.widget("dossier.step.field.cause").setFocus(Qt.FocusReason.TabFocusReason)
    hand.settle()
    hand.fill("xac minh")
    hand.press(KEY.Key_Return)
    hand.until(lambda: is_asked(hand, "verified_at"))
    hand.widget("dossier.step.field.verified_at").setFocus(Qt.FocusReason.TabFocusReason)
    hand.settle()
    hand.fill("Thôn 2")
    services = hand.program.view._tools.services
    other = next(row.code for row in services.find_apart("H26.99", 60) if row.code != code)
    hand.program.view.open_dossier(other)
    hand.settle()
    assert not hand.widget("dossier.step.confirm").isVisible()
    hand.program.view.open_dossier(code)
    hand.settle()
    assert hand.text("dossier.step.field.cause") == "Chờ xác minh"
    assert hand.text("dossier.step.field.verified_at") == "Thôn 2"
