"""What must hold everywhere and always: the district is the union of the desks' ledgers, each event once and in order.

Read straight from the tables of both sides, not through the code on trial.
"""

from __future__ import annotations

from collections import Counter

from desk_app.district.storage import Storage, logs, own_logs
from desk_app.protocol.event_body import first_hash, next_hash
from desk_app.store.database.database import DeskDatabase

Books = dict[bytes, list[bytes]]
"""The events of each log, from the first."""


def of_desk(db: DeskDatabase) -> Books:
    """What a desk holds; raises when a log has a gap or its chain does not end in its head."""
    books: Books = {}
    rows = db.all("SELECT log.name, event.seq, event.body FROM event JOIN log ON log.id = event.log ORDER BY 1, 2")
    for log, seq, body in rows:
        kept = books.setdefault(log, [])
        assert seq == len(kept) + 1, f"log {log.hex()[:8]} has a gap before {seq}"
        kept.append(body.encode())
    return books


def own_of_desk(db: DeskDatabase) -> Books:
    """What a desk itself wrote and still holds, in all its logs."""
    own = {name for (name,) in db.all("SELECT name FROM log WHERE is_own > 0")}
    return {log: bodies for log, bodies in of_desk(db).items() if log in own}


def of_district(storage: Storage) -> Books:
    """What the district holds, every frame unpacked; raises when frames overlap, leave gaps or do not chain."""
    books: Books = {}
    with storage.reading() as session:
        for log in logs.every(session):
            kept = books.setdefault(log.log, [])
            head = first_hash(log.log)
            while len(kept) < log.seq:
                (frame,) = logs.frames_after(session, log.log, len(kept), most=1)
                assert frame.first == len(kept) + 1, f"log {log.log.hex()[:8]}: frame {frame.first} after {len(kept)}"
                assert frame.prev == head
                bodies = frame.bodies()
                assert len(bodies) == frame.last - frame.first + 1
                for body in bodies:
                    head = bytes.fromhex(body[1:].decode()) if body.startswith(b"#") else next_hash(head, body)
                assert frame.head == head
                kept += bodies
            assert (len(kept), head) == (log.seq, log.head)
            assert not logs.frames_after(session, log.log, log.seq)
    return books


def desks_work_at(storage: Storage) -> Books:
    """What the district holds of the desks' logs, without its own."""
    with storage.reading() as session:
        own = {log.log for log in logs.every(session) if own_logs.scope_of(log.log, ("*", log.scope))}
    return {log: bodies for log, bodies in of_district(storage).items() if log not in own}


def check_union(district: Books, *desks: Books) -> None:
    """The district holds exactly what the desks wrote, and nothing else of theirs; `desks` are their own logs."""
    wanted: Books = {}
    for desk in desks:
        for log, bodies in desk.items():
            assert log not in wanted or wanted[log] == bodies, f"two desks differ about log {log.hex()[:8]}"
            wanted[log] = bodies
    missing = {log.hex()[:8]: len(bodies) - len(district.get(log, ())) for log, bodies in wanted.items()}
    assert {log: district.get(log) for log in wanted} == wanted, f"missing at the district: {missing}"
    check_once(wanted)


def check_prefix(district: Books, *desks: Books) -> None:
    """At any moment: what the district holds of a desk's log is a beginning of it."""
    for desk in desks:
        for log, bodies in desk.items():
            held = district.get(log, [])
            assert held == bodies[: len(held)], f"log {log.hex()[:8]} differs at the district"


def check_once(books: Books) -> None:
    """No event stands in two places: each dossier and lamport of one author's logs is said once."""
    times = Counter(body for bodies in books.values() for body in bodies)
    twice = sorted(body for body, count in times.items() if count > 1)
    assert not twice, f"{len(twice)} events stand in two places: {twice[:3]}"
