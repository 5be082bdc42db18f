"""What every backup says of itself: its account, its attached files, its name, and whether there is room for it."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from datetime import timedelta

from msgspec.structs import replace

from desk_app import __version__
from desk_app.domain.calendar.moments import milliseconds
from desk_app.errors.backups import BackupPlaceTooSmallError
from desk_app.services.backups import attached_copies, device_seal
from desk_app.services.backups.backup_place import BackupPlace, Progress
from desk_app.services.backups.backup_point import BackupFile, BackupPoint, PointHead
from desk_app.services.desk.desk import Desk
from desk_app.store.backups.backup_tables import ends_of
from desk_app.store.database import schema
from desk_app.store.database.database import DeskDatabase
from desk_app.store.keys import vault

_SPARE = 16 << 20


def account(desk: Desk, copy: DeskDatabase, file: BackupFile, *, stem: str, base: str, kind: str) -> BackupPoint:
    """`copy` is the base itself, or the increment with the desk attached at the same moment."""
    ends = ends_of(copy)
    kept = desk.settings
    return BackupPoint(
        stem=stem,
        kind=kind,
        base=base,
        vault=vault.name_of(desk.data),
        unit=kept.unit,
        commune=kept.commune,
        desk=kept.desk,
        made_at=milliseconds(desk.now()),
        program=__version__,
        schema=schema.VERSION,
        events=sum(end.seq for end in ends),
        dossiers=sum(end.receptions for end in ends),
        files=0,
        file_bytes=0,
        database=file,
        heads=tuple(PointHead(log=end.log, seq=end.seq, head=end.head) for end in ends),
        device=device_seal.sealed(desk),
    )


def with_files(
    place: BackupPlace,
    desk: Desk,
    db: DeskDatabase,
    point: BackupPoint,
    progress: Progress,
    *,
    total: tuple[int, int],
    within: Collection[range] | None = None,
) -> BackupPoint:
    """`total` counts the whole files and their sealed bytes; `within` are the numbers to look at, None for all."""
    progress("Đang chép tệp kèm theo")
    found = attached_copies.bring(place, db, desk.db.key, desk.data, total=total, within=within)
    marks = replace(point.marks, damaged=found.damaged) if point.marks is not None else None
    return replace(point, files=found.count, file_bytes=found.size, damaged=len(found.damaged), marks=marks)


def stem_for(desk: Desk, place: BackupPlace) -> str:
    """A name no backup has: the moment, or the first free second after it."""
    moment, taken = desk.now(), set(place.stems())
    while (stem := f"{moment:%Y%m%d-%H%M%S}") in taken:
        moment += timedelta(seconds=1)
    return stem


def see_room(place: BackupPlace, size: int) -> None:
    free = shutil.disk_usage(place.folder).free
    if free < size + _SPARE:
        raise BackupPlaceTooSmallError(folder=place.folder, needed=-(-(size + _SPARE) // 1_000_000), free=free // 10**6)
