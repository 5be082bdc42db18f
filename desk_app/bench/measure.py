"""Taking a figure: CPU time of this thread, medians, ours and the floor in turn."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of the table. `ours` and `floor` in `unit`; no `floor` where the goal is absolute; `n` runs."""

    work: str
    n: int
    ours: float
    unit: str
    goal: str
    met: bool
    floor: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None


def cpu_ms(work: Callable[[], object]) -> float:
    """CPU milliseconds of one call on this thread."""
    start = time.thread_time_ns()
    work()
    return (time.thread_time_ns() - start) / 1e6


def in_turn(ours: Callable[[], object], floor: Callable[[], object], *, runs: int) -> tuple[float, float]:
    """Median CPU ms of both, run alternately after a warm-up, so that a noisy moment meets both."""
    for work in (ours, floor, ours, floor):
        work()
    gc.collect()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        taken[0].append(cpu_ms(ours))
        taken[1].append(cpu_ms(floor))
    return statistics.median(taken[0]), statistics.median(taken[1])


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the sorted values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def ratio_figure(work: str, ours: float, floor: float, *, runs: int, unit: str, at_most: float) -> Figure:
    """A figure whose goal is a ratio."""
    return Figure(
        work=work, n=runs, ours=ours, floor=floor, unit=unit, goal=f"≤ {at_most:g} ×", met=ours <= at_most * floor
    )
