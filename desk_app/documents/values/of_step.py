"""What papers of a step say of it: the action, its reason, its paper's number, when and by whom. Pure.

What happened before the step is taken from the dossier as it was then: a later step changes no paper of an earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from desk_app.documents.values.of_person import put_person
from desk_app.documents.values.written import put, put_moment
from desk_app.domain.calendar import dates
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.dossiers.fact_paths import FactPath
from desk_app.domain.dossiers.steps import ACTIONS, Action
from desk_app.domain.outgoing import course
from desk_app.domain.people.person import Person

_HANDED = {
    "counter": "Tại Bộ phận Một cửa",
    "authorised": "Người được ủy quyền nhận tại Bộ phận Một cửa",
    "post": "Qua dịch vụ bưu chính công ích",
    "home": "Trả kết quả tại nhà",
}
_RESULT = "Kết quả giải quyết thủ tục hành chính"


def put_step(values: dict[str, object], event: Recorded, step: StepTaken, dossier: Dossier) -> None:
    """`event` is the step as it stands in the journal of the dossier.

    An answer of the step stands under its own key, in place of what the dossier says; one about a person is part of
    that person.
    """
    rule = ACTIONS.get(step.action)
    values |= {
        "step.action": rule.label if rule else step.action,
        "step.reason": step.reason,
        "step.to": step.to,
        "step.result": step.result,
        "step.number": step.number,
        "step.author": event.author,
        "step.stage": course.stage_before(dossier, event).label,
        "step.lapsed": "Có" if step.action == Action.LAPSE else "",
        "step.item_code": step.item_code,
        "step.paper_of_authority": step.paper_of_authority,
    }
    put_moment(values, "step.at", event.at)
    put_moment(values, "step.due_at", step.due_at)
    put_moment(values, "step.until", step.until)
    put_moment(values, "step.due_before", course.due_before(dossier, event))
    put_moment(values, "step.due_then", step.due_at or course.due_before(dossier, event))
    values["defects"] = tuple(
        {"n": str(number), "name": defect.name, "wrong": defect.wrong} for number, defect in enumerate(step.defects, 1)
    )
    if step.action == Action.RETURN:
        _put_return(values, event, step, dossier)
    people: Mapping[str, Person] = dossier.people
    facts: dict[str, dict[str, str]] = {}
    for key, answer in step.fields.items():
        fact = FactPath.of_key(key)
        if fact.is_persons:
            facts.setdefault(fact.role, {})[fact.name] = answer
        else:
            put(values, key, answer)
    for role, told in facts.items():
        put_person(values, role, replace(people.get(role) or Person(full_name=""), **told))


def _put_return(values: dict[str, object], event: Recorded, step: StepTaken, dossier: Dossier) -> None:
    """Who takes what and how; without anybody named it is the applicant, at the desk."""
    values["step.handed"] = _HANDED.get(step.handed or "counter", step.handed)
    put_person(values, "collector", step.collector or dossier.applicant)
    ready = next(
        (one for _, one in reversed([*course.counted(dossier, event.stamp)]) if one.result), StepTaken(action="")
    )
    decided = f"ngày {dates.shown(ready.decided_on)}" if ready.decided_on else ""
    signed = " ".join(part for part in (ready.signer and f"{ready.signer} ký", decided) if part)
    values["results"] = (
        {
            "n": "1",
            "kind": step.result or ready.result or _RESULT,
            "number": ready.number,
            "name": "; ".join(part for part in (str(values.get("dossier.procedure", "")), signed) if part),
        },
    )
