"""Desks made once a session; a commune with a district that listens, for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.kit.desk import days
from tests.kit.wire.communes import Commune


@pytest.fixture(scope="session")
def desk_templates(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Data folders of empty desks of one commune, by desk number."""
    folder = tmp_path_factory.mktemp("desks")
    return {number: days.make_desk(folder, desk=number) for number in (1, 2)}


@pytest.fixture
def commune(desk_templates: dict[int, Path], tmp_path: Path) -> Iterator[Commune]:
    def copied(number: int) -> Path:
        made = tmp_path / f"made{number}"
        shutil.copytree(desk_templates[number], made)
        return made

    with ExitStack() as stack:
        yield Commune(folder=tmp_path, copied=copied, stack=stack)
