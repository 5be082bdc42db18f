"""An old record: somebody, or a dossier, that an import brought from a table of the time before this program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from desk_app.domain.dossiers.events import OldRecordsBrought
from desk_app.domain.people.person import Person

PEOPLE, DOSSIERS = "people", "dossiers"
MOST_ROWS, MOST_BYTES = 50, 16_000
"""A part of an import is no longer: what stays of it when one person is erased is sent again, and a poor line never
has to send a long event again.
"""
LINE = "line"
"""The column that says on which row of its file a record stood."""
_OF_PERSON = frozenset(Person.__struct_fields__)


class OldRecord(Struct, frozen=True, kw_only=True):
    """Facts by column, as texts: those of a person by the names of `Person`, those of a dossier by `columns.DOSSIER`.

    `line` is the row of the file, from 1.
    """

    line: int
    facts: dict[str, str]

    @property
    def person(self) -> Person:
        """Whom the record is about: of a dossier, who handed it in."""
        return Person(**{"full_name": "", **{key: text for key, text in self.facts.items() if key in _OF_PERSON}})

    @property
    def code(self) -> str:
        return self.facts.get("code", "")


def records_of(part: OldRecordsBrought) -> list[OldRecord]:
    """What a part of an import says; a row without a number in its "line" stood on row 0."""
    found = []
    for row in part.rows:
        facts = {column: text for column, text in zip(part.columns, row, strict=False) if text}
        facts.pop(LINE, "")
        found.append(OldRecord(line=line_of(part, row), facts=facts))
    return found


def line_of(part: OldRecordsBrought, row: Sequence[str]) -> int:
    """On which row of its file a row of a part stood; 0 where the part does not say."""
    text = _text(part, row, LINE)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len("1048576") else 0


def numbers_of(part: OldRecordsBrought, row: Sequence[str]) -> frozenset[str]:
    """The numbers of whom a row of a part is about."""
    return frozenset({_text(part, row, "id_number"), _text(part, row, "old_id_number")} - {""})


def _text(part: OldRecordsBrought, row: Sequence[str], column: str) -> str:
    return next((text for name, text in zip(part.columns, row, strict=False) if name == column), "")


def parts_of(records: Sequence[OldRecord], *, import_id: str, what: str, source: str) -> Iterator[OldRecordsBrought]:
    """The events that bring these records, each bounded by `MOST_ROWS` and by `MOST_BYTES` of texts."""
    columns = (LINE, *_columns(records))
    for rows in _bounded((str(one.line), *(one.facts.get(name, "") for name in columns[1:])) for one in records):
        yield OldRecordsBrought(
            import_id=import_id, what=what, source=source, total=len(records), columns=columns, rows=tuple(rows)
        )


def _columns(records: Iterable[OldRecord]) -> list[str]:
    """Every fact that some record has, in the order in which they come."""
    return list(dict.fromkeys(name for record in records for name in record.facts))


def _bounded(rows: Iterable[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    part: list[tuple[str, ...]] = []
    size = 0
    for row in rows:
        weight = sum(len(text.encode()) + 3 for text in row)
        if part and (len(part) >= MOST_ROWS or size + weight > MOST_BYTES):
            yield part
            part, size = [], 0
        part.append(row)
        size += weight
    if part:
        yield part
