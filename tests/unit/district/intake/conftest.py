"""A district in a file, with a root that signs."""

from __future__ import annotations

import pytest

from tests.kit.district.writers import Root, district_at


@pytest.fixture
def root():
    return Root()


@pytest.fixture
def district(tmp_path, root):
    with district_at(tmp_path / "district.db", root) as made:
        yield made
