"""The real window over a real desk: made once, copied for each test, driven by keys."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_app import app
from desk_app.services.desk.desk import open_desk
from desk_app.services.setup import demo
from tests.kit.desk.desks import PASSPHRASE, TestClock, make_template
from tests.kit.window.shared_window import SharedWindow
from tests.ui.hand import Hand

SHARED: list[SharedWindow] = []


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("window"))


@pytest.fixture(scope="session")
def busy_desk(empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty dossiers of people who do not exist."""
    data = tmp_path_factory.mktemp("busy") / "desk"
    shutil.copytree(empty_desk, data)
    with open_desk(data, passphrase=PASSPHRASE, clock=TestClock()) as desk:
        demo.fill(desk, 40)
    return data


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of the papers a printer was sent; no real queue is asked."""
    return _papers_sent(monkeypatch)


def _papers_sent(patch: pytest.MonkeyPatch) -> list[str]:
    """On Windows too the window has the queues that tests stand in for; its own way of printing: test_printers.py."""
    sent: list[str] = []
    patch.setattr("desk_app.ui.printing.printers.sys", SimpleNamespace(platform="linux"))
    patch.setattr("desk_app.services.papers.printing.queues", lambda: [_Queue()])
    patch.setattr("desk_app.services.papers.printing.send", lambda paper, _printer: sent.append(paper.title))
    return sent


class _Queue:
    name = "Quầy 1"
    is_default = True


def _opened(qapp: QApplication, folder: Path, printed: list[str], template: Path | None, *options: str) -> Hand:
    """The program over a copy of a desk in this folder."""
    data = folder / "desk"
    if template is not None:
        shutil.copytree(template, data)
        secret = folder / "mật khẩu.txt"
        secret.write_text(PASSPHRASE, "utf-8")
        options = ("--passphrase-file", str(secret), *options)
    chosen = app.options().parse_args(["--data", str(data), *options])
    hand = Hand(app.Program(qapp, chosen, clock=TestClock()), printed)
    hand.program.start()
    return hand


@pytest.fixture
def make_hand(
    qapp: QApplication, printed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[object]:
    """Open the program over a copy of a desk; closed after the test, with everything it started."""
    for shared in SHARED:  # two programs would watch the same keys
        shared.close()
    monkeypatch.setenv("DESK_STATE", str(tmp_path / "account"))  # what one test left half typed is not the next one's
    hands: list[Hand] = []
    (tmp_path / "mật khẩu.txt").write_text(PASSPHRASE, "utf-8")

    def make(template: Path | None, *options: str) -> Hand:
        hands.append(_opened(qapp, tmp_path, printed, template, *options))
        return hands[-1]

    hook = sys.excepthook
    yield make
    for hand in hands:
        hand.close()
    sys.excepthook = hook


@pytest.fixture(scope="module")
def shared_desk(busy_desk: Path) -> Path:
    """What the window that tests share is opened on; a module may name another desk."""
    return busy_desk


@pytest.fixture(scope="module")
def shared_window(
    qapp: QApplication, shared_desk: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[SharedWindow]:
    """The window of a module whose tests record nothing."""
    with pytest.MonkeyPatch.context() as patch:
        printed = _papers_sent(patch)

        def begin() -> Hand:
            hand = _opened(qapp, tmp_path_factory.mktemp("shared"), printed, shared_desk)
            hand.until_open()
            return hand

        hook = sys.excepthook
        window = SharedWindow(shared_desk, begin, lambda: request.session.testsfailed)
        SHARED.append(window)
        yield window
        SHARED.remove(window)
        window.close()
        sys.excepthook = hook


@pytest.fixture
def shared_hand(shared_window: SharedWindow) -> Hand:
    """The window that tests of a module share, as at the beginning; a module takes it as its `hand`."""
    return shared_window.fresh()


@pytest.fixture
def hand(make_hand: object, busy_desk: Path) -> Hand:
    """The window open on the list of a busy desk."""
    made: Hand = make_hand(busy_desk)  # type: ignore[operator]
    made.until_open()
    return made


@pytest.fixture
def note(hand: Hand) -> Hand:
    """The reception page with the cursor in the note."""
    hand.press(Qt.Key.Key_F2)
    hand.widget("reception.note").setFocus()
    return hand


@pytest.fixture
def still(hand: Hand) -> Hand:
    """The window once everything has come that comes by itself after the start."""
    hand.until(lambda: hand.widget("sync.side").isVisible())
    hand.settle()
    return hand


@pytest.fixture
def every(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--every-key"))
