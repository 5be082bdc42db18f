"""Service days and holds as the window calls them; nothing of it loads before it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.ui.services.day_services import DayServices, ProcedureToday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.linked import bundle
    from desk_app.domain.procedures.inner_step import InnerStep
    from desk_app.services.handling import procedure_steps
    from desk_app.services.handling.procedure_steps import SetSteps
    from desk_app.services.linked import offered
    from desk_app.services.service_days import day_line, holds, procedure_marks, service_days
else:
    procedure_steps = lazy("desk_app.services.handling.procedure_steps")
    offered = lazy("desk_app.services.linked.offered")
    day_line = lazy("desk_app.services.service_days.day_line")
    holds = lazy("desk_app.services.service_days.holds")
    procedure_marks = lazy("desk_app.services.service_days.procedure_marks")
    service_days = lazy("desk_app.services.service_days.service_days")
    bundle = lazy("desk_app.domain.linked.bundle")


def bound_days(desk: Desk) -> DayServices:
    def of_procedure(code: str) -> ProcedureToday:
        now = desk.now()
        parts = bundle.parts_of(offered.in_force(desk, code, now.date().isoformat()))
        days = {each.day.id: each.day for part in parts for each in service_days.applying_to(desk, part.code, now)}
        found = [held for part in parts if (held := holds.deciding(desk, part.code, now)) is not None]
        return ProcedureToday(
            day="; ".join(f"{each.title}: {each.kind.promise}" for each in days.values()),
            held="\n".join(dict.fromkeys(map(holds.shortly, found))),
            is_refused=any(map(holds.is_refusal, found)),
        )

    def put_inner_steps(code: str, steps: Sequence[InnerStep]) -> SetSteps:
        procedure_steps.put(desk, code, steps)
        return procedure_steps.shown(desk, code)

    return DayServices(
        line=lambda: day_line.line(desk),
        marks=lambda choices: procedure_marks.marks(desk, offered.codes_of(desk, choices)),
        of_procedure=of_procedure,
        days=lambda: service_days.listed(desk),
        put_day=lambda day: service_days.put(desk, day),
        end_day=lambda id_: service_days.end(desk, id_),
        new_day_id=lambda kind: service_days.new_id(desk, kind),
        holds=lambda: holds.listed(desk),
        add_hold=lambda hold: holds.add(desk, hold),
        change_hold=lambda id_, wish: holds.change(desk, id_, wish),
        end_hold=lambda id_, why: holds.end(desk, id_, why=why),
        inner_steps=lambda code: procedure_steps.shown(desk, code),
        put_inner_steps=put_inner_steps,
    )
