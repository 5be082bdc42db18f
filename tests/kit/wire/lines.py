"""A desk and a district with a breakable line between them, set back to the same beginning as often as wanted."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desk_app.errors import DeskError
from desk_app.protocol.keys import Keys
from desk_app.store.database.database import FILE, DeskDatabase, open_database
from desk_app.sync.membership import identity
from tests.kit.desk import counters
from tests.kit.desk.counters import Counter
from tests.kit.desk.scratch import scratch
from tests.kit.district.ledgers import Books, check_prefix, of_desk, of_district, own_of_desk
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import Root, register
from tests.kit.wire.proxy import Cut, Proxy

EVENTS = 20
_ENOUGH = 6
"""Rounds after a cut; one should do."""


@dataclass
class Bench:
    """`sender` has a day's beginning to send, `reader` has only to fetch what the sender sent."""

    served: Served
    proxy: Proxy
    sender: Counter
    reader: Counter
    place: Path
    rounds: int = 0
    failures: int = 0

    @property
    def url(self) -> str:
        return f"{'https' if self.served.root.tls else 'http'}://127.0.0.1:{self.proxy.port}"

    @contextmanager
    def fresh(self, counter: Counter) -> Iterator[tuple[DeskDatabase, identity.Member]]:
        """The desk as it was when the bench was made."""
        self.place.mkdir()
        try:
            for file in counter.data.iterdir():
                if file.is_file():
                    shutil.copyfile(file, self.place / file.name)
            db = open_database(self.place / FILE, counter.key)
            try:
                yield db, identity.load(db, self.place)
            finally:
                db.close()
        finally:
            shutil.rmtree(self.place)

    def until_done(self, db: DeskDatabase, member: identity.Member, *, check: Callable[[], None]) -> None:
        """Rounds until one succeeds; `check` looks at both sides after each."""
        for _ in range(_ENOUGH):
            self.rounds += 1
            try:
                counters.run(db, member, url=self.url)
            except DeskError:
                self.failures += 1
                check()
            else:
                check()
                return
        raise AssertionError("the line was cut once, and no round after it succeeded")

    def pushed(self, cut: Cut | None) -> tuple[Books, Books]:
        """Send a beginning of a day over a line that is cut; what the desk wrote, what the district holds."""
        self.served.forget_work()
        self.proxy.cut_next(cut)
        with self.fresh(self.sender) as (db, member):
            books = own_of_desk(db)

            def check() -> None:
                check_prefix(of_district(self.served.district.storage), books)

            self.until_done(db, member, check=check)
            return books, of_district(self.served.district.storage)

    def pulled(self, cut: Cut | None) -> tuple[Books, Books]:
        """Fetch a colleague's work over a line that is cut; what the desk got, what the district holds."""
        district = of_district(self.served.district.storage)
        self.proxy.cut_next(cut)
        with self.fresh(self.reader) as (db, member):

            def check() -> None:
                for log, held in of_desk(db).items():
                    assert held == district[log][: len(held)]

            self.until_done(db, member, check=check)
            return of_desk(db), district


@contextmanager
def bench(folder: Path, *, with_tls: bool = False, events: int = EVENTS) -> Iterator[Bench]:
    """Two enrolled desks of one commune and their district; desks are copied in memory where there is such a place."""
    root = Root()
    with (
        scratch() as place,
        served(place / "district.db", root, tls_folder=folder if with_tls else None) as running,
        Proxy(("127.0.0.1", running.port)) as proxy,
    ):
        root.url = running.url
        desks = []
        for number in (1, 2):
            counter, keys = counters.made(folder, desk=number), Keys.new()
            certificate = register(running.district, root, keys.public, desk=number)
            counters.enrol(counter, root.card, certificate, keys)
            desks.append(counter)
        counters.work(desks[0], events=events)
        yield Bench(running, proxy, *desks, place=place / "desk")
