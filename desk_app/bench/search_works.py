"""Finding a dossier while typing, over the kinds of text clerks type; CPU time per keystroke on an encrypted desk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from desk_app.bench import throwaway
from desk_app.bench.measure import Figure, cpu_ms, percentile
from desk_app.domain.text import fold
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries as dossier_queries
from desk_app.store.projections.tokens import days_of
from desk_app.store.queries.dossiers import DossierRow

_SAMPLE = 150


def measured(folder: Path, size: int) -> list[Figure]:
    with throwaway.filled(folder, size) as desk:
        queries = list(_queries(desk, size))
        for query in queries[:200]:
            dossier_queries.find(desk, query)
        taken = [cpu_ms(lambda query=query: dossier_queries.find(desk, query)) for query in queries]  # type: ignore[misc]
    what = f"tìm khi gõ, {size} hồ sơ"
    return [
        _figure(f"{what}, p50", percentile(taken, 0.5), len(taken), at_most=1),
        _figure(f"{what}, p99", percentile(taken, 0.99), len(taken), at_most=10),
    ]


def _figure(work: str, ours: float, runs: int, *, at_most: float) -> Figure:
    return Figure(work=work, n=runs, ours=ours, unit="ms CPU", goal=f"< {at_most:g} ms", met=ours < at_most)


def _queries(desk: Desk, size: int) -> Iterator[str]:
    """Names letter by letter, abbreviations, given names, day numbers, fragments of numbers, and what nobody has."""
    draw = random.Random(22)
    newest: list[int] = []
    for chunk in dossier_queries.stream_ids(desk, "all"):
        newest.extend(chunk)
    rows = dossier_queries.rows(desk, draw.sample(newest, min(_SAMPLE, size)))
    for row in rows:
        yield from _about(row, draw)
    yield from ("xyz", "nguyen q q q", "zzzz an", "999999", "0000000", "12345678901")


def _about(row: DossierRow, draw: random.Random) -> Iterator[str]:
    name = fold(row.applicant)
    words = name.split()
    for length in range(2, len(name) + 1, 3):
        yield name[:length]
    yield row.applicant
    yield words[-1]
    yield " ".join(words[-2:])
    yield " ".join(word[0] for word in words)
    yield "".join(word[0] for word in words)
    yield " ".join([*(word[:2] for word in words[:-1]), words[-1]])
    day, number = row.code.split("-")[-2:]
    yield from (number, str(int(number)), f"{day}-{number}", row.code)
    start = draw.randrange(4, 7)
    yield from (row.id_number[-4:], row.id_number[-6:], row.id_number[:6], row.id_number[start : start + 5])
    yield from (row.phone[-3:], row.phone[-4:], row.phone)
    yield f"{words[-1]} {row.id_number[-3:]}"
    (on,) = days_of(row.received_at)
    yield from (f"{on:%d/%m}", f"{on:%d/%m/%Y}", f"{words[-1]} {on:%d/%m}")
    yield from ("chung thuc", "khai sinh", f"khai sinh {name}")
