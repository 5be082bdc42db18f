"""Takes older backups away: kept are the newest of the last 7 days, 53 weeks and 18 months that have one."""

from __future__ import annotations

from contextlib import suppress

from desk_app.domain.calendar.kept_copies import kept
from desk_app.errors import DeskError
from desk_app.services.backups import attached_copies
from desk_app.services.backups.backup_place import BackupPlace
from desk_app.services.backups.backup_point import BASE, BackupPoint
from desk_app.store.attachments import files
from desk_app.store.attachments.files import SealedCopy
from desk_app.store.backups.still_copy import still
from desk_app.store.database.database import DeskDatabase

DAYS, WEEKS, MONTHS = 7, 53, 18


def rotate(place: BackupPlace, db: DeskDatabase, key: bytes) -> int:
    """Take away what is superseded, after a new backup was proved; how many backups. Raises `OSError`."""
    points = place.points(key)
    old = superseded(points)
    unsure = _no_longer_named(place, db, key, old)
    for point in old:  # its account first: what has none is no backup
        place.remove(f"{point.stem}.json")
        place.remove(point.database.name)
    gone = {point.stem for point in old}
    _forget_files(place, db, key, unsure, [point for point in points if point.stem not in gone])
    return len(old)


def superseded(points: list[BackupPoint]) -> list[BackupPoint]:
    """Those no longer kept; never a base on which a kept one stands, nor the newest base.

    Only what was proved stands for its day, week and month. What is not proved yet stays until it is, or until
    another base was proved after it.
    """
    proved = [point for point in points if point.is_proved]
    left = kept((point.made_on for point in proved), days=DAYS, weeks=WEEKS, months=MONTHS)
    last = max((point.base for point in proved), default="")
    stay = [point for point in points if (point.made_on in left if point.is_proved else point.base > last)]
    stay += [point for point in points if point.kind == BASE][-1:]
    needed = {point.base for point in stay} | {point.stem for point in stay}
    return [point for point in points if point.stem not in needed]


def _no_longer_named(place: BackupPlace, db: DeskDatabase, key: bytes, old: list[BackupPoint]) -> set[str]:
    """The copies of attached files that go with these backups, unless another names them: the desk has them no more.

    With a base all copies are looked at; an increment tells of few.
    """
    if any(point.kind == BASE for point in old):
        return attached_copies.names_there(place) - {each.name for each in files.sealed_copies(db, key, db.path.parent)}
    found: set[str] = set()
    for point in old:
        with suppress(DeskError):  # what nobody can read goes with its base
            found |= {each.name for each in _copies_in(place, point, db, key) if not files.is_whole_here(db, each.sha)}
    return found


def _forget_files(
    place: BackupPlace, db: DeskDatabase, key: bytes, unsure: set[str], points: list[BackupPoint]
) -> None:
    """Take away those of the copies that no backup names which is kept."""
    left = set(unsure)
    for point in reversed(points):
        if not left:
            return
        try:
            left -= {each.name for each in _copies_in(place, point, db, key)}
        except DeskError:
            return  # nobody knows which files that backup names: all stay
    attached_copies.forget(place, left)


def _copies_in(place: BackupPlace, point: BackupPoint, db: DeskDatabase, key: bytes) -> list[SealedCopy]:
    """The files that a base names, or an increment beside those of its base."""
    with still(place.see_regular(point.database.name), key) as copy:
        return files.sealed_copies(copy, key, db.path.parent)
