"""Somebody with the keys of a machine who opens its database and rewrites what it did: every hash fits afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec

from desk_app.protocol.event_body import columns_of, first_hash, next_hash
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.database.head_file import Head, write_head
from desk_app.store.database.schema import TRIGGERS
from desk_app.store.journal import set_aside
from desk_app.store.journal.rebuild import rebuild
from tests.kit.district.ledgers import Books, desks_work_at
from tests.kit.district.serving import Served
from tests.kit.wire.communes import Commune, Office

Change = Callable[[list[str]], list[str]]


def rewrite(db: DeskDatabase, change: Change, *, log: bytes | None = None, forgets_receipts: bool = False) -> bytes:
    """Put what `change` makes of the lines of a log (its own longest) in their place, chained anew; the log's name.

    `forgets_receipts`: every trace of what the district ever signed goes too.
    """
    if log is None:
        log = db.all("SELECT name FROM log WHERE is_own > 0 ORDER BY last_seq DESC LIMIT 1")[0][0]
    with unit_of_work(db):
        for name in TRIGGERS:
            db.execute(f"DROP TRIGGER {name}")
        ((row,),) = db.all("SELECT id FROM log WHERE name = ?", (log,))
        old = db.all("SELECT n, body FROM event WHERE log = ? ORDER BY seq", (row,))
        lines = change([body for _, body in old])
        db.execute("DELETE FROM event WHERE log = ?", (row,))
        numbers = [n for n, _ in old]
        ((last,),) = db.all("SELECT coalesce(max(n), 0) FROM event")
        numbers += range(max([last, *numbers]) + 1, max([last, *numbers]) + 1 + len(lines))
        head = first_hash(log)
        for seq, (number, line) in enumerate(zip(numbers, lines, strict=False), 1):
            head = next_hash(head, line.encode())
            db.execute(
                "INSERT INTO event(n, log, seq, dossier, kind, lamport, at, clock_offset, author, body, hash)"
                " VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                (number, row, seq, *columns_of(line), line, head),
            )
        receptions = sum(columns_of(line)[1] == "received" for line in lines)
        ((confirmed,),) = db.all("SELECT min(confirmed, ?) FROM log WHERE id = ?", (len(lines), row))
        sure = sum(columns_of(line)[1] == "received" for line in lines[:confirmed])
        db.execute(
            "UPDATE log SET head = ?, last_seq = ?, receptions = ?, confirmed = ?, confirmed_receptions = ?"
            " WHERE id = ?",
            (head, len(lines), receptions, confirmed, sure, row),
        )
        if forgets_receipts:
            db.execute("DELETE FROM receipt")
        for trigger in TRIGGERS.values():
            db.execute(trigger)
    rebuild(db)
    write_head(Path(db.path).parent, Head(log=log.hex(), seq=len(lines), head=head.hex()))
    return log


def altered(line: str, **facts: object) -> str:
    """The line with other facts in its payload, or another moment (`t`)."""
    said = msgspec.json.decode(line)
    moment = facts.pop("t", said["t"])
    said = {**said, "t": moment, "v": {**said["v"], **facts}}
    return msgspec.json.encode(said, order="sorted").decode()


def at(place: int, change: Callable[[str], str]) -> Change:
    """Change the line of this number."""
    return lambda lines: [change(line) if n == place else line for n, line in enumerate(lines, 1)]


def without(place: int) -> Change:
    """Leave out the line of this number."""
    return lambda lines: [line for n, line in enumerate(lines, 1) if n != place]


def both(one: Change, other: Change) -> Change:
    """One change, then the other."""
    return lambda lines: other(one(lines))


def worked(commune: Commune) -> tuple[Served, Office, Office, Books]:
    """Two desks that have exchanged everything: four receptions and three corrections of the first are confirmed."""
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    for code in one.receive(4)[:3]:
        one.clock.moment += timedelta(seconds=7)
        one.correct(code, "một ghi chú")
    one.sync()
    two.sync()
    return served, one, two, desks_work_at(served.district.storage)


def items(office: Office) -> list[tuple[str, int]]:
    """What this desk was told of rewritten events: the reason, the number in the log."""
    return [(one.reason, one.seq) for one in set_aside.all(office.desk.db) if one.reason.startswith("history")]
