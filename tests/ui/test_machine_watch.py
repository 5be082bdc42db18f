"""What comes from outside the window: a second start, a sleep of the machine, a scanner's port that went away."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app import app
from desk_app.errors import SecondProgramError
from desk_app.services.desk import second_start
from desk_app.store.database import lock
from desk_app.ui.jobs import Jobs
from desk_app.ui.machine_watch import SecondStarts, WakeWatch
from desk_app.ui.scanning.port_listener import PortListener
from desk_app.ui.scanning.serial_scanner import ScannerPortError
from tests.kit.desk.desks import PASSPHRASE, TestClock

HELD = SecondProgramError(pid="4711")


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_second_start_shows_the_window_that_is_open_and_ends(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    watch = SecondStarts(tmp_path, window, window)
    answers: list[bool] = []
    let_through: list[str] = []

    with lock.hold(tmp_path):
        holder = second_start.holder(tmp_path)
        assert isinstance(holder, SecondProgramError)
        second = threading.Thread(
            target=lambda: answers.append(
                second_start.ask(tmp_path, HELD, {"DESKTOP_STARTUP_ID": "t1"}, let_through=let_through.append)
            )
        )
        second.start()
        qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        second.join()

    assert answers == [True]
    assert window.isVisible() and not window.isMinimized()
    assert let_through == ["4711"]
    assert second_start.asked(tmp_path / second_start.FILE) == ""
    assert watch.parent() is window


def test_the_program_started_twice_ends_without_a_second_window(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(second_start, "ask", lambda data, *_: asked.append(data) or True)
    monkeypatch.setattr("desk_app.app.has_no_screen", lambda: False)
    second_start.begin(tmp_path)

    with lock.hold(tmp_path):
        assert app.main(["--data", str(tmp_path)]) == 0

    assert asked == [tmp_path]


def test_a_command_of_the_terminal_that_holds_the_desk_shows_no_window(tmp_path: Path) -> None:
    assert not second_start.ask(tmp_path, HELD, {}, sleep=lambda _: None)  # no window was ever open here
    second_start.begin(tmp_path)
    assert not second_start.ask(tmp_path, HELD, {}, sleep=lambda _: None, let_through=lambda _: None)
    assert second_start.asked(tmp_path / second_start.FILE) == ""  # the next window is not asked by mistake


def test_a_desk_that_nobody_holds_is_opened_as_ever(tmp_path: Path) -> None:
    assert second_start.holder(tmp_path) is None
    second_start.begin(tmp_path)
    assert second_start.holder(tmp_path) is None
    assert second_start.holder(tmp_path / "không có") is None


@pytest.mark.parametrize(
    ("passed", "told"),
    [(timedelta(seconds=11), 0), (timedelta(hours=9), 1), (timedelta(minutes=-30), 1), (timedelta(seconds=30), 0)],
)
def test_a_sleep_or_a_clock_that_was_set_is_told_once(qapp: QApplication, passed: timedelta, told: int) -> None:
    clock = TestClock()
    watch = WakeWatch(clock)
    woken: list[None] = []
    watch.woke.connect(lambda: woken.append(None))

    clock.moment += passed
    watch.look()
    watch.look()

    assert len(woken) == told
    watch.deleteLater()


def test_a_port_that_went_away_is_said_once_and_heard_again_when_it_is_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_there = False
    opened: list[str] = []

    def lines(port: str, _is_stopped: Callable[[], bool], *, baud: int) -> Iterator[str]:
        opened.append(port)
        if not is_there:
            raise ScannerPortError(port=port)
        yield "8934567890123"

    monkeypatch.setattr("desk_app.ui.scanning.serial_scanner.lines", lines)
    jobs = Jobs(lambda _: None)
    listener = PortListener(jobs)
    failures: list[object] = []
    heard: list[str] = []
    listener.failed.connect(failures.append)
    listener.came.connect(heard.append)

    listener.listen("COM12", 9600)
    qtbot.waitUntil(lambda: len(failures) == 1)
    listener.try_again()
    qtbot.waitUntil(lambda: len(opened) == 2 and listener.port == "")
    is_there = True
    listener.try_again()
    qtbot.waitUntil(lambda: bool(heard))

    assert opened == ["COM12"] * 3
    assert len(failures) == 1
    listener.stop()
    jobs.close()


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_of_two_starts_at_one_moment_the_slower_ends_and_the_other_shows_its_window(
    qtbot: QtBot, empty_desk: Path
) -> None:
    """The quicker one holds the desk already and has no window yet that could be asked."""
    window = QWidget()
    qtbot.addWidget(window)
    ends: list[BaseException] = []

    def slower() -> None:
        with pytest.raises(second_start.OtherWindowShownError) as told:
            second_start.opened(empty_desk, {}, PASSPHRASE, None, clock=TestClock())
        ends.append(told.value)

    (empty_desk / second_start.FILE).unlink(missing_ok=True)
    with lock.hold(empty_desk):
        second = threading.Thread(target=slower)
        second.start()
        qtbot.wait(300)
        assert not ends
        watch = SecondStarts(empty_desk, window, window)
        qtbot.waitUntil(lambda: bool(ends), timeout=10_000)
        second.join()
    assert window.isVisible()
    assert watch.parent() is window


def test_a_start_beside_a_command_of_the_terminal_opens_when_the_command_is_done(empty_desk: Path) -> None:
    held = lock.hold(empty_desk)
    threading.Timer(0.3, held.close).start()
    desk = second_start.opened(empty_desk, {}, PASSPHRASE, None, clock=TestClock(), patience_s=1)
    assert desk.settings.unit == "H26.99"
    desk.close()
