"""Every screen at the sizes people have: nothing cut, nothing outside, nothing on something else.

The usual run looks at two sizes in one theme. `--every-size` looks at three screens at 100, 150 and 200 %, light and
dark; `--pictures FOLDER` leaves a PNG of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desk_app.errors import KeyStoreLockedError, WeakPasswordError, WrongPassphraseError
from desk_app.ui.screens.door import DoorPage, RefusedPage, UnlockPage
from desk_app.ui.screens.first_run import FirstRunPage
from desk_app.ui.screens.recovery_page import RecoveryPage
from tests.desks import CARD
from tests.ui.hand import Hand
from tests.ui.layout import SIZES, SMALL, SMALLEST, USUAL, faults
from tests.ui.test_access import CONFLICT, NOW, STATUS

KEY = Qt.Key
CODE = "7K3M9-P2X4T-8V6Q1-5N0RB\nABCDE-FGHJK-MNPQR-STVWX".replace("\n", "-")
LONG = "Máy chủ của cấp trên trả lời bằng một chứng thư khác với chứng thư mà quầy này đã ghi khi ghép, nên chưa gửi."


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
                hand.settle()  # what one layout moved may move another
                at = f"{name} {wide}×{high} {theme}"
                window = hand.program.window
                if (window.width(), window.height()) != (wide, high):
                    found.append(f"{at}: the window stays {window.width()}×{window.height()}")
                found.extend(f"{at}: {fault}" for fault in faults(window))
                if folder:
                    picture = Path(folder) / (re.sub(r"\W+", "-", at) + ".png")
                    window.grab().save(str(picture))
        hand.program.look.choose("light")
        hand.program.window.resize(*USUAL)
        hand.settle()
        return found

    return look


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
    hand.press(KEY.Key_F9, KEY.Key_F9)
    hand.wait(200)
    yield "reception saved"


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
    view.late.dossier.cancel()
    hand.press(KEY.Key_E, ctrl=True)
    yield "dossier correction"
    view.late.dossier.cancel()
    view.late.dossier._conflicts.show_conflicts((CONFLICT,), NOW)
    yield "dossier conflict"


def of_the_rest(hand: Hand) -> Iterator[str]:
    view = hand.program.view
    hand.press(KEY.Key_F8)
    hand.until(lambda: hand.widget("day_end.head").isVisible())
    yield "day end"
    view.go_law()
    hand.wait(200)
    yield "law"
    hand.press(KEY.Key_F7)
    yield "sync not enrolled"
    view.late.sync._show(STATUS)
    hand.settle()
    yield "sync enrolled"
    hand.program.notices.warn(LONG, "Gọi người phụ trách ở cấp trên rồi thử lại.", offer="Thử lại", act=lambda: None)
    yield "sync with a warning"


WALKS = {"list": of_the_list, "reception": of_the_reception, "dossiers": of_the_dossiers, "rest": of_the_rest}


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
    yield "unlock wrong", UnlockPage(look, str(wrong), wrong.remedy)
    yield "unlock locked", UnlockPage(look, str(locked), locked.remedy)
    yield "refused", RefusedPage(look, LONG, f"{LONG} {LONG}")
    yield "recovery", RecoveryPage(look, CODE, is_kept_by_machine=False)
    yield "first run", FirstRunPage(look)
    refused = FirstRunPage(look)
    refused.complain(WeakPasswordError(why="quá ngắn, cần ít nhất 8 ký tự khi có đủ bốn loại"))
    yield "first run refused", refused


def test_nothing_is_cut_before_the_desk_is_open(
    make_hand: Callable[..., Hand], looked_at: Callable[[Hand, str], list[str]]
) -> None:
    hand = make_hand(None)
    hand.program.window.show()
    found = []
    for name, page in doors(hand):
        hand.program.window.show_page(page)
        hand.settle()
        found += looked_at(hand, name)
    assert found == [], "\n".join(found)
