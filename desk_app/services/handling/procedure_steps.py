"""The inner steps of a procedure as an office changes them: a fact of the commune in the journal, for all its desks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app import foreign_folder, typed_values
from desk_app.domain.bounded_text import MOST_BYTES, toml_of
from desk_app.domain.calendar.moments import in_vietnam, milliseconds
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.domain.handling import office_steps
from desk_app.domain.handling.office_steps import MOST_STEPS, OfficeSteps
from desk_app.domain.office_table import FileFault, text_of
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures import inner_step
from desk_app.domain.procedures.inner_step import CompletionRule, InnerStep
from desk_app.domain.procedures.procedure import Procedure
from desk_app.errors import BadFactError, DeskError, of_system
from desk_app.services.accounts import session
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.handling import handling_data
from desk_app.store.reference import catalogue
from desk_app.store.reference import office_steps as office_steps_kept


class InnerStepsFileError(DeskError):
    message = "Tệp quy trình nội bộ {file} chưa dùng được: {why}"
    remedy = "Sửa tệp theo mẫu [[inner_steps]] id, name, who, half_days rồi chạy lại; chưa có gì thay đổi."


class StepsFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the file of an office holds."""

    inner_steps: tuple[InnerStep, ...]
    completion: CompletionRule | None = None


class SetSteps(Struct, frozen=True, kw_only=True):
    """The inner steps that a dossier received now would have; `is_own`: the office set them itself, on `since` (UTC ms,
    0 for never).
    """

    code: str
    steps: tuple[InnerStep, ...]
    is_own: bool
    since: int = 0

    @property
    def told(self) -> str:
        """From when the steps hold, for a person; "" where the office set none."""
        return f"xã đặt từ {in_vietnam(self.since):%H:%M %d/%m/%Y}" if self.is_own else ""


def in_force(desk: Desk, code: str) -> Procedure:
    """The version that holds today, as the office handles it. Raises `UnknownProcedureError`."""
    found = catalogue.in_force(desk.db, code, desk.today().isoformat())
    return procedure_versions.with_office_steps(desk, found)


def shown(desk: Desk, code: str) -> SetSteps:
    """The inner steps now, those of the template where nobody set any. Raises `UnknownProcedureError`."""
    now = in_force(desk, code)
    known = office_steps_kept.known(desk.db, code)
    is_own = known is not None and bool(known[1].inner_steps) and now.inner_steps == known[1].inner_steps
    steps = handling_data.steps_of(now, desk.today().isoformat())
    return SetSteps(code=code, steps=steps, is_own=is_own, since=known[0] if known and is_own else 0)


def put(desk: Desk, code: str, steps: Sequence[InnerStep], completion: CompletionRule | None = None) -> Procedure:
    """The procedure with these inner steps, for dossiers received from now on at every desk of the commune.

    Without any the procedure's own hold again; a step without an id gets one; no `completion` leaves what was set of
    it. What stands already is recorded no second time. Raises `BadFactError`, `UnknownProcedureError`.
    """
    catalogue.in_force(desk.db, code, desk.today().isoformat())
    steps = _named(desk, code, steps)
    known = office_steps_kept.known(desk.db, code)
    completion = completion or (known[1].completion if known else None)
    wrong = list(inner_step.mistakes(steps))
    if len(steps) > MOST_STEPS:
        wrong.append(f"nhiều nhất {MOST_STEPS} bước")
    if not all(step.name.strip() for step in steps):
        wrong.append("bước nào cũng cần tên")
    if wrong:
        raise BadFactError(field="inner_steps", label="Quy trình nội bộ", why="; ".join(wrong))
    said = OfficeSteps(inner_steps=tuple(steps), completion=completion)
    with session.deed(desk, Permission.LAW) as done:
        if known is None or known[1] != said:
            key, text = office_steps.said(code, said, milliseconds(done.now))
            done.record(OfficeChanged(values={key: text}), dossier="")
    return in_force(desk, code)


def _named(desk: Desk, code: str, steps: Sequence[InnerStep]) -> list[InnerStep]:
    """The steps, those that are new with an id; ids stand in events for ever, so none is given twice."""
    used = {
        *(step.id for step in steps),
        *(step.id for each in catalogue.versions(desk.db, code) for step in each.inner_steps),
    }
    used |= {step.id for said in office_steps_kept.every(desk.db, code) for step in said.inner_steps}
    free = (name for number in count(1) if (name := f"buoc-{number}") not in used)
    return [step if step.id else replace(step, id=next(free)) for step in steps]


def change(desk: Desk, code: str, path: Path) -> Procedure:
    """The procedure with the inner steps of this TOML file, for dossiers received from now on.

    Dossiers received before keep their version. Raises `InnerStepsFileError`, `UnknownProcedureError`.
    """
    found = _read(path)
    return put(desk, code, found.inner_steps, found.completion)


def _read(path: Path) -> StepsFile:
    try:
        raw = toml_of(text_of(foreign_folder.whole(path, most=MOST_BYTES)))
        found = typed_values.converted(raw, StepsFile)
    except OSError as error:
        raise InnerStepsFileError(file=path.name, why=of_system(error, path)) from error
    except (FileFault, msgspec.ValidationError) as error:
        raise InnerStepsFileError(file=path.name, why=f"nội dung không đúng mẫu ({error}).") from error
    wrong = list(inner_step.mistakes(found.inner_steps)) if found.inner_steps else ["chưa có bước nào"]
    if wrong:
        raise InnerStepsFileError(file=path.name, why=f"{'; '.join(wrong)}.")
    return found
