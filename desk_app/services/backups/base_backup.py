"""A base: the whole database as it is at one moment; it is proved where it lies, in a second step that may wait."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from desk_app import foreign_folder
from desk_app.errors import DeskError
from desk_app.errors.backups import BackupUnprovedError
from desk_app.services.backups import backup_notes, backup_place
from desk_app.services.backups.backup_place import BackupPlace, Progress
from desk_app.services.backups.backup_point import BASE, BackupFile, BackupPoint
from desk_app.services.backups.point_account import account, see_room, stem_for, with_files
from desk_app.services.desk.desk import Desk
from desk_app.store.attachments import files
from desk_app.store.backups.backup_tables import marks_of
from desk_app.store.backups.database_image import image
from desk_app.store.backups.still_copy import still
from desk_app.store.journal.check import check


def base_backup(desk: Desk, place: BackupPlace, key: bytes, progress: Progress) -> BackupPoint:
    """The copy, written to the disk and opened again; not proved yet."""
    progress("Đang chép toàn bộ dữ liệu")
    stem = stem_for(desk, place)
    digest = hashlib.sha256()
    with image(desk.db.path, key) as found:
        see_room(place, found.size)

        def content() -> Iterator[bytes]:
            for piece in found.content:
                digest.update(piece)
                yield piece

        size = foreign_folder.write_whole(place.folder / f"{stem}.base.db", content(), is_private=True)
    file = BackupFile(name=f"{stem}.base.db", size=size, sha256=digest.hexdigest())
    try:
        with still(place.see_regular(file.name), key) as copy:
            point = account(desk, copy, file, stem=stem, base=stem, kind=BASE)
            sums = files.sealed_sums(copy)
            point = replace(point, marks=replace(marks_of(copy), file_sums=sums))
            point = with_files(place, desk, copy, point, progress, total=files.total_of(sums))
    except DeskError as error:
        place.remove(file.name)
        raise BackupUnprovedError(name=stem, why=str(error)) from error
    place.put_point(point, key)
    return point


def read_again(place: BackupPlace, base: BackupPoint, key: bytes, now: int, progress: Progress) -> BackupPoint | None:
    """The base, if its bytes are still those that were written; disks forget in silence. None where they are not:
    then its account says so too, and that of each increment to it.
    """
    progress("Đang đọc lại bản gốc")
    digest = hashlib.sha256()
    if foreign_folder.is_file(place.folder / base.database.name):
        for piece in foreign_folder.pieces(place.see_regular(base.database.name), most=backup_place.MOST_DATABASE):
            digest.update(piece)
    if digest.hexdigest() != base.database.sha256:
        for point in _on(place, base, key):
            place.put_point(replace(point, is_proved=False), key)
        return None
    read = replace(base, read_again_at=now)
    place.put_point(read, key)
    return read


def proved(place: BackupPlace, base: BackupPoint, key: bytes, *, data: Path, now: int, progress: Progress) -> None:
    """Read every page, chain and row of a base again. Where all holds true its account says so, and that of each
    increment to it, whose own part was proved when it was written; else they are taken away.

    Takes minutes for a large desk; broken off, it goes on later behind the rows that held true. Raises
    `BackupUnprovedError`.
    """
    progress("Đang kiểm bản vừa chép")
    after = backup_notes.proved_up_to(data, base.database.sha256)
    problems: tuple[str, ...] = ()
    try:
        with still(place.see_regular(base.database.name), key) as copy:
            report = check(copy, after=after, passed=partial(backup_notes.proving, data, base.database.sha256))
        problems = report.problems
        if {(head.log, head.seq, head.head) for head in base.heads} != {(h.log, h.seq, h.head) for h in report.logs}:
            problems += ("đầu sổ không khớp.",)
    except DeskError as error:
        problems = (str(error),)
    standing = _on(place, base, key)
    if problems:
        for point in standing:
            place.remove(f"{point.stem}.json")
            place.remove(point.database.name)
        raise BackupUnprovedError(name=base.stem, why=problems[0])
    for point in standing:
        read_at = now if point.stem == base.stem else point.read_again_at
        place.put_point(replace(point, is_proved=True, read_again_at=read_at), key)


def _on(place: BackupPlace, base: BackupPoint, key: bytes) -> list[BackupPoint]:
    """The base, and the increments that stand on it."""
    return [point for point in place.points(key) if point.base == base.stem]
