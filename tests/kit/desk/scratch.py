"""A folder for things that are made and thrown away by the hundred: in memory where the system has such a place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


@contextmanager
def scratch() -> Iterator[Path]:
    """Gone after the block. What it holds does not survive a power cut, which nobody tries here."""
    memory = Path("/dev/shm")
    folder = Path(mkdtemp(prefix="cx-", dir=memory if memory.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
