"""A table that was saved as plain text: heading, names of the columns and labels, each on a line of its own."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.documents.drafting.gaps import gaps_of
from desk_app.documents.drafting.labels import cleaned, fact_of
from desk_app.documents.drafting.roles import role_in
from desk_app.documents.drafting.source_files.parts import Source, SourceLine, SourceTable

_MOST_WORDS = 9


def with_tables(source: Sequence[Source]) -> tuple[Source, ...]:
    """The source with such a run of lines put together again: two or more people, then three or more labels."""
    found: list[Source] = []
    at = 0
    while at < len(source):
        run = _run(source, at)
        if run is None:
            found.append(source[at])
            at += 1
            continue
        table, at = run
        if found and isinstance(found[-1], SourceLine) and found[-1].text.strip().lower() in {"thông tin", "nội dung"}:
            found.pop()
        found.append(table)
    return tuple(found)


def _run(source: Sequence[Source], at: int) -> tuple[SourceTable, int] | None:
    people = _words(source, at, lambda text: bool(role_in(text)) and len(text.split()) <= 4)
    if len(people) < 2:
        return None
    labels = _words(source, at + len(people), lambda text: len(text.split()) <= _MOST_WORDS)
    known = sum(bool(fact_of(cleaned(label, is_first=True))) for label in labels)
    if known < 3:
        return None
    heads = (("Thông tin",), *((name,) for name in people))
    rows = [((label,), *[()] * len(people)) for label in labels]
    return SourceTable(rows=(heads, *rows), number=source[at].number), at + len(people) + len(labels)


def _words(source: Sequence[Source], at: int, fits: object) -> list[str]:
    found: list[str] = []
    for part in source[at:]:
        if not isinstance(part, SourceLine) or not part.text.strip():
            break
        text = part.text.strip()
        if (
            gaps_of(text)
            or text.endswith((":", ".", ","))
            or part.text.startswith("  ")
            or not callable(fits)
            or not fits(text)
        ):
            break
        found.append(text)
    return found
