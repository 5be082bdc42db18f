"""What a clerk has typed survives closing, is offered again, and never becomes two dossiers.

The usual run fills in three procedures that ask differently; `--every-procedure` fills in all that are shipped.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from desk_app.errors import DiskFullError
from desk_app.services.desk import unfinished
from desk_app.services.desk.desk import Desk
from desk_app.services.setup import shipped_catalogue
from desk_app.store.reference import drafts as kept_rows
from desk_app.ui.drafts import entered
from desk_app.ui.reception.form import ReceptionForm
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

OTHER_CARD = CARD.replace("001190000001", "001190000028").replace("Nguyễn Thị Thử Nghiệm", "Lê Thị Đến Sau")
PROCEDURES = sorted(procedure.code for procedure in shipped_catalogue.shipped())
USUAL = {"1.001193", "2.000815", "2.001016"}  # people and papers, documents to certify, a fee by what is declared


@pytest.fixture
def begin(make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path) -> Callable[[], Hand]:
    """Open the window on one and the same desk, as often as asked; closed before it is opened again."""
    shutil.copytree(empty_desk, tmp_path / "desk")
    open_ones: list[Hand] = []

    def opened() -> Hand:
        for each in open_ones:
            each.program.window.close()
        hand = make_hand(None, "--passphrase-file", str(tmp_path / "mật khẩu.txt"))
        hand.unseen().until_open()
        open_ones.append(hand)
        return hand

    return opened


def form_of(hand: Hand) -> ReceptionForm:
    return hand.program.view.reception.form


def desk_of(hand: Hand) -> Desk:
    assert hand.program.desk is not None
    return hand.program.desk


def type_name(hand: Hand, name: str = "Lò Thị Dở") -> None:
    hand.widget("reception.full_name").setFocus(Qt.FocusReason.TabFocusReason)
    hand.fill(name)


def shown(hand: Hand) -> dict[str, str]:
    """Every input of the page by its identifier."""
    return {name: entered.text_of(widget) for name, widget in entered.inputs(form_of(hand).body)}


def fill(widget: QWidget, number: int) -> None:
    """Something else than what stands there, as a clerk would leave it."""
    if isinstance(widget, QCheckBox):
        widget.setChecked(not widget.isChecked())
    elif isinstance(widget, QComboBox):
        widget.setCurrentIndex((widget.currentIndex() + 1) % widget.count())
    elif widget.validator() is not None:
        widget.setText(str(number % 7 + 2))
    else:
        widget.setText(f"{number}/1")  # half a date, no number: kept as it is typed


def save(hand: Hand) -> None:
    """Save the page; once more where a fee that nobody said is asked about."""
    hand.press(Qt.Key.Key_S, ctrl=True)
    if not hand.program.view.reception.saved_code:
        assert "Chưa ghi phí" in hand.text("status.message")
        hand.press(Qt.Key.Key_S, ctrl=True)


@pytest.mark.parametrize("code", PROCEDURES)
def test_every_input_of_every_procedure_stands_there_again(
    begin: Callable[[], Hand], code: str, pytestconfig: pytest.Config
) -> None:
    if code not in USUAL and not pytestconfig.getoption("--every-procedure"):
        pytest.skip("--every-procedure")
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    form = form_of(hand)
    form.procedure.choose(code)
    hand.settle()
    if form.documents.isVisibleTo(form):
        form.documents.add_row()
    for number, (name, widget) in enumerate(list(entered.inputs(form.body))):
        if widget.isVisibleTo(form) and not name.startswith("reception.procedure"):
            fill(widget, number)
    hand.settle()
    before, draft = shown(hand), form.draft(whole=False)
    assert sum(bool(text) for text in before.values()) > 8
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    assert shown(hand) == before
    assert form_of(hand).draft(whole=False) == draft


def test_closing_asks_nothing_and_the_next_start_offers_the_page(begin: Callable[[], Hand]) -> None:
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    type_name(hand)  # and the cursor is still in the field
    hand = begin()
    hand.until(lambda: "Lò Thị Dở" in hand.text("status.message"))
    assert "khác" not in hand.program.window.strip._remedy.text()
    hand.widget("status.action").click()
    hand.settle()
    assert hand.text("reception.full_name") == "Lò Thị Dở"
    assert "Đã mở lại" in hand.text("status.message")
    assert not hand.widget("status.action").isVisible()


def test_a_card_that_was_read_stands_there_with_its_marks(begin: Callable[[], Hand]) -> None:
    hand = begin()
    hand.scan(CARD)
    draft = form_of(hand).draft(whole=False)
    assert draft.card is not None
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    assert form_of(hand).draft(whole=False) == draft
    assert hand.widget("reception.full_name").property("state") == "scan"


def test_what_is_left_of_a_saved_dossier_is_nothing(begin: Callable[[], Hand]) -> None:
    hand = begin()
    hand.scan(CARD)
    form_of(hand).procedure.choose("1.004873")
    hand.settle()
    hand.wait(50)
    assert unfinished.left(desk_of(hand))
    save(hand)
    assert hand.program.view.reception.saved_code
    assert unfinished.left(desk_of(hand)) == []
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    assert not hand.text("reception.full_name")


def test_a_page_killed_between_saving_and_forgetting_makes_no_second_dossier(begin: Callable[[], Hand]) -> None:
    """As if the row had stayed: the same page saved again is the same dossier."""
    hand = begin()
    hand.scan(CARD)
    form_of(hand).procedure.choose("1.004873")
    hand.settle()
    hand.wait(50)
    rows = desk_of(hand).db.all("SELECT * FROM draft")
    save(hand)
    desk_of(hand).db.execute("INSERT INTO draft VALUES(?,?,?,?,?)", rows[0])
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    save(hand)
    assert desk_of(hand).db.one("SELECT count(*) FROM event WHERE kind = 'received'") == (1,)
    assert unfinished.left(desk_of(hand)) == []


def test_a_page_cleared_by_a_slip_comes_back(begin: Callable[[], Hand]) -> None:
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    type_name(hand)
    hand.widget("reception.clear").click()
    assert not hand.text("reception.full_name")
    hand.widget("status.action").click()
    hand.settle()
    assert hand.text("reception.full_name") == "Lò Thị Dở"


def test_one_citizen_is_served_while_another_waits(begin: Callable[[], Hand]) -> None:
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    type_name(hand)
    hand.press(Qt.Key.Key_N, ctrl=True)
    assert "Lò Thị Dở" in hand.text("reception.left.1")
    type_name(hand, "Người Chen Ngang")
    hand.press(Qt.Key.Key_O, ctrl=True)
    assert hand.text("reception.full_name") == "Lò Thị Dở"
    assert "Người Chen Ngang" in hand.text("reception.left.1")
    hand.widget("reception.left.1.drop").click()
    hand.settle()
    assert [left.applicant for left in unfinished.left(desk_of(hand))] == ["Lò Thị Dở"]
    hand.widget("status.action").click()
    hand.settle()
    assert hand.text("reception.full_name") == "Người Chen Ngang"


def test_a_quick_key_begins_with_the_next_citizen_not_with_what_was_left(begin: Callable[[], Hand]) -> None:
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    type_name(hand)
    hand = begin()
    hand.press(Qt.Key.Key_1, ctrl=True)
    assert not hand.text("reception.full_name")
    assert "Lò Thị Dở" in hand.text("reception.left.1")


def test_another_card_over_a_reopened_page_begins_a_page_of_its_own(begin: Callable[[], Hand]) -> None:
    hand = begin()
    hand.scan(CARD)
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    hand.scan(OTHER_CARD)
    assert hand.text("reception.full_name") == "Lê Thị Đến Sau"
    assert "Nguyễn Thị Thử Nghiệm" in hand.text("reception.left.1")


def test_an_emptied_page_is_not_offered(begin: Callable[[], Hand]) -> None:
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    type_name(hand)
    hand.press(Qt.Key.Key_Tab)
    assert unfinished.left(desk_of(hand))
    hand.widget("reception.full_name").setText("")
    hand.until(lambda: unfinished.left(desk_of(hand)) == [])


def test_no_key_waits_for_the_disk(begin: Callable[[], Hand], monkeypatch: pytest.MonkeyPatch) -> None:
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    written: list[str] = []
    put = kept_rows.put
    monkeypatch.setattr(kept_rows, "put", lambda *each, **more: written.append("") or put(*each, **more))
    hand.widget("reception.full_name").setFocus()
    for letter in "Lo Thi Do":
        hand.fill(letter)
    assert written == []
    hand.press(Qt.Key.Key_Tab)
    assert len(written) == 1


def test_a_full_disk_is_told_once_and_the_work_goes_on(
    begin: Callable[[], Hand], monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = begin()
    hand.press(Qt.Key.Key_F2)
    told: list[str] = []
    hand.program.notices.posted.connect(lambda notice: told.append(notice.text))
    put = kept_rows.put

    def full(*_each: object, **_more: object) -> bool:
        raise DiskFullError

    monkeypatch.setattr(kept_rows, "put", full)
    type_name(hand)
    hand.press(Qt.Key.Key_Tab)
    hand.fill("1/1/1990")
    hand.press(Qt.Key.Key_Tab)
    assert len(told) == 1
    assert "Vẫn nhập" in told[0]
    hand.press(Qt.Key.Key_N, ctrl=True)  # what cannot be kept is not put away
    assert hand.text("reception.full_name") == "Lò Thị Dở"
    monkeypatch.setattr(kept_rows, "put", put)
    type_name(hand, "Lò Thị Dở Dang")
    hand.press(Qt.Key.Key_Tab)
    assert [left.applicant for left in unfinished.left(desk_of(hand))] == ["Lò Thị Dở Dang"]
    assert "Lò" not in "".join(told)


def open_dossier(hand: Hand) -> str:
    """A dossier received at this desk, open; its code."""
    hand.scan(CARD)
    form_of(hand).procedure.choose("1.004873")
    hand.settle()
    save(hand)
    code = hand.program.view.reception.saved_code
    hand.program.view.open_dossier(code)
    hand.settle()
    return code


def test_a_step_half_told_stands_there_again_with_its_dossier(begin: Callable[[], Hand]) -> None:
    hand = begin()
    code = open_dossier(hand)
    hand.widget("dossier.step.request-completion").click()
    hand.widget("dossier.step.reason").setFocus()
    hand.fill("thiếu giấy chứng sinh")
    hand = begin()
    hand.program.view.open_dossier(code)
    hand.settle()
    assert hand.text("dossier.step.reason") == "thiếu giấy chứng sinh"
    assert hand.widget("dossier.step.reason").isVisible()
    assert desk_of(hand).db.one("SELECT count(*) FROM event WHERE kind = 'step'") == (0,)
    hand.widget("dossier.step.cancel").click()
    hand.until(lambda: desk_of(hand).db.one("SELECT count(*) FROM draft WHERE kind = 'dossier'") == (0,))


def test_a_correction_half_told_stands_there_again_and_is_gone_once_recorded(begin: Callable[[], Hand]) -> None:
    hand = begin()
    code = open_dossier(hand)
    hand.press(Qt.Key.Key_E, ctrl=True)
    hand.widget("dossier.correct.field").put("people.applicant.phone")
    hand.widget("dossier.correct.field").changed.emit()
    hand.settle()
    hand.widget("dossier.correct.value").setFocus()
    hand.fill("0912345678")
    hand = begin()
    hand.program.view.open_dossier(code)
    hand.settle()
    assert hand.text("dossier.correct.value") == "0912345678"
    hand.widget("dossier.correct.reason").setFocus()
    hand.fill("ghi nhầm")
    hand.widget("dossier.correct.save").click()
    hand.settle()
    assert desk_of(hand).db.one("SELECT count(*) FROM event WHERE kind = 'corrected'") == (1,)
    hand.until(lambda: desk_of(hand).db.one("SELECT count(*) FROM draft WHERE kind = 'dossier'") == (0,))
