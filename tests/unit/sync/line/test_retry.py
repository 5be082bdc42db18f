"""Waiting between tries."""

from __future__ import annotations

import threading
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from desk_app.sync.line.retry import FIRST, LONGEST, Backoff, wait_after


@given(failures=st.integers(1, 10_000), seed=st.integers(0, 2**32))
def test_a_wait_doubles_up_to_five_minutes_and_is_half_more_or_less(failures: int, seed: int) -> None:
    middle = min(LONGEST, FIRST * 2 ** min(failures - 1, 20))
    assert 0.5 * middle <= wait_after(failures, Random(seed)) <= 1.5 * middle


def test_two_desks_do_not_try_in_step() -> None:
    assert len({wait_after(5, Random(seed)) for seed in range(50)}) == 50


def test_success_begins_again_with_short_waits() -> None:
    backoff = Backoff(Random(1))
    long = [backoff.failed() for _ in range(8)][-1]
    backoff.succeeded()
    assert backoff.failed() < 4 < long


def test_a_busy_district_is_given_the_time_it_asks_for() -> None:
    assert Backoff(Random(1)).failed(at_least=600) == 600


def test_sending_at_once_ends_the_wait() -> None:
    backoff, stop = Backoff(Random(1)), threading.Event()
    threading.Timer(0.05, backoff.at_once).start()
    assert backoff.wait(3600, stop)


def test_a_wait_ends_when_everything_stops() -> None:
    backoff, stop = Backoff(Random(1)), threading.Event()
    threading.Timer(0.05, stop.set).start()
    assert not backoff.wait(3600, stop)


def test_a_wait_that_nobody_hurries_runs_out() -> None:
    assert Backoff(Random(1)).wait(0.01, threading.Event())
