"""Outgoing numbers that stand in the journal, read from a narrow index of it."""

from __future__ import annotations

from collections.abc import Iterator

from desk_app.store.database.database import DeskDatabase

_USED = """
    SELECT json_extract(body, '$.v.number'), json_extract(body, '$.v.papers'), json_extract(body, '$.v.form')
    FROM event
    WHERE kind IN ('step', 'paper_list') AND instr(body, '"number":"') > 0 AND at >= ? AND at < ?
    UNION ALL
    SELECT json_extract(body, '$.v.number'), json_extract(body, '$.v.papers'), json_extract(body, '$.v.form')
    FROM orphan
    WHERE settled = 0 AND kind IN ('step', 'paper_list') AND instr(body, '"number":"') > 0 AND at >= ? AND at < ?
"""


def used(db: DeskDatabase, form_id: str, first: int, after: int) -> Iterator[str]:
    """The numbers of a form's papers, recorded from `first` until before `after` (UTC ms), also of steps taken back."""
    named = f'"form":"{form_id}"'
    for number, papers, form in db.all(_USED, (first, after, first, after)):
        if number and named in f"{papers or ''}{form or ''}":
            yield number
