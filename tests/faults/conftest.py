from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from desk_app.district.admin.folder import DistrictOffice
from tests.kit.desk import days
from tests.kit.district import offices
from tests.kit.district.offices import Clock
from tests.kit.wire.communes import Commune

PATIENCE_S = 120  # long for a busy machine; only what hangs waits for its end


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Two desks of a commune, made once for a file."""
    folder = tmp_path_factory.mktemp("desks")
    return {number: days.make_desk(folder, desk=number) for number in (1, 2)}


@pytest.fixture
def commune(templates: dict[int, Path], tmp_path: Path) -> Iterator[Commune]:
    """A commune that takes copies of them."""

    def copied(number: int) -> Path:
        made = tmp_path / f"made{number}"
        shutil.copytree(templates[number], made)
        return made

    with ExitStack() as stack:
        yield Commune(folder=tmp_path, copied=copied, stack=stack)


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
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(tmp_path: Path, clock: Clock) -> Iterator[DistrictOffice]:
    with offices.office(tmp_path / "district", clock) as opened:
        yield opened


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)
