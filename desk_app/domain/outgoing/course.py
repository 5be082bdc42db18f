"""Who held a dossier, from when, how long, and whether in time: what the control slip shows. Pure.

Times are as they passed on the clock: a calendar can be corrected later, and the slip must say the same for ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.calendar.moments import shown_moment
from desk_app.domain.dossiers.course import moment_of
from desk_app.domain.dossiers.dossier_state import Dossier
from desk_app.domain.dossiers.events import Recorded, Stamp, StepTaken
from desk_app.domain.dossiers.steps import ACTIONS, Action, Status, leads_to

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000
_BACK = frozenset({Action.SIGNED, Action.READY, Action.REQUEST_COMPLETION, Action.COMPLETE, Action.ASK_DUTY})
"""Steps that the desk itself takes: the dossier is back at it."""
_CITIZEN, _DESK, _LEADER = "Người nộp hồ sơ", "Bộ phận Một cửa", "Lãnh đạo"
_OPEN_END = 0


class CourseEntry(Struct, frozen=True, kw_only=True):
    """`holder` had the dossier from `since`, handed over by `giver`, to do by `until` (0: not said), until `left` (0:
    has it still). Moments UTC ms. `remark` is the step that brought it there.
    """

    giver: str
    holder: str
    since: int
    until: int = 0
    left: int = _OPEN_END
    remark: str = ""


def was_handed(dossier: Dossier, taken: StepTaken | None = None) -> bool:
    """Whether the dossier was handed to somebody by name, by the steps that count or by the one being taken."""
    steps = [step for _, step in counted(dossier)]
    return any(_receiver(step) for step in (*steps, *((taken,) if taken else ())))


def counted(dossier: Dossier, before: Stamp | None = None) -> Iterator[tuple[Recorded, StepTaken]]:
    """The steps that count, in their order; `before` leaves out that step and all later ones."""
    for turn in dossier.turns:
        if before is not None and turn.stamp >= before:
            return
        if isinstance(turn.payload, StepTaken) and turn.stamp not in dossier.taken_back:
            yield turn, turn.payload


def course(dossier: Dossier, last: Recorded) -> tuple[CourseEntry, ...]:
    """Who had the dossier up to and with the step `last`, the desk first."""
    found = [CourseEntry(giver=_CITIZEN, holder=_DESK, since=dossier.received_at, remark="tiếp nhận")]
    for turn, step in counted(dossier):
        if turn.stamp > last.stamp:
            break
        receiver = _receiver(step)
        until = step.until if receiver else 0
        receiver = receiver or (_DESK if step.action in _BACK else "")
        if not receiver or (receiver == found[-1].holder and not until):
            continue
        giver = found[-1].holder
        found[-1] = replace(found[-1], left=turn.at)
        rule = ACTIONS.get(step.action)
        label = rule.label if rule else step.action
        found.append(CourseEntry(giver=giver, holder=receiver, since=turn.at, until=until, remark=label))
    return tuple(found)


def course_rows(dossier: Dossier, event: Recorded) -> tuple[dict[str, str], ...]:
    """The rows of the control slip that the step `event` owes."""
    return tuple(
        {
            "n": str(number),
            "between": f"Giao: {each.giver}. Nhận: {each.holder}",
            "at": shown_moment(each.since),
            "until": shown_moment(each.until),
            "held": held_for(each.left - each.since) if each.left else "",
            "outcome": outcome(each),
            "remark": each.remark,
        }
        for number, each in enumerate(course(dossier, event), 1)
    )


def held_for(passed: int) -> str:
    """Milliseconds as a person says them: "2 ngày 3 giờ", "40 phút"; below a minute "dưới 1 phút"."""
    days, hours, minutes = passed // _DAY, passed % _DAY // _HOUR, passed % _HOUR // _MINUTE
    said = [f"{days} ngày"] if days else []
    said += [f"{hours} giờ"] if hours else []
    said += [f"{minutes} phút"] if minutes and not days else []
    return " ".join(said) or "dưới 1 phút"


def outcome(holding: CourseEntry) -> str:
    """As the official slip words it; "" where no time was set, or the holder has it still."""
    if not holding.until or not holding.left:
        return ""
    if holding.left > holding.until:
        return "Quá hạn"
    return "Đúng hạn" if holding.left > holding.until - _DAY else "Trước hạn"


def due_before(dossier: Dossier, event: Recorded) -> int:
    """When the result was due before the step `event`, as the paper in the citizen's hand said; UTC ms, 0 for none."""
    said: list[tuple[Stamp, int]] = [((0, ""), dossier.first_due_at)]
    said += [(turn.stamp, step.due_at) for turn, step in counted(dossier, event.stamp) if step.due_at]
    said += [(tip.stamp, at) for tip in dossier.tips.get("due_at", ()) if (at := moment_of(tip.value))]
    return max(one for one in said if one[0] < event.stamp)[1]


def stage_before(dossier: Dossier, event: Recorded) -> Status:
    """Where the dossier stood before the step `event`."""
    status = Status.RECEIVED
    for _, step in counted(dossier, event.stamp):
        status = leads_to(step.action, step.outcome) or status
    return status


def _receiver(step: StepTaken) -> str:
    """Whom the step hands the dossier to; "" for a step that hands it to nobody."""
    if step.action == Action.SUBMIT:
        return step.to or step.signer or _LEADER
    return step.to if step.action == Action.FORWARD else ""
