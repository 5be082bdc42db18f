"""Desks and their district die again and again, each by SIGKILL at any moment, while the desks write and synchronise.

`python -m tests.kit.wire.killing FOLDER PLACE KILLS SEED [POSTGRES-FOLDER]` with FOLDER made by `prepare`; PLACE is a
file or a `postgresql://` address. Prints what was found as JSON. A desk's ledger stands for what its clerk was told is
saved: it is written, and waited for, once a save has come back.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from dataclasses import field as dataclass_field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import NoReturn

from msgspec.structs import replace

from desk_app.district.district import District
from desk_app.district.storage import open_storage, quarantine
from desk_app.district.transport import http_app, server
from desk_app.district.transport.server import Listening
from desk_app.domain.dossiers.events import StepTaken
from desk_app.errors import DatabaseDownError, DeskError
from desk_app.protocol.keys import Keys
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal import journal, logs
from desk_app.store.journal.check import check, verify_tail
from desk_app.sync.membership import identity
from desk_app.sync.rounds import rounds
from desk_app.sync.rounds.effects import Effects
from tests.kit.desk import books, counters
from tests.kit.desk.counters import Counter
from tests.kit.district.ledgers import Books, check_once, check_union, desks_work_at, of_desk, own_of_desk
from tests.kit.district.postgres import Postgres
from tests.kit.district.writers import Root, district_at, register
from tests.kit.wire.ports import free_port

DESKS = 3
_LONGEST_LIFE = 0.8  # s between two kills: a few rounds
_FINAL_ROUNDS = 4
_RESTART_OF_POSTGRES = 5  # every so many kills


@dataclass
class Field:
    """Where the parts stand; what `prepare` made and `main` finds again."""

    folder: Path
    place: str

    @property
    def desks(self) -> list[Counter]:
        keys = json.loads((self.folder / "desks.json").read_text())
        return [Counter(self.folder / f"desk{number}", bytes.fromhex(key)) for number, key in enumerate(keys, 1)]

    @property
    def root(self) -> Root:
        told = json.loads((self.folder / "district.json").read_text())
        return Root(Keys.load(bytes.fromhex(told["root"])), Keys.load(bytes.fromhex(told["keys"])))

    @property
    def port(self) -> int:
        return int(json.loads((self.folder / "district.json").read_text())["port"])

    def ledger(self, counter: Counter) -> Path:
        return self.folder / f"{counter.data.name}.ledger"


def prepare(folder: Path, place: str) -> None:
    """A district and its desks, enrolled, without work."""
    root = Root()
    port = free_port()
    root.url = f"http://127.0.0.1:{port}"
    told = {"root": root.keys.dump().hex(), "keys": root.operational.dump().hex(), "port": port}
    (folder / "district.json").write_text(json.dumps(told))
    made = []
    with district_at(place, root) as district:
        for number in range(1, DESKS + 1):
            counter, keys = counters.made(folder, desk=number), Keys.new()
            counters.enrol(counter, root.card, register(district, root, keys.public, desk=number), keys)
            made.append(counter.key.hex())
    (folder / "desks.json").write_text(json.dumps(made))


# --- the processes that die ---------------------------------------------------------------


def run_district(field: Field) -> NoReturn:
    """As under a service manager: begin again until the database is there, and the port of the one that was killed."""
    while True:
        try:
            _serve(field)
        except DatabaseDownError:
            pass
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
        time.sleep(0.05)


def _serve(field: Field) -> None:
    storage = open_storage(field.place, field.root.identity.storage_key)
    try:
        district = District(storage, field.root.identity, clock=_now)
        listener = server.listen("127.0.0.1", field.port)
        with listener, suppress(SystemExit):
            at = Listening(host="127.0.0.1", port=field.port)
            server.server(http_app.build(district), at).run(sockets=[listener])
    finally:
        storage.close()


def run_desk(field: Field, counter: Counter, draw: random.Random) -> NoReturn:
    """Save a few things, note each in the ledger, synchronise, until killed."""
    with counter.database() as db:
        verify_tail(db)
        member = identity.load(db, counter.data)
        ledger = os.open(field.ledger(counter), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        while True:
            for _ in range(draw.randint(1, 6)):
                _save(db, member.certificate.desk)
                os.write(ledger, _newest(db).encode())
                os.fsync(ledger)
            with suppress(DeskError):
                _round(db, member)
            time.sleep(draw.uniform(0, 0.03))


def _save(db: DeskDatabase, desk: int) -> None:
    """A reception, or a step of the newest dossier, which may be a colleague's."""
    (number,) = db.one("SELECT count(*) + 1 FROM event JOIN log ON log.id = event.log WHERE is_own > 0") or (1,)
    newest = db.one("SELECT dossier FROM event WHERE kind = 'received' ORDER BY n DESC LIMIT 1")
    code, author = f"H61.37-26112{desk}-{number:04d}", f"quầy {desk}"
    with unit_of_work(db):
        if newest is not None and number % 3 == 0:
            journal.append(db, StepTaken(action="forward"), dossier=newest[0], at=_now(), author=author)
        else:
            office = replace(books.OFFICE, desk=desk)
            reception = books.reception(number, code=code, name=f"Nguyễn Thử {number}", office=office)
            journal.append(db, reception, dossier=journal.new_dossier_id(), at=_now(), author=author)


