"""What today is otherwise for each procedure of a list: a hold at reception, a service day; the rules of reception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.holds import hold as hold_rules
from desk_app.domain.holds.hold import HoldWeight
from desk_app.domain.service_days import applying
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import service_days as kept_days


class ProcedureMark(Struct, frozen=True, kw_only=True):
    """`words` for a line of a list ("Tạm dừng nhận · Ngày không hẹn"); `weight` of the hold, None for a day alone."""

    words: str
    weight: HoldWeight | None = None


def marks(desk: Desk, procedures: Mapping[str, Sequence[str]]) -> dict[str, ProcedureMark]:
    """By key, of those of which there is something to say now; a bundle is given with the codes of its procedures."""
    now = desk.now()
    held, day = kept_days.holds(desk.db), now.astimezone(VIETNAM).date()
    days = [each.day for each in applying.at(kept_days.held_days(desk.db), now, desk.calendar)]
    if not held and not days:
        return {}
    found = {}
    for key, codes in procedures.items():
        holds = [one.hold.weight for code in codes if (one := hold_rules.deciding(held, code, day)) is not None]
        weight = HoldWeight.REFUSE if HoldWeight.REFUSE in holds else holds[0] if holds else None
        titles = [each.title for each in days if any(applying.covers(each, code) for code in codes)]
        words = [*([weight.word] if weight is not None else []), *dict.fromkeys(titles)]
        if words:
            found[key] = ProcedureMark(words=" · ".join(words), weight=weight)
    return found
