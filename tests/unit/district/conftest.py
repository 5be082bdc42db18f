"""What the tests of the district's office share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.district.admin.folder import DistrictOffice
from tests.kit.district import offices
from tests.kit.district.offices import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(tmp_path: Path, clock: Clock) -> Iterator[DistrictOffice]:
    """An opened district of its own."""
    with offices.office(tmp_path / "district", clock) as opened:
        yield opened
