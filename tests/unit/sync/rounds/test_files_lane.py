"""Files behind the events: from any byte, within the day's budget, never in the events' way."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from random import Random

import pytest

from desk_app.district.storage import blobs
from desk_app.errors import LineLostError
from desk_app.sync.rounds import files_lane
from desk_app.sync.rounds.files_lane import FilesLane
from tests.kit.desk import days
from tests.kit.wire.communes import Commune
from tests.kit.wire.proxy import Cut, Proxy


@dataclass
class Folder:
    """Attached files in memory, the first first."""

    files: dict[bytes, bytes] = field(default_factory=dict)
    there: set[bytes] = field(default_factory=set)
    damaged: set[bytes] = field(default_factory=set)

    def put(self, size: int, seed: int) -> bytes:
        content = Random(seed).randbytes(size)
        sha = hashlib.sha256(content).digest()
        self.files[sha] = content
        return sha

    def waiting(self) -> list[tuple[bytes, int]]:
        return [(sha, len(content)) for sha, content in self.files.items() if sha not in self.there]

    def read_at(self, sha: bytes, offset: int, length: int) -> bytes:
        return b"" if sha in self.damaged else self.files[sha][offset : offset + length]

    def confirm(self, sha: bytes) -> None:
        self.there.add(sha)


def at_the_district(served, *shas: bytes) -> list[int]:
    with served.district.storage.reading() as session:
        have = blobs.have(session, days.UNIT, list(shas))
    return [have.get(sha, 0) for sha in shas]


def test_files_go_behind_the_events_and_are_confirmed(commune: Commune) -> None:
    served, folder = commune.district(), Folder()
    office = commune.office(served)
    office.receive(2)
    shas = [folder.put(size, seed=size) for size in (200_000, 1, 32 << 10)]
    outcome = office.sync(lane=FilesLane(folder))
    assert (outcome.files, outcome.waiting) == (3, 0)
    assert folder.waiting() == []
    assert at_the_district(served, *shas) == [200_000, 1, 32 << 10]
    stages = [told.stage for told in office.tells]
    assert stages.index("files") > max(n for n, stage in enumerate(stages) if stage == "sending" or n == 0)


def test_without_files_no_exchange_is_made_for_them(commune: Commune) -> None:
    office = commune.office(commune.district())
    office.sync()
    office.receive(2)
    assert office.sync(lane=FilesLane(Folder())).exchanges == 1


def test_a_file_goes_on_where_the_line_died(commune: Commune) -> None:
    served, folder = commune.district(), Folder()
    office = commune.office(served)
    office.sync()
    sha = folder.put(400_000, seed=1)
    with (
        Proxy(
            ("127.0.0.1", served.port),
            plan=lambda n: Cut(way="up", after=100 if n else 250_000, how="fin"),
            bytes_a_second=2_000_000,
        ) as proxy,
        pytest.raises(LineLostError),
    ):
        office.sync(url=f"http://127.0.0.1:{proxy.port}", lane=FilesLane(folder))
    (arrived,) = at_the_district(served, sha)
    assert 0 < arrived < 400_000
    lane = FilesLane(folder)
    outcome = office.sync(lane=lane)
    assert lane.sent == 400_000 - arrived
    assert outcome.files == 1
    assert at_the_district(served, sha) == [400_000]


def test_no_more_than_the_day_s_budget_goes(commune: Commune) -> None:
    served, folder = commune.district(), Folder()
    office = commune.office(served)
    sha = folder.put(100_000, seed=1)
    lane = FilesLane(folder, budget=40_000)
    outcome = office.sync(lane=lane)
    assert outcome.code == "done"
    assert (lane.sent, outcome.files) == (40_000, 0)
    assert at_the_district(served, sha) == [40_000]
    assert office.sync(lane=FilesLane(folder, budget=0)).exchanges == 1
    assert office.sync(lane=FilesLane(folder)).files == 1


def test_the_same_content_is_not_sent_twice(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    folders = [Folder(), Folder()]
    for folder in folders:
        folder.put(50_000, seed=7)
    one.sync(lane=FilesLane(folders[0]))
    lane = FilesLane(folders[1])
    assert two.sync(lane=lane).files == 1
    assert lane.sent == 0


def test_a_file_damaged_here_stops_no_other(commune: Commune) -> None:
    served, folder = commune.district(), Folder()
    office = commune.office(served)
    bad, good = folder.put(50_000, seed=1), folder.put(60_000, seed=2)
    folder.damaged.add(bad)
    outcome = office.sync(lane=FilesLane(folder))
    assert outcome.files == 1
    assert at_the_district(served, bad, good) == [0, 60_000]


def test_many_files_move_up_as_room_comes(commune: Commune, monkeypatch) -> None:
    monkeypatch.setattr(files_lane, "MOST_OFFERS", 3)
    served, folder = commune.district(), Folder()
    office = commune.office(served)
    for seed in range(10):
        folder.put(5000 + seed, seed=seed)
    assert office.sync(lane=FilesLane(folder)).files == 10
    assert folder.waiting() == []


def test_an_empty_file_is_there_at_once(commune: Commune) -> None:
    served, folder = commune.district(), Folder()
    office = commune.office(served)
    folder.put(0, seed=1)
    assert office.sync(lane=FilesLane(folder)).code == "done"
