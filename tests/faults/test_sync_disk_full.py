"""A full disk in the middle of an exchange, on either side: told, nothing half taken in, and it goes on with room."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_app.errors import DeskError, DiskFullError, DistrictBusyError
from desk_app.protocol.keys import Keys
from desk_app.store.journal import logs
from desk_app.store.journal.check import check
from desk_app.sync.membership import identity
from tests.faults.test_disk_full import fill
from tests.kit.desk import counters
from tests.kit.desk.counters import Counter
from tests.kit.district.ledgers import check_prefix, check_union, desks_work_at, of_desk, own_of_desk
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import Root, register

EVENTS = 240


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """A desk without work; copied, never changed."""
    return counters.made(tmp_path_factory.mktemp("made"), desk=2)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    """A desk that knows no district yet and wrote `EVENTS`; copied, never changed."""
    counter = counters.made(tmp_path_factory.mktemp("worked"), desk=1)
    counters.work(counter, events=EVENTS)
    return counter


def enrolled(template: Counter, folder: Path, district: Served, *, desk: int) -> Counter:
    counter, keys = template.copied(folder / f"desk{desk}"), Keys.new()
    counters.enrol(
        counter, district.root.card, register(district.district, district.root, keys.public, desk=desk), keys
    )
    return counter


def leave_room(ballast: Path, room: int) -> None:
    with ballast.open("r+b") as file:
        file.truncate(max(0, ballast.stat().st_size - room))


@pytest.mark.parametrize("room", [0, 100_000, 300_000])
def test_a_desk_whose_disk_fills_while_it_fetches_keeps_what_was_whole_and_goes_on(
    small_disk, tmp_path, made, worked, room
):
    with served(tmp_path / "district.db", Root()) as district:
        sender = enrolled(worked, tmp_path, district, desk=1)
        reader = enrolled(made, small_disk, district, desk=2)
        counters.round_of(sender, url=district.url)
        with reader.database() as db:
            member = identity.load(db, reader.data)
            ballast = fill(small_disk)
            leave_room(ballast, room)
            with pytest.raises(DiskFullError):
                counters.run(db, member, url=district.url)
            held = desks_work_at(district.district.storage)
            for log, bodies in without_the_districts(of_desk(db), held).items():
                assert held[log][: len(bodies)] == bodies
            ballast.unlink()
            counters.run(db, member, url=district.url)
            assert without_the_districts(of_desk(db), held) == held
            assert check(db).ok


def without_the_districts(books: dict[bytes, list[bytes]], held: dict[bytes, list[bytes]]) -> dict[bytes, list[bytes]]:
    """What the desk holds of the logs that desks write."""
    return {log: bodies for log, bodies in books.items() if log in held}


def test_a_desk_with_a_full_disk_counts_nothing_as_sent_that_it_cannot_note(small_disk, tmp_path, made):
    with served(tmp_path / "district.db", Root()) as district:
        sender = enrolled(made, small_disk, district, desk=2)
        counters.work(sender, events=20)
        with sender.database() as db:
            member = identity.load(db, sender.data)
            ballast = fill(small_disk)
            with pytest.raises(DiskFullError):
                counters.run(db, member, url=district.url)
            ballast.unlink()
            counters.run(db, member, url=district.url)
            assert logs.waiting(db).events == 0
            check_union(desks_work_at(district.district.storage), own_of_desk(db))


@pytest.mark.parametrize("room", [0, 60_000])
def test_a_district_with_a_full_disk_says_so_and_takes_the_rest_when_there_is_room(small_disk, tmp_path, worked, room):
    with served(small_disk / "district.db", Root()) as district:
        sender = enrolled(worked, tmp_path, district, desk=1)
        ballast = fill(small_disk)
        leave_room(ballast, room)
        with sender.database() as db:
            ours = own_of_desk(db)
        for _ in range(3):
            with pytest.raises(DistrictBusyError) as told:
                counters.round_of(sender, url=district.url)
            assert isinstance(told.value, DeskError)
            check_prefix(desks_work_at(district.district.storage), ours)
            with sender.database() as db:
                confirmed = logs.counts(db).confirmed_events
            assert confirmed <= sum(map(len, desks_work_at(district.district.storage).values()))
        ballast.unlink()
        counters.round_of(sender, url=district.url)
        check_union(desks_work_at(district.district.storage), ours)
        with sender.database() as db:
            assert logs.waiting(db).events == 0
