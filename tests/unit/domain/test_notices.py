"""What the district holds for its communes is kept under a key of its own."""

from __future__ import annotations

from desk_app.domain.holds.hold import HOLDS
from desk_app.domain.notices import HoldsSet, ServiceDaysSet, rule_keys
from desk_app.domain.service_days.day_keys import OF_DISTRICT, SERVICE_DAYS
from tests.unit.domain.holds.test_hold import REFUSED, WARNED
from tests.unit.domain.service_days.test_service_day import DAY


def test_each_rule_of_the_district_has_the_key_of_its_kind_and_id() -> None:
    assert rule_keys(ServiceDaysSet(days=(DAY,))) == {f"{OF_DISTRICT}{SERVICE_DAYS}{DAY.id}": DAY}
    assert rule_keys(HoldsSet(holds=(WARNED, REFUSED))) == {
        f"{OF_DISTRICT}{HOLDS}{each.id}": each for each in (WARNED, REFUSED)
    }
