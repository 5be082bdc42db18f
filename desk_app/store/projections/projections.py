"""The rows that lists and search read, made from the folded dossier alone: journal.rebuild gives the same again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.named_people import NamedPerson, others_named
from desk_app.domain.dossiers.numbering import payload as code_key
from desk_app.domain.organisations.organisation import number_key
from desk_app.store.database.database import DeskDatabase
from desk_app.store.projections import duplicate_codes, payment_lines, placements, register_lines, work_lines
from desk_app.store.projections.tokens import tokens_of

# Ascending row ids are what FTS5 walks fast, so the newest dossier gets the smallest.
SEARCH_BASE = 2_000_000_000

COLUMNS = (
    "id, dossier, code, code_key, applicant, id_number, phone, procedure, procedure_version, status,"
    " received_at, due_at, returned_at, clerk, needs_look, is_open"
)
_INSERT = f"INSERT INTO dossier({COLUMNS}) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
_REPLACE = _INSERT.replace("INSERT", "INSERT OR REPLACE", 1)
_SELECT = f"SELECT {COLUMNS} FROM dossier WHERE id = ?"
_INSERT_PERSON = "INSERT INTO person(dossier, role, number) VALUES(?,?,?)"
_INSERT_OTHERS = "INSERT INTO further_people(dossier, people) VALUES(?,?)"
_INSERT_FILE = "INSERT INTO attachment(dossier, place, sha, size, type, name, component) VALUES(?,?,?,?,?,?,?)"
_COUNT = (
    "INSERT INTO tally(what, name, dossiers) VALUES(?,?,?)"
    " ON CONFLICT(what, name) DO UPDATE SET dossiers = dossiers + excluded.dossiers"
)
_SEARCH_BUFFER = "INSERT INTO search(search, rank) VALUES('hashsize', ?)"
_FILLING_BYTES, _WORKING_BYTES = 16 << 20, 1 << 20  # FTS5 itself begins with the smaller one

Row = tuple[Any, ...]
_CODE, _APPLICANT, _ID_NUMBER, _PHONE, _PROCEDURE, _STATUS, _RECEIVED, _DUE = 2, 4, 5, 6, 7, 9, 10, 11
_others_decoder = msgspec.json.Decoder(tuple[NamedPerson, ...])


def row_of(number: int, dossier: Dossier, *, is_flagged: bool) -> Row:
    """The dossier's row; `number` is the event that received it, `is_flagged` that another has its code."""
    applicant = dossier.people.get("applicant")
    return (
        number,
        dossier.id,
        dossier.code,
        code_key(dossier.code),
        applicant.full_name if applicant else "",
        applicant.id_number if applicant else "",
        applicant.phone if applicant else "",
        dossier.procedure,
        dossier.procedure_version,
        dossier.status.value,
        dossier.received_at,
        dossier.due_at,
        dossier.returned_at,
        dossier.clerk,
        int(is_flagged or dossier.needs_look),
        int(dossier.status.is_open),
    )


def people_of(number: int, dossier: Dossier) -> list[Row]:
    """Which numbers of people, their papers and organisations the dossier names in which role, by role and number."""
    found = {
        (number, role, id_number)
        for role, person in dossier.people.items()
        for id_number in {person.id_number, person.old_id_number, person.document_number} - {""}
    }
    found |= {(number, role, number_key(one.number)) for role, one in dossier.organisations.items() if one.number}
    return sorted(found)


def attachments_of(number: int, dossier: Dossier) -> list[Row]:
    """Which files the dossier has, in the order in which they came."""
    return [
        (number, place, file.sha, file.size, file.type, file.name, file.component)
        for place, file in enumerate(dossier.attachments)
    ]


def others_of(dossier: Dossier) -> str:
    """Those the dossier names beside the applicant, as `further_people` keeps them; "" for none."""
    others = others_named(dossier)
    return msgspec.json.encode(others).decode() if others else ""


def others_in(kept: str) -> tuple[NamedPerson, ...]:
    """What `others_of` wrote."""
    return _others_decoder.decode(kept) if kept else ()


