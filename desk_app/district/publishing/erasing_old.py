"""Erases rows of an import of old records everywhere, and only those: the other rows of their event are said again.

A desk brings up to fifty rows in one event, and an event is erased whole. So the district says what stays in its own
log of that commune first, then decrees the erasure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from msgspec.structs import replace

from desk_app.district.failures import UnknownOldRowError
from desk_app.district.keys.identity import Identity
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.publishing import erasing
from desk_app.district.storage import Session, logs
from desk_app.district.storage.logs import LogRow
from desk_app.domain.dossiers.events import OldRecordsBrought, Recorded
from desk_app.domain.old_records.record import line_of, numbers_of

_Part = tuple[LogRow, Recorded, OldRecordsBrought]
_SHORTEST = 8


def erase_lines(
    session: Session, identity: Identity, import_id: str, lines: Collection[int], *, reason: str, at: int
) -> int:
    """Erase these rows of the file of an import (its id, or at least eight characters of it); how many.

    Raises `UnknownOldRowError`, and then nothing is erased.
    """
    short = import_id.strip().lower()
    parts = [one for one in _parts(session) if len(short) >= _SHORTEST and one[2].import_id.startswith(short)]
    there = {line_of(part, row) for _, _, part in parts for row in part.rows}
    if len({part.import_id for _, _, part in parts}) != 1 or not lines or not set(lines) <= there:
        raise UnknownOldRowError
    return _erase(session, identity, parts, lambda part, row: line_of(part, row) in lines, reason=reason, at=at)


def erase_number(session: Session, identity: Identity, number: str, *, reason: str, at: int) -> int:
    """Erase every row of every import that names this number; how many. Raises `UnknownOldRowError`."""
    parts = list(_parts(session))
    if not number or not any(number in numbers_of(part, row) for _, _, part in parts for row in part.rows):
        raise UnknownOldRowError
    return _erase(session, identity, parts, lambda part, row: number in numbers_of(part, row), reason=reason, at=at)


def _erase(
    session: Session,
    identity: Identity,
    parts: list[_Part],
    is_meant: Callable[[OldRecordsBrought, tuple[str, ...]], bool],
    *,
    reason: str,
    at: int,
) -> int:
    """Say what stays of each part that has such a row, then have the part erased."""
    totals = _totals(parts, is_meant)
    erased = 0
    for log, event, part in parts:
        stays = tuple(row for row in part.rows if not is_meant(part, row))
        if len(stays) == len(part.rows):
            continue
        erased += len(part.rows) - len(stays)
        rest = replace(part, rows=stays, total=totals[part.import_id], brought_at=part.brought_at or event.at)
        writer.append_signed(session, identity, log.scope, [Word(payload=rest, author=event.author)], at=at)
        erasing.erase_whole(session, identity, event.log, event.seq, reason=reason, at=at)
    return erased


def _totals(parts: list[_Part], is_meant: Callable[[OldRecordsBrought, tuple[str, ...]], bool]) -> dict[str, int]:
    """How many records each import has when these rows are gone."""
    totals: dict[str, int] = {}
    for _, _, part in parts:
        totals[part.import_id] = min(part.total, totals.get(part.import_id, part.total))
    for _, _, part in parts:
        totals[part.import_id] -= sum(is_meant(part, row) for row in part.rows)
    return {import_id: max(0, total) for import_id, total in totals.items()}


def _parts(session: Session) -> Iterator[_Part]:
    """Every part of every import that the district holds, those that it said itself too."""
    for log in logs.every(session):
        for event in writer.events_of(session, log.log):
            if isinstance(event.payload, OldRecordsBrought):
                yield log, event, event.payload
