"""What the window asks of service days and of procedures held at reception."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.domain.holds.hold import Hold
    from desk_app.domain.procedures.inner_step import InnerStep
    from desk_app.domain.service_days.service_day import ServiceDay, ServiceDayKind
    from desk_app.services.handling.procedure_steps import SetSteps
    from desk_app.services.service_days.holds import HoldRow
    from desk_app.services.service_days.procedure_marks import ProcedureMark
    from desk_app.services.service_days.service_days import ServiceDayRow
    from desk_app.store.reference.catalogue import Choice


class ProcedureToday(Struct, frozen=True, kw_only=True):
    """What reception says of a procedure now: its service day, and a hold with its weight; "" for neither."""

    day: str = ""
    held: str = ""
    is_refused: bool = False


class DayServices(Struct, frozen=True, kw_only=True):
    """All belong to the window's own thread and take milliseconds. `line` is "" on a usual day.

    `marks` gives by code what a list says beside procedures of which there is something to say now.
    """

    line: Callable[[], str]
    marks: Callable[[Sequence[Choice]], Mapping[str, ProcedureMark]]
    of_procedure: Callable[[str], ProcedureToday]
    days: Callable[[], list[ServiceDayRow]]
    put_day: Callable[[ServiceDay], ServiceDay]
    end_day: Callable[[str], ServiceDay]
    new_day_id: Callable[[ServiceDayKind], str]
    holds: Callable[[], list[HoldRow]]
    add_hold: Callable[[Hold], Hold]
    change_hold: Callable[[str, Hold], Hold]
    end_hold: Callable[[str, str], Hold]
    inner_steps: Callable[[str], SetSteps]
    put_inner_steps: Callable[[str, Sequence[InnerStep]], SetSteps]