def search_row(row: Row, others: str = "") -> tuple[int, str]:
    """Row id and tokens of the search index for a dossier row and those whom it names beside the applicant."""
    people = (NamedPerson(row[_APPLICANT], (row[_ID_NUMBER],), row[_PHONE]), *others_in(others))
    tokens = tokens_of(row[_CODE], people, row[_PROCEDURE], (row[_RECEIVED], row[_DUE]))
    return SEARCH_BASE - row[0], tokens


def add(db: DeskDatabase, number: int, dossier: Dossier) -> None:
    """The rows of a dossier just received."""
    row = row_of(number, dossier, is_flagged=duplicate_codes.is_flagged(db, dossier.code))
    db.execute(_INSERT, row)
    for person in people_of(number, dossier):
        db.execute(_INSERT_PERSON, person)
    if dossier.attachments:
        db.many(_INSERT_FILE, attachments_of(number, dossier))
    others = others_of(dossier)
    if others:
        db.execute(_INSERT_OTHERS, (number, others))
    register_lines.put(db, number, dossier)
    work_lines.put(db, number, dossier)
    placements.put(db, number, dossier)
    payment_lines.put(db, number, dossier)
    db.execute("INSERT INTO search(rowid, t) VALUES(?,?)", search_row(row, others))
    _count(db, row, 1)


def put(db: DeskDatabase, number: int, dossier: Dossier) -> None:
    """Bring the rows of a dossier up to date, writing only what changed."""
    old = db.one(_SELECT, (number,))
    if old is None:
        add(db, number, dossier)
        return
    row = row_of(number, dossier, is_flagged=duplicate_codes.is_flagged(db, dossier.code))
    if row != old:
        db.execute(_REPLACE, row)
        if (row[_STATUS], row[_PROCEDURE]) != (old[_STATUS], old[_PROCEDURE]):
            _count(db, old, -1)
            _count(db, row, 1)
    index(db, row, old, others_of(dossier))
    register_lines.put(db, number, dossier)
    work_lines.put(db, number, dossier)
    placements.put(db, number, dossier)
    payment_lines.put(db, number, dossier)
    people = people_of(number, dossier)
    if people != db.all("SELECT dossier, role, number FROM person WHERE dossier = ? ORDER BY role, number", (number,)):
        db.execute("DELETE FROM person WHERE dossier = ?", (number,))
        for person in people:
            db.execute(_INSERT_PERSON, person)
    files = attachments_of(number, dossier)
    if files != db.all("SELECT * FROM attachment WHERE dossier = ? ORDER BY place", (number,)):
        db.execute("DELETE FROM attachment WHERE dossier = ?", (number,))
        db.many(_INSERT_FILE, files)


def index(db: DeskDatabase, row: Row, old: Row, others: str) -> None:
    """Bring search up to date, where the words or the people changed."""
    kept = db.one("SELECT people FROM further_people WHERE dossier = ?", (row[0],))
    before = kept[0] if kept else ""
    if others != before:
        db.execute("DELETE FROM further_people WHERE dossier = ?", (row[0],))
        if others:
            db.execute(_INSERT_OTHERS, (row[0], others))
    if others != before or _searched(row) != _searched(old):
        db.execute("INSERT OR REPLACE INTO search(rowid, t) VALUES(?,?)", search_row(row, others))


def _searched(row: Row) -> Row:
    return tuple(row[column] for column in (_CODE, _APPLICANT, _ID_NUMBER, _PHONE, _PROCEDURE, _RECEIVED, _DUE))


def index_anew(db: DeskDatabase, row: Row, dossier: Dossier) -> None:
    """Write what search and registers keep of a dossier, whatever stands there."""
    register_lines.put(db, row[0], dossier)
    work_lines.put(db, row[0], dossier)
    placements.put(db, row[0], dossier)
    payment_lines.put(db, row[0], dossier)
    others = others_of(dossier)
    db.execute("DELETE FROM further_people WHERE dossier = ?", (row[0],))
    if others:
        db.execute(_INSERT_OTHERS, (row[0], others))
    db.execute("INSERT OR REPLACE INTO search(rowid, t) VALUES(?,?)", search_row(row, others))


