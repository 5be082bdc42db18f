from __future__ import annotations

import pytest

from tests.kit.desk import books


@pytest.fixture
def db(tmp_path):
    database = books.made(tmp_path / "desk")
    yield database
    database.close()
