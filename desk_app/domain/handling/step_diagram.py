"""docs/steps.md, drawn from the table of steps: the diagram of a dossier's life, and every pair. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from desk_app.domain.dossiers.steps import ACTIONS, Action, AnnulOutcome, Status, leads_to
from desk_app.domain.handling.step_table import refusal_of

_HEAD = """# Các bước của một hồ sơ

Tệp này do lệnh `desk-app steps --out docs/steps.md` vẽ từ bảng của chương trình
(`desk_app/domain/handling/step_table.py`). Sửa bảng rồi vẽ lại, đừng sửa tệp này.
"""


def document() -> str:
    """The whole file."""
    parts = (_HEAD, "## Sơ đồ\n", _diagram(), "## Bước nào ghi được khi nào\n", _matrix(), "## Vì sao chưa ghi được\n")
    return "\n".join((*parts, "\n".join(_refusals())))


def _diagram() -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{status.label}" as {status.value}' for status in Status]
    lines += ['    state "Nháp" as draft', "    [*] --> draft", "    draft --> received: tiếp nhận"]
    for action in Action:
        for status in Status:
            if not refusal_of(status, action):
                lines += [f"    {status.value} --> {end}: {ACTIONS[action].label}" for end in _ends(status, action)]
    lines += [f"    {status.value} --> [*]" for status in Status if not status.is_open]
    return "\n".join((*lines, "```", ""))


def _ends(status: Status, action: Action) -> tuple[str, ...]:
    """Where the step leads from this status; twice where the person who takes it says which."""
    ends = {leads_to(action, outcome) or status for outcome in ("", *AnnulOutcome)}
    return tuple(end.value for end in Status if end in ends)


def _matrix() -> str:
    head = ["Bước", "Tên ở dòng lệnh", *(status.label for status in Status)]
    rows = [head, ["---"] * len(head)]
    for action in Action:
        marks = ["có" if not refusal_of(status, action) else "–" for status in Status]
        rows.append([ACTIONS[action].label, f"`{action.value}`", *marks])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def _refusals() -> Iterator[str]:
    for status in Status:
        yield f"### {status.label}\n"
        for action in Action:
            if said := refusal_of(status, action):
                yield f"- {ACTIONS[action].label}: {said}"
        yield ""
