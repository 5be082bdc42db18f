"""All the works of the benchmark, in the order of the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from desk_app.bench import (
    backup_works,
    paper_works,
    save_works,
    search_works,
    throwaway,
    window_backup_works,
    window_close_works,
    window_sync_works,
    window_works,
    work_works,
)
from desk_app.bench.measure import Figure

WORKS: dict[str, Callable[[Path, int], list[Figure]]] = {
    "papers": paper_works.measured,
    "save": save_works.measured,
    "search": search_works.measured,
    "work": work_works.measured,
    "backup": backup_works.measured,
    "window-backup": window_backup_works.measured,
    "window-close": window_close_works.measured,
    "window": window_works.measured,
    "window-sync": window_sync_works.measured,
}


def run(size: int, only: Sequence[str] = (), *, kept: Path | None = None) -> list[Figure]:
    """Measure each work on a desk of `size` synthetic dossiers: made for the occasion, or once, and kept in `kept`."""
    figures: list[Figure] = []
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="desk-bench-", dir=kept) as folder:
        if kept is not None:
            throwaway.bring_filled(kept, Path(folder), size)
        for name, work in WORKS.items():
            if not only or name in only:
                figures += work(Path(folder), size)
    return figures
