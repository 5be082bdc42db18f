"""Checks that the database is whole: the file, the chain of every log, the columns, the rows, the search, the head that
is noted outside the database, and what others signed of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import msgspec

from desk_app.errors import DamagedFileError, LostTailError
from desk_app.protocol.event_body import columns_of, first_hash, next_hash
from desk_app.store.database.database import DeskDatabase
from desk_app.store.database.schema import TRIGGERS
from desk_app.store.journal import restore_detection
from desk_app.store.journal.rebuild import Folded, folded_windows, last_number, without_garbage_looks
from desk_app.store.projections import (
    duplicate_codes,
    duplicate_ids,
    old_records,
    payment_lines,
    placements,
    projections,
    register_lines,
    work_lines,
)
from desk_app.store.projections.tokens import all_terms
from desk_app.store.proofs import proof_check, rewritten_items
from desk_app.store.proofs.rewritten_items import RewrittenEvent
from desk_app.store.queries import search_debt

_CHUNK = 20_000
_MOST_TOLD = 50
_SEARCHED = 32
"""Dossiers of each window whose search terms are looked up: all terms of one dossier cost 2 ms."""


@dataclass(frozen=True, slots=True)
class LogHead:
    """A log by its name in hex, its last number, its last hash in hex."""

    log: str
    seq: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found; `problems` are sentences for the clerk, without personal data."""

    events: int
    logs: tuple[LogHead, ...]
    problems: tuple[str, ...]
    doubles: tuple[str, ...] = ()
    """Receptions that another of the same id keeps from counting: the books are whole, and somebody should look."""
    altered: tuple[RewrittenEvent, ...] = ()
    """Confirmed events that somebody had changed here; what was confirmed stands again, and somebody must look."""

    @property
    def ok(self) -> bool:
        return not self.problems


def check(
    db: DeskDatabase,
    *,
    newest: int | None = None,
    after: int = 0,
    passed: Callable[[int], None] = lambda _: None,
) -> CheckReport:
    """Check everything; with `newest`, rows and search only of the dossiers of that many last events.

    A check that takes long may be taken up again: rows are looked at behind event number `after`, and `passed` is told
    up to which number they held true.
    """
    found = check_journal(db)
    problems = list(found.problems)
    try:
        missing = set(TRIGGERS) - db.triggers()
        problems += [f"Thiếu khóa bảo vệ sổ cái: {name}" for name in sorted(missing)]
        problems += proof_check.problems(db)
        with without_garbage_looks():
            problems += _row_problems(db, newest, after, passed)
        problems += old_records.problems(db)
    except DamagedFileError as error:
        problems.append(str(error))  # nothing more can be read through this connection
    return CheckReport(
        events=found.events,
        logs=found.logs,
        problems=tuple(dict.fromkeys(problems))[:_MOST_TOLD],
        doubles=tuple(_doubles(db)[:_MOST_TOLD]),
        altered=tuple(_altered(db)),
    )


def check_journal(db: DeskDatabase) -> CheckReport:
    """The file and every log, which stay as they are in every version; for data of a later program too."""
    problems: list[str] = []
    logs: list[LogHead] = []
    events = 0
    try:
        problems += _file_problems(db)
        for log, name, head, last_seq, *standing in db.all(
            "SELECT id, name, head, last_seq, lamport, receptions, confirmed, confirmed_receptions FROM log ORDER BY id"
        ):
            logs.append(LogHead(name.hex(), last_seq, head.hex()))
            found, walked = _log_problems(db, log=log, name=name, standing=(last_seq, head, *standing))
            events += walked
            problems += found
        problems += _tail_problems(db)
    except DamagedFileError as error:
        problems.append(str(error))  # nothing more can be read through this connection
    return CheckReport(events=events, logs=tuple(logs), problems=tuple(problems[:_MOST_TOLD]))


def verify_tail(db: DeskDatabase) -> None:
    """Cheap enough for every start: the journal still holds what was noted last. Raises `LostTailError`."""
    lost = restore_detection.lost_heads(db)
    if lost:
        raise LostTailError(noted=lost[0].head.seq, found=lost[0].found)


