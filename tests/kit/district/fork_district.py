"""A district reduced to its logs, and desks copied as a backup or a clone copies them."""

from __future__ import annotations

import shutil

from desk_app.protocol.event_body import event_of, first_hash, next_hash
from desk_app.store.database.database import open_database, unit_of_work
from desk_app.store.journal import forks, journal, logs
from tests.kit.desk import books


def copied(db, folder):
    """The desk as a backup or a clone has it."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    folder.mkdir(parents=True)
    for name in ("desk.db", "head.json"):
        if (db.path.parent / name).exists():
            shutil.copy(db.path.parent / name, folder / name)
    return open_database(folder / "desk.db", books.KEY)


class District:
    """What a district is to this: for each log the lines it holds, and the hash after each."""

    def __init__(self):
        self.logs = {}

    def hash_at(self, log, seq):
        return self.logs[log][seq - 1][1] if seq else first_hash(log)

    def take(self, log, bodies):
        kept = self.logs.setdefault(log, [])
        for seq, body, digest in bodies:
            assert seq == len(kept) + 1
            assert next_hash(self.hash_at(log, seq - 1), body.encode()) == digest
            kept.append((body, digest))

    def exchange(self, db, *, most=10**9):
        """What an engine does in one round; `most` events come in before the line is cut."""
        for one in sorted(logs.standings(db), key=lambda one: one.own == logs.OPEN):
            held = len(self.logs.get(one.log, ()))
            common = held <= one.seq and logs.hash_at(db, one.log, held) == self.hash_at(one.log, held)
            if one.own == logs.OPEN and not common:
                alike = held > one.seq and self.hash_at(one.log, one.seq) == one.head
                forks.fork(db, one.log, one.seq if alike else min(one.confirmed, held))
            elif (
                one.own == logs.CLOSED
                and not common
                and self.hash_at(one.log, min(held, one.seq)) != logs.hash_at(db, one.log, min(held, one.seq))
            ):
                forks.fork(db, one.log, min(one.confirmed, held))
            elif common and one.own != logs.OTHERS and not self.must_wait(db, one):
                self.take(one.log, logs.bodies(db, one.log, after=held, limit_bytes=10**9))
                logs.confirm(db, one.log, one.seq)
        for log, lines in self.logs.items():
            found = logs.standing(db, log)
            new = [(seq, body) for seq, (body, _) in enumerate(lines, 1) if found is None or seq > found.seq][:most]
            most -= len(new)
            with unit_of_work(db):
                journal.absorb(db, log, new)
        for one in logs.standings(db):
            held = len(self.logs.get(one.log, ()))
            forks.reconcile(db, one.log, held)
            if one.own != logs.OTHERS and one.seq == held and one.head == self.hash_at(one.log, held):
                logs.confirm(db, one.log, held)

    def must_wait(self, db, one):
        """An own log is sent after all that it may cite, in the place where that will stay."""
        closed = [other for other in logs.standings(db) if other.own == logs.CLOSED]
        unsure = one.own == logs.OPEN and any(other.confirmed < other.seq for other in closed)
        return unsure or forks.orphans_waiting(db)

    def settled(self, *desks):
        """Exchange until nothing moves; then everybody knows everything."""
        for _ in range(20):
            before = {log: len(kept) for log, kept in self.logs.items()}
            for db in desks:
                self.exchange(db)
            if before == {log: len(kept) for log, kept in self.logs.items()} and not any(
                logs.waiting(db).events for db in desks
            ):
                return
        raise AssertionError("the desks never come to rest")


def told(body):
    """What an event says, whatever log it stands in: each event of these tests has its own moment."""
    event = event_of("", 0, body)
    return (event.kind, event.dossier, event.lamport, event.at, event.author, repr(event.payload))


def lines(db):
    return [told(body) for (body,) in db.all("SELECT body FROM event")]
