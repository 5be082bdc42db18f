"""Backups: a base against a plain copy of the file, its proof, the increment of a day, the way back to a search."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from desk_app import foreign_folder
from desk_app.bench import throwaway
from desk_app.bench.measure import Figure, ratio_figure
from desk_app.services.backups import backup, restoring
from desk_app.services.backups.restoring import Secret
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.dossiers import queries, steps
from desk_app.services.reception import reception
from desk_app.services.setup import demo_people
from desk_app.store.backups.database_image import image
from desk_app.store.database.database import FILE
from desk_app.store.queries import search

_DAY = 300
_BASE_S, _INCREMENT_S, _RESTORE_S = 60.0, 2.0, 90.0
_STEP = 1 << 20


def measured(folder: Path, size: int) -> list[Figure]:
    """Wall seconds, for disks are what a backup waits for; the floor is a plain copy with fsync on the same disk."""
    place, other = folder / "backups", folder / "restored"
    place.mkdir()
    with throwaway.filled(folder, size) as desk:
        desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # filling leaves a log that no day of work does
        floor = _seconds(lambda: _plain_copy(desk.data / FILE, folder / "plain.db"))
        whole = _seconds(lambda: backup.make(desk, place, proves_later=True))
        proof = _seconds(lambda: backup.prove(desk, place))
        copied = _seconds(lambda: _image_copy(desk.data / FILE, desk.db.key, folder / "image.db"))
        _work_a_day(desk)
        added = _seconds(lambda: backup.make(desk, place))
    secret = Secret(recovery=throwaway.recovery_of(folder, throwaway.filled_name(size)))
    back = _seconds(lambda: _searched(place, other, secret))
    (folder / "plain.db").unlink()
    (folder / "image.db").unlink()
    shutil.rmtree(other)
    return [
        ratio_figure("sao lưu: chép toàn bộ, so với chép tệp", copied, floor, runs=1, unit="s", at_most=5),
        _figure("sao lưu: toàn bộ, chưa kiểm", whole, _BASE_S, floor),
        Figure(
            work="sao lưu: kiểm bản toàn bộ, chạy sau",
            n=1,
            ours=proof,
            floor=floor,
            unit="s",
            goal="không hạn",
            met=True,
        ),
        _figure("sao lưu: phần mới của một ngày, cả kiểm", added, _INCREMENT_S),
        _figure("khôi phục đến lần tra đầu tiên", back, _RESTORE_S, floor),
    ]


def _work_a_day(desk: Desk) -> None:
    """New dossiers, and as many older ones that go on: of these the proof reads what stands all over the base."""
    numbers = [number for chunk in queries.stream_ids(desk, "all") for number in chunk]
    for row in queries.rows(desk, random.Random(5).sample(numbers, min(_DAY, len(numbers)))):
        steps.note(desk, row.code, "Đã gọi điện")
    for person in demo_people.people(_DAY, seed=11):
        reception.receive(desk, replace(reception.new_draft("2.000815"), people={"applicant": person}))


def _figure(work: str, ours: float, goal: float, floor: float | None = None) -> Figure:
    return Figure(work=work, n=1, ours=ours, floor=floor, unit="s", goal=f"≤ {goal:g} s", met=ours <= goal)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def _plain_copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, _STEP)
        written.flush()
        os.fsync(written.fileno())


def _image_copy(source: Path, key: bytes, target: Path) -> None:
    with image(source, key) as found:
        foreign_folder.write_whole(target, found.content, is_private=True)


def _searched(place: Path, data: Path, secret: Secret) -> None:
    restoring.restore(place, data, secret)
    with open_desk(data, recovery=secret.recovery, reader=True) as desk:
        search.search(desk.db, "nguyễn")
