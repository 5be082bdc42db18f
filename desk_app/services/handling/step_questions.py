"""What the form of a step asks beside its reason and due day, as questions like those of papers.

Their keys begin with "step.". Enter passes over them: most steps are taken with two keys, and Tab reaches the rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from desk_app.domain.calendar.moments import shown_moment
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.handling import inner_steps
from desk_app.domain.handling.ways_out import HANDS_OUT, WayOut, usual_way
from desk_app.domain.procedures.procedure import ComponentUse
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.handling import handling_data
from desk_app.services.reception.draft import Question

_PLACE = "step."
_DEFECT = f"{_PLACE}defect."
_OTHER = "other"
_WRONG = ("thiếu", "chưa đúng mẫu", "chưa ký", "mờ, không đọc được", "không khớp giấy tờ khác", "đã hết hạn")
_REDO, _END = "Giải quyết lại", "Kết thúc hồ sơ"
_OUTCOMES = {_REDO: "redo", _END: "end"}
_PASSING_ON = (Action.FORWARD, Action.SUBMIT, Action.SIGNED)
_WITH_RESULT = (Action.READY, Action.SIGNED, Action.HAND_OVER)


def told(details: Mapping[str, str], typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The details of a step by key of `step_details.KEYS`, and the answers of its papers; `typed` holds both."""
    said = dict(details)
    answers = {key: text for key, text in typed.items() if not key.startswith(_PLACE)}
    defects = []
    for key, text in typed.items():
        if key.startswith(_DEFECT):
            if text.strip():
                defects.append(_defect(key.removeprefix(_DEFECT), text))
        elif key.startswith(_PLACE) and text.strip():
            said[key.removeprefix(_PLACE)] = _id_of(key, text)
    if defects:
        said["defects"] = json.dumps(defects, ensure_ascii=False)
    return said, answers


def _defect(paper: str, text: str) -> dict[str, str]:
    if paper != _OTHER:
        return {"component": paper, "wrong": text}
    name, _, wrong = text.partition(":")
    return {"name": name, "wrong": wrong}


def _id_of(key: str, text: str) -> str:
    """What the record keeps of a choice that is offered in words."""
    if key == f"{_PLACE}handed":
        return next((way.value for way in WayOut if way.label == text), text)
    return _OUTCOMES.get(text, text) if key == f"{_PLACE}outcome" else text


def of_step(desk: Desk, kept: Dossier, action: str, typed: Mapping[str, str]) -> tuple[Question, ...]:
    """What this step asks now, after the answers typed so far."""
    found = [*_of_passing_on(desk, kept, action), *_of_reason(action), *_of_defects(desk, kept, action)]
    found += [*_of_result(action), *_of_way_out(kept, action, typed)]
    if action == Action.ANNUL:
        found.append(_asked("outcome", "Hồ sơ này tiếp theo", "Hủy kết quả", value=_END, choices=tuple(_OUTCOMES)))
    return tuple(_answered(question, typed) for question in found)


def _of_passing_on(desk: Desk, kept: Dossier, action: str) -> Iterator[Question]:
    if action not in _PASSING_ON:
        return
    section, steps = "Chuyển đến ai, đến khi nào", handling_data.inner_steps_of(desk, kept)
    inner = inner_steps.usual_next(steps, action, kept.status, kept.handling.inner)
    if inner is not None:
        at = inner_steps.until(steps, inner, desk.now(), kept.due_at, desk.calendar)
        names = tuple(step.name for step in steps)
        yield _asked("inner", "Bước nội bộ", section, value=inner.name, choices=names)
        yield _asked("to", "Người, bộ phận nhận", section, value=inner.who)
        yield _asked("until", "Đến khi nào", section, value=shown_moment(at), hint="16:30 30/11/2026")
    else:
        yield _asked("to", "Người, bộ phận nhận", section)
        yield _asked("until", "Đến khi nào", section, hint="16:30 30/11/2026")


def _of_reason(action: str) -> Iterator[Question]:
    kinds = handling_data.reasons().of_action(action)
    if kinds and action not in HANDS_OUT:
        names = tuple(kind.name for kind in kinds)
        yield _asked("cause", "Loại lý do", "Lý do", choices=names)


def _of_defects(desk: Desk, kept: Dossier, action: str) -> Iterator[Question]:
    if action != Action.REQUEST_COMPLETION:
        return
    section = "Giấy tờ nào thiếu, sai gì (nêu một lần tất cả)"
    papers = [
        each for each in procedure_versions.procedure_of(desk, kept).components if each.use is not ComponentUse.NOTE
    ]
    for number, paper in enumerate(papers, 1):
        yield _asked(f"defect.{paper.id}", f"{number}. {paper.name}", section, choices=_WRONG, free=True)
    yield _asked(f"defect.{_OTHER}", "Giấy tờ khác (tên: thiếu, sai gì)", section)


def _of_result(action: str) -> Iterator[Question]:
    if action in _WITH_RESULT:
        section = "Kết quả"
        yield _asked("result", "Số, tên kết quả", section)
        yield _asked("signer", "Người ký", section)
        yield _asked("decided_on", "Ngày ký", section, kind="date")
        yield _asked("file", "Tệp kết quả (đường dẫn)", section)


def _of_way_out(kept: Dossier, action: str, typed: Mapping[str, str]) -> Iterator[Question]:
    if action not in HANDS_OUT:
        return
    section = "Trả cho ai"
    usual = usual_way(kept.return_by).label
    handed = typed.get(f"{_PLACE}handed", "") or usual
    yield _asked("handed", "Cách trả", section, value=usual, choices=tuple(way.label for way in WayOut))
    if handed == WayOut.POST.label:
        yield _asked("item_code", "Mã bưu gửi", section, aside=False)
        return
    if handed == WayOut.HOME.label:
        kinds = handling_data.reasons().of_action(action)
        yield _asked("cause", "Trả tại nhà cho ai", section, choices=tuple(kind.name for kind in kinds), aside=False)
    is_authorised = handed == WayOut.AUTHORISED.label
    yield _asked("collector.full_name", "Họ tên người nhận (khác người nộp)", section, aside=not is_authorised)
    yield _asked("collector.id_number", "Số giấy tờ của người nhận", section)
    if is_authorised:
        yield _asked("paper_of_authority", "Giấy ủy quyền (số, ngày)", section, aside=False)


def _asked(
    key: str,
    label: str,
    section: str,
    *,
    value: str = "",
    choices: Sequence[str] = (),
    kind: str = "",
    hint: str = "",
    free: bool = False,
    aside: bool = True,
) -> Question:
    return Question(
        key=f"{_PLACE}{key}",
        label=label,
        kind=kind or ("choice" if choices else "text"),
        choices=tuple(choices),
        required=False,
        section=section,
        role="",
        value=value,
        source="default" if value else "",
        hint=hint,
        free=free,
        aside=aside,
    )


def _answered(question: Question, typed: Mapping[str, str]) -> Question:
    """The question with what was typed for it, also where that was cleared."""
    if question.key not in typed:
        return question
    return replace(question, value=typed[question.key], source="typed")
