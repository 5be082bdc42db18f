"""steps, inner-steps, note."""

from __future__ import annotations

import argparse
from pathlib import Path

from desk_app import foreign_folder
from desk_app.cli.opening import opened
from desk_app.domain.calendar.moments import in_vietnam, shown_moment
from desk_app.domain.dossiers.events import Noted
from desk_app.domain.dossiers.steps import ACTIONS, Action, Status
from desk_app.domain.handling import step_diagram
from desk_app.domain.handling.step_table import refusal_of
from desk_app.domain.procedures.inner_step import InnerStep
from desk_app.domain.procedures.procedure import Procedure
from desk_app.errors import of_system
from desk_app.services.dossiers import steps
from desk_app.services.handling import procedure_steps
from desk_app.store.queries import dossiers
from desk_app.terminal import Answer

_HALF = "½"


def step_table(chosen: argparse.Namespace) -> Answer:
    """Every pair of a status and a step; needs no desk."""
    if chosen.out:
        _drawn(Path(chosen.out))
        return Answer({"file": chosen.out}, (f"Đã vẽ các bước vào {chosen.out}.",))
    data = [
        {"status": status.value, "action": action.value, "refusal": refusal_of(status, action)}
        for status in Status
        for action in Action
    ]
    lines = []
    for status in Status:
        open_now = [ACTIONS[action].label for action in Action if not refusal_of(status, action)]
        lines.append(f"{status.label}: {', '.join(open_now) or 'không còn bước nào'}")
    return Answer(data, tuple(lines))


def _drawn(path: Path) -> None:
    try:
        foreign_folder.write_whole(path, [step_diagram.document().encode()])
    except OSError as error:
        raise of_system(error, path) from error


def inner_steps(chosen: argparse.Namespace) -> Answer:
    """The inner steps of a procedure in force; with a file, those of the file from now on."""
    with opened(chosen, reader=not chosen.file) as desk:
        if chosen.file:
            found = procedure_steps.change(desk, chosen.procedure, Path(chosen.file))
        else:
            found = procedure_steps.in_force(desk, chosen.procedure)
    lines = [*(_line(step) for step in found.inner_steps), _completion(found)]
    if chosen.file:
        lines.insert(0, "Hồ sơ nhận từ nay theo quy trình này, ở mọi quầy của xã; hồ sơ đã nhận giữ quy trình cũ.")
    return Answer(_told(found), tuple(lines))


def note(chosen: argparse.Namespace) -> Answer:
    with opened(chosen, reader=not chosen.text) as desk:
        kept = steps.note(desk, chosen.code, chosen.text) if chosen.text else dossiers.by_code(desk.db, chosen.code)
    notes = [
        {"text": event.payload.text, "author": event.author, "at": in_vietnam(event.at).isoformat(timespec="seconds")}
        for event in kept.notes
        if isinstance(event.payload, Noted)
    ]
    lines = tuple(
        f"{shown_moment(event.at)}  {event.author}: {event.payload.text}"
        for event in kept.notes
        if isinstance(event.payload, Noted)
    )
    return Answer({"code": kept.code, "notes": notes}, lines or ("Hồ sơ chưa có ghi chú nội bộ nào.",))


def _told(found: Procedure) -> dict[str, object]:
    steps_told = [
        {
            "id": step.id,
            "name": step.name,
            "who": step.who,
            "half_days": step.half_days,
            "rest": step.rest,
            "signs": step.signs,
        }
        for step in found.inner_steps
    ]
    rule = found.completion
    completion = {"clock": rule.clock.value, "days": rule.days, "verified": rule.verified}
    return {"code": found.code, "version": found.version, "inner_steps": steps_told, "completion": completion}


def _line(step: InnerStep) -> str:
    whole, half = divmod(step.half_days, 2)
    days = f"{whole or ''}{_HALF if half else ''} ngày" if step.half_days else ""
    how_long = "phần còn lại của thời hạn" if step.rest else days or "trong ngày"
    return f"{step.id}  {step.name}, {step.who}: {how_long}"


def _completion(found: Procedure) -> str:
    again = "tính lại từ đầu" if found.completion.clock == "restart" else "tính tiếp"
    sure = "" if found.completion.verified else " (chưa xác nhận)"
    return f"Bổ sung: người nộp có {found.completion.days:02d} ngày làm việc{sure}; nhận bổ sung thì thời hạn {again}."
