"""Takes older backups away: kept are the newest of the last 7 days, 53 weeks and 18 months that have one."""

from __future__ import annotations

from desk_app.domain.calendar.kept_copies import kept
from desk_app.errors import DeskError
from desk_app.services.backups import attached_copies
from desk_app.services.backups.backup_place import BackupPlace
from desk_app.services.backups.backup_point import BASE, BackupPoint
from desk_app.store.attachments import files
from desk_app.store.backups.increment import holds
from desk_app.store.backups.still_copy import still
from desk_app.store.database.database import DeskDatabase

DAYS, WEEKS, MONTHS = 7, 53, 18


def rotate(place: BackupPlace, db: DeskDatabase, key: bytes) -> int:
    """Take away what is superseded, after a new backup was proved; how many backups. Raises `OSError`."""
    points = place.points(key)
    old = superseded(points)
    for point in old:  # its account first: what has none is no backup
        place.remove(f"{point.stem}.json")
        place.remove(point.database.name)
    gone = {point.stem for point in old}
    _forget_files(place, db, key, [point for point in points if point.stem not in gone])
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


def _forget_files(place: BackupPlace, db: DeskDatabase, key: bytes, points: list[BackupPoint]) -> None:
    """Copies of attached files that neither the desk nor a backup that is kept names any more."""
    there = attached_copies.names_there(place)
    wanted = {each.name for each in files.sealed_copies(db, key, db.path.parent)}
    for point in reversed(points):
        if not there - wanted:
            return
        try:
            names = _names_in(place, point, db, key)
        except DeskError:
            return  # nobody knows which files that backup names: all stay
        wanted |= names
    if there - wanted:
        attached_copies.forget(place, wanted)


def _names_in(place: BackupPlace, point: BackupPoint, db: DeskDatabase, key: bytes) -> set[str]:
    """The files that a backup names; none for an increment that has the base's."""
    with still(place.see_regular(point.database.name), key) as copy:
        if not holds(copy, "file"):
            return set()
        return {each.name for each in files.sealed_copies(copy, key, db.path.parent)}
