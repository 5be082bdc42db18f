from __future__ import annotations

import pytest

from tests import books


@pytest.fixture
def db(tmp_path):
    database = books.made(tmp_path / "desk")
    yield database
    database.close()
