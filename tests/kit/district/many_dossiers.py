"""Dossiers by the million, straight into the lists and the index of a storage: people with the surnames of Vietnam."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from desk_app.district.search import bits, terms
from desk_app.district.search.index import NameIndex
from desk_app.district.storage import Session, Storage, dossiers, schema, table_copy
from desk_app.district.storage.dossiers import MadeDossier
from desk_app.district.storage.postgres import PostgresStorage
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.people.person import Person
from desk_app.domain.text import fold
from desk_app.services.setup import demo_people
from tests.kit.district.listed import AT, Listed, dossier_of

_MADE = 4 * bits.SIZE
_UNITS = 120
_NAMES = 50_000
_OTHER = (Status.RETURNED, Status.RETURNED, Status.RETURNED, Status.PROCESSING, Status.RESULT_READY, Status.REFUSED)


class Somebody(Struct, frozen=True, kw_only=True):
    """Who can be looked for."""

    name: str
    id_number: str
    phone: str
    unit: str
    code: str

    @property
    def plain(self) -> str:
        return fold(self.name)


def fill(storage: Storage, index: NameIndex, count: int, *, seed: int) -> list[Somebody]:
    """List so many dossiers, and tell some of their people, spread over all.

    Four segments are made; where more are wanted, these come again under other numbers, their rows sealed anew.
    """
    base = min(count, _MADE - 1)
    made, shown = _dossiers(base, seed), []
    known: dict[int, set[str]] = {}
    while some := dict(islice(made, bits.SIZE)):
        with storage.writing() as session:
            session.fill("dossier_key", [(n, one.unit, f"{n:016d}") for n, one in some.items()])
            dossiers.put(session, some)
            index.put(session, some)
        shown += [_somebody(one) for one in list(some.values())[:: bits.SIZE // 20]]
        for n, one in some.items() if count > base else ():
            assert one.dossier
            held = known.setdefault(n // bits.SIZE, set())
            held |= terms.of_dossier(one.unit, one.dossier)
            held.add(terms.of_status(one.dossier.status.value))
    for first in range(_MADE, count, _MADE):
        with storage.writing() as session:
            _again(session, index, first, known)
    return shown


def _again(session: Session, index: NameIndex, first: int, known: dict[int, set[str]]) -> None:
    """What was made, once more from number `first` on."""
    told = {table: ", ".join(list(columns)[1:]) for table, columns in schema.TABLES.items()}
    session.run(
        "INSERT INTO dossier_key(n, unit, id) SELECT n + ?, unit, id || ? FROM dossier_key WHERE n < ?",
        (first, f".{first}", _MADE),
    )
    session.run(
        f"INSERT INTO dossier_held(n, {told['dossier_held']}) SELECT n + ?, {told['dossier_held']} FROM dossier_held"
        " WHERE n < ?",
        (first, _MADE),
    )
    for rows in table_copy.pieces(session, "dossier", at_once=5000):
        some = [(row[0] + first, *row[1:8], row[8] + first, *row[9:]) for row in rows if row[0] < _MADE]
        if not some:
            break
        session.fill("dossier", some)
    for segment, held in known.items():
        other = segment + first // bits.SIZE
        rows = []
        for (_, term), found in index.rows(session, ((segment, term) for term in sorted(held))).items():
            place = index.place(other, term)
            rows.append((place, index.sealed(place, found, os.urandom(12))))
        session.fill("dossier_word", rows)


def bytes_of(storage: Storage, *tables: str) -> int:
    """What these tables take on the disk, with their indexes where the storage can say so."""
    with storage.reading() as session:
        if storage.kind == "postgresql":
            return sum(int(session.all("SELECT pg_total_relation_size(?::regclass)", (one,))[0][0]) for one in tables)
        ((pages,),) = session.all("SELECT SUM(LENGTH(z)) + 14 * COUNT(*) FROM dossier_word")
        return int(pages)


def server_cpu(storage: Storage) -> float:
    """CPU ms that the PostgreSQL behind the next reader has used; 0 for the embedded storage."""
    if not isinstance(storage, PostgresStorage):
        return 0.0
    with storage.reading() as session:
        ((process,),) = session.all("SELECT pg_backend_pid()")
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e6


def _dossiers(count: int, seed: int) -> Iterator[tuple[int, MadeDossier]]:
    """Of 50,000 names, as they are shared among people; everybody has numbers of their own."""
    draw = random.Random(seed)
    pattern = dossier_of(Listed(n=1, name="x"))
    people = list(demo_people.people(min(count, _NAMES), seed=seed))
    for n in range(1, count + 1):
        unit = f"H26.{1 + int(draw.random() ** 1.5 * _UNITS)}"
        status = Status.RECEIVED if n > count * 0.98 else draw.choice(_OTHER)
        code = f"{unit}-{240_000 + n * 2_000 // count:06d}-{n % 1_999 + 1:04d}"
        person = Person(
            full_name=draw.choice(people).full_name,
            id_number=f"003{draw.randrange(1000):03d}{n * 700_001 % 1_000_000:06d}",
            phone=f"0110{draw.randrange(1_000_000):06d}",
        )
        yield n, MadeDossier(unit=unit, dossier=_replaced(pattern, n, code, person, status), count=1)


def _replaced(pattern: Dossier, n: int, code: str, person: Person, status: Status) -> Dossier:
    return replace(pattern, id=f"{n:016d}", code=code, people={"applicant": person}, status=status, received_at=AT + n)


def _somebody(made: MadeDossier) -> Somebody:
    assert made.dossier
    person = made.dossier.applicant
    return Somebody(
        name=person.full_name, id_number=person.id_number, phone=person.phone, unit=made.unit, code=made.dossier.code
    )