def remove(db: DeskDatabase, number: int) -> None:
    """Take away the rows of a dossier that an earlier reception, come in later, now begins."""
    old = db.one(_SELECT, (number,))
    if old is None:
        return
    db.execute("DELETE FROM dossier WHERE id = ?", (number,))
    db.execute("DELETE FROM person WHERE dossier = ?", (number,))
    db.execute("DELETE FROM attachment WHERE dossier = ?", (number,))
    db.execute("DELETE FROM further_people WHERE dossier = ?", (number,))
    register_lines.remove(db, number)
    work_lines.remove(db, number)
    placements.remove(db, number)
    payment_lines.remove(db, number)
    db.execute("DELETE FROM search WHERE rowid = ?", (SEARCH_BASE - number,))
    _count(db, old, -1)


def forget_deleted(db: DeskDatabase) -> None:
    """Write the search index anew without the tokens of rows deleted, which it else keeps until some later merge.

    5 µs a dossier: only where something must not be kept.
    """
    db.execute("INSERT INTO search(search) VALUES('optimize')")


def add_rows(db: DeskDatabase, dossiers: Iterator[tuple[int, Dossier]]) -> None:
    """Fill the dossier, person and attachment tables with many; `index_all` makes the rest."""
    people: list[Row] = []
    files: list[Row] = []
    others: list[Row] = []
    lines: list[Row] = []
    open_lines: list[Row] = []
    held: list[Row | None] = []
    linked: list[Row | None] = []
    paid: list[Row] = []
    flagged = duplicate_codes.flagged(db)

    def rows() -> Iterator[Row]:
        for number, dossier in dossiers:
            people.extend(people_of(number, dossier))
            files.extend(attachments_of(number, dossier))
            lines.append(register_lines.line_of(number, dossier))
            if (line := work_lines.line_of(number, dossier)) is not None:
                open_lines.append(line)
            held.append(placements.held_of(number, dossier))
            linked.append(placements.linked_of(number, dossier))
            paid.extend(payment_lines.lines_in(number, dossier))
            if named := others_of(dossier):
                others.append((number, named))
            yield row_of(number, dossier, is_flagged=dossier.code in flagged)

    db.many(_INSERT, rows())
    db.many(_INSERT_PERSON, sorted(people))
    db.many(_INSERT_FILE, files)
    db.many(_INSERT_OTHERS, others)
    register_lines.put_many(db, lines)
    work_lines.put_many(db, open_lines)
    placements.put_many(db, held, linked)
    payment_lines.put_many(db, paid)


def index_all(db: DeskDatabase) -> None:
    """Search and tally anew from the dossier table.

    Newest first: FTS5 writes its buffer out whenever a row id is smaller than the one before. It gets a larger buffer
    meanwhile, so that it merges less often what it wrote.
    """
    db.execute("INSERT INTO search(search) VALUES('delete-all')")
    db.execute(_SEARCH_BUFFER, (_FILLING_BYTES,))
    db.execute("DELETE FROM tally")
    db.execute("DELETE FROM search_debt")
    last = SEARCH_BASE
    while rows := db.all(f"{_SELECT.replace('id = ?', 'id < ?')} ORDER BY id DESC LIMIT 20000", (last,)):
        others = dict(db.all("SELECT * FROM further_people WHERE dossier BETWEEN ? AND ?", (rows[-1][0], rows[0][0])))
        tokens = (search_row(row, others.get(row[0], "")) for row in rows)
        db.many("INSERT INTO search(rowid, t) VALUES(?,?)", tokens)
        last = rows[-1][0]
    db.execute(_SEARCH_BUFFER, (_WORKING_BYTES,))
    for what, column in (("status", "status"), ("procedure", "procedure")):
        db.execute(f"INSERT INTO tally SELECT '{what}', {column}, count(*) FROM dossier GROUP BY {column}")


def _count(db: DeskDatabase, row: Row, by: int) -> None:
    for what, name in (("status", row[_STATUS]), ("procedure", row[_PROCEDURE])):
        db.execute(_COUNT, (what, name, by))
    if by < 0:
        db.execute("DELETE FROM tally WHERE dossiers = 0")
