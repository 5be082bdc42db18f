"""bench."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.terminal import Answer

if TYPE_CHECKING:
    from desk_app.bench import table
else:
    table = lazy("desk_app.bench.table")


def bench(chosen: argparse.Namespace) -> Answer:
    figures = table.run(chosen.size, chosen.only, kept=Path(chosen.folder) if chosen.folder else None)
    data = [
        {
            "work": each.work,
            "n": each.n,
            "floor": each.floor,
            "ours": each.ours,
            "ratio": each.ratio,
            "unit": each.unit,
            "goal": each.goal,
            "met": each.met,
        }
        for each in figures
    ]
    lines = [f"{'việc':<52}{'n':>9}{'sàn':>10}{'của ta':>10}{'tỷ số':>8}  mục tiêu"]
    for each in figures:
        floor = f"{each.floor:.2f}" if each.floor is not None else "—"
        ratio = f"{each.ratio:.2f}" if each.ratio is not None else "—"
        mark = "đạt" if each.met else "CHƯA ĐẠT"
        lines.append(
            f"{each.work:<52}{each.n:>9}{floor:>10}{each.ours:>10.2f}{ratio:>8}  {each.goal} ({each.unit}) {mark}"
        )
    return Answer(data, tuple(lines))
