"""Dossiers in an answer: data for `--json` and a line for a person, made in one place."""

from __future__ import annotations

from collections.abc import Iterable

from desk_app.domain.calendar import dates
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.people.person import masked
from desk_app.services.old_data import memory
from desk_app.services.old_data.memory import OldFind
from desk_app.store.queries.dossiers import DossierRow
from desk_app.terminal import Answer, clock, moment


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
        **({"remark": found.remark} if found.remark else {}),
    }


def old_row(found: OldFind) -> dict[str, object]:
    """A dossier of before this program: `status` is "old", what its file said stands under `old`."""
    facts = found.record.facts
    told = ("received_on", "due_on", "returned_on", "status", "result", "book", "clerk", "note")
    return {
        "code": found.record.code,
        "applicant": facts.get("full_name", ""),
        "id_number_masked": masked(facts.get("id_number", "")),
        "procedure": "",
        "procedure_name": facts.get("procedure", ""),
        "status": "old",
        "due_at": None,
        "old": {"file": found.source, "row": found.line, **{key: facts.get(key, "") for key in told}},
    }


def _old_line(found: OldFind) -> str:
    facts = found.record.facts
    days = [f"nhận {dates.shown(facts['received_on'])}"] if facts.get("received_on") else []
    days += [f"trả {dates.shown(facts['returned_on'])}"] if facts.get("returned_on") else []
    parts = (
        found.record.code,
        facts.get("full_name", ""),
        masked(facts.get("id_number", "")),
        facts.get("procedure", ""),
        "HỒ SƠ CŨ",
        *days,
        f"({memory.told_source(found)})",
    )
    return "  ".join(part for part in parts if part)


def rows(found: Iterable[DossierRow], old: Iterable[OldFind] = ()) -> Answer:
    """A list of dossiers, one line each; those of before this program come after and say so."""
    kept, before = list(found), list(old)
    lines = [
        f"{row.code}  {row.applicant}  {masked(row.id_number)}  {row.procedure_name}  {Status(row.status).label}"
        f"  hẹn {clock(row.due_at)}"
        for row in kept
    ]
    lines += [_old_line(each) for each in before]
    data = [*(row(each) for each in kept), *(old_row(each) for each in before)]
    return Answer(data, tuple(lines) or ("Không có hồ sơ nào.",))
