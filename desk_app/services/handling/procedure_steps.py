"""The inner steps of a procedure as an office changes them: a new version beside the old, no release of the program."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app import foreign_folder, typed_values
from desk_app.domain.bounded_text import MOST_BYTES, toml_of
from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.office_table import FileFault, text_of
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures import inner_step
from desk_app.domain.procedures.inner_step import CompletionRule, InnerStep
from desk_app.domain.procedures.procedure import Procedure
from desk_app.errors import DeskError, of_system
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import catalogue


class InnerStepsFileError(DeskError):
    message = "Tệp quy trình nội bộ {file} chưa dùng được: {why}"
    remedy = "Sửa tệp theo mẫu [[inner_steps]] id, name, who, half_days rồi chạy lại; chưa có gì thay đổi."


class OfficeSteps(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the file of an office holds."""

    inner_steps: tuple[InnerStep, ...]
    completion: CompletionRule | None = None


def in_force(desk: Desk, code: str) -> Procedure:
    """The version that holds today. Raises `UnknownProcedureError`."""
    return catalogue.in_force(desk.db, code, desk.today().isoformat())


def change(desk: Desk, code: str, path: Path) -> Procedure:
    """The procedure with the inner steps of this TOML file, for dossiers received from now on.

    Dossiers received before keep their version. Raises `InnerStepsFileError`, `UnknownProcedureError`.
    """
    before = in_force(desk, code)
    found = _read(path)
    after = replace(before, inner_steps=found.inner_steps, completion=found.completion or before.completion)
    with session.deed(desk, Permission.LAW):
        catalogue.put(desk.db, after, added_at=milliseconds(desk.now()), rank="office")
    return in_force(desk, code)


def _read(path: Path) -> OfficeSteps:
    try:
        raw = toml_of(text_of(foreign_folder.whole(path, most=MOST_BYTES)))
        found = typed_values.converted(raw, OfficeSteps)
    except OSError as error:
        raise InnerStepsFileError(file=path.name, why=of_system(error, path)) from error
    except (FileFault, msgspec.ValidationError) as error:
        raise InnerStepsFileError(file=path.name, why=f"nội dung không đúng mẫu ({error}).") from error
    wrong = list(inner_step.mistakes(found.inner_steps)) if found.inner_steps else ["chưa có bước nào"]
    if wrong:
        raise InnerStepsFileError(file=path.name, why=f"{'; '.join(wrong)}.")
    return found
