"""What the tests of the district's office share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from desk_app.district.admin import users
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.keys import keyfile
from desk_app.key_envelope import Cost
from tests.kit.district import offices
from tests.kit.district.offices import Clock


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess costs nothing here; that it costs much in life is `test_a_guess_is_dear`."""
    monkeypatch.setattr(keyfile, "PASSPHRASE_COST", Cost(passes=1, memory=8, lanes=1))
    monkeypatch.setattr(users, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(tmp_path: Path, clock: Clock) -> Iterator[DistrictOffice]:
    """An opened district of its own."""
    with offices.office(tmp_path / "district", clock) as opened:
        yield opened
