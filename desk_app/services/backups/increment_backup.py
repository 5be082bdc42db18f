"""An increment: what the desk holds beyond a base, written and proved beside the data, then carried to the place."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec.structs import replace

from desk_app import foreign_folder
from desk_app.errors.backups import BackupUnprovedError, DamagedBackupError
from desk_app.own_files import held_files
from desk_app.services.backups import backup_notes, backup_place
from desk_app.services.backups.backup_place import BackupPlace, Progress
from desk_app.services.backups.backup_point import INCREMENT, BackupFile, BackupPoint
from desk_app.services.backups.point_account import account, see_room, stem_for, with_files
from desk_app.services.desk.desk import Desk
from desk_app.store.attachments import files
from desk_app.store.backups import increment, proof
from desk_app.store.backups.backup_tables import BaseMarks, carried_blocks, sums_with


def increment_backup(desk: Desk, place: BackupPlace, key: bytes, base: BackupPoint, progress: Progress) -> BackupPoint:
    """What it brings is proved here: it counts as proved where its base is, else when its base will be."""
    progress("Đang chép phần mới")
    stem = stem_for(desk, place)
    marks = base.marks
    if marks is None:
        raise DamagedBackupError(name=base.stem, why="thiếu mốc của bản gốc")
    beside = backup_notes.own_folder(desk.data) / "increment.db"
    for old in beside.parent.glob(f"{beside.name}*"):
        held_files.remove(old)
    try:
        point, problems, blocks, sums = _filled(desk, place, beside, key, base, marks, stem)
        if problems:
            raise BackupUnprovedError(name=stem, why=problems[0])
        see_room(place, beside.stat().st_size)
        pieces = foreign_folder.pieces(beside, most=backup_place.MOST_DATABASE)
        foreign_folder.write_whole(place.folder / point.database.name, pieces, is_private=True, reads_back=True)
        spans = (*blocks, *(range(n, n + 1) for n in marks.damaged if not any(n in block for block in blocks)))
        total = sums_with(marks, blocks, sums)
        point = with_files(place, desk, desk.db, point, progress, total=total, within=spans)
    finally:
        held_files.remove(beside, missing_ok=True)
    proved = replace(point, is_proved=base.is_proved)
    place.put_point(proved, key)
    return proved


def _filled(
    desk: Desk, place: BackupPlace, beside: Path, key: bytes, base: BackupPoint, marks: BaseMarks, stem: str
) -> tuple[BackupPoint, list[str], list[range], tuple[int, int]]:
    """The increment written at `beside` and proved there: what it says of itself, what is wrong with it, of which
    attached files (numbers) it tells, and how many of these are whole, with their sealed bytes.
    """
    base_file = place.see_regular(base.database.name)
    with increment.begun(beside, key, desk=desk.db.path, base=base_file) as db:
        increment.fill(db, marks)
        problems = proof.increment_problems(db, marks, _proved_before(place, key, base))
        blocks, sums = carried_blocks(db, "file"), files.sealed_total(db)
        name = f"{stem}.plus.db"
        point = account(desk, db, BackupFile(name=name, size=0, sha256=""), stem=stem, base=base.stem, kind=INCREMENT)
    with beside.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    file = BackupFile(name=name, size=beside.stat().st_size, sha256=digest)
    return replace(point, database=file), problems, blocks, sums


def _proved_before(place: BackupPlace, key: bytes, base: BackupPoint) -> proof.Heads:
    """Where the increment that was made last to this base ends; nothing where it is the first."""
    points = (point for point in place.points(key) if point.kind == INCREMENT and point.base == base.stem)
    last = max(points, key=lambda point: point.stem, default=None)
    return {head.log: (head.seq, head.head) for head in last.heads} if last is not None else {}
