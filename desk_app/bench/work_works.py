"""Opening a dossier, every worklist, and the close of a day; CPU time on an encrypted desk."""

from __future__ import annotations

import random
from pathlib import Path

from desk_app.bench import ten_desks, throwaway
from desk_app.bench.measure import Figure, cpu_ms, percentile
from desk_app.domain.worklists.lists import Worklist
from desk_app.services.dossiers import queries
from desk_app.services.reports import day_end, day_report
from desk_app.services.worklists import worklists

_SAMPLE, _RUNS, _FIRST = 200, 20, 500
_MOST_MS, _CLOSE_MS = 30.0, 2000.0


def measured(folder: Path, size: int) -> list[Figure]:
    with throwaway.filled(folder, size) as desk:
        draw = random.Random(5)
        numbers = [number for chunk in queries.stream_ids(desk, "all") for number in chunk]
        codes = [row.code for row in queries.rows(desk, draw.sample(numbers, min(_SAMPLE, len(numbers))))]
        for code in codes[:20]:
            queries.detail(desk, code)
        opened = [cpu_ms(lambda code=code: queries.detail(desk, code)) for code in codes]  # type: ignore[misc]
        lists = [
            cpu_ms(lambda which=which: worklists.listed(desk, which, _FIRST))  # type: ignore[misc]
            for _ in range(_RUNS)
            for which in (*Worklist, worklists.EVERYTHING)
        ]
        counted = [cpu_ms(lambda: worklists.counts(desk)) for _ in range(_RUNS)]
    return [
        _figure(f"mở một hồ sơ, {size} hồ sơ, p95", opened, _MOST_MS),
        _figure(f"mở một danh sách việc, {size} hồ sơ, p95", lists, _MOST_MS),
        _figure(f"đếm mọi danh sách việc, {size} hồ sơ, p95", counted, _MOST_MS),
        _closed(folder),
    ]


def _closed(folder: Path) -> Figure:
    """The day of a thousand dossiers with ten desks: looked over, its report drawn, closed."""

    def close() -> None:
        day_end.day_end(desk)
        day_report.report(desk)
        day_end.close(desk)

    with throwaway.opened(folder, "day-closed") as desk:
        ten_desks.fill(desk)
        taken = [cpu_ms(close) for _ in range(3)]
    return _figure(f"kết thúc ngày {ten_desks.DOSSIERS} hồ sơ, {ten_desks.DESKS} quầy, cả báo cáo", taken, _CLOSE_MS)


def _figure(work: str, taken: list[float], most: float) -> Figure:
    ours = percentile(taken, 0.95)
    return Figure(work=work, n=len(taken), ours=ours, unit="ms CPU", goal=f"≤ {most:g} ms", met=ours <= most)
