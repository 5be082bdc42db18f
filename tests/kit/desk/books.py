"""A desk's books for the store's own tests: a fresh database, events of synthetic people, rows to compare."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from desk_app.domain.dossiers.events import Office, Payload, Received, Recorded, StepTaken
from desk_app.domain.people.person import Person
from desk_app.store.database.database import FILE, DeskDatabase, open_database, unit_of_work
from desk_app.store.journal import journal

KEY = bytes(range(32))
NOON = 1_795_237_200_000
OFFICE = Office(name="Trung tâm Phục vụ hành chính công xã Thử Nghiệm", commune="xã Thử Nghiệm")


@cache
def _empty() -> tuple[bytes, int]:
    """The file of an empty database and its mode: made once a process, for making one costs twenty copies."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / FILE
        open_database(file, KEY, create=True).close()
        return file.read_bytes(), file.stat().st_mode


def made(folder: Path, key: bytes = KEY) -> DeskDatabase:
    """A fresh database in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE
    if key != KEY or file.exists():
        return open_database(file, key, create=True)
    content, mode = _empty()
    file.write_bytes(content)
    file.chmod(mode)
    return open_database(file, key)


def put_down(db: DeskDatabase) -> Path:
    """Close a database, so that its folder can be copied; the folder."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return db.path.parent


def copied(template: Path, folder: Path) -> DeskDatabase:
    """A copy of the database that was put down in `template`."""
    shutil.copytree(template, folder)
    return open_database(folder / FILE, KEY)


def reception(number: int = 1, **facts: Any) -> Received:
    """The reception of dossier `number` of the day; `facts` override."""
    person = Person(
        full_name=facts.pop("name", "Nguyễn Thị Thử Nghiệm"),
        id_number=facts.pop("id_number", f"001190{number:06d}"),
        phone=facts.pop("phone", f"0110{number:06d}"),
        old_id_number=facts.pop("old_id_number", ""),
    )
    given: dict[str, Any] = {
        "code": f"H26.99-261120-{number:04d}",
        "procedure": "2.000815",
        "procedure_version": "1",
        "people": {"applicant": person},
        "received_at": NOON + number,
        "due_at": NOON + 3_600_000,
        "office": OFFICE,
    }
    return Received(**{**given, **facts})


def written(db: DeskDatabase, payload: Payload, *, dossier: str, at: int = NOON, **more: Any) -> Recorded:
    """One event in a transaction of its own."""
    with unit_of_work(db):
        return journal.append(db, payload, dossier=dossier, at=at, author="thu", **more)


def received(db: DeskDatabase, number: int = 1, **facts: Any) -> str:
    """Receive dossier `number`; its id."""
    dossier = journal.new_dossier_id()
    written(db, reception(number, **facts), dossier=dossier)
    return dossier


def stepped(db: DeskDatabase, dossier: str, *actions: str) -> None:
    for action in actions:
        written(db, StepTaken(action=action, reason="thử", due_at=NOON + 7_200_000), dossier=dossier)


def fail_after(db: DeskDatabase, work: Callable[[], object]) -> None:
    """A unit of work that does this and then meets a bug."""
    with unit_of_work(db):
        work()
        raise ZeroDivisionError


def bodies(db: DeskDatabase, log: bytes) -> list[tuple[int, str]]:
    """A log as another desk would be sent it."""
    return db.all("SELECT seq, body FROM event JOIN log ON log.id = event.log WHERE log.name = ? ORDER BY seq", (log,))


def own_name(db: DeskDatabase) -> bytes:
    with unit_of_work(db):
        return journal.own_log(db).name


_PROJECTED = (
    ("dossier", "id"),
    ("person", "dossier, role, number"),
    ("register_line", "dossier"),
    ("work_line", "dossier"),
    ("held", "dossier"),
    ("linked", "dossier"),
    ("office_fact", "key"),
    ("tally", "what, name"),
)


def projections(db: DeskDatabase) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every projection table, and every token of the search index."""
    tables = {table: db.all(f"SELECT * FROM {table} ORDER BY {order}") for table, order in _PROJECTED}
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, search, instance)")
    tables["search"] = db.all("SELECT doc, term FROM temp.vocabulary ORDER BY doc, term")
    tables["documents"] = db.all("SELECT rowid FROM search ORDER BY rowid")
    return tables


def chain(log: bytes, lines: list[str]) -> bytes:
    """The head of a log holding these lines, reckoned without the program."""
    head = hashlib.sha256(b"cx1 log" + log).digest()
    for line in lines:
        head = hashlib.sha256(head + line.encode()).digest()
    return head
