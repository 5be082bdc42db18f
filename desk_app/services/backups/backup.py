"""Makes one backup of a desk: a base or an increment to one, the attached files, and the proof of all of it.

Reads beside a desk that is in use and holds up nobody. What is half written has no account of its own and is no
backup; the backups before stay whole whatever happens. Meant for a process of its own: it takes a processor's time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from msgspec import Struct

from desk_app import foreign_folder
from desk_app.domain.calendar.moments import milliseconds
from desk_app.errors import DamagedFileError, DeskError, SecondProgramError
from desk_app.errors.backups import (
    BackupInsideDataError,
    BackupPlaceMissingError,
    BackupRunsError,
    BackupUnprovedError,
    DamagedBackupError,
)
from desk_app.services.backups import backup_notes, backup_place, rotation
from desk_app.services.backups.backup_place import BackupPlace, Progress
from desk_app.services.backups.backup_point import BASE, INCREMENT, BackupPoint
from desk_app.services.backups.base_backup import base_backup, proved, read_again
from desk_app.services.backups.increment_backup import increment_backup
from desk_app.services.desk.desk import Desk
from desk_app.store.backups.backup_tables import is_continued
from desk_app.store.database import schema
from desk_app.store.database.lock import hold
from desk_app.store.keys import vault

LOCK = "backup.lock"
_OLDEST_BASE, _READ_AGAIN = timedelta(days=28), timedelta(days=7)
_LARGEST_SHARE, _SMALL = 4, 32 << 20
"""An increment larger than this part of its base, and than so many bytes, is followed by a base."""
_SPARE = 16 << 20


class MadeBackup(Struct, frozen=True, kw_only=True):
    """What was made. `damaged` counts attached files that the desk itself has lost or spoilt; `removed` old backups."""

    point: BackupPoint
    folder: Path
    removed: int

    @property
    def path(self) -> Path:
        return self.folder / self.point.database.name


def make(
    desk: Desk,
    named: Path,
    *,
    makes_folder: bool = False,
    wants_base: bool = False,
    progress: Progress = lambda _: None,
) -> MadeBackup:
    """Back up into the desk's folder below `named`, which is made only where `makes_folder`.

    A base that was copied and not proved before is proved first. How it went is noted for the status line. Raises
    `BackupPlaceMissingError`, `BackupInsideDataError`, `BackupPlaceTooSmallError`, `BackupRefusedError`,
    `BackupUnprovedError`, `BackupRunsError`.
    """
    now = milliseconds(desk.now())
    try:
        with _alone(desk.data):
            made = _made(desk, named, progress, makes_folder=makes_folder, wants_base=wants_base)
    except BackupRunsError:
        raise
    except DeskError as error:
        backup_notes.failed(desk.data, named, at=now, why=f"{error} {error.remedy}")
        raise
    backup_notes.made(desk.data, named, made.point)
    return made


def _made(desk: Desk, named: Path, progress: Progress, *, makes_folder: bool, wants_base: bool) -> MadeBackup:
    _see_place(desk, named, makes_folder=makes_folder)
    key, now = desk.db.key, milliseconds(desk.now())
    place = backup_place.of_desk(
        named, unit=desk.settings.unit, desk=desk.settings.desk, vault_name=vault.name_of(desk.data)
    )
    with backup_place.writing(place.folder):
        foreign_folder.make_folder(place.folder)
        foreign_folder.remove_parts(place.folder)
        place.put_keys(desk.data)
        place.put_note(desk.settings.commune, desk.settings.desk)
        points = place.points(key)
        base = next((point for point in reversed(points) if point.kind == BASE), None)
        if base is not None and not base.is_proved:
            base = proved(place, base, key, now, progress)
        elif base is not None and now - base.read_again_at > _READ_AGAIN / timedelta(milliseconds=1):
            base = read_again(place, base, key, now, progress)
        if wants_base or base is None or not _can_go_on(desk, place, base, points):
            point = base_backup(desk, place, key, progress)
        else:
            point = _increment_or_base(desk, place, key, base, progress)
        removed = rotation.rotate(place, desk.db, key)
    return MadeBackup(point=point, folder=place.folder, removed=removed)


def _see_place(desk: Desk, named: Path, *, makes_folder: bool) -> None:
    if named.resolve().is_relative_to(desk.data.resolve()):
        raise BackupInsideDataError
    if not named.is_dir():
        if not makes_folder:
            raise BackupPlaceMissingError(folder=named)
        with backup_place.writing(named):
            foreign_folder.make_folder(named)


def _can_go_on(desk: Desk, place: BackupPlace, base: BackupPoint, points: list[BackupPoint]) -> bool:
    """Whether an increment to this base can tell everything, and is worth it."""
    if base.marks is None or base.schema != schema.VERSION or desk.now() - base.made_on > _OLDEST_BASE:
        return False
    if not foreign_folder.is_file(place.folder / base.database.name):
        return False
    last = next((point for point in reversed(points) if point.kind == INCREMENT and point.base == base.stem), None)
    if last is not None and last.bytes > max(_SMALL, base.bytes // _LARGEST_SHARE):
        return False
    return is_continued(desk.db, base.marks)


def _increment_or_base(
    desk: Desk, place: BackupPlace, key: bytes, base: BackupPoint, progress: Progress
) -> BackupPoint:
    """An increment; where the base under it turns out to be spoilt, a new base, which owes it nothing."""
    try:
        return increment_backup(desk, place, key, base, progress)
    except (BackupUnprovedError, DamagedBackupError, DamagedFileError):
        return base_backup(desk, place, key, progress)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One backup of a desk at a time."""
    try:
        lock = hold(data, LOCK)
    except SecondProgramError as error:
        raise BackupRunsError from error
    with lock:
        yield
