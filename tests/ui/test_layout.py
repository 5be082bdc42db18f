"""Every screen at the sizes people have: nothing cut, nothing outside, nothing on something else.

The usual run looks at two sizes in one theme. `--every-size` looks at three screens at 100, 150 and 200 %, light and
dark; `--pictures FOLDER` leaves a PNG of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from desk_app.errors import KeyStoreLockedError, WeakPasswordError, WrongPassphraseError
from desk_app.services.catalogue.law_files import LawChanges
from desk_app.services.sync.enrolling import EnrolmentOffer
from desk_app.ui.setup.door import DoorPage
from desk_app.ui.setup.first_run import FirstRunPage
from desk_app.ui.setup.recovery_page import RecoveryPage
from desk_app.ui.setup.unlock_pages import RefusedPage, UnlockPage
from tests.kit.desk.desks import CARD
from tests.kit.window.known_states import CONFLICT, NOW, show_enrolled
from tests.kit.window.layout import SIZES, SMALL, SMALLEST, USUAL, faults
from tests.kit.window.screen_states import FIRST_RUN_NEEDS
from tests.ui.hand import Hand

KEY = Qt.Key
CODE = "7K3M9-P2X4T-8V6Q1-5N0RB\nABCDE-FGHJK-MNPQR-STVWX".replace("\n", "-")
LONG = "Máy chủ của cấp trên trả lời bằng một chứng thư khác với chứng thư mà quầy này đã ghi khi ghép, nên chưa gửi."

OFFER = EnrolmentOffer(
    district="Trung tâm Phục vụ hành chính công thành phố Thử Nghiệm",
    url="https://cap-tren.thu-nghiem.example:8443",
    unit="H26.99",
    desk=1,
    numbers="0001–1999",
    six_digits="042 117",
)
CHANGES = LawChanges(
    kind="catalogue",
    added=("1.000001 Thủ tục thử nghiệm có tên rất dài để xem dòng này xuống hàng ra sao trên màn hình nhỏ",) * 3,
    changed=("2.000815 Chứng thực bản sao từ bản chính: lệ phí",),
    unchanged=7,
    not_understood=(("dòng 12", "thiếu mã thủ tục"),),
)

_LAYOUTS = 20


@pytest.fixture
def looked_at(request: pytest.FixtureRequest) -> Callable[[Hand, str], list[str]]:
    """Look at what shows at every size wanted; what is wrong, with screen, size and theme."""
    every = request.config.getoption("--every-size")
    folder = request.config.getoption("--pictures")
    sizes, themes = (SIZES, ("light", "dark")) if every else ((SMALL, SMALLEST), ("light",))

    def look(hand: Hand, name: str) -> list[str]:
        found = []
        for theme in themes:
            hand.program.look.choose(theme)
            for wide, high in sizes:
                hand.program.window.resize(wide, high)
                hand.settle()
                still(hand)
                at = f"{name} {wide}×{high} {theme}"
                window = hand.program.window
                if (window.width(), window.height()) != (wide, high):
                    found.append(f"{at}: the window stays {window.width()}×{window.height()}")
                found.extend(f"{at}: {fault}" for fault in faults(window))
                if folder:
                    Path(folder).mkdir(parents=True, exist_ok=True)  # Qt would keep silent about what it cannot write
                    picture = Path(folder) / (re.sub(r"\W+", "-", at) + ".png")
                    window.grab().save(str(picture))
        hand.program.look.choose("light")
        hand.program.window.resize(*USUAL)
        hand.settle()
        return found

    return look


def still(hand: Hand) -> None:
    """Until no part moves: what one layout moved may move another."""
    before: list[QRect] = []
    for _ in range(_LAYOUTS):
        hand.settle()
        now = [part.geometry() for part in hand.program.window.findChildren(QWidget) if part.isVisible()]
        if now == before:
            return
        before = now


def of_the_list(hand: Hand) -> Iterator[str]:
    yield "list"
    hand.widget("dossiers.filter.look").click()
    hand.wait(200)
    yield "list empty"
    hand.widget("search.box").setText("không có ai")
    hand.wait(400)
    yield "list nothing found"
    hand.widget("search.box").setText("")
    hand.widget("dossiers.filter.all").click()


def of_the_reception(hand: Hand) -> Iterator[str]:
    view = hand.program.view
    hand.press(KEY.Key_F2)
    yield "reception empty"
    hand.press(KEY.Key_F9)
    yield "reception refused"
    hand.scan(CARD)
    for procedure in ("1.001193", "2.000635", "2.000908", "2.000815"):
        view.reception.form.procedure.choose(procedure)
        hand.wait(150)
        yield f"reception {procedure}"
    hand.press(KEY.Key_F9)
    yield "reception without a copy"
    hand.widget("reception.document.1.name").setFocus()
    hand.fill("4x3")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(view.reception.saved_code))
    hand.wait(200)
    yield "reception saved"
    hand.press(KEY.Key_F2)
    for half in ("Y Ê̆ban", "K'Brêo Cil Mup"):
        hand.widget("reception.full_name").setFocus()
        hand.fill(half)
        hand.press(KEY.Key_N, ctrl=True)
    hand.wait(200)
    yield "reception left half filled"
    hand.scan(CARD.replace("Thôn 1, Xã Cũ", "Số 27 ngách 12/45 ngõ Thử Nghiệm, tổ dân phố số 9, Xã Mới"))
    hand.wait(200)
    yield "reception of a card that differs"


def of_what_is_asked(hand: Hand) -> Iterator[str]:
    view = hand.program.view
    rows = {row.status: row.code for row in view._tools.services.find_apart("H26.99", 40)}
    page = view.dossier
    view.open_dossier(rows["received"])
    hand.widget("dossier.step.refuse").click()
    hand.settle()
    hand.fill("không đủ giấy tờ theo quy định")
    hand.press(KEY.Key_Return)
    yield "asked once more"
    page.cancel()
    view.open_dossier(rows["returned"])
    hand.widget("dossier.step.take-back").click()
    hand.press(KEY.Key_Return)
    yield "asked why a step is taken back"
    page.cancel()
    view.open_dossier(rows["received"])
    for place in ("procedure", "components", "documents", "due_at", "fee.total", "people.applicant.born_on"):
        if place in {each.path for each in view._tools.services.following.correctable(page.code)}:
            hand.press(KEY.Key_E, ctrl=True)
            page._correction.which.put(place)
            page._correction._show_input()
            yield f"asked for the right {place}"
    page.cancel()
    hand.program.crash.happened.emit(RuntimeError("thử"))
    yield "told of a crash"
    view.go("nav.sync")
    view.sync._pages.setCurrentIndex(1)
    view.sync._enrolment.resume = lambda: None  # its service knows of no answer
    view.sync._enrolment._show_offer(OFFER)
    yield "asked to compare"
    view.go("nav.law")
    file = view.front.file
    file.path.put("/data/USB/danh-muc")
    file._asked = file.path.value()
    file.show_changes(CHANGES, done=False)
    yield "asked to take in"
    file.refuse(LONG)
    yield "refused to take in"


def of_the_dossiers(hand: Hand) -> Iterator[str]:
    view = hand.program.view
    services = view._tools.services
    rows = {row.status: row.code for row in services.find_apart("H26.99", 40)}
    for status, code in sorted(rows.items()):
        view.open_dossier(code)
        hand.wait(200)
        yield f"dossier {status}"
    view.open_dossier(rows["received"])
    for action in ("apologise", "refuse", "request-completion"):
        hand.widget(f"dossier.step.{action}").click()
        hand.settle()
        yield f"dossier step {action}"
    view.dossier.cancel()
    hand.press(KEY.Key_E, ctrl=True)
    yield "dossier correction"
    view.dossier.cancel()
    view.dossier._conflicts.show_conflicts((CONFLICT,), NOW)
    yield "dossier conflict"


def of_the_rest(hand: Hand) -> Iterator[str]:
    view = hand.program.view
    hand.press(KEY.Key_F8)
    hand.until(lambda: hand.widget("day_end.head").isVisible())
    yield "day end"
    view.go("nav.law")
    hand.wait(200)
    yield "law"
    hand.press(KEY.Key_F7)
    yield "sync not enrolled"
    show_enrolled(hand)
    hand.settle()
    yield "sync enrolled"
    hand.program.notices.warn(LONG, "Gọi người phụ trách ở cấp trên rồi thử lại.", offer="Thử lại", act=lambda: None)
    yield "sync with a warning"


def of_the_settings(hand: Hand) -> Iterator[str]:
    hand.press(KEY.Key_Comma, ctrl=True)
    hand.wait(200)
    screen = hand.program.view.front
    yield "settings"
    for key, text in (("office", ""), ("hours.evening", "25:99"), ("scale", "40"), ("quick_count", "10")):
        screen.fields[key].put(text)
    screen.fields["documents.steps.copies"].put("1000")
    hand.press(KEY.Key_S, ctrl=True)
    yield "settings refused"
    screen._drop()
    screen._body.scanner.trial.click()
    hand.scan(CARD)
    bar = screen._scroll.verticalScrollBar()
    for part in (1, 2, 3):
        bar.setValue(bar.maximum() * part // 3)
        yield f"settings scrolled {part}"
    screen._body.scanner.end()
    screen._body.safety.ask_password("mật khẩu chưa đúng, gõ lại")
    screen.renewal.look()
    screen._body.safety.show_open(is_unsettled=True)
    yield "settings asked for the password"
    screen.renewal._drawn(CODE)
    yield "settings new recovery code"
    hand.widget("recovery.done").click()
    yield "settings recovery code typed back"
    hand.press(KEY.Key_Escape, KEY.Key_Escape)


WALKS = {
    "list": of_the_list,
    "reception": of_the_reception,
    "dossiers": of_the_dossiers,
    "asked": of_what_is_asked,
    "rest": of_the_rest,
    "settings": of_the_settings,
}


@pytest.mark.parametrize("walk", WALKS)
def test_nothing_is_cut_or_hidden_while_the_desk_is_open(
    hand: Hand, looked_at: Callable[[Hand, str], list[str]], walk: str
) -> None:
    found = [fault for name in WALKS[walk](hand) for fault in looked_at(hand, name)]
    assert found == [], "\n".join(found)


def doors(hand: Hand) -> Iterator[tuple[str, DoorPage]]:
    look = hand.program.look
    wrong, locked = WrongPassphraseError(), KeyStoreLockedError()
    yield "door waiting", DoorPage("Bàn Một Cửa", "Đang mở dữ liệu…")
    yield "unlock wrong", UnlockPage(look, str(wrong), wrong.remedy, wrong="passphrase")
    yield "unlock locked", UnlockPage(look, str(locked), locked.remedy)
    yield "refused", RefusedPage(look, LONG, f"{LONG} {LONG}")
    yield "recovery", RecoveryPage(look, CODE, is_kept_by_machine=False)
    yield "first run", FirstRunPage(look, FIRST_RUN_NEEDS)
    refused = FirstRunPage(look, FIRST_RUN_NEEDS)
    refused.complain(WeakPasswordError(why="quá ngắn, cần ít nhất 8 ký tự khi có đủ bốn loại"))
    yield "first run refused", refused


def test_nothing_is_cut_before_the_desk_is_open(
    make_hand: Callable[..., Hand], looked_at: Callable[[Hand, str], list[str]]
) -> None:
    hand = make_hand(None)
    hand.program.window.show()
    hand.until(lambda: bool(hand.program.window.findChildren(FirstRunPage)))  # else it comes in place of what is shown
    found = []
    for name, page in doors(hand):
        hand.program.window.show_page(page)
        hand.settle()
        found += looked_at(hand, name)
    assert found == [], "\n".join(found)
