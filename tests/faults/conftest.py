from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.fixtures.commune import brisk_packing, commune, desk_templates
from tests.kit.fixtures.office import clock, here
from tests.kit.fixtures.small_disks import small

__all__ = ["brisk_packing", "clock", "commune", "desk_templates", "here"]

PATIENCE_S = 120  # long for a busy machine; only what hangs waits for its end


@pytest.fixture
def ends_by_itself() -> Iterator[None]:
    """Whoever still waits for a pipe or reads a hole after `PATIENCE_S` has failed."""

    def fail(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(PATIENCE_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB."""
    with small(tmp_path / "small", "6m") as place:
        yield place
