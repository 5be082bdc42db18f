from __future__ import annotations

import pytest

from desk_app.services.desk.desk import Desk
from desk_app.services.reception import reception
from tests.unit.services.reception.test_reception import drafted


@pytest.fixture
def code(desk: Desk) -> str:
    """A dossier of a birth has just come in."""
    return reception.receive(desk, drafted(desk, "1.001193")).dossier.code
