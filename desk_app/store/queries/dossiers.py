"""Dossiers as lists show them: rows, filters, counts, numbers of the day."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from desk_app.domain.dossiers.numbering import is_usual
from desk_app.domain.dossiers.numbering import payload as code_key
from desk_app.errors import UnknownDossierError
from desk_app.lazy import lazy
from desk_app.store.database.database import DeskDatabase
from desk_app.store.queries.worklists import BY_DUE, TIME_RUNS

if TYPE_CHECKING:
    from desk_app.domain.dossiers.dossier import Dossier
    from desk_app.store.journal import journal
else:
    journal = lazy("desk_app.store.journal.journal")

_SELECT = """
    SELECT d.id, d.dossier, d.code, d.applicant, d.id_number, d.phone, d.procedure,
           coalesce(v.title, l.title, d.procedure), d.status, d.received_at, d.due_at, d.returned_at, d.clerk,
           d.needs_look, coalesce(w.counts, 0)
    FROM dossier d LEFT JOIN procedure_version v ON v.code = d.procedure AND v.version = d.procedure_version
    LEFT JOIN linked l ON l.dossier = d.id LEFT JOIN work_line w ON w.dossier = d.id
"""
FIRST_CHUNK = 500
CHUNK = 50_000

WHICH = (
    "all",
    "today",
    "received",
    "processing",
    "awaiting",
    "ready",
    "late",
    "returned",
    "look",
    "arriving",
    "elsewhere",
)
# What each filter asks for, beside the order; status filters read the covering index dossier_status alone.
# "processing", "awaiting" and "ready" share out all open dossiers: each is in one of them, and so under one figure.
_STATUSES = {
    "received": ("received",),
    "processing": ("received", "processing", "suspended", "awaiting_signature"),
    "awaiting": ("awaiting_completion", "awaiting_duty"),
    "ready": ("result_ready",),
    "returned": ("returned",),
}

_PLACES = {"arriving": "way_to = {desk} AND way_to <> 0", "elsewhere": "desk <> {desk}"}
_LATE = f"{BY_DUE} AND {TIME_RUNS}"


class DossierSummary(Struct, frozen=True, kw_only=True):
    """What every list says of a dossier; moments are UTC ms, 0 for never."""

    code: str
    applicant: str
    procedure_name: str
    status: str
    received_at: int
    due_at: int
    returned_at: int
    clerk: str


class DossierRow(DossierSummary, frozen=True, kw_only=True):
    """One line of a list of the window; `id` is the journal's number of the reception. `remark` says beside the code
    how far the whole is that it belongs to, and which other desk has its papers; "" for nothing. `counts`: a suspension
    of it is for the office's own reasons.
    """

    id: int
    dossier: str
    id_number: str
    phone: str
    procedure: str
    needs_look: bool
    counts: bool = False
    remark: str = ""


class Counts(Struct, frozen=True, kw_only=True):
    """How many dossiers: received since the day began, with the office (new, at work, suspended), waiting for the
    citizen, late, with a result, all. `processing`, `awaiting` and `ready` together are the open ones.
    """

    today: int
    processing: int
    awaiting: int
    late: int
    ready: int
    total: int


def by_code(db: DeskDatabase, code: str) -> Dossier:
    """The dossier of this code, in any case and with or without punctuation. Raises `UnknownDossierError`."""
    return journal.dossier(db, row_by_code(db, code).dossier)


def row_by_code(db: DeskDatabase, code: str) -> DossierRow:
    """The row of this code, the first received where two desks gave one code. Raises `UnknownDossierError`."""
    found = db.one(f"{_SELECT} WHERE d.code_key = ? ORDER BY d.code <> ?, d.id LIMIT 1", (code_key(code), code))
    if found is None:
        # what was typed may be a name or an ID number, and an error carries neither
        raise UnknownDossierError(code=code.upper() if is_usual(code.upper()) else "vừa nhập")
    return _row(found)


def rows(db: DeskDatabase, ids: Sequence[int]) -> list[DossierRow]:
    """The rows of these ids, in their order; an id that is gone is left out."""
    found: dict[int, DossierRow] = {}
    for start in range(0, len(ids), FIRST_CHUNK):
        some = list(ids[start : start + FIRST_CHUNK])
        marks = ",".join("?" * len(some))
        for row in db.all(f"{_SELECT} WHERE d.id IN ({marks})", some):
            found[row[0]] = _row(row)
    return [found[number] for number in ids if number in found]


def ids(db: DeskDatabase, *, which: str, day_start_ms: int, now_ms: int, desk: int = 0) -> Iterator[array[int]]:
    """Ids of a list in chunks, a small one first: newest received first, `late` the longest overdue first.

    "arriving" is on the way to `desk`, "elsewhere" is with another one.

    Each chunk is a query of its own that starts behind the last, so a list half read holds nothing open.
    """
    if which not in WHICH:
        raise ValueError(f"no such list: {which}")
    if which == "late":
        yield from _chunks(
            db, f"SELECT due_at AS moment, dossier AS id FROM {_LATE} AND due_at < {int(now_ms)}", is_descending=False
        )
        return
    condition = "1"
    if which == "today":
        condition = f"received_at >= {int(day_start_ms)}"
    elif which == "look":
        condition = "needs_look = 1"
    elif which in _PLACES:
        condition = f"id IN (SELECT dossier FROM held WHERE {_PLACES[which].format(desk=int(desk))})"
    statuses = _STATUSES.get(which, ())
    if len(statuses) == 1:
        condition = f"status = '{statuses[0]}'"
    elif statuses:
        condition = "status IN ({})".format(",".join(f"'{status}'" for status in statuses))
    yield from _chunks(db, f"SELECT received_at AS moment, id FROM dossier WHERE {condition}", is_descending=True)


def counts(db: DeskDatabase, *, day_start_ms: int, now_ms: int) -> Counts:
    """The figures above the list; none of them reads the whole table."""
    tally = dict(db.all("SELECT name, dossiers FROM tally WHERE what = 'status'"))
    ((today,),) = db.all("SELECT count(*) FROM dossier WHERE received_at >= ?", (day_start_ms,))
    ((late,),) = db.all(f"SELECT count(*) FROM {_LATE} AND due_at < ?", (now_ms,))
    return Counts(
        today=today,
        processing=sum(tally.get(status, 0) for status in _STATUSES["processing"]),
        awaiting=sum(tally.get(status, 0) for status in _STATUSES["awaiting"]),
        late=late,
        ready=sum(tally.get(status, 0) for status in _STATUSES["ready"]),
        total=sum(tally.values()),
    )


def to_look_at(db: DeskDatabase) -> int:
    """How many dossiers a person must look at: two desks changed one thing, a step out of turn, a code given twice."""
    ((count,),) = db.all("SELECT count(*) FROM dossier WHERE needs_look = 1")
    return int(count)


def last_received_at(db: DeskDatabase) -> int:
    """When the latest dossier was received, UTC ms; 0 when there is none."""
    ((moment,),) = db.all("SELECT max(received_at) FROM dossier")
    return moment or 0


def similar_open(db: DeskDatabase, id_number: str, procedure: str) -> list[DossierRow]:
    """Open dossiers of the same person and procedure, newest first: perhaps a double reception."""
    if not id_number:
        return []
    where = "WHERE d.is_open = 1 AND d.id_number = ? AND d.procedure = ? ORDER BY d.id DESC LIMIT 20"
    return [_row(row) for row in db.all(f"{_SELECT} {where}", (id_number, procedure))]


def _chunks(db: DeskDatabase, select: str, *, is_descending: bool) -> Iterator[array[int]]:
    direction, beyond = ("DESC", "<") if is_descending else ("ASC", ">")
    order = f"ORDER BY moment {direction}, id {direction} LIMIT"
    columns = "received_at, id" if is_descending else "due_at, dossier"
    size, found = FIRST_CHUNK, db.all(f"{select} {order} {FIRST_CHUNK}")
    while found:
        yield array("q", [number for _, number in found])
        if len(found) < size:
            return
        size = CHUNK
        found = db.all(f"{select} AND ({columns}) {beyond} (?, ?) {order} {CHUNK}", found[-1])


def _row(row: tuple[Any, ...]) -> DossierRow:
    return DossierRow(
        id=row[0],
        dossier=row[1],
        code=row[2],
        applicant=row[3],
        id_number=row[4],
        phone=row[5],
        procedure=row[6],
        procedure_name=row[7],
        status=row[8],
        received_at=row[9],
        due_at=row[10],
        returned_at=row[11],
        clerk=row[12],
        needs_look=bool(row[13]),
        counts=bool(row[14]),
    )
