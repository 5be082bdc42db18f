"""The close of a day in the window: what is still open, and the report that is printed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel

from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.papers.printing import PrinterError
from desk_app.services.reception import cards, reception
from desk_app.store.queries.dossiers import DossierRow
from desk_app.ui.day_end.open_dossiers_card import LeftOpenCard
from tests.kit.desk.desks import CARD, PASSPHRASE, TestClock
from tests.ui.hand import Hand

KEY = Qt.Key


@pytest.fixture(scope="module")
def one_received(empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A desk that received an extract of one copy, its slip not printed; and the code of the dossier."""
    data = tmp_path_factory.mktemp("received") / "desk"
    shutil.copytree(empty_desk, data)
    with open_desk(data, passphrase=PASSPHRASE, clock=TestClock()) as desk:
        return data, reception.receive(desk, _extract(desk)).dossier.code


def _extract(desk: Desk) -> reception.Draft:
    return replace(reception.new_draft("2.000635"), people={"applicant": cards.scan(desk, CARD).person})


@pytest.fixture
def code(one_received: tuple[Path, str]) -> str:
    return one_received[1]


@pytest.fixture
def at_day_end(make_hand: Callable[..., Hand], one_received: tuple[Path, str], printed: list[str]) -> Hand:
    """The close of the day in front."""
    hand = make_hand(one_received[0])
    hand.until_open()
    hand.press(KEY.Key_F8)
    hand.until(lambda: hand.widget("day_end.head").isVisible())
    return hand


def test_what_is_left_open_is_named(at_day_end: Hand, code: str) -> None:
    hand = at_day_end
    assert hand.text("day_end.unprinted") == "Nhận hôm nay, chưa in giấy: 1"
    assert hand.text("day_end.unsent") == "Chưa ghép với cấp trên"
    assert hand.text("day_end.late") == "Không có hồ sơ quá hạn"
    assert (hand.text("day_end.received"), hand.text("day_end.fees")) == ("1", "8.000")
    hand.widget(f"day_end.unprinted.{code}").click()
    hand.settle()
    assert hand.text("dossier.code") == code


def test_a_slip_printed_here_leaves_the_list(at_day_end: Hand, code: str, printed: list[str]) -> None:
    hand = at_day_end
    hand.widget(f"day_end.unprinted.{code}.print").click()
    hand.until(lambda: hand.text("day_end.unprinted") == "Hồ sơ nhận hôm nay đều đã in giấy")
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" in printed


def test_the_report_carries_the_head_of_the_journal_and_is_printed(at_day_end: Hand, printed: list[str]) -> None:
    hand = at_day_end
    head = hand.text("day_end.head")
    hand.until(lambda: bool(hand.program.view.front._pane.view.pages))
    hand.press(KEY.Key_F9)
    hand.until(lambda: "Đã kết thúc ngày 20/11/2026" in hand.text("status.message"))
    assert len(printed) == 1 and "ngày" in printed[0].lower()
    assert head.replace(" ", "").endswith(hand.program.view._tools.services.day_end.day_end_apart().head.hash)


