from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desk_app.protocol.keys import Keys
from tests.contracts.make_golden_frames import PLACE
from tests.kit.fixtures.office import server

__all__ = ["server"]


@pytest.fixture(params=sorted(PLACE.iterdir()), ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    """What one released version sent, and what was meant by it."""
    return request.param


@pytest.fixture
def keys(folder: Path) -> dict[str, Keys]:
    told = json.loads((folder / "keys.json").read_text())
    return {name: Keys.load(bytes.fromhex(pair)) for name, pair in told.items()}


@pytest.fixture
def expected(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "expected.json").read_text("utf-8"))


@pytest.fixture
def lines(folder: Path) -> list[bytes]:
    return (folder / "bodies.txt").read_bytes().splitlines()