def _tail_problems(db: DeskDatabase) -> list[str]:
    try:
        verify_tail(db)
    except LostTailError as error:
        return [str(error)]
    return []


def _doubles(db: DeskDatabase) -> list[str]:
    try:
        found = duplicate_ids.uncounted(db)
    except DamagedFileError:
        return []  # said already
    return [
        f"Hồ sơ {code}: hai hồ sơ một số, việc số {seq} của sổ {log[:8]} không được tính." for code, log, seq in found
    ]


def _altered(db: DeskDatabase) -> list[RewrittenEvent]:
    try:
        return list(rewritten_items.items(db))
    except DamagedFileError:
        return []  # said already


def _file_problems(db: DeskDatabase) -> list[str]:
    problems = [f"Tệp dữ liệu: {what}" for (what,) in db.all("PRAGMA cipher_integrity_check")]
    return problems + [f"Cấu trúc dữ liệu: {what}" for (what,) in db.all("PRAGMA integrity_check") if what != "ok"]


def _log_problems(
    db: DeskDatabase, *, log: int, name: bytes, standing: tuple[int, bytes, int, int, int, int]
) -> tuple[list[str], int]:
    """What is wrong in one log, and how many events it has."""
    short = name.hex()[:8]
    problems: list[str] = []
    last_seq, last_head, lamport, receptions, confirmed, confirmed_receptions = standing
    head, expected, highest, walked = first_hash(name), 1, 0, 0
    received = sure = 0
    sql = (
        "SELECT seq, body, hash, dossier, kind, lamport, at, clock_offset, author"
        " FROM event WHERE log = ? AND seq >= ? ORDER BY seq LIMIT ?"
    )
    while rows := db.all(sql, (log, expected, _CHUNK)):
        for seq, body, stored, *columns in rows:
            if seq != expected:
                problems.append(f"Sổ {short}: thiếu từ số {expected} đến số {seq - 1}.")
            head = next_hash(head, body.encode())
            if head != stored:
                problems.append(f"Sổ {short}: việc số {seq} đã bị sửa hoặc thay (chuỗi băm không khớp).")
                head = stored  # go on from here: one altered event is one problem, not one for each after it
            problems += _column_problems(short, seq, body, tuple(columns))
            expected, highest, walked = seq + 1, max(highest, columns[2]), walked + 1
            received += columns[1] == "received"
            sure += columns[1] == "received" and seq <= confirmed
    # What was set aside or erased had lamports too, which are not used again.
    if (last_seq, last_head) != (expected - 1, head) or lamport < highest:
        problems.append(f"Sổ {short}: chỗ ghi cuối không khớp với các việc trong sổ.")
    if (receptions, confirmed_receptions) != (received, sure) or confirmed > last_seq:
        problems.append(f"Sổ {short}: số đếm lượt tiếp nhận không khớp với các việc trong sổ.")
    return problems, walked


def _column_problems(short: str, seq: int, body: str, columns: tuple[object, ...]) -> list[str]:
    try:
        if columns == columns_of(body):
            return []
    except msgspec.DecodeError:
        return [f"Sổ {short}: việc số {seq} không đọc được."]
    return [f"Sổ {short}: việc số {seq} có cột khác với nội dung."]


def _row_problems(db: DeskDatabase, newest: int | None, after: int, passed: Callable[[int], None]) -> list[str]:
    if newest is not None:
        after = max(after, last_number(db) - newest)
    problems: list[str] = []
    for window, folded in folded_windows(db, after=after):
        problems += window_problems(db, window, folded)
        if not problems:
            passed(window.stop - 1)
    for what, column in (("status", "status"), ("procedure", "procedure")):
        counted = db.all(f"SELECT {column}, count(*) FROM dossier GROUP BY {column} ORDER BY {column}")
        if counted != db.all("SELECT name, dossiers FROM tally WHERE what = ? ORDER BY name", (what,)):
            problems.append("Số đếm hồ sơ không khớp với danh sách.")
    return problems


