"""What a command answers: data for `--json`, lines for a person; one place turns records into both."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk_app.domain.calendar import VIETNAM
from desk_app.domain.person import masked
from desk_app.domain.steps import Status
from desk_app.store.dossiers import DossierRow


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is what `--json` prints; `lines` what a person reads; `exit_code` 1 says that something is wrong."""

    data: Any
    lines: tuple[str, ...]
    exit_code: int = 0


def show(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer.data, ensure_ascii=False, indent=1))
    else:
        for line in answer.lines:
            print(line)


def moment(at: int) -> str | None:
    """UTC milliseconds as ISO with the Vietnamese offset; None for never."""
    return datetime.fromtimestamp(at / 1000, VIETNAM).isoformat(timespec="seconds") if at else None


def clock(at: int) -> str:
    """UTC milliseconds as a person reads them."""
    return f"{datetime.fromtimestamp(at / 1000, VIETNAM):%H:%M %d/%m/%Y}" if at else "—"


def row(found: DossierRow) -> dict[str, object]:
    """A dossier in a list; the ID number masked."""
    return {
        "code": found.code,
        "applicant": found.applicant,
        "id_number_masked": masked(found.id_number),
        "procedure": found.procedure,
        "procedure_name": found.procedure_name,
        "status": found.status,
        "due_at": moment(found.due_at),
    }


def rows(found: Iterable[DossierRow]) -> Answer:
    """A list of dossiers, one line each."""
    kept = list(found)
    lines = [
        f"{row.code}  {row.applicant}  {masked(row.id_number)}  {row.procedure_name}  {Status(row.status).label}"
        f"  hẹn {clock(row.due_at)}"
        for row in kept
    ]
    return Answer([row(each) for each in kept], tuple(lines) or ("Không có hồ sơ nào.",))
