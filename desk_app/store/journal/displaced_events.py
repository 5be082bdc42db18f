"""Events set aside because the district's copy of their log does not have them there; waiting, not lost."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from desk_app.protocol.event_body import columns_of, hole, next_hash
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal.rows import NEXT_NUMBER, OTHERS

WAITING, BACK, ANEW, ERASED, REWRITTEN = 0, 1, 2, 3, 4
"""Where an event set aside is by now: still aside, back in its place, in another log, erased by the district's order,
kept as proof that somebody rewrote what the district has confirmed: it counts nowhere.

Program 0.2.0 also wrote 3 for events of others' logs, whose bodies it kept but gave up: see `take_up_again`.
"""
_ASIDE = "SELECT id, n, dossier, lamport, body, hash, seq FROM orphan"
_COLUMNS = "dossier = ?, kind = ?, lamport = ?, at = ?, clock_offset = ?, author = ?, body = ?"


class Aside(Struct, frozen=True):
    """An event set aside: its row, the number it had in the journal, its dossier, lamport, line, hash and its number in
    the log.
    """

    row: int
    number: int
    dossier: str
    lamport: int
    body: str
    hash: bytes = b""
    seq: int = 0


def orphans_waiting(db: DeskDatabase) -> int:
    """How many events stand aside until the district's copy of their log is here."""
    ((waiting,),) = db.all("SELECT count(*) FROM orphan WHERE settled = 0")
    return int(waiting)


def own_orphans_waiting(db: DeskDatabase) -> int:
    """How many of them this desk wrote."""
    ((waiting,),) = db.all(
        f"SELECT count(*) FROM orphan JOIN log ON log.id = orphan.log WHERE settled = 0 AND log.is_own <> {OTHERS}"
    )
    return int(waiting)


def are_waiting(db: DeskDatabase, log: int) -> bool:
    """Whether events of this log stand aside."""
    return db.one("SELECT 1 FROM orphan WHERE log = ? AND settled = 0", (log,)) is not None


def set_aside(db: DeskDatabase, log: int, base: int) -> list[tuple[int, str, str]]:
    """Move the events of a log after `base` aside; number, dossier and kind of each."""
    columns = "n, log, seq, dossier, kind, lamport, at, clock_offset, author, body, hash"
    where = "WHERE log = ? AND seq > ?"
    moved = db.all(f"SELECT n, dossier, kind FROM event {where} ORDER BY seq", (log, base))
    db.execute(f"INSERT INTO orphan({columns}) SELECT {columns} FROM event {where} ORDER BY seq", (log, base))
    db.execute(f"DELETE FROM event {where}", (log, base))
    return moved


def place_of(db: DeskDatabase, log: int, seq: int, digest: bytes) -> tuple[int, int] | None:
    """Row and old number of the event set aside that is this very one."""
    return db.one("SELECT id, n FROM orphan WHERE log = ? AND seq = ? AND hash = ? AND settled = 0", (log, seq, digest))


def waiting_in(db: DeskDatabase, log: int) -> list[Aside]:
    """The events of a log still aside, in their order."""
    return [Aside(*row) for row in db.all(f"{_ASIDE} WHERE log = ? AND settled = 0 ORDER BY seq, id", (log,))]


def ever_in(db: DeskDatabase, log: int) -> list[Aside]:
    """Every event of a log that was ever set aside, in their order."""
    return [Aside(*row) for row in db.all(f"{_ASIDE} WHERE log = ? ORDER BY seq, id", (log,))]


def follows(before: bytes, one: Aside) -> bool:
    """Whether the event was written behind the event whose hash is `before`."""
    return next_hash(before, one.body.encode()) == one.hash


def runs(left: Sequence[Aside]) -> list[list[Aside]]:
    """The events in runs that follow each other; several copies of one log give several runs."""
    found: list[list[Aside]] = []
    for one in left:
        run = next((run for run in found if follows(run[-1].hash, one)), None)
        if run is None:
            found.append([one])
        else:
            run.append(one)
    return found


def hash_at(db: DeskDatabase, log: int, seq: int, head8: bytes) -> bytes | None:
    """The hash after event `seq` of a log that begins with these 8 bytes, of any event ever set aside there."""
    rows = db.all("SELECT hash FROM orphan WHERE log = ? AND seq = ?", (log, seq))
    return next((digest for (digest,) in rows if digest[:8] == head8), None)


def keep(db: DeskDatabase, log: int, events: Sequence[tuple[int, bytes, bytes]]) -> list[str]:
    """Set aside events of a log (number, line, hash) that another copy of it has; the dossier of each that is new.

    Raises `msgspec.DecodeError` for a line that cannot be read.
    """
    dossiers: list[str] = []
    for seq, body, digest in events:
        if db.one("SELECT 1 FROM orphan WHERE log = ? AND seq = ? AND hash = ?", (log, seq, digest)):
            continue
        columns = columns_of(body)
        db.execute(
            "INSERT INTO orphan(n, log, seq, dossier, kind, lamport, at, clock_offset, author, body, hash)"
            f" VALUES({NEXT_NUMBER},?,?,?,?,?,?,?,?,?,?)",
            (log, seq, *columns, body.decode(), digest),
        )
        dossiers.append(columns[0])
    return dossiers


def take_up_again(db: DeskDatabase) -> list[str]:
    """Set aside anew what program 0.2.0 gave up of others' logs: it may be nowhere else. The dossiers it is of."""
    rows = db.all(
        f"""
        SELECT log, seq, dossier, kind, lamport, at, clock_offset, author, body, hash FROM orphan old
        WHERE settled = {ERASED} AND body NOT LIKE '#%' AND NOT EXISTS (
            SELECT 1 FROM orphan other WHERE other.log = old.log AND other.seq = old.seq AND other.hash = old.hash
            AND (other.settled <> {ERASED} OR other.id > old.id)
        ) ORDER BY log, seq
        """
    )
    for row in rows:
        db.execute(
            "INSERT INTO orphan(n, log, seq, dossier, kind, lamport, at, clock_offset, author, body, hash)"
            f" VALUES({NEXT_NUMBER},?,?,?,?,?,?,?,?,?,?)",
            row,
        )
    return list(dict.fromkeys(row[2] for row in rows if row[2]))


def erase(db: DeskDatabase, row: int, digest: bytes) -> None:
    """Take the body out of an event set aside, however often it was."""
    nothing = hole(digest).decode()
    db.execute(
        f"UPDATE orphan SET {_COLUMNS} WHERE hash = ? AND log = (SELECT log FROM orphan WHERE id = ?)",
        (*columns_of(nothing), nothing, digest, row),
    )


def settle(db: DeskDatabase, row: int, outcome: int) -> None:
    """Say where an event set aside is now."""
    db.execute("UPDATE orphan SET settled = ? WHERE id = ?", (outcome, row))


def settle_anew(db: DeskDatabase, row: int, log: int) -> None:
    """The event stands in this log now; what cites it and is older cites it by its old stamp."""
    db.execute(
        f"UPDATE orphan SET settled = {ANEW}, anew = ?, until = (SELECT max(n) FROM event) WHERE id = ?", (log, row)
    )
