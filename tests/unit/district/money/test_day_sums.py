"""What the district says of the communes' money is what their desks say."""

from __future__ import annotations

import msgspec

from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.money import day_sums
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.payments.cash_count import CashCount
from desk_app.domain.payments.money_events import Paid, PaidBack
from tests.kit.district import offices
from tests.kit.district.offices import MORNING, UNIT

DAY_MS = 86_400_000
DAY = in_vietnam(MORNING).date()
DOSSIER = "hoso000000000001"


def test_a_day_of_every_desk_adds_up_as_the_desks_have_it(here: DistrictOffice) -> None:
    first, second, other = offices.enrolled(here), offices.enrolled(here, 2), offices.enrolled(here, unit="H26.17")
    first.receives(1)
    first.writes(Paid(amount=9000, way="cash", desk=1), dossier=DOSSIER, at=MORNING - DAY_MS)
    first.writes(Paid(amount=8000, way="cash", desk=1), dossier=DOSSIER)
    first.writes(PaidBack(amount=3000, way="cash", reason="Thừa", desk=1), dossier=DOSSIER)
    first.writes(Paid(amount=500, way="cash", desk=1), dossier=DOSSIER, at=MORNING + DAY_MS)
    for notes, reason in (({1000: 9}, "Đếm nhầm"), ({5000: 1}, "")):
        count = CashCount(day=DAY.isoformat(), desk=1, notes=notes, expected=5000, reason=reason)
        values = {f"cash_count/{DAY.isoformat()}/1": msgspec.json.encode(count).decode()}
        first.writes(OfficeChanged(values=values), dossier="")
    second.writes(Paid(amount=7000, way="transfer", desk=2), dossier=DOSSIER)
    other.writes(Paid(amount=1000, way="cash", desk=1), dossier=DOSSIER)
    for device in (first, second, other):
        here.district.reply(device.request())
    here.district.projection.catch_up()
    with here.district.storage.reading() as session:
        found = day_sums.of_day(session, DAY)
        own = day_sums.of_day(session, DAY, unit=UNIT)
    told = [(each.unit, each.desk, each.ways, each.difference) for each in found]
    assert told == [
        ("H26.17", 1, {"cash": 1000}, None),
        (UNIT, 1, {"cash": 5000}, 0),
        (UNIT, 2, {"transfer": 7000}, None),
    ]
    assert [(each.desk, each.total) for each in own] == [(1, 5000), (2, 7000)]
    assert own[0].balance == "Tiền mặt khớp: 5.000 đ"
