"""Old records that imports brought: by number, by what a clerk types, and the imports themselves."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from desk_app import typed_values
from desk_app.domain.calendar import dates
from desk_app.domain.dossiers.numbering import payload as code_key
from desk_app.domain.name_words import any_order, name_words, words_of
from desk_app.domain.old_records.record import DOSSIERS, OldRecord
from desk_app.domain.people import paper_number
from desk_app.domain.people.person import Person, masked
from desk_app.domain.text import fold
from desk_app.store.database.database import DeskDatabase

_ROW = "SELECT r.what, r.line, r.facts, i.source, i.at, r.import FROM old_record r JOIN old_import i ON i.id = r.import"
_NUMBER_BEGINS = re.compile(r"(?=[A-Z]*\d)[A-Z0-9]{4,12}", re.ASCII)
_CODE_BEGINS = re.compile(r"(?=.*\d)[\w.\-/]{3,}")
_PROPOSED = 200
_DAYS = {"received_on": "nhận", "returned_on": "trả"}


class OldFind(Struct, frozen=True, kw_only=True):
    """An old record with where it is from: the file's name, when (UTC ms) and by which import it came."""

    what: str
    record: OldRecord
    source: str
    at: int
    import_id: str

    @property
    def line(self) -> int:
        return self.record.line

    @property
    def told(self) -> str:
        """ "H26.99-150322-0007  ·  Đăng ký khai sinh  ·  nhận 15/03/2022 …  ·  tệp so.xlsx, dòng 12"."""
        said = self.record.facts
        days = [f"{word} {dates.shown(said[key])}" for key, word in _DAYS.items() if said.get(key)]
        number = masked(said.get("id_number", ""))
        parts = (self.record.code, said.get("full_name", ""), number, said.get("procedure", ""), *days)
        ends = (said.get("result", "") or said.get("status", ""), f"tệp {self.source}, dòng {self.line}")
        return "  ·  ".join(part for part in (*parts, *ends) if part)


class OldImport(Struct, frozen=True, kw_only=True):
    """An import as this desk holds it. `rows` are those that came so far, of `total`; moments UTC ms, 0 for never."""

    id: str
    what: str
    source: str
    rows: int
    total: int
    at: int
    author: str
    taken_back_at: int


def of_number(db: DeskDatabase, number: str, *, limit: int = 10) -> list[OldFind]:
    """Old records of somebody with this number, the first import first."""
    if not number:
        return []
    rows = db.all(f"{_ROW} WHERE r.number = ? AND r.number <> '' ORDER BY i.at, r.id LIMIT ?", (number, limit))
    if len(rows) < limit:
        of_old = f"{_ROW} WHERE r.old_number = ? AND r.old_number <> '' ORDER BY i.at, r.id LIMIT ?"
        rows += db.all(of_old, (number, limit))
    return [_found(row) for row in rows]


def people_of(db: DeskDatabase, number: str) -> list[Person]:
    """The person of this number as the imports have them; what came first wins."""
    return [one.record.person for one in of_number(db, number)]


def find_people(db: DeskDatabase, text: str, *, limit: int) -> list[Person]:
    """People whose number begins so, or whose name has the words that were typed."""
    return [one.record.person for one in _records_of(db, text, limit)]


def find_all(db: DeskDatabase, text: str, *, limit: int) -> list[OldFind]:
    """Every old record of whoever the text means, and old dossiers whose code begins so."""
    found = {(one.import_id, one.line): one for one in find_dossiers(db, text, limit=limit)}
    found |= {(one.import_id, one.line): one for one in _records_of(db, text, limit)}
    return list(found.values())[:limit]


def _records_of(db: DeskDatabase, text: str, limit: int) -> list[OldFind]:
    digits = paper_number.tidied(text)
    return _by_number(db, digits, limit) if _NUMBER_BEGINS.fullmatch(digits) else _by_name(db, text, "", limit)


def find_dossiers(db: DeskDatabase, text: str, *, limit: int) -> list[OldFind]:
    """Old dossiers whose code or person's number begins so, or whose person has the words that were typed."""
    text = text.strip()
    found: list[OldFind] = []
    key = code_key(fold(text))
    if _CODE_BEGINS.fullmatch(text) and key:
        sql = f"{_ROW} WHERE r.what = ? AND r.code_key >= ? AND r.code_key < ? AND r.code_key <> '' LIMIT ?"
        found = [_found(row) for row in db.all(sql, (DOSSIERS, key, key + "~", limit))]
    digits = paper_number.tidied(text)
    if not found and _NUMBER_BEGINS.fullmatch(digits):
        found = [one for one in _by_number(db, digits, limit * 2) if one.what == DOSSIERS]
    return (found or _by_name(db, text, DOSSIERS, limit))[:limit]


