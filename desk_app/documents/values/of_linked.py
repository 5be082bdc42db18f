"""What the slip says of dossiers that were received as one: each with its code and due, and when the last is due."""

from __future__ import annotations

from desk_app.documents.values.written import put_moment
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers import numbering
from desk_app.domain.dossiers.dossier import Dossier


def put_linked(values: dict[str, object], dossier: Dossier) -> None:
    """Nothing of a dossier that was received by itself. Its own due is the one that it has now."""
    group = dossier.linked
    if group is None:
        return
    dues = [dossier.due_at if part.id == dossier.id else part.due_at for part in group.parts]
    values["linked.title"] = group.title
    put_moment(values, "linked.due_at", max([group.due_at, *dues]))
    values["linked"] = tuple(
        {"n": str(number), "name": part.title, "code": part.code, "due": _day(due)}
        for number, (part, due) in enumerate(zip(group.parts, dues, strict=True), 1)
    )
    for number, (part, due) in enumerate(zip(group.parts, dues, strict=True), 1):
        if part.code:
            values[f"linked.{number}.code"] = part.code
            values[f"linked.{number}.barcode"] = numbering.payload(part.code)
            values[f"linked.{number}.caption"] = f"{number}. {part.code} · hẹn {_day(due)}"


def _day(at_ms: int) -> str:
    return f"{in_vietnam(at_ms):%H:%M ngày %d/%m/%Y}" if at_ms else "chưa xác định"
