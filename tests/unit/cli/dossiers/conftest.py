from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.services.desk.desk import Desk
from tests.kit.desk.desks import TestClock, make_template, open_copy


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def desk(template: Path, tmp_path: Path, clock: TestClock) -> Iterator[Desk]:
    with open_copy(template, tmp_path, clock) as opened:
        yield opened