def window_problems(
    db: DeskDatabase,
    window: range,
    folded: list[Folded],
    *,
    searched: Collection[int] | None = None,
    most_terms: int | None = None,
) -> list[str]:
    """Where the rows of the dossiers of this window are not what their events make; sentences.

    The search terms are looked up of a sample, or of those dossiers (by number) that `searched` names; of each all, or
    as many as `most_terms`: a term costs pages of the index wherever it lies, the more of them the larger the desk is.
    """
    ends = (window.start, window.stop - 1)
    flagged = duplicate_codes.flagged(db)
    expected = [projections.row_of(number, dossier, is_flagged=dossier.code in flagged) for number, dossier in folded]
    people = [row for number, dossier in folded for row in projections.people_of(number, dossier)]
    standing = db.all(f"SELECT {projections.COLUMNS} FROM dossier WHERE id BETWEEN ? AND ? ORDER BY id", ends)
    persons = db.all("SELECT dossier, role, number FROM person WHERE dossier BETWEEN ? AND ?", ends)
    files = [row for number, dossier in folded for row in projections.attachments_of(number, dossier)]
    attached = db.all("SELECT * FROM attachment WHERE dossier BETWEEN ? AND ?", ends)
    owed = search_debt.last_owed(db)
    told = ((number, projections.others_of(dossier)) for number, dossier in folded if number > owed)
    others = {number: named for number, named in told if named}
    kept = db.all(
        "SELECT dossier, people FROM further_people WHERE dossier BETWEEN ? AND ?", (max(owed + 1, ends[0]), ends[1])
    )
    lines = [register_lines.line_of(number, dossier) for number, dossier in folded if number > owed]
    registered = register_lines.lines(db, max(owed + 1, ends[0]), ends[1])
    work = [line for number, dossier in folded if number > owed and (line := work_lines.line_of(number, dossier))]
    worked = work_lines.lines(db, max(owed + 1, ends[0]), ends[1])
    paid = [row for number, dossier in folded if number > owed for row in payment_lines.lines_in(number, dossier)]
    pairs = (
        (expected, standing),
        (people, persons),
        (files, attached),
        (list(others.items()), kept),
        (lines, registered),
        (work, worked),
        (paid, payment_lines.rows(db, max(owed + 1, ends[0]), ends[1])),
    )
    wrong = {row[0] for ought, stands in pairs for row in set(ought) ^ set(stands)}
    placed = placements.expected(one for one in folded if one[0] > owed)
    wrong |= {row[1] for row in set(placed) ^ set(placements.standing(db, max(owed + 1, ends[0]), ends[1]))}
    problems = [f"Hồ sơ thứ {number}: dòng trong danh sách không khớp với sổ cái." for number in sorted(wrong)]
    first, last = projections.SEARCH_BASE - ends[1], projections.SEARCH_BASE - ends[0]
    indexed = {row for (row,) in db.all("SELECT rowid FROM search WHERE rowid BETWEEN ? AND ?", (first, last))}
    wanted = {projections.SEARCH_BASE - row[0] for row in expected}
    astray = {projections.SEARCH_BASE - number for number in wanted ^ indexed}
    if searched is None:
        searched = [row[0] for row in expected[:: max(1, len(expected) // _SEARCHED)]]
    for row in expected:
        if row[0] <= owed or row[0] not in searched:
            continue  # the owed ones were indexed by an earlier version, with other words
        number, tokens = projections.search_row(row, others.get(row[0], ""))
        asked = all_terms(tokens if most_terms is None else _some(tokens, row[0], most_terms))
        if not db.one("SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", (asked, number)):
            astray.add(row[0])
    return problems + [f"Hồ sơ thứ {number}: mục tìm kiếm không khớp." for number in sorted(astray)]


def _some(tokens: str, number: int, most: int) -> str:
    """At most so many of a dossier's tokens, others for the dossier of the next number."""
    words = tokens.split()
    step = -(-len(words) // most)
    return " ".join(words[number % step :: step])
