"""A durable save, against the bare INSERTs it is made of: the same statements replayed on a copy of the same desk."""

from __future__ import annotations

import gc
import re
import shutil
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from desk_app.bench import throwaway
from desk_app.bench.measure import Figure, cpu_ms, ratio_figure
from desk_app.domain.procedures.procedure import Document
from desk_app.services.desk.desk import Desk
from desk_app.services.reception import reception
from desk_app.services.reception.draft import Draft
from desk_app.services.setup import demo_people

_RUNS = 200
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
Statement = tuple[str, Sequence[object]]


def measured(folder: Path, _size: int) -> list[Figure]:
    data = throwaway.made(folder, "save")
    for copy in ("save-ours", "save-floor"):
        shutil.copytree(data, folder / copy)
        throwaway.copied_secrets(folder, "save", copy)
    drafts = _drafts(_RUNS)
    with throwaway.opened(folder, "save") as desk:
        replay = [_traced(desk, draft) for draft in drafts]
    ours: list[float] = []
    floor: list[float] = []
    with throwaway.opened(folder, "save-ours") as desk, throwaway.opened(folder, "save-floor") as bare:
        gc.collect()
        for draft, statements in zip(drafts, replay, strict=True):
            ours.append(cpu_ms(lambda draft=draft: reception.receive(desk, draft)))  # type: ignore[misc]
            floor.append(cpu_ms(lambda statements=statements: _replayed(bare, statements)))  # type: ignore[misc]
    taken = statistics.median(ours[20:]), statistics.median(floor[20:])
    return [ratio_figure("lưu bền một hồ sơ", *taken, runs=_RUNS - 20, unit="ms CPU", at_most=2.5)]


def _drafts(number: int) -> list[Draft]:
    certified = Document(name="Bằng tốt nghiệp", pages=3, copies=2)
    return [
        replace(reception.new_draft("2.000815"), people={"applicant": person}, documents=(certified,))
        for person in demo_people.people(number, seed=7)
    ]


def _traced(desk: Desk, draft: Draft) -> list[Statement]:
    """The writing statements of one save, with their parameters."""
    seen: list[Statement] = []
    plain = desk.db.conn
    desk.db.conn = _Listening(plain, seen)
    try:
        reception.receive(desk, draft)
    finally:
        desk.db.conn = plain
    return seen


class _Listening:
    """A connection that also notes what it writes."""

    def __init__(self, connection: Any, seen: list[Statement]) -> None:
        self._connection = connection
        self._seen = seen

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        if _WRITES.match(sql):
            self._seen.append((sql, tuple(parameters)))
        return self._connection.execute(sql, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _replayed(desk: Desk, statements: list[Statement]) -> None:
    connection = desk.db.conn
    connection.execute("BEGIN IMMEDIATE")
    for sql, parameters in statements:
        connection.execute(sql, parameters)
    connection.execute("COMMIT")
