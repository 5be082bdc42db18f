"""The close of a day: what is left unsent, unreturned and unprinted, and the day's figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.service_days.day_count import DayCount
from desk_app.domain.worklists.lists import Worklist
from desk_app.errors import DeskError
from desk_app.services.desk import unfinished
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.services.reports import service_days
from desk_app.services.reports.day_figures import DayFigures, day_figures
from desk_app.services.sync import status
from desk_app.services.sync.records import SyncStatus
from desk_app.services.worklists import worklists
from desk_app.store.database import head_file
from desk_app.store.journal import account_head, logs
from desk_app.store.proofs import seals
from desk_app.store.proofs.seals import KeptSeal
from desk_app.store.queries import day_events, dossiers
from desk_app.store.queries.dossiers import Counts, DossierRow

_MOST = 1000
_SEAL = re.compile(r"MCN\|[^|]*\|\d+\|\d{4}-\d{2}-\d{2}\|([0-9a-f]{32})\|(\d{1,9})\|([0-9a-f]{64})", re.ASCII)


class NoSealError(DeskError):
    message = "Nội dung này không phải mã QR trên báo cáo kết thúc ngày."
    remedy = "Quét lại ô vuông ở mục «Dấu của sổ việc» trên báo cáo."


class UnknownLogError(DeskError):
    message = "Máy này không có sổ việc {log} ghi trên báo cáo."
    remedy = "Kiểm tra trên máy của quầy đã in báo cáo, hoặc gửi nhận với cấp trên rồi thử lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHead:
    """Where this desk's own log ends: its name and last hash in hex, its last number (0: nothing written yet)."""

    log: str = ""
    seq: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLeft:
    """A worklist at the end of the day: how many stand in it, and the first of them."""

    which: Worklist
    number: int
    rows: tuple[DossierRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEnd:
    """A day as it stands at `at`. `counts` are of the whole office; the lists are what a clerk still has to do.

    `unsent` did something the district has not confirmed, `unprinted` were received here without a paper and are still
    open, `ready` wait to be handed over, `late` are past their due date.
    """

    at: datetime
    figures: DayFigures
    counts: Counts
    sync: SyncStatus
    unsent: tuple[DossierRow, ...]
    unprinted: tuple[DossierRow, ...]
    ready: tuple[DossierRow, ...]
    late: tuple[DossierRow, ...]
    head: JournalHead
    service_days: tuple[DayCount, ...] = ()
    work: tuple[WorkLeft, ...] = ()


def day_end(desk: Desk) -> DayEnd:
    """How this desk's day stands now; records nothing. For a job's thread, with a reader: a long day takes a while."""
    now = desk.now()
    start = datetime.combine(now.date(), time(), VIETNAM)
    events = day_events.events_since(desk.db, milliseconds(start))
    figures = day_figures(events, lambda dossier: day_events.procedure_of(desk.db, dossier))
    return DayEnd(
        at=now,
        figures=figures,
        counts=queries.counts(desk),
        sync=status.status(desk),
        unsent=tuple(dossiers.rows(desk.db, day_events.first_unsent(desk.db, _MOST))),
        unprinted=tuple(_open(dossiers.row_by_code(desk.db, code) for code in figures.unprinted))[:_MOST],
        ready=tuple(queries.listed(desk, "ready", _MOST)),
        late=tuple(queries.listed(desk, "late", _MOST)),
        head=journal_head(desk),
        service_days=tuple(service_days.of_day(desk, now.date())),
        work=tuple(_work_left(desk)),
    )


def _work_left(desk: Desk) -> Iterator[WorkLeft]:
    """Every list but the late ones, which stand by themselves."""
    for each in worklists.counts(desk):
        if each.which is not Worklist.LATE:
            rows = tuple(worklists.listed(desk, each.which, _MOST)) if each.number else ()
            yield WorkLeft(which=each.which, number=each.number, rows=rows)


def journal_head(desk: Desk) -> JournalHead:
    """Where the log this desk writes now ends."""
    for standing in logs.standings(desk.db):
        if standing.own == logs.OPEN:
            return JournalHead(log=standing.log.hex(), seq=standing.seq, hash=standing.head.hex())
    return JournalHead()


SEAL = "MCN"


def seal_of(desk: Desk, day: DayEnd) -> str:
    """What the report's QR code says: whose log, of which day, its name, last number and last hash."""
    head = day.head
    told = (SEAL, desk.settings.unit, desk.settings.desk, f"{day.at:%Y-%m-%d}", head.log, head.seq, head.hash)
    return "|".join(map(str, told))


def holds_seal(desk: Desk, text: str) -> bool:
    """Whether the journal still has, where a report says, the hash that stands on it: then nothing before was touched.

    Also for a colleague's report, if that desk's log is here. Raises `NoSealError`, `UnknownLogError`.
    """
    found = _SEAL.fullmatch(text.strip())
    if found is None:
        raise NoSealError
    log, seq, digest = bytes.fromhex(found[1]), int(found[2]), bytes.fromhex(found[3])
    standing = logs.standing(desk.db, log)
    if standing is None:
        raise UnknownLogError(log=found[1][:8])
    return logs.hash_at(desk.db, log, seq) == digest


def close(desk: Desk) -> None:
    """Note the head of the journal where it lasts: a database put back from yesterday shows tomorrow. The seal of the
    day's report is kept, to be compared with what stands there later.

    Half-filled pages that the clerk put away today are let go of.
    """
    unfinished.end_day(desk)
    now = journal_head(desk)
    if now.seq:
        log, digest = bytes.fromhex(now.log), bytes.fromhex(now.hash)
        seals.keep(desk.db, KeptSeal(desk.today().isoformat(), log, now.seq, digest))
    if now.log:
        head_file.write_head(desk.data, head_file.Head(log=now.log, seq=now.seq, head=now.hash))
    head_file.sync_head(desk.data)
    account_head.note(desk.data)


def _open(rows: Iterable[DossierRow]) -> Iterator[DossierRow]:
    """Those still open: a slip says when to come again, and nobody comes again for a dossier that has ended."""
    return (row for row in rows if Status(row.status).is_open)
