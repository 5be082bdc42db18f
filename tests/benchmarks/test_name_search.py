"""Searches for names at a district of many dossiers: CPU of a question, bytes of the index, rows that it reads.

Small here; in full: `pytest tests/benchmarks/test_name_search.py -s --search-dossiers 2000000`.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator

import pytest

from desk_app.district.admin import register
from desk_app.district.admin.register import Wanted
from desk_app.district.search import bits
from desk_app.district.search.index import NameIndex
from desk_app.district.storage import Storage, open_storage
from desk_app.domain.dossiers.steps import Status
from desk_app.protocol.keys import Keys
from tests.kit.district import many_dossiers, postgres
from tests.kit.district.many_dossiers import Somebody

FULL = 1_000_000
GOAL_MS = 50


@pytest.fixture
def dossiers(request) -> int:
    return int(request.config.getoption("--search-dossiers"))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "district.db")
        return
    if postgres.missing():
        pytest.skip(postgres.missing())
    with postgres.running() as running:
        yield running.database("names")


_OF_SOMEBODY = frozenset(
    (
        *("whole name", "without marks", "other order", "two words", "begun", "in a unit", "surname"),
        *("number", "end of a number", "telephone", "code", "part of a code"),
    )
)
"""Kinds of questions about people who are there: each must find somebody."""


def questions(draw: random.Random, people: list[Somebody]) -> Iterator[tuple[str, Wanted]]:
    """What an officer types of somebody who is there, and what nobody has; each with its kind."""
    for one in people:
        words = one.name.split()
        yield "whole name", Wanted(text=one.name)
        yield "without marks", Wanted(text=one.plain)
        yield "other order", Wanted(text=" ".join(reversed(words)))
        yield "two words", Wanted(text=f"{words[0]} {words[-1]}")
        yield "begun", Wanted(text=f"{words[0]} {words[1]} {words[-1][:1]}")
        yield "first letters", Wanted(text="".join(word[0] for word in words))
        yield "in a unit", Wanted(text=one.plain, unit=one.unit)
        yield "in a status", Wanted(text=words[-1], status=draw.choice(list(Status)).value)
        yield "number", Wanted(text=one.id_number)
        yield "end of a number", Wanted(text=one.id_number[-4:])
        yield "name and number", Wanted(text=f"{words[-1]} {one.id_number[-3:]}")
        yield "telephone", Wanted(text=one.phone)
        yield "code", Wanted(text=one.code)
        yield "part of a code", Wanted(text=one.code[-11:])
        yield "surname", Wanted(text=words[0])
        yield "page 5", Wanted(text=f"{words[0]} {words[1]}", page=4)
    for text in (
        "zzz",
        "nguyen zz",
        "tran le pham vu",
        "nguyen thi van x",
        "q",
        "an an",
        "999999999",
        "nguyen tran le",
    ):
        yield "nobody, or nearly", Wanted(text=text)
    yield from (("a list", Wanted(unit=one.unit)) for one in people[:10])
    yield from (("a list", Wanted(unit=one.unit, status="refused")) for one in people[:10])


def test_names_are_found_among_many(place: str, dossiers: int) -> None:
    storage, index, draw = open_storage(place, bytes(range(32))), NameIndex(Keys.new()), random.Random(9)
    began = time.process_time()
    shown = many_dossiers.fill(storage, index, dossiers, seed=9)
    filled = time.process_time() - began
    asked = list(questions(draw, draw.sample(shown, min(12, len(shown)))))
    for _, wanted in asked[:: max(len(asked) // 40, 1)]:
        _find(storage, index, wanted)
    taken: dict[str, list[float]] = {}
    for kind, wanted in asked:
        taken.setdefault(kind, []).append(_cpu(storage, lambda wanted=wanted: _find(storage, index, wanted)))
        if kind in _OF_SOMEBODY:
            assert _find(storage, index, wanted).total, f"{kind}: nobody is found"
    every = sorted(ms for one in taken.values() for ms in one)
    p50, p95 = every[len(every) // 2], every[int(len(every) * 0.95)]
    size = many_dossiers.bytes_of(storage, "dossier_word", "dossier_held") / dossiers
    print(
        f"\n{storage.kind}: {dossiers} dossiers, {1 + (dossiers // bits.SIZE)} segments,"
        f" filled in {filled:.0f} s of CPU, {size:.0f} bytes of index a dossier"
    )
    print(f"{len(every)} questions: p50 {p50:.1f} ms, p95 {p95:.1f} ms, worst {every[-1]:.1f} ms of CPU")
    for kind, ms in sorted(taken.items(), key=lambda pair: -max(pair[1])):
        print(f"  {kind}: median {statistics.median(ms):.1f}, worst {max(ms):.1f} ms")
    assert dossiers < FULL or p95 < GOAL_MS
    storage.close()


def _find(storage: Storage, index: NameIndex, wanted: Wanted) -> register.Found:
    with storage.reading() as session:
        return register.find(session, index, wanted)


def _cpu(storage: Storage, work: Callable[[], object]) -> float:
    """CPU ms of one question, of this program and of the PostgreSQL behind it."""
    behind = many_dossiers.server_cpu(storage)
    began = time.process_time_ns()
    work()
    own = (time.process_time_ns() - began) / 1e6
    return own + (many_dossiers.server_cpu(storage) - behind)
