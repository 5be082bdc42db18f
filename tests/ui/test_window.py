"""The list, one dossier, and the reception page as a clerk meets them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from desk_app.services.papers.printing import PrinterError
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def services(hand: Hand):
    return hand.program.view._tools.services


def receive(hand: Hand) -> str:
    """A certified copy for the citizen of CARD; its code."""
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_1, KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    return hand.program.view.reception.saved_code


def test_a_search_without_marks_finds_the_name(hand: Hand) -> None:
    receive(hand)
    hand.press(KEY.Key_F3)
    hand.fill("nghiem thi thu nguyen")
    hand.until(lambda: hand.text("dossiers.count") == "1 hồ sơ")
    model = hand.widget("dossiers.table").model()
    assert model.index(0, 1).data() == "Nguyễn Thị Thử Nghiệm"


def test_a_search_that_finds_nothing_says_what_to_try(hand: Hand) -> None:
    hand.press(KEY.Key_F3)
    hand.fill("zzzz qqqq")
    hand.until(lambda: hand.text("dossiers.count") == "0 hồ sơ")
    assert hand.program.view.dossiers._nothing.isVisible()


def test_enter_on_a_row_opens_its_dossier_and_escape_comes_back(hand: Hand) -> None:
    hand.widget("dossiers.table").setFocus()
    code = hand.widget("dossiers.table").chosen_code()
    hand.press(KEY.Key_Return)
    assert hand.text("dossier.code") == code
    hand.press(KEY.Key_Escape)
    assert hand.focused() == "dossiers.table"


def test_a_tile_and_a_place_show_the_same_list(hand: Hand) -> None:
    counts = services(hand).counts()
    hand.widget("dossiers.tile.late").click()
    hand.until(lambda: hand.text("dossiers.count") == f"{counts.late} hồ sơ")
    assert hand.widget("nav.late").isChecked()
    hand.press(KEY.Key_F4)
    hand.until(lambda: hand.text("dossiers.count") == f"{counts.ready} hồ sơ")
    assert hand.widget("nav.returns").isChecked()


def test_what_is_saved_is_in_the_list_at_once(hand: Hand) -> None:
    before = services(hand).counts()
    code = receive(hand)
    hand.press(KEY.Key_Escape)
    hand.until(lambda: hand.text("dossiers.count") == f"{before.total + 1} hồ sơ")
    assert hand.widget("dossiers.table").model().index(0, 0).data() == code
    assert hand.widget("dossiers.tile.today").accessibleName() == f"Tiếp nhận hôm nay: {before.today + 1}"


def test_saving_without_a_name_says_so_and_goes_there(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    before = services(hand).counts().total
    hand.widget("reception.document.1.pages").setText("2")
    hand.press(KEY.Key_F9)
    assert "Họ và tên" in hand.text("status.message")
    assert hand.focused() == "reception.full_name"
    assert hand.widget("reception.full_name").property("state") == "error"
    assert services(hand).counts().total == before


def test_pages_are_never_guessed(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.press(KEY.Key_F9)
    assert "Số trang" in hand.text("status.message")
    assert hand.focused() == "reception.document.1.pages"


def test_saving_twice_records_once(hand: Hand) -> None:
    code = receive(hand)
    total = services(hand).counts().total
    hand.press(KEY.Key_F9, KEY.Key_F9)
    hand.press(KEY.Key_S, ctrl=True)
    assert services(hand).counts().total == total
    assert hand.program.view.reception.saved_code == code


def test_a_print_asked_twice_in_one_breath_prints_once_and_later_prints_again(hand: Hand) -> None:
    receive(hand)
    hand.until(lambda: bool(hand.printed))
    hand.wait(200)
    hand.printed.clear()
    for _ in range(2):
        QTest.keyClick(hand.program.window.windowHandle(), KEY.Key_P, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: bool(hand.printed) and not hand.program.view._tools.jobs._jobs)
    once = list(hand.printed)
    assert len(once) == len(set(once))
    hand.press(KEY.Key_P, ctrl=True)
    hand.until(lambda: len(hand.printed) == 2 * len(once))


def test_a_printer_that_fails_loses_no_dossier_and_offers_to_print_again(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def jam(_paper: object, printer: str) -> None:
        raise PrinterError(printer=printer, why="hết giấy")

    sound = __import__("desk_app.services.papers.printing", fromlist=["send"]).send
    monkeypatch.setattr("desk_app.services.papers.printing.send", jam)
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.press(KEY.Key_Return, KEY.Key_1, KEY.Key_F9)
    hand.until(lambda: "hết giấy" in hand.text("status.message"))
    code = hand.program.view.reception.saved_code
    assert services(hand).detail(code).dossier.prints == {}
    monkeypatch.setattr("desk_app.services.papers.printing.send", sound)
    assert hand.text("status.action") == "In lại"
    hand.widget("status.action").click()
    hand.until(lambda: bool(hand.printed))
    hand.until(lambda: bool(services(hand).detail(code).dossier.prints))


def test_what_was_begun_stays_when_the_clerk_looks_at_the_list(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.press(KEY.Key_Escape)
    hand.press(KEY.Key_F2)
    assert hand.text("reception.full_name") == "Nguyễn Thị Thử Nghiệm"


def test_another_card_before_saving_can_be_taken_back(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.press(KEY.Key_Return)
    hand.scan("034195000002||Trần Thị Thử Khác|02031995|Nữ|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022")
    assert hand.text("reception.full_name") == "Trần Thị Thử Khác"
    hand.widget("status.action").click()
    hand.settle()
    assert hand.text("reception.full_name") == "Nguyễn Thị Thử Nghiệm"


def test_a_card_that_differs_from_memory_lets_the_clerk_choose_field_by_field(hand: Hand) -> None:
    receive(hand)
    hand.press(KEY.Key_F2)
    hand.scan(CARD.replace("Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội", "Thôn 9, Xã Mới, Hà Nội"))
    box = hand.widget("reception.difference.residence")
    assert box.isVisible()
    assert "Thôn 9" in hand.text("reception.residence")
    box.click()
    hand.settle()
    assert "Thôn 1" in hand.text("reception.residence")
    hand.widget("reception.differences.card").click()
    hand.settle()
    assert "Thôn 9" in hand.text("reception.residence")


def test_a_number_typed_whole_brings_the_known_citizen(hand: Hand) -> None:
    receive(hand)
    hand.press(KEY.Key_F2)
    hand.widget("reception.id_number").setText("001190000001")
    hand.settle()
    assert hand.text("reception.full_name") == "Nguyễn Thị Thử Nghiệm"


def test_a_name_typed_offers_the_citizens_known(hand: Hand) -> None:
    receive(hand)
    hand.press(KEY.Key_F2)
    hand.widget("reception.full_name").setFocus()
    hand.fill("thu nghiem")
    hand.until(lambda: hand.widget("reception.full_name.list").isVisible())
    hand.press(KEY.Key_Down, KEY.Key_Return)
    assert hand.text("reception.id_number") == "001190000001"


def test_a_second_dossier_of_one_kind_is_warned_of(hand: Hand) -> None:
    receive(hand)
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    assert "chưa trả" in hand.text("reception.warnings")


def test_a_few_letters_choose_the_procedure(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.procedure").setFocus()
    hand.press(KEY.Key_A, ctrl=True)  # where the cursor was there already, nothing is chosen by arriving
    hand.fill("khai sinh")
    assert hand.text("reception.procedure") == "khai sinh"
    hand.press(KEY.Key_Return)
    assert hand.program.view.reception.form.procedure.code() == "1.001193"
    assert hand.text("reception.procedure") == "Đăng ký khai sinh"


def test_escape_closes_an_open_list_before_it_leaves_the_page(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.procedure").setFocus()
    hand.press(KEY.Key_Down)
    assert hand.widget("reception.procedure.list").isVisible()
    hand.press(KEY.Key_Escape)
    assert not hand.widget("reception.procedure.list").isVisible()
    assert hand.widget("reception.procedure").isVisible()


def test_the_preview_is_the_paper_of_what_is_typed(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.until(lambda: bool(hand.program.view.reception.preview.view.pages))
    before = ink(hand)
    hand.scan(CARD)
    hand.until(lambda: ink(hand) != before)
    assert ink(hand) > before


def ink(hand: Hand) -> float:
    """The share of dark points on the first page of the preview."""
    page = hand.program.view.reception.preview.view.pages[0].convertToFormat(QImage.Format.Format_Grayscale8)
    points = bytes(page.constBits())
    return len(points.translate(None, delete=bytes(range(128, 256)))) / len(points)


def test_the_theme_turns_and_is_kept(hand: Hand) -> None:
    was = hand.program.look.is_dark
    hand.widget("nav.theme").click()
    assert hand.program.look.is_dark is not was
    assert hand.program.desk.settings.theme == ("light" if was else "dark")


def test_a_bug_is_told_and_the_window_stays(hand: Hand) -> None:
    error = ZeroDivisionError("made for the test")
    hand.program.crash.hook(type(error), error, None)
    hand.settle()
    assert "gặp lỗi" in hand.text("status.message")
    assert hand.program.window.isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (910, 512), (683, 384)])
def test_nothing_sticks_out_of_the_window(hand: Hand, size: tuple[int, int]) -> None:
    """1366 × 768 at 100, 150 and 200 %, and a large screen."""
    hand.program.window.showNormal()
    hand.program.window.resize(*size)
    receive(hand)
    for _ in range(3):
        hand.settle()
    assert (hand.program.window.width(), hand.program.window.height()) == size
    view = hand.program.view
    for screen in (view.dossiers, view.reception):
        view.show_screen(screen)
        hand.settle()
        for identifier in ("search.box", "dossiers.table", "reception.save_and_print", "reception.next"):
            part = next(each for each in hand.widgets() if each.accessibleIdentifier() == identifier)
            if part.isVisible():
                corner = part.mapTo(hand.program.window, part.rect().bottomRight())
                assert corner.x() < size[0] and corner.y() < size[1], identifier
    form = view.reception.form
    assert form.body.minimumSizeHint().width() <= form.viewport().width()


def test_no_page_is_wider_than_the_window(hand: Hand) -> None:
    view = hand.program.view
    for size in ((1366, 768), (910, 512), (683, 384)):
        hand.program.window.resize(*size)
        for go, identifiers in (
            (lambda: view.open_dossier(view.dossiers.table.chosen_code()), ("dossier.correct", "dossier.print_again")),
            (view.dossier.correct, ("dossier.correct.field", "dossier.correct.cancel")),
            (lambda: view.go("nav.day_end"), ("day_end.close", "day_end.head")),
            (lambda: view.go("nav.sync"), ("enrol.ask", "enrol.stick_folder.choose")),
        ):
            go()
            for name in identifiers:
                part = hand.widget(name)
                hand.until(part.isVisible)
                hand.settle()
                assert part.mapTo(hand.program.window, part.rect().bottomRight()).x() < size[0], (name, size)


def test_a_warning_goes_with_the_page_it_was_about_but_an_offer_stays(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.press(KEY.Key_F2, KEY.Key_F9)
    assert hand.program.window.strip.isVisible()
    hand.press(KEY.Key_Escape)
    assert not hand.program.window.strip.isVisible()
    monkeypatch.setattr("desk_app.services.papers.printing.queues", list)
    hand.press(KEY.Key_P, ctrl=True)
    hand.until(lambda: "chưa có máy in" in hand.text("status.message"))
    hand.press(KEY.Key_F2)
    assert hand.program.window.strip.isVisible()


def test_only_the_code_in_sight_is_the_code(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.press(KEY.Key_Return, KEY.Key_1, KEY.Key_F9)
    saved = hand.program.view.reception.saved_code
    assert hand.text("dossier.code") == saved
    other = next(row.code for row in services(hand).find_apart("H26.99", 9) if row.code != saved)
    hand.program.view.open_dossier(other)
    shown = [each for each in hand.widgets() if each.accessibleIdentifier() == "dossier.code"]
    assert [each.property("text") for each in shown] == [other]


def test_a_window_closed_in_its_first_moments_begins_nothing_afterwards(
    make_hand: Callable[..., Hand], busy_desk: Path
) -> None:
    hand = make_hand(busy_desk)
    hand.until_open()
    view = hand.program.view
    hand.program.close()
    view._warm_up()
    assert not view._index_work._timer.isActive()
