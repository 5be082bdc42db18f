"""Garbage may hold what is Qt's: only the window's thread looks for it, and does so by itself."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest

from tests.ui.hand import Hand


class Knot:
    """Holds itself, so that only a look for garbage frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def lookers() -> Iterator[list[int]]:
    """The threads that looked for garbage."""
    found: list[int] = []

    def looked(phase: str, _told: dict[str, int]) -> None:
        if phase == "start":
            found.append(threading.get_ident())

    gc.callbacks.append(looked)
    yield found
    gc.callbacks.remove(looked)


def test_work_in_another_thread_makes_garbage_and_the_window_looks_for_it(hand: Hand, lookers: list[int]) -> None:
    most = gc.get_threshold()[0]
    last: list[weakref.ref[Knot]] = []

    def makes_knots() -> int:
        last.append(weakref.ref([Knot() for _ in range(3 * most)][-1]))
        return threading.get_ident()

    threads: list[int] = []

    def begins() -> None:
        hand.program.jobs.run("paper", makes_knots, owner=hand.program, done=threads.append)

    def is_found() -> bool:
        """A look while a work still held its knots counts them among the old; that of the next work finds its own."""
        if any(knot() is None for knot in last):
            return True
        if len(threads) == len(last):
            begins()
        return False

    hand.until(is_found)
    assert threading.get_ident() not in threads
    assert set(lookers) == {threading.get_ident()}


def test_python_looks_by_itself_once_the_window_is_closed(make_hand, empty_desk) -> None:
    hand = make_hand(empty_desk)
    hand.until_open()
    assert not gc.isenabled()
    hand.program.close()
    assert gc.isenabled()
    hand.program.close = lambda: None  # it is closed
