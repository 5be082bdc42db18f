"""step, conflicts, settle, attach."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from desk_app.cli import answers
from desk_app.cli.dossiers import paper_commands, receiving
from desk_app.cli.dossiers.step_words import CORRECT, TAKE_BACK
from desk_app.cli.dossiers.work_told import handling_told
from desk_app.cli.opening import opened
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.calendar.typed_day import judged_due
from desk_app.domain.dossiers.changes import text_of
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.fact_paths import (
    APPLICANT,
    CHANNEL,
    COMPONENTS,
    DOCUMENTS,
    DUE,
    FEE,
    PROCEDURE,
    SETS,
    FactPath,
)
from desk_app.domain.dossiers.steps import ACTIONS
from desk_app.domain.people.person import Person
from desk_app.errors import BadFactError, DeskError, MissingFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps, taking_back
from desk_app.services.dossiers.steps import Conflict
from desk_app.services.handling.step_details import KEYS
from desk_app.services.linked import whole
from desk_app.services.papers import papers
from desk_app.services.payments import standing
from desk_app.services.reception import due_and_fee
from desk_app.terminal import Answer, moment

_TOLD = ("reason", "to", "due", "result", "number", *KEYS)
_PATHS = {
    "fee_total": FEE,
    "note": "note",
    "return_by": "return_by",
    "channel": CHANNEL,
    "due": DUE,
    "due_at": DUE,
    "sets": SETS,
    "procedure": PROCEDURE,
    "components": COMPONENTS,
    "document": DOCUMENTS,
}


class StepWithoutPapersError(DeskError):
    message = "Bước đã được ghi vào hồ sơ {code}, nhưng chưa giao được giấy: {why}"
    remedy = "Đừng ghi lại bước. Sửa chỗ đã nêu rồi in lại: desk-app print MÃ --what TÊN_GIẤY --out THƯ_MỤC."


def step(chosen: argparse.Namespace) -> Answer:
    """A step, a step taken back, or a correction; `--set` gives what it needs."""
    pairs = receiving.pairs(chosen.set)
    told = dict(pairs)
    if chosen.action not in (CORRECT, TAKE_BACK):
        told |= {"defects": "\n".join(v for k, v in pairs if k == "defects")} if "defects" in told else {}
    if chosen.field and chosen.action in (CORRECT, TAKE_BACK):
        raise BadFactError(field="field", label="--field", why="chỉ dùng với một bước có giấy tờ hỏi thêm")
    with opened(chosen) as desk:
        if chosen.action == CORRECT:
            reason = told.pop("reason", "")
            changes = _changes(desk, chosen.code, pairs)
            remarks = [each.text for each in steps.mistakes_of_correction(desk, chosen.code, changes)]
            kept = steps.correct(desk, chosen.code, changes, reason=reason)
            remarks += filter(None, [standing.told_after(kept)])
            said = [
                *remarks,
                *_due_said(desk, kept, pairs),
                *_of_whole(desk, kept, changes, reason, all_=chosen.linked),
            ]
            return _answer(kept, f"Đã đính chính hồ sơ {kept.code}.", said)
        if chosen.action == TAKE_BACK:
            kept = taking_back.take_back(desk, chosen.code, reason=told.pop("reason", ""), due_on=told.pop("due", ""))
            _refuse_others(told, ("reason", "due"))
            said = _due_said(desk, kept, pairs)
            return _answer(kept, f"Đã rút lại bước vừa ghi của hồ sơ {kept.code}. Nay: {kept.status.label}.", said)
        asked = steps.asked(desk, chosen.code, chosen.action)
        fields = _answers(asked, chosen, told)
        remarks = [each.text for each in steps.mistakes_of_step(desk, chosen.code, chosen.action, fields)]
        remarks += steps.remarks(desk, chosen.code, chosen.action)
        with receiving.asked_with("--field", asked):
            kept = steps.step(
                desk,
                chosen.code,
                chosen.action,
                reason=told.pop("reason", ""),
                to=told.pop("to", ""),
                due_on=told.pop("due", ""),
                result=told.pop("result", ""),
                number=told.pop("number", ""),
                fields=fields,
                details={key: told.pop(key) for key in KEYS if key in told},
                collector=_collector(told),
            )
        said = [*remarks, *_due_said(desk, kept, pairs)]
        drawn = papers.draw_of_step(desk, kept)
        try:
            files = paper_commands.handed_on(desk, kept.code, drawn, out=chosen.out, printer=chosen.printer)
        except DeskError as error:
            raise StepWithoutPapersError(code=kept.code, why=error) from error
    line = f"Hồ sơ {kept.code}: {ACTIONS[chosen.action].label}. Nay: {kept.status.label}."
    told_papers = [paper_commands.told(paper, file) for paper, file in zip(drawn, files, strict=True)]
    lines = (line, *said, *paper_commands.said_of(drawn, files, chosen.printer))
    return Answer({**_data(kept), "papers": told_papers, "warnings": said}, lines)


def _of_whole(desk: Desk, kept: Dossier, changes: Mapping[str, str], reason: str, *, all_: bool) -> list[str]:
    """What becomes of the same person and answers in the dossiers received with this one: corrected, or offered."""
    if all_:
        done = whole.correct_others(desk, kept.code, changes, reason=reason)
        return [f"Đã đính chính như vậy ở hồ sơ liên thông {', '.join(done)}."] if done else []
    found = whole.differing(desk, kept, changes)
    return [f"Hồ sơ liên thông {', '.join(found)} còn ghi khác: thêm --linked để đính chính cả gói."] if found else []


def _answers(asked: Collection[str], chosen: argparse.Namespace, told: dict[str, str]) -> dict[str, str]:
    """By key, what `--field` answers, and what `--set` answers of what the papers of the step ask; taken out of `told`.

    Of a key that is a word of the step as well ("reason"), only `--field` answers the paper's question.
    """
    of_papers = set(asked) - set(_TOLD)
    return {key: told.pop(key) for key in of_papers if key in told} | dict(receiving.pairs(chosen.field, "--field"))


def _changes(desk: Desk, code: str, pairs: list[tuple[str, str]]) -> dict[str, str]:
    """By path, what `--set` says; papers by their ids, "document" again for each original."""
    changes = {_path_of(key): value for key, value in pairs if key not in ("reason", "document", "components")}
    if originals := [receiving.document(value) for key, value in pairs if key == "document" and value]:
        changes[DOCUMENTS] = text_of(tuple(originals))
    for key, value in pairs:
        if key == "components":
            changes[COMPONENTS] = steps.components_named(desk, code, receiving.ids_in(value))
    return changes


def conflicts(chosen: argparse.Namespace) -> Answer:
    """Of one dossier: both values of each thing. Of none: the dossiers a person must look at."""
    with opened(chosen, reader=True) as desk:
        if not chosen.code:
            return answers.rows(steps.to_look_at(desk))
        found = steps.conflicts(desk, chosen.code)
    lines = [line for conflict in found for line in _lines(conflict)]
    return Answer([_told(conflict) for conflict in found], tuple(lines) or ("Không có mục nào hai quầy cùng sửa.",))


def settle(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        value = chosen.value
        if value is None:
            value = _kept_value(steps.conflicts(desk, chosen.code), chosen.path, chosen.keep)
        kept = steps.settle_conflict(desk, chosen.code, chosen.path, value)
    return _answer(kept, f"Đã chọn một giá trị cho hồ sơ {kept.code}.")


def attach(chosen: argparse.Namespace) -> Answer:
    with opened(chosen) as desk:
        kept, file = steps.attach(desk, chosen.code, Path(chosen.file), component=chosen.component)
    data = {"code": kept.code, "sha": file.sha, "size": file.size, "type": file.type, "name": file.name}
    return Answer(data, (f"Đã đính kèm {file.name} vào hồ sơ {kept.code}.",))


def _path_of(key: str) -> str:
    """The path of what `receive --set` calls `key`."""
    if key in _PATHS:
        return _PATHS[key]
    if key in Person.__struct_fields__:
        return FactPath("people", APPLICANT, key).text
    return FactPath.of_key(key).text


def _collector(told: dict[str, str]) -> Person | None:
    """Who took the result, from "collector.full_name" …; refuses a key no step knows."""
    facts = {}
    for key, value in told.items():
        fact = FactPath.of_key(key)
        if fact.role != "collector":
            _refuse_others({key: value}, (*_TOLD, "collector.full_name"))
        facts[fact.name] = value
    if not facts:
        return None
    if not facts.get("full_name"):
        raise MissingFactError(field="collector.full_name", label="Họ tên người nhận kết quả")
    return Person(**facts)


def _refuse_others(told: Mapping[str, str], known: Sequence[str]) -> None:
    """Raises `BadFactError` for a key that this step does not take."""
    for key in told:
        raise BadFactError(field="set", label=f"--set {key}", why=f"bước này chỉ nhận {', '.join(known)}")


def _due_said(desk: Desk, kept: Dossier, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """What the window says of a due day that was typed: that it is a day off, and the next working day."""
    if not kept.due_at or not any(key in ("due", DUE) and value for key, value in pairs):
        return []
    return due_and_fee.due_remarks(judged_due(in_vietnam(kept.due_at).date(), desk.today(), desk.calendar))


def _answer(kept: Dossier, line: str, warnings: Sequence[str] = ()) -> Answer:
    return Answer({**_data(kept), "warnings": list(warnings)}, (line, *warnings))


def _data(kept: Dossier) -> dict[str, object]:
    return {
        "code": kept.code,
        "status": str(kept.status),
        "due_at": moment(kept.due_at),
        "returned_at": moment(kept.returned_at),
        "result": kept.result,
        **handling_told(kept),
        "conflicts": sorted(kept.conflicts),
    }


def _told(conflict: Conflict) -> dict[str, object]:
    values = [
        {
            "value": one.value,
            "author": one.author,
            "desk": one.desk,
            "at": one.at.isoformat(timespec="seconds"),
            "ours": one.is_ours,
        }
        for one in conflict.values
    ]
    return {"path": conflict.path, "label": conflict.label, "values": values}


def _lines(conflict: Conflict) -> list[str]:
    lines = [f"{conflict.label} ({conflict.path}): hai quầy cùng sửa"]
    for n, one in enumerate(conflict.values, 1):
        where = "quầy này" if one.is_ours else f"quầy {one.desk}" if one.desk else "quầy khác"
        lines.append(f"  {n}. {one.shown}  ({one.author}, {where}, {one.at:%H:%M %d/%m/%Y})")
    return lines


def _kept_value(found: tuple[Conflict, ...], path: str, number: int) -> str:
    """The value that `conflicts` lists under this number."""
    for conflict in found:
        if conflict.path == path and 1 <= number <= len(conflict.values):
            return conflict.values[number - 1].value
    raise BadFactError(field="keep", label="--keep", why="không có giá trị mang số thứ tự đó ở mục này")
