"""What a list says beside procedures is what reception says of each of them once it is chosen."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.holds.hold import Hold, HoldWeight
from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind
from desk_app.services.desk.desk import Desk
from desk_app.services.linked import offered
from desk_app.services.service_days import holds, procedure_marks, service_days
from desk_app.ui.bindings.bound_days import bound_days

SINGLE, BIRTH = "1.004873", "1.001193"
HOLD = Hold(procedures=(BIRTH,), starts="2026-11-18", until="2026-11-25", reason="Bảo trì", weight=HoldWeight.REFUSE)
FRIDAY = ServiceDay(
    id="khong-hen",
    kind=ServiceDayKind.NO_APPOINTMENT,
    weekdays=(5,),
    procedures=(SINGLE, BIRTH),
    number="12/QĐ-UBND",
    decided_on="2026-10-01",
    in_force_from="2026-11-01",
)


def marked(desk: Desk) -> dict[str, procedure_marks.ProcedureMark]:
    return procedure_marks.marks(desk, offered.codes_of(desk, offered.choices(desk)))


def test_on_a_usual_day_without_holds_nothing_is_marked(desk: Desk) -> None:
    assert marked(desk) == {}


@pytest.mark.parametrize("weight", list(HoldWeight))
def test_a_mark_stands_where_reception_says_something_and_nowhere_else(desk: Desk, weight: HoldWeight) -> None:
    holds.add(desk, replace(HOLD, weight=weight))
    service_days.put(desk, FRIDAY)
    found, ask = marked(desk), bound_days(desk).of_procedure
    for choice in offered.choices(desk):
        said, mark = ask(choice.code), found.get(choice.code)
        assert (mark is not None and mark.weight is not None) is bool(said.held), choice.title
        assert (mark is not None and FRIDAY.title in mark.words) is bool(said.day), choice.title
        assert (mark is not None and mark.weight is HoldWeight.REFUSE) is said.is_refused, choice.title
    assert found[SINGLE].words == "Ngày không hẹn"
    assert found[BIRTH].words == f"{weight.word} · Ngày không hẹn"
    assert len(found) > 2  # bundles that have the birth in them are marked with it