def _newest(db: DeskDatabase) -> str:
    found = db.one(
        "SELECT log.name, event.seq, event.body FROM event JOIN log ON log.id = event.log"
        " WHERE is_own = 1 ORDER BY event.seq DESC LIMIT 1"
    )
    assert found
    log, seq, body = found
    return f"{log.hex()} {seq} {hashlib.sha256(body.encode()).hexdigest()}\n"


def _round(db: DeskDatabase, member: identity.Member) -> None:
    rounds.run(
        db,
        member,
        clock=lambda: datetime.now(UTC),
        progress=lambda _: None,
        stop=Event(),
        effects=Effects(member),
    )


def _now() -> int:
    return time.time_ns() // 1_000_000


# --- the hand that kills ------------------------------------------------------------------


@dataclass
class Lives:
    """The children that run now, and how often each kind was killed."""

    field: Field
    draw: random.Random
    pids: dict[int, int] = dataclass_field(default_factory=dict)
    desks_killed: int = 0
    district_killed: int = 0
    servers_killed: int = 0

    def begin(self, place: int) -> None:
        """Child 0 is the district, the others are the desks."""
        seed = self.draw.random()
        work: Callable[[], NoReturn] = (
            (lambda: run_district(self.field))
            if place == 0
            else (lambda: run_desk(self.field, self.field.desks[place - 1], random.Random(seed)))
        )
        pid = os.fork()
        if pid == 0:
            try:
                work()
            except BaseException:  # noqa: BLE001 - told, and then it is over
                traceback.print_exc()
            finally:
                os._exit(3)  # it may only end by the signal
        self.pids[place] = pid

    def end(self, place: int) -> None:
        pid = self.pids.pop(place)
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if not os.WIFSIGNALED(status):
            raise RuntimeError(f"child {place} ended by itself")

    def kill_one(self) -> None:
        place = self.draw.randrange(DESKS + 1)
        self.end(place)
        if place == 0:
            self.district_killed += 1
            time.sleep(self.draw.uniform(0, 0.2))
        else:
            self.desks_killed += 1
        self.begin(place)


def main(folder: str, place: str, kills: str, seed: str, postgres: str = "") -> None:
    field, draw = Field(Path(folder), place), random.Random(int(seed))
    server_of_it = Postgres(Path(postgres)) if postgres else None
    lives = Lives(field, draw)
    try:
        found = _lived(lives, int(kills), server_of_it)
    finally:
        for pid in lives.pids.values():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    events = _problems(field, found)
    counts = {key: value for key, value in asdict(lives).items() if key.endswith("killed")}
    print(json.dumps({"problems": found, "events": events, **counts}))


def _lived(lives: Lives, kills: int, server_of_it: Postgres | None) -> list[str]:
    """Let them live and die; then let nobody die until everything has come home."""
    draw = lives.draw
    for child in range(DESKS + 1):
        lives.begin(child)
    for number in range(1, kills + 1):
        time.sleep(draw.uniform(0.02, _LONGEST_LIFE))
        if server_of_it and number % _RESTART_OF_POSTGRES == 0:
            server_of_it.die_and_come_back()
            lives.servers_killed += 1
        else:
            lives.kill_one()
    for child in range(1, DESKS + 1):
        lives.end(child)
    lives.end(0)
    lives.begin(0)
    found = _peace(lives.field)
    lives.end(0)
    return found


def _peace(field: Field) -> list[str]:
    """Nobody dies any more: everything must come home, with whatever the last life left."""
    left = {counter.data.name: counter for counter in field.desks}
    for number in range(_FINAL_ROUNDS):
        for name, counter in list(left.items()):
            for _ in range(100):
                try:
                    outcome = counters.round_of(counter)
                except DeskError:
                    time.sleep(0.1)
                    continue
                if number and outcome.code == "done" and not (outcome.sent or outcome.received):
                    del left[name]
                break
    return [f"{name} does not come to rest" for name in left]


def _problems(field: Field, found: list[str]) -> int:
    """What must never be, added to `found`; how many events were written in all."""
    owns: list[Books] = []
    alls: list[Books] = []
    for counter in field.desks:
        with counter.database() as db:
            owns.append(own_of_desk(db))
            alls.append(of_desk(db))
            found += [f"{counter.data.name}: {problem}" for problem in check(db).problems]
            closed = [one for one in logs.standings(db) if one.own == logs.CLOSED]
            if closed or len(owns[-1]) != 1:
                found.append(f"{counter.data.name} thinks that it was restored: a kill is no restore")
            if logs.waiting(db).events:
                found.append(f"{counter.data.name} still waits to send")
            for line in field.ledger(counter).read_text().splitlines():
                log, seq, digest = line.split()
                kept = owns[-1].get(bytes.fromhex(log), [])
                if len(kept) < int(seq) or hashlib.sha256(kept[int(seq) - 1]).hexdigest() != digest:
                    found.append(f"{counter.data.name} lost {log[:8]} {seq}, which it said was saved")
    with district_at(field.place, field.root) as district:
        held = desks_work_at(district.storage)
        with district.storage.reading() as session:
            found += [f"set aside: {one.reason}" for one in quarantine.waiting(session)]
    try:
        check_union(held, *owns)
        check_once(held)
    except AssertionError as error:
        found.append(f"at the district: {error}"[:500])
    if any(books_of_one != alls[0] for books_of_one in alls[1:]):
        found.append("the desks do not hold the same")
    return sum(len(bodies) for own in owns for bodies in own.values())


if __name__ == "__main__":
    main(*sys.argv[1:])
