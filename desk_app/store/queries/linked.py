"""Dossiers that were received as one: which belong together, how far each whole is."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.domain.linked.progress import WholeProgress
from desk_app.store.database.database import DeskDatabase

_AT_ONCE = 500


def ids_of_group(db: DeskDatabase, group: str) -> list[str]:
    """Ids of the dossiers of a whole that are here, in their order."""
    rows = db.all(
        "SELECT d.dossier FROM linked l JOIN dossier d ON d.id = l.dossier WHERE l.group_id = ? ORDER BY l.place",
        (group,),
    )
    return [id_ for (id_,) in rows]


def progress_of(db: DeskDatabase, ids: Sequence[int]) -> dict[int, WholeProgress]:
    """How far the whole is, of those of these rows that belong to one."""
    found: dict[int, WholeProgress] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = list(ids[start : start + _AT_ONCE])
        marks = ",".join("?" * len(some))
        rows = db.all(
            f"""
            SELECT l.dossier, l.members, (
                SELECT count(*) FROM linked o JOIN dossier d ON d.id = o.dossier
                WHERE o.group_id = l.group_id AND d.is_open = 0
            )
            FROM linked l WHERE l.dossier IN ({marks})
            """,
            some,
        )
        found |= {number: WholeProgress(done, members) for number, members, done in rows}
    return found
