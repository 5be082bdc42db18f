"""What 0.5.0 brought of service days and of procedures held at reception, for the golden frames."""

from __future__ import annotations

from msgspec.structs import replace

from desk_app.domain.dossiers.events import Received
from desk_app.domain.holds.hold import Hold, HoldWeight, PassedHold
from desk_app.domain.notices import HoldsSet, Notice, ServiceDaysSet
from desk_app.domain.service_days.kept_day import KeptServiceDay
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind
from tests.contracts.golden_events import prepared


def of_district() -> list[Notice]:
    """What the district says."""
    return [ServiceDaysSet(days=(service_day(),)), HoldsSet(holds=(hold(),))]


def service_day() -> ServiceDay:
    return ServiceDay(
        id="thu-ba-nhanh",
        kind=ServiceDayKind.FAST,
        name="Ngày thứ Ba nhanh",
        weekdays=(2,),
        starts="07:30",
        ends="17:00",
        procedures=("1.001193",),
        number="12/QĐ-UBND",
        decided_on="2026-10-01",
        by="UBND thử",
        in_force_from="2026-11-01",
        in_force_to="2027-12-31",
        at_once=True,
        on_make_up=True,
        verified=True,
    )


def hold() -> Hold:
    return Hold(
        id="20261120-0-1",
        procedures=("1.001193",),
        starts="2026-11-20",
        until="2026-11-25",
        reason="Hệ thống hộ tịch đang bảo trì",
        weight=HoldWeight.WARN,
        remedy="Hẹn đến từ ngày 26/11",
        by="Cấp trên",
        number="5/TB",
        set_on="2026-11-19",
        ended_on="2026-11-24",
        ended_by="Cấp trên",
        ended_why="Đã chạy lại",
    )


def under_rules() -> Received:
    """The service day and the warning that a dossier was received under."""
    day = KeptServiceDay(
        id="thu-ba-nhanh",
        kind="fast",
        name="Ngày thứ Ba nhanh",
        number="12/QĐ-UBND",
        decided_on="2026-10-01",
        district=True,
        at_once=True,
    )
    passed = PassedHold(id="20261120-0-1", reason="Đang bảo trì", by="cấp trên", until="2026-11-25")
    return replace(prepared(), code="H26.99-261120-0100", service_days=(day,), holds=(passed,))