def of_nameless(db: DeskDatabase, person: Person) -> list[OldFind]:
    """Old records of somebody without a number: of this name and birth."""
    found = _by_name(db, person.full_name, "", _PROPOSED)
    wanted = (person.full_name, person.born_on)
    return [one for one in found if (one.record.person.full_name, one.record.person.born_on) == wanted]


def dossiers_of(db: DeskDatabase, person: Person, *, limit: int) -> list[OldFind]:
    """Old dossiers of somebody by the numbers they have, without any by name and birth; the newest first."""
    numbers = [number for number in (person.id_number, person.old_id_number) if number]
    found = [one for number in numbers for one in of_number(db, number, limit=limit)]
    if not numbers and person.full_name:
        found = of_nameless(db, person)
    by_row = {(one.import_id, one.line): one for one in found if one.what == DOSSIERS}
    newest = sorted(by_row.values(), key=lambda one: one.record.facts.get("received_on", ""), reverse=True)
    return newest[:limit]


def is_about(db: DeskDatabase, person: Person) -> bool:
    """Whether an old record is about somebody with one of these numbers, or without any of this name and birth."""
    numbers = {person.id_number, person.old_id_number} - {""}
    if not numbers:
        return bool(of_nameless(db, person))
    return any(of_number(db, number, limit=1) for number in numbers)


def imports(db: DeskDatabase) -> list[OldImport]:
    """Every import that this desk knows of, the newest first."""
    columns = ", ".join(OldImport.__struct_fields__)
    rows = db.all(f"SELECT {columns} FROM old_import WHERE what <> '' ORDER BY at DESC, id")
    return [OldImport(**dict(zip(OldImport.__struct_fields__, row, strict=True))) for row in rows]


def used_since(db: DeskDatabase, import_id: str) -> int:
    """How many people of an import stand in dossiers that were received since."""
    ((count,),) = db.all(
        "SELECT count(DISTINCT r.number) FROM old_record r JOIN old_import i ON i.id = r.import"
        " JOIN person p ON p.number = r.number JOIN dossier d ON d.id = p.dossier"
        " WHERE r.import = ? AND r.number <> '' AND d.received_at >= i.at",
        (import_id,),
    )
    return int(count)


def known_codes(db: DeskDatabase) -> frozenset[str]:
    """The codes, without punctuation, of old dossiers and of those received here."""
    old = db.all("SELECT code_key FROM old_record WHERE code_key <> ''")
    return frozenset(key for (key,) in (*old, *db.all("SELECT code_key FROM dossier")))


def known_numbers(db: DeskDatabase) -> frozenset[str]:
    """Every number, new and old, that an import brought."""
    new = db.all("SELECT number FROM old_record WHERE number <> ''")
    return frozenset(
        number for (number,) in (*new, *db.all("SELECT old_number FROM old_record WHERE old_number <> ''"))
    )


def _by_number(db: DeskDatabase, digits: str, limit: int) -> list[OldFind]:
    ends = (digits, digits + "[", limit)
    new = db.all(f"{_ROW} WHERE r.number >= ? AND r.number < ? AND r.number <> '' ORDER BY r.number LIMIT ?", ends)
    old = db.all(
        f"{_ROW} WHERE r.old_number >= ? AND r.old_number < ? AND r.old_number <> '' ORDER BY r.old_number LIMIT ?",
        ends,
    )
    return [_found(row) for row in (*new, *old)][:limit]


def _by_name(db: DeskDatabase, text: str, what: str, limit: int) -> list[OldFind]:
    """The index of words proposes, Python verifies: each typed word begins a word of the name."""
    words = words_of(text)
    if not words or sum(map(len, words)) < 2:
        return []
    asked = " AND ".join(["words LIKE ?"] * len(words)) + (" AND what = ?" if what else "")
    told = (*(f"%{word}%" for word in words), *([what] if what else []), _PROPOSED)
    ids = db.all(f"SELECT id FROM old_record WHERE {asked} ORDER BY words LIMIT ?", told)
    marks = ",".join("?" * len(ids))
    rows = db.all(f"{_ROW} WHERE r.id IN ({marks}) ORDER BY r.words, r.id", [number for (number,) in ids])
    found = [_found(row) for row in rows]
    return [one for one in found if any_order(name_words(one.record.person.full_name), words)][:limit]


def _found(row: tuple[Any, ...]) -> OldFind:
    what, line, facts, source, at, import_id = row
    record = OldRecord(line=line, facts=typed_values.from_json(facts, dict[str, str]))
    return OldFind(what=what, record=record, source=source, at=at, import_id=import_id)