def test_a_printer_that_fails_offers_to_print_the_report_again(
    at_day_end: Hand, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def jam(_paper: object, printer: str) -> None:
        raise PrinterError(printer=printer, why="hết giấy")

    hand = at_day_end
    sound = __import__("desk_app.services.papers.printing", fromlist=["send"]).send
    monkeypatch.setattr("desk_app.services.papers.printing.send", jam)
    hand.press(KEY.Key_F9)
    hand.until(lambda: "hết giấy" in hand.text("status.message"))
    monkeypatch.setattr("desk_app.services.papers.printing.send", sound)
    hand.widget("status.action").click()
    hand.until(lambda: bool(printed))
    assert len(printed) == 1


def test_late_dossiers_lead_to_their_list(hand: Hand) -> None:
    hand.program._clock.moment += timedelta(days=14)  # what was open a fortnight ago is late
    counts = hand.program.view._tools.services.counts()
    hand.press(KEY.Key_F8)
    hand.until(lambda: hand.text("day_end.late") == f"Hồ sơ quá hạn: {counts.late}")
    hand.widget("day_end.late.all").click()
    hand.until(lambda: hand.text("dossiers.count") == f"{counts.late} hồ sơ")
    assert hand.widget("nav.late").isChecked()


@pytest.mark.parametrize("part", ["", ".print"])
def test_the_focus_stays_on_its_row_when_one_more_dossier_is_listed(at_day_end: Hand, code: str, part: str) -> None:
    hand = at_day_end
    row = f"day_end.unprinted.{code}{part}"
    before = hand.widget(row)
    before.setFocus()
    reception.receive(hand.program.desk, _extract(hand.program.desk))
    hand.program.view.front.refresh()
    hand.until(lambda: hand.widget(row) is not before)
    assert hand.focused() == row
    hand.settle()
    assert hand.focused() == row


def test_rows_that_stay_the_same_are_not_built_again(at_day_end: Hand, code: str) -> None:
    hand = at_day_end
    row = f"day_end.unprinted.{code}"
    before, shown = hand.widget(row), hand.program.view.front._pane.asked
    hand.program.view.front.refresh()
    hand.until(lambda: hand.program.view.front._pane.asked > shown)
    assert hand.widget(row) is before
    assert hand.text("day_end.unprinted") == "Nhận hôm nay, chưa in giấy: 1"


def test_the_report_is_drawn_behind_the_last_card_and_never_over_another_report(
    at_day_end: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand, front = at_day_end, at_day_end.program.view.front
    shown: list[str] = []
    hand.until(lambda: not hand.program.jobs._jobs and not front._showing.isActive())  # what was shown before is
    monkeypatch.setattr(front._figures, "show_figures", lambda *_: shown.append("figures"))
    monkeypatch.setattr(front._pane, "show_paper", lambda title, _draw: shown.append(title))
    front.refresh()
    hand.until(lambda: "Báo cáo ngày" in shown)
    assert shown == ["figures", "Báo cáo ngày"]
    front.refresh()
    front._pane.asked += 1
    hand.until(lambda: shown.count("figures") == 2)
    hand.settle()
    assert shown == ["figures", "Báo cáo ngày", "figures"]


def test_the_window_paints_and_takes_keys_between_two_cards(at_day_end: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    hand, front = at_day_end, at_day_end.program.view.front
    turns: list[str] = []
    show_rows = LeftOpenCard.show_rows

    def listed(card: LeftOpenCard, rows: list[DossierRow], **more: str) -> None:
        turns.append("card")
        show_rows(card, rows, **more)

    monkeypatch.setattr(LeftOpenCard, "show_rows", listed)
    ticking = QTimer(interval=2)
    ticking.timeout.connect(lambda: turns.append("turn"))
    ticking.start()
    front.refresh()
    hand.until(lambda: turns.count("card") == 4)
    ticking.stop()
    cards_at = [place for place, each in enumerate(turns) if each == "card"]
    assert all(after - before > 1 for before, after in pairwise(cards_at))


def test_a_row_that_is_done_leaves_the_focus_on_the_page_and_on_no_deed(at_day_end: Hand, code: str) -> None:
    """Enter pressed once too often must not close the day."""
    hand = at_day_end
    hand.widget(f"day_end.unprinted.{code}.print").setFocus()
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.text("day_end.unprinted") == "Hồ sơ nhận hôm nay đều đã in giấy")
    assert hand.focused() == "day_end.page"
    hand.press(KEY.Key_Tab)
    assert hand.focused().startswith("day_end.")


def test_a_report_is_looked_at_and_saved(at_day_end: Hand, tmp_path: Path) -> None:
    hand = at_day_end
    hand.widget("day_end.report.kind").put("channels")
    assert not hand.widget("day_end.report.save").isEnabled()
    hand.widget("day_end.report.show").click()
    hand.until(lambda: "1 dòng" in hand.text("day_end.report.told"))
    hand.until(lambda: bool(hand.program.view.front._pane.view.pages))
    assert hand.widget("day_end.report.save").isEnabled()
    for name in ("cach-nop.xlsx", "cach-nop.pdf"):
        hand.program.view.front._reports._save(tmp_path / name)
        hand.until(lambda name=name: (tmp_path / name).exists())
    assert (tmp_path / "cach-nop.pdf").read_bytes().startswith(b"%PDF")
    hand.widget("day_end.report.from").setFocus()
    hand.fill("31/11/2026")
    hand.widget("day_end.report.show").click()
    hand.settle()
    assert hand.text("day_end.report.told") == ""


def test_the_workbook_of_births_says_what_each_birth_lacks(at_day_end: Hand, tmp_path: Path) -> None:
    hand = at_day_end
    desk = hand.program.desk
    people = {"applicant": cards.scan(desk, CARD).person}
    fields = {"child.full_name": "Nguyễn Văn Thử", "child.born_on": "2026-11-02"}
    draft = replace(reception.new_draft("1.001193"), people=people, fields=fields)
    code = reception.receive(desk, draft).dossier.code
    hand.widget("day_end.report.kind").put("births")
    hand.widget("day_end.report.show").click()
    hand.until(lambda: "1 hồ sơ khai sinh" in hand.text("day_end.report.told"))
    row = hand.widget(f"day_end.report.row.{code}")
    said = " ".join(label.text() for label in row.findChildren(QLabel))
    assert "Nguyễn Văn Thử" in said
    assert "Giới tính" in said
    assert not hand.widget("day_end.report.save_pdf").isEnabled()
    if folder := os.environ.get("DAY_END_PICTURES"):
        hand.program.view.front._cards.verticalScrollBar().setValue(100_000)
        hand.settle()
        hand.program.window.grab().save(f"{folder}/births.png")
    hand.program.view.front._reports._save(tmp_path / "158.xlsx")
    hand.until((tmp_path / "158.xlsx").exists)
    row.click()
    hand.settle()
    assert hand.text("dossier.code") == code
