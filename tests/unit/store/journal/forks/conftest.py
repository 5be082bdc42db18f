"""A desk with an older copy of itself, and the district both call."""

from __future__ import annotations

import pytest

from tests.kit.desk import books
from tests.kit.district.fork_district import District, copied


@pytest.fixture
def pair(tmp_path):
    """A desk with three confirmed events of one dossier, its backup of then, and the district."""
    db = books.made(tmp_path / "desk")
    district = District()
    dossier = books.received(db, 1)
    books.stepped(db, dossier, "forward", "ready")
    district.exchange(db)
    backup = copied(db, tmp_path / "backup")
    yield db, backup, district, dossier
    db.close()
    backup.close()
