"""How a dossier of a list between desks stands, by who has its papers."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.custody.holding import Holding
from desk_app.domain.custody.list_standing import Standing, standing
from desk_app.domain.dossiers.dossier import fold
from desk_app.domain.dossiers.steps import Status
from tests.unit.domain.custody.test_holding import RECEIVED, said


@pytest.mark.parametrize(
    ("held", "status", "stands"),
    [
        (Holding(desk=1, way_to=2), Status.RECEIVED, Standing.AWAITED),
        (Holding(desk=2), Status.RECEIVED, Standing.COME),
        (Holding(desk=2, way_to=3), Status.RECEIVED, Standing.COME),
        (Holding(desk=1), Status.RECEIVED, Standing.ELSEWHERE),
        (Holding(desk=1, way_to=3), Status.RECEIVED, Standing.ELSEWHERE),
        (Holding(desk=1, way_to=2), Status.RETURNED, Standing.ENDED),
    ],
)
def test_a_dossier_of_a_list_stands_where_its_papers_are(held: Holding, status: Status, stands: Standing) -> None:
    assert standing(replace(fold([said(RECEIVED, 1, 1)]), held=held, status=status), 2) is stands


def test_nothing_is_known_of_a_dossier_that_has_not_come_yet() -> None:
    assert standing(None, 2) is Standing.UNKNOWN
