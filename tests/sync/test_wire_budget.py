"""What a day may cost on the line. The build fails when somebody adds a field that makes it dearer."""

from __future__ import annotations

import collections
import random
import re
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.errors import DeskError
from desk_app.protocol.batch import unseal
from desk_app.protocol.keys import KID, SIGNATURE, Keys
from desk_app.protocol.messages import Frame, FrameKind, FrameReader
from desk_app.store.journal.check import check
from tests.kit.desk import counters, days
from tests.kit.desk.counters import Counter
from tests.kit.district.ledgers import check_union, desks_work_at, own_of_desk
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import Root, register
from tests.kit.wire.proxy import Cut, Proxy

MOST_BYTES = 50_000
"""Application bytes of a day of 300 dossiers, both ways (the issue's goal)."""
MOST_ON_THE_LINE = 60_000
"""The same with HTTP and what TLS adds to it."""
MOST_SENT_AGAIN, MOST_DEARER = 0.05, 0.12


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("district")


@pytest.fixture(scope="module")
def district(folder: Path) -> Iterator[Served]:
    root = Root()
    with served(folder / "district.db", root, tls_folder=folder) as running:
        root.url = running.url
        yield running


@pytest.fixture(scope="module")
def plain(folder: Path, district: Served) -> Iterator[Served]:
    """The same district without TLS, so that what goes to it can be read."""
    root = Root(district.root.keys, district.root.operational)
    with served(folder / "district.db", root) as running:
        yield running


@pytest.fixture(scope="module")
def after_a_day(tmp_path_factory: pytest.TempPathFactory, district: Served) -> Counter:
    """A desk that synchronised in the morning and has worked the whole day since."""
    counter, keys = counters.made(tmp_path_factory.mktemp("desk")), Keys.new()
    certificate = register(district.district, district.root, keys.public)
    counters.enrol(counter, district.root.card, certificate, keys)
    counters.round_of(counter, url=district.url)
    counters.work(counter, events=days.EVENTS, dossiers=days.DOSSIERS)
    return counter


def test_the_day_that_is_measured_is_three_hundred_dossiers_in_its_events_and_sound(after_a_day):
    """What it claims to be, or every figure made with it is wrong."""
    with after_a_day.database() as db:
        own = "FROM event WHERE log IN (SELECT id FROM log WHERE is_own > 0)"
        kinds = collections.Counter(kind for (kind,) in db.all(f"SELECT kind {own}"))
        assert kinds["received"] == days.DOSSIERS
        assert kinds.total() == days.EVENTS
        assert kinds["corrected"] > 30
        assert kinds["step"] > 600
        assert len(db.all("SELECT DISTINCT procedure FROM dossier")) >= 8
        moments = [at for (at,) in db.all(f"SELECT at {own} ORDER BY seq")]
        assert moments == sorted(moments)
        assert check(db).ok


def check_arrived(district: Served, counter: Counter) -> None:
    with counter.database() as db:
        ours = own_of_desk(db)
    assert sum(map(len, ours.values())) == days.EVENTS
    check_union(desks_work_at(district.district.storage), ours)


def test_a_day_of_300_dossiers_goes_in_one_exchange_and_50_kb(district, after_a_day, tmp_path):
    district.forget_work()
    counter = after_a_day.copied(tmp_path / "desk")
    with Proxy(("127.0.0.1", district.port)) as proxy:
        outcome = counters.round_of(counter, url=f"https://127.0.0.1:{proxy.port}")
        proxy.settle()
        told = f"{outcome.bytes_sent} up, {outcome.bytes_received} down; {proxy.up} + {proxy.down} with HTTP and TLS"
        print(told)
        assert outcome.exchanges == 1
        assert len(proxy.connections) == 1
        assert outcome.confirmed == days.EVENTS
        assert outcome.bytes_sent + outcome.bytes_received <= MOST_BYTES, told
        assert proxy.up + proxy.down <= MOST_ON_THE_LINE, told
    check_arrived(district, counter)


def test_asking_with_nothing_to_say_costs_next_to_nothing(district, after_a_day, tmp_path):
    counter = after_a_day.copied(tmp_path / "desk")
    counters.round_of(counter, url=district.url)
    outcome = counters.round_of(counter, url=district.url)
    assert (outcome.exchanges, outcome.sent, outcome.received) == (1, 0, 0)
    assert outcome.bytes_sent + outcome.bytes_received < 1000


def test_a_line_that_breaks_at_random_makes_the_desk_say_little_again(plain, after_a_day, tmp_path, pytestconfig):
    """One cut somewhere in each day's sending: what was said twice, in the mean of many days.

    Said twice is what of the events' frames crossed the line and had to cross it again. Beside it a cut costs a new
    connection, and what the stream had said before no longer helps to pack what follows.
    """
    draw = random.Random(pytestconfig.getoption("cut_days"))
    twice, dearer = [], []
    # Not so fast that much has arrived which the district had no time to look at: a reset takes that away again.
    with Proxy(("127.0.0.1", plain.port), bytes_a_second=30_000, is_recording=True) as proxy:
        whole, again = sent(plain, after_a_day, proxy, tmp_path / "whole", None)
        assert again == 0
        for number in range(pytestconfig.getoption("cut_days")):
            cut = Cut(way="up", after=draw.randrange(1, whole), how=draw.choice(("rst", "fin")), pause=0.2)
            total, again = sent(plain, after_a_day, proxy, tmp_path / f"cut{number}", cut)
            twice.append(again / whole)
            dearer.append(total / whole - 1)
    mean, dear = sum(twice) / len(twice), sum(dearer) / len(dearer)
    print(f"{whole} bytes; said twice {mean:.1%} in the mean, {max(twice):.1%} at most; all in all {dear:.1%} dearer")
    assert mean <= MOST_SENT_AGAIN
    assert dear <= MOST_DEARER


def sent(district: Served, made: Counter, proxy: Proxy, folder: Path, cut: Cut | None) -> tuple[int, int]:
    """The bytes that a desk's day took on the line, up; how many of them only said again what had been said."""
    district.forget_work()
    counter = made.copied(folder)
    proxy.settle()
    before = len(proxy.connections)
    proxy.cut_next(cut)
    for _ in range(4):
        try:
            counters.round_of(counter, url=f"http://127.0.0.1:{proxy.port}")
        except DeskError:
            continue
        break
    proxy.settle()
    check_arrived(district, counter)
    shutil.rmtree(folder)
    passed = proxy.connections[before:]
    return sum(one.up for one in passed), said_again([bytes(one.said) for one in passed], district.root.operational)


def said_again(connections: list[bytes], district: Keys) -> int:
    """Bytes of torn frames, and of whole ones whose events had all been in earlier whole ones."""
    known: set[tuple[bytes, int]] = set()
    again = 0
    for frame, rest in (each for said in connections for each in frames_in(said)):
        if frame is None:
            again += rest
        elif frame.kind == FrameKind.EVENTS:
            plain = unseal(frame, district)
            log, first, count = struct.unpack_from(">16sIH", plain, KID + SIGNATURE)
            events = {(log, first + n) for n in range(count)}
            again += 0 if events - known else len(bytes(frame))
            known |= events
    return again


def frames_in(said: bytes) -> Iterator[tuple[Frame | None, int]]:
    """The frames of the requests on a connection, and last how many bytes of a torn one there are."""
    while said:
        head, end, said = said.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        if not end or not length:
            return
        body, said = said[: int(length[1])], said[int(length[1]) :]
        reader = FrameReader()
        for frame in reader.feed(body):
            yield frame, 0
        yield None, reader.pending
