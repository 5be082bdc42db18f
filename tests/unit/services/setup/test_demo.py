"""The demo commune is a healthy office: a newcomer sees what the program is for, not a hundred late dossiers."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.services.maintenance import checks
from desk_app.services.setup import demo
from tests.kit.desk.desks import TestClock


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 20, 8, 15, tzinfo=VIETNAM),
        datetime(2026, 11, 28, 16, 0, tzinfo=VIETNAM),  # a Saturday
        datetime(2027, 2, 8, 0, 20, tzinfo=VIETNAM),  # at night, in the week of Tết
    ],
)
def test_a_demo_opens_on_a_healthy_office(desk: Desk, clock: TestClock, now: datetime) -> None:
    clock.moment = now
    demo.fill(desk, 120)
    counts = queries.counts(desk)
    assert 1 <= counts.late <= 6
    assert counts.today == 5
    assert counts.ready >= 1
    statuses = Counter(row[0] for row in desk.db.execute("SELECT status FROM dossier"))
    assert statuses["returned"] >= 80
    assert {"received", "processing", "result_ready"} <= statuses.keys()


def test_the_demo_was_written_in_the_order_of_time_and_nothing_lies_ahead(desk: Desk, clock: TestClock) -> None:
    demo.fill(desk, 60)
    moments = [row[0] for row in desk.db.execute("SELECT at FROM event ORDER BY seq")]
    assert moments == sorted(moments)
    assert moments[-1] <= int(clock.moment.timestamp() * 1000)
    assert checks.check(desk).ok
