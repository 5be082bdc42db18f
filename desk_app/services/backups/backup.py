"""Makes one backup of a desk: a base or an increment to one, the attached files, and the proof of all of it.

An increment is proved as it is written. The proof of a base reads all of it and takes minutes for a large desk: it is
a second step, which may be broken off and goes on later; until it is done no older backup is taken away.

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
    NoBackupHereError,
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
    """What was made; `removed` counts old backups. `to_prove`: the base under it is still to be read through."""

    point: BackupPoint
    folder: Path
    removed: int
    to_prove: bool

    @property
    def path(self) -> Path:
        return self.folder / self.point.database.name


def make(
    desk: Desk,
    named: Path,
    *,
    makes_folder: bool = False,
    wants_base: bool = False,
    proves_later: bool = False,
    progress: Progress = lambda _: None,
) -> MadeBackup:
    """Back up into the desk's folder below `named`, which is made only where `makes_folder`; then prove it.

    With `proves_later` a base is left to `prove`, and is no good backup until then. How it went is noted for the
    status line. Raises `BackupPlaceMissingError`, `BackupInsideDataError`, `BackupPlaceTooSmallError`,
    `BackupRefusedError`, `BackupUnprovedError`, `BackupRunsError`.
    """
    with _noted(desk, named):
        _see_place(desk, named, makes_folder=makes_folder)
        place = _place_of(desk, named)
        with backup_place.writing(place.folder):
            point = _copied(desk, place, progress, wants_base=wants_base)
            backup_notes.made(desk.data, named, point)
            return _proved(desk, named, place, point.stem, progress, waits=proves_later)


def prove(desk: Desk, named: Path, *, progress: Progress = lambda _: None) -> MadeBackup:
    """Prove what was copied and not proved yet; the newest backup there. Raises as `make` does, `NoBackupHereError`."""
    with _noted(desk, named):
        _see_place(desk, named, makes_folder=False)
        place = _place_of(desk, named)
        with backup_place.writing(place.folder):
            stems = place.stems() if place.folder.is_dir() else []
            if not stems:
                raise NoBackupHereError(folder=named)
            return _proved(desk, named, place, stems[-1], progress, waits=False)


@contextmanager
def _noted(desk: Desk, named: Path) -> Iterator[None]:
    """Alone at this desk's backups; why it came to nothing is noted."""
    try:
        with _alone(desk.data):
            yield
    except BackupRunsError:
        raise
    except DeskError as error:
        why, is_unproved = f"{error} {error.remedy}", isinstance(error, BackupUnprovedError)
        backup_notes.failed(desk.data, named, at=milliseconds(desk.now()), why=why, is_unproved=is_unproved)
        raise


def _place_of(desk: Desk, named: Path) -> BackupPlace:
    return backup_place.of_desk(
        named, unit=desk.settings.unit, desk=desk.settings.desk, vault_name=vault.name_of(desk.data)
    )


def _copied(desk: Desk, place: BackupPlace, progress: Progress, *, wants_base: bool) -> BackupPoint:
    """An increment to the base that was proved last, else to the one that is still to be; or a base."""
    key = desk.db.key
    foreign_folder.make_folder(place.folder)
    foreign_folder.remove_parts(place.folder)
    place.put_keys(desk.data)
    place.put_note(desk.settings.commune, desk.settings.desk)
    base = None if wants_base else _base_to_go_on(desk, place, place.points(key))
    if base is None:
        return base_backup(desk, place, key, progress)
    return _increment_or_base(desk, place, key, base, progress)


def _proved(desk: Desk, named: Path, place: BackupPlace, stem: str, progress: Progress, *, waits: bool) -> MadeBackup:
    """The backup of this stem as it stands once the newest base was proved, or read again after a week.

    A base that is spoilt is followed by a new one. What is superseded goes only when the newest backup was proved.
    """
    key, now = desk.db.key, milliseconds(desk.now())
    base = _newest_base(place, key)
    is_old = base is not None and base.is_proved and not waits and _is_unread(base, now)
    if base is not None and is_old and read_again(place, base, key, now, progress) is None:
        base = base_backup(desk, place, key, progress)
        stem = base.stem
    if base is not None and not base.is_proved and not waits:
        proved(place, base, key, data=desk.data, now=now, progress=progress)
    point, base = place.point(stem, key), _newest_base(place, key)
    copied_at = base.made_at if base is not None and not base.is_proved else 0
    backup_notes.made(desk.data, named, point, copied_at=copied_at)
    return MadeBackup(
        point=point,
        folder=place.folder,
        removed=rotation.rotate(place, desk.db, key) if point.is_proved else 0,
        to_prove=base is not None and (not base.is_proved or _is_unread(base, now)),
    )


def _newest_base(place: BackupPlace, key: bytes) -> BackupPoint | None:
    return next((point for point in reversed(place.points(key)) if point.kind == BASE), None)


def _is_unread(base: BackupPoint, now: int) -> bool:
    """Whether its bytes were last compared too long ago."""
    return now - base.read_again_at > _READ_AGAIN / timedelta(milliseconds=1)


def _see_place(desk: Desk, named: Path, *, makes_folder: bool) -> None:
    if named.resolve().is_relative_to(desk.data.resolve()):
        raise BackupInsideDataError
    if not named.is_dir():
        if not makes_folder:
            raise BackupPlaceMissingError(folder=named)
        with backup_place.writing(named):
            foreign_folder.make_folder(named)


def _base_to_go_on(desk: Desk, place: BackupPlace, points: list[BackupPoint]) -> BackupPoint | None:
    """The base that an increment goes on from: the newest, or the one before while the newest is not proved yet."""
    bases = [point for point in reversed(points) if point.kind == BASE]
    if not bases:
        return None
    if bases[0].is_proved:
        is_worth_it = desk.now() - bases[0].made_on <= _OLDEST_BASE and not _has_grown(bases[0], points)
        return bases[0] if is_worth_it and _can_go_on(desk, place, bases[0]) else None
    ready = [base for base in (*(base for base in bases if base.is_proved), bases[0]) if _can_go_on(desk, place, base)]
    return ready[0] if ready else None


def _can_go_on(desk: Desk, place: BackupPlace, base: BackupPoint) -> bool:
    """Whether an increment to this base can tell everything."""
    if base.marks is None or base.schema != schema.VERSION:
        return False
    return foreign_folder.is_file(place.folder / base.database.name) and is_continued(desk.db, base.marks)


def _has_grown(base: BackupPoint, points: list[BackupPoint]) -> bool:
    last = next((point for point in reversed(points) if point.kind == INCREMENT and point.base == base.stem), None)
    return last is not None and last.bytes > max(_SMALL, base.bytes // _LARGEST_SHARE)


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
