"""Work on other threads: what comes back, to whom, and what never comes."""

from __future__ import annotations

import errno
import gc
import statistics
import sys
import threading
import time
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from desk_app.errors import DeskError, DiskFullError
from desk_app.ui.jobs import Jobs


class RefusedError(DeskError):
    message = "Không được."
    remedy = "Thử lại."


@pytest.fixture
def told() -> list[DeskError]:
    return []


@pytest.fixture
def jobs(qapp: object, told: list[DeskError]) -> Iterator[Jobs]:
    made = Jobs(told.append)
    yield made
    made.close()


def test_work_runs_on_one_thread_a_lane_and_answers_on_ours(jobs: Jobs, qtbot) -> None:
    owner, answers = QObject(), []
    for lane in ("a", "a", "b"):
        jobs.run(
            lane, threading.get_ident, owner=owner, done=lambda thread: answers.append((thread, threading.get_ident()))
        )
    qtbot.waitUntil(lambda: len(answers) == 3)
    workers = [worker for worker, _ in answers]
    assert len(set(workers)) == 2
    assert {ours for _, ours in answers} == {threading.get_ident()}
    assert threading.get_ident() not in workers


def test_a_refusal_nobody_takes_is_told(jobs: Jobs, told: list[DeskError], qtbot) -> None:
    def refused() -> None:
        raise RefusedError

    owner = QObject()
    jobs.run("a", refused, owner=owner)
    qtbot.waitUntil(lambda: bool(told))
    assert [type(error) for error in told] == [RefusedError]


def test_a_full_disk_in_a_job_is_told_as_that_and_is_no_bug(jobs: Jobs, told: list[DeskError], qtbot) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    owner = QObject()
    jobs.run("a", full, owner=owner)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert isinstance(told[0], DiskFullError)


def test_a_bug_reaches_the_crash_notice_and_the_end_still_comes(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    seen: list[type] = []
    ends: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: seen.append(kind))

    def broken() -> None:
        raise ZeroDivisionError

    owner = QObject()
    jobs.run("a", broken, owner=owner, ended=lambda: ends.append("end"))
    qtbot.waitUntil(lambda: ends == ["end"])
    assert seen == [ZeroDivisionError]


def test_nothing_comes_from_a_stream_after_it_is_cancelled(jobs: Jobs, qtbot) -> None:
    go_on, owner, parts, after = threading.Event(), QObject(), [], []

    def numbers() -> Iterator[int]:
        yield 1
        go_on.wait(10)
        yield 2

    job = jobs.stream("a", numbers, owner=owner, each=parts.append)
    qtbot.waitUntil(lambda: parts == [1])
    job.cancel()
    go_on.set()
    jobs.run("a", lambda: "later", owner=owner, done=after.append)
    qtbot.waitUntil(lambda: after == ["later"])
    assert parts == [1]


def test_an_owner_who_is_gone_hears_nothing(jobs: Jobs, qtbot) -> None:
    go_on, owner, witness, heard, after = threading.Event(), QObject(), QObject(), [], []
    jobs.run("a", lambda: go_on.wait(10), owner=owner, done=heard.append)
    owner.deleteLater()
    owner.destroyed.connect(go_on.set)
    del owner
    jobs.run("a", lambda: "later", owner=witness, done=after.append)
    qtbot.waitUntil(lambda: after == ["later"])
    assert heard == []


def test_a_finished_job_keeps_nothing_of_its_work_alive(jobs: Jobs, qtbot) -> None:
    """A preview is megabytes: a day of them must not stay in memory."""

    class Heavy:
        pass

    owner, kept = QObject(), []

    def done(heavy: Heavy) -> None:
        kept.append(weakref.ref(heavy))

    for _ in range(5):
        jobs.run("a", Heavy, owner=owner, done=done)
    qtbot.waitUntil(lambda: len(kept) == 5)
    qtbot.waitUntil(lambda: gc.collect() >= 0 and not any(each() for each in kept))
    assert [each() for each in kept] == [None] * 5


def test_what_work_tells_on_its_way_comes_before_its_result(jobs: Jobs, qtbot) -> None:
    owner, heard = QObject(), []

    def work(tell) -> str:
        for step in (1, 2, 3):
            tell(step)
        return "xong"

    jobs.follow("a", work, owner=owner, each=heard.append, done=heard.append, ended=lambda: heard.append("ended"))
    qtbot.waitUntil(lambda: "ended" in heard)
    assert heard == [1, 2, 3, "xong", "ended"]


def test_a_thread_that_computes_lets_the_window_go_on_within_a_millisecond(jobs: Jobs) -> None:
    """Python's own 5 ms are waited for at each return from Qt while another thread computes."""
    owner, returns, over = QObject(), 40, threading.Event()

    def compute() -> None:
        while not over.is_set():
            sum(range(50))

    jobs.run("a", compute, owner=owner)
    waited = []
    for _ in range(returns):
        at = time.perf_counter()
        time.sleep(0)  # lets the lock of Python go, as a call of Qt does
        waited.append(time.perf_counter() - at)
    over.set()
    assert jobs is not None and statistics.median(waited) < 0.003
