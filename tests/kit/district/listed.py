"""Dossiers put straight into the lists of a storage, as the projection does after reading frames; made-up people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from msgspec import Struct

from desk_app.district.search.index import NameIndex
from desk_app.district.storage import Session, Storage, dossiers
from desk_app.district.storage.contract import Row
from desk_app.district.storage.dossiers import MadeDossier
from desk_app.domain.dossiers.dossier import Dossier, fold
from desk_app.domain.dossiers.events import Office, Payload, Received, Recorded
from desk_app.domain.people.person import Person

AT = 1_795_134_600_000
UNIT = "H26.99"


class Listed(Struct, frozen=True, kw_only=True):
    """What a test says of a dossier; its number is `n`."""

    n: int
    name: str
    id_number: str = "001190012345"
    phone: str = ""
    unit: str = UNIT
    code: str = ""

    @property
    def shown_code(self) -> str:
        return self.code or f"{self.unit}-261122-{self.n % 10_000:04d}"


def dossier_of(one: Listed, *more: Payload) -> Dossier:
    """The dossier that its reception, and `more` after it, make."""
    received = Received(
        code=one.shown_code,
        procedure="2.000815",
        procedure_version="1",
        people={"applicant": Person(full_name=one.name, id_number=one.id_number, phone=one.phone)},
        received_at=AT + one.n,
        due_at=0,
        office=Office(name="x", commune="y"),
    )
    events = [
        Recorded(
            log="a",
            seq=number,
            dossier=f"{one.n:016d}",
            kind="",
            lamport=number,
            at=AT,
            clock_offset=0,
            author="thu",
            seen={},
            payload=payload,
        )
        for number, payload in enumerate((received, *more), 1)
    ]
    made = fold(events)
    assert made is not None
    return made


def put(storage: Storage, index: NameIndex, listed: Iterable[Listed], *more: Payload) -> None:
    """List these, in one transaction."""
    some = list(listed)
    with storage.writing() as session:
        known = {n for (n,) in session.all("SELECT n FROM dossier_key")}
        session.fill("dossier_key", [(one.n, one.unit, f"{one.n:016d}") for one in some if one.n not in known])
        made = {one.n: MadeDossier(unit=one.unit, dossier=dossier_of(one, *more), count=1) for one in some}
        dossiers.put(session, made)
        index.put(session, made)


class CountingSession:
    """Passes everything on, and remembers which statements were asked and how many rows each gave."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.asked: list[tuple[str, Sequence[object], int]] = []

    @property
    def rows(self) -> int:
        return sum(rows for _, _, rows in self.asked)

    def all(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        found = self._session.all(sql, values)
        self.asked.append((sql, tuple(values), len(found)))
        return found

    def one(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        found = self.all(sql, values)
        return found[0] if found else None

    def __getattr__(self, name: str) -> object:
        return getattr(self._session, name)

    def scans(self, tables: Iterable[str], *, small: Iterable[str] = ()) -> list[str]:
        """The statements that read one of these tables, or all of an index of it, from end to end; for SQLite.

        `small` are indexes of few rows only.
        """
        found = []
        for sql, values, _ in self.asked:
            plan = [str(row[-1]) for row in self._session.all(f"EXPLAIN QUERY PLAN {sql}", values)]
            is_bounded = "LIMIT" in sql and not any("TEMP B-TREE" in step for step in plan)
            for step in plan:
                words = step.split()
                is_read_whole = words[0] == "SCAN" and words[1] in tables
                is_walked = (
                    is_bounded and ("INDEX" in words or "WHERE" not in sql.replace("WHERE 1 = 1 ORDER", "ORDER"))
                ) or words[-1] in small
                if is_read_whole and not is_walked:
                    found.append(f"{sql}: {step}")
        return found


@contextmanager
def counted(reading: AbstractContextManager[Session]) -> Iterator[CountingSession]:
    with reading as session:
        yield CountingSession(session)
