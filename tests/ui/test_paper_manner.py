"""Above the paper: large letters for one citizen, PDF files where there is no printer; what is unsaved is a draft."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog

from desk_app.services.dossiers import queries
from desk_app.services.papers import papers
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
COPY_PAGES = "2"


def large(hand: Hand) -> bool:
    return hand.program.view._tools.printing.manner.large


def began(hand: Hand) -> None:
    """A copy of two pages for who was scanned."""
    hand.scan(CARD)
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_Return)
    hand.type_keys(COPY_PAGES, ends=False, step_ms=80)


def saved(hand: Hand) -> str:
    began(hand)
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.program.view.reception.saved_code))
    return hand.program.view.reception.saved_code


def action(hand: Hand, identifier: str, text: str):
    menu = hand.widget(identifier).menu()
    menu.aboutToShow.emit()
    return next(each for each in menu.actions() if each.text().startswith(text))


def said(pdf: bytes) -> str:
    """The text of the first page."""
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().strip()


def sizes(drawn) -> list[str]:
    return [paper.sheet for paper in drawn]


def test_one_key_prints_in_large_letters_for_this_citizen_only(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr("desk_app.services.papers.printing.send", lambda paper, _printer: sent.append(paper.sheet))
    began(hand)
    hand.press(KEY.Key_L, ctrl=True)
    assert large(hand)
    hand.press(KEY.Key_F9)
    hand.until(lambda: sent == ["A4"])
    hand.press(KEY.Key_Return)  # the next citizen
    assert not large(hand)
    saved(hand)
    hand.until(lambda: sent == ["A4", "A5"])


def test_a_dossier_shown_again_is_in_usual_letters_until_the_key(hand: Hand) -> None:
    code = saved(hand)
    hand.program.view.open_dossier(code)
    assert sizes(hand.program.view._tools.printing.draw_apart(code, "slip")) == ["A5"]
    hand.press(KEY.Key_L, ctrl=True)
    assert sizes(hand.program.view._tools.printing.draw_apart(code, "slip")) == ["A4"]
    assert action(hand, "dossier.manner", "Chữ lớn").isChecked()
    hand.program.view.open_dossier(code)
    assert not large(hand)


def test_the_menu_offers_the_languages_of_the_forms_and_takes_one_at_a_time(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    ede, mong = (action(hand, "reception.manner", f"Thêm dòng chữ {name}") for name in ("Ê Đê", "Mông"))
    ede.trigger()
    mong.trigger()
    assert hand.program.view._tools.printing.manner.captions == "mong"
    action(hand, "reception.manner", "Chữ lớn")
    assert (ede.isChecked(), mong.isChecked()) == (False, True)
    mong.trigger()
    assert hand.program.view._tools.printing.manner.captions == ""


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_opens_by_the_keyboard(hand: Hand) -> None:
    began(hand)
    button = hand.widget("reception.manner")
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    opened: list[bool] = []

    def close() -> None:
        opened.append(button.menu().isVisible())
        button.menu().close()

    button.menu().aboutToShow.connect(lambda: QTimer.singleShot(50, close))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    hand.press(KEY.Key_Return)
    hand.until(lambda: opened == [True])


def test_without_a_printer_the_papers_are_saved_as_pdf_and_that_is_recorded(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("desk_app.services.papers.printing.queues", list)
    folder = tmp_path / "Giấy tờ"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(folder)))
    code = saved(hand)
    hand.until(lambda: hand.text("status.action") == "Lưu PDF")
    hand.widget("status.action").click()
    hand.until(lambda: bool(queries.detail(hand.program.desk, code).dossier.prints))
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == [f"{code}_giay-tiep-nhan.pdf"]
    assert files[0].read_bytes() == papers.draw(hand.program.desk, code, "slip")[0].pdf
    assert queries.detail(hand.program.desk, code).dossier.prints == {"slip": 1}


def test_a_folder_that_cannot_be_written_records_nothing(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "tệp"
    place.write_text("không phải thư mục", "utf-8")
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(place)))
    monkeypatch.setattr("desk_app.services.papers.printing.queues", list)
    code = saved(hand)
    hand.until(lambda: hand.text("status.action") == "Lưu PDF")
    hand.program.view._tools.printing.ask_folder(code)
    hand.until(lambda: "Không ghi được tệp" in hand.text("status.message"))
    assert queries.detail(hand.program.desk, code).dossier.prints == {}


def test_what_is_not_saved_yet_is_shown_as_a_draft_and_cannot_become_a_file(hand: Hand) -> None:
    began(hand)
    assert not action(hand, "reception.manner", "Lưu thành tệp PDF").isEnabled()
    draft = hand.program.view.reception.form.draft(whole=False)
    assert "NHÁP" in said(papers.preview(hand.program.desk, draft))
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    (paper,) = papers.draw(hand.program.desk, hand.program.view.reception.saved_code, "slip")
    assert "NHÁP" not in said(paper.pdf)
