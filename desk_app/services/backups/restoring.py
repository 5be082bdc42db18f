"""Makes a desk of a backup, in an empty data folder: all of it or nothing. Also the drill, which makes one to look at.

A desk made so writes a log of its own and skips numbers, for the machine that was backed up may have gone on; what the
district holds comes back with the next round.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from desk_app import foreign_folder
from desk_app.domain import passwords
from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.dossiers.numbering import default_blocks
from desk_app.errors import DamagedFileError, DamagedVaultError, DeskError
from desk_app.errors.backups import DamagedBackupError, DataNotFreeError, NoBackupHereError, NoSuchBackupError
from desk_app.lazy import lazy
from desk_app.own_files import held_files, owner_only
from desk_app.password_rules import password_rules
from desk_app.services.backups import attached_copies, backup_notes, backup_place, device_seal
from desk_app.services.backups.backup_place import BackupPlace, Progress
from desk_app.services.backups.backup_point import BASE, BackupFile, BackupPoint
from desk_app.services.desk.desk import Clock, is_begun, system_clock
from desk_app.store.attachments import files
from desk_app.store.backups.backup_tables import ends_of
from desk_app.store.backups.replay import replay
from desk_app.store.database import database
from desk_app.store.database.database import DeskDatabase
from desk_app.store.database.failures import file_failures
from desk_app.store.journal import restore_detection
from desk_app.store.keys import vault
from desk_app.store.reference import settings

if TYPE_CHECKING:
    from desk_app.store.peers import device_key
else:
    device_key = lazy("desk_app.store.peers.device_key")

_MOST_DAYS = 31
_PARTS_OF_DAY = ((0, 0.0), (6, 0.1), (18, 0.9), (24, 1.0))
"""How much of a day's numbers may be given by that hour: nearly all by day, and some at night too."""


class Secret(Struct, frozen=True, kw_only=True):
    """What opens the backup: the recovery code, else the passphrase, else the key of a desk that is open."""

    recovery: str = ""
    passphrase: str = ""
    key: bytes = b""


class RestoredDesk(Struct, frozen=True, kw_only=True):
    """What was made. `kept_by` names the key store that opens it from now on, "" for none; `lost_files` counts
    attached files that the backup did not hold whole.
    """

    data: Path
    point: BackupPoint
    files: int
    lost_files: int
    kept_by: str = ""
    has_passphrase: bool = False


def points_in(named: Path) -> list[BackupPoint]:
    """The backups in a folder as they say themselves, the newest first; the key has proved nothing of it.

    Raises `RestorePlaceMissingError`, `NoBackupHereError`, `ManyDesksHereError`, `RestoreUnreadableError`.
    """
    place = backup_place.found_in(named)
    with backup_place.reading(place.folder):
        found = place.points()
    if not found:
        raise NoBackupHereError(folder=named)
    return found[::-1]


def restore(
    named: Path,
    data: Path,
    secret: Secret,
    *,
    stem: str = "",
    new_passphrase: str | None = None,
    clock: Clock = system_clock,
    progress: Progress = lambda _: None,
) -> RestoredDesk:
    """Make the desk of the newest backup below `named`, or of the one named `stem`, in `data`.

    `new_passphrase` opens it from now on, beside this machine's key store where it has one. Raises `DataNotFreeError`,
    `DamagedBackupError`, `NoSuchBackupError`, the vault's errors, `WeakPasswordError`, and what disks refuse; then
    `data` is as it was.
    """
    if is_begun(data) or (data.is_dir() and any(data.iterdir())):
        raise DataNotFreeError(folder=data)
    if new_passphrase is not None:
        passwords.refuse_weak(new_passphrase, password_rules(), known=())
    place = backup_place.found_in(named)
    with _made_beside(data) as beside:
        key = unlocked(place, beside, secret)
        point = chosen(place, key, stem)
        brought(place, point, beside, key, progress)
        now = clock().astimezone(VIETNAM)
        with file_failures(beside):
            kept_by = _keyed(beside, key, new_passphrase)
        db = database.open_database(beside / database.FILE, key)
        try:
            with file_failures(beside):
                _part(db, beside, point, key, now)
            count, lost = _files(place, db, beside, progress)
        finally:
            db.close()
        backup_notes.restored(beside, at=milliseconds(now), of=point.made_at)
        has_passphrase = "passphrase" in vault.slots(beside)
    return RestoredDesk(
        data=data, point=point, files=count, lost_files=lost, kept_by=kept_by, has_passphrase=has_passphrase
    )


def unlocked(place: BackupPlace, folder: Path, secret: Secret) -> bytes:
    """The key, by the envelopes that lie with the backups, which are put into `folder`. Raises the vault's errors."""
    with backup_place.reading(place.folder):
        envelopes = place.keys()
    if not envelopes:
        raise DamagedBackupError(name=place.folder.name, why="thiếu tệp khóa vault.json")
    refused: DeskError | None = None
    for content in envelopes:
        with file_failures(folder):
            (folder / vault.FILE).write_bytes(content)
            owner_only.close(folder / vault.FILE)
        try:
            if secret.key:
                if vault.fits(folder, secret.key):
                    return secret.key
                raise DamagedBackupError(name=place.folder.name, why="của một quầy khác")
            if secret.recovery:
                return vault.unlock(folder, recovery=secret.recovery)
            return vault.unlock(folder, passphrase=secret.passphrase)
        except DamagedVaultError as error:
            refused = error
    raise refused or DamagedBackupError(name=place.folder.name, why="tệp khóa bị hỏng")


def chosen(place: BackupPlace, key: bytes, stem: str) -> BackupPoint:
    """The backup of this stem, else the newest that was proved. Raises `NoSuchBackupError`, `DamagedBackupError`."""
    with backup_place.reading(place.folder):
        if stem:
            if stem not in place.stems():
                raise NoSuchBackupError(name=stem)
            return place.point(stem, key)
        points = place.points(key)
    newest = next((point for point in reversed(points) if point.is_proved), points[-1] if points else None)
    if newest is None:
        raise NoBackupHereError(folder=place.folder)
    return newest


def brought(place: BackupPlace, point: BackupPoint, folder: Path, key: bytes, progress: Progress) -> None:
    """The database of the backup in `folder`, up to date with this program. Raises `DamagedBackupError`."""
    progress("Đang chép dữ liệu")
    base = point if point.kind == BASE else _base_of(place, point, key)
    with backup_place.reading(place.folder), file_failures(folder):
        _copied(place, base.database, folder / database.FILE)
        if point.kind != BASE:
            _copied(place, point.database, folder / "added.db")
    try:
        db = database.open_database(folder / database.FILE, key)
        try:
            if point.kind != BASE:
                progress("Đang ghép phần mới")
                replay(db, folder / "added.db", key)
            _see_heads(db, point)
        finally:
            db.close()
    except DamagedFileError as error:
        raise DamagedBackupError(name=point.stem, why="dữ liệu bên trong không đọc được") from error
    with file_failures(folder):
        held_files.remove(folder / "added.db", missing_ok=True)


def _base_of(place: BackupPlace, point: BackupPoint, key: bytes) -> BackupPoint:
    with backup_place.reading(place.folder):
        if point.base not in place.stems():
            raise DamagedBackupError(name=point.stem, why=f"thiếu bản gốc {point.base}")
        return place.point(point.base, key)


def _copied(place: BackupPlace, file: BackupFile, target: Path) -> None:
    """The file, whole, with the hash its account names. Raises `DamagedBackupError`, `OSError`."""
    digest = hashlib.sha256()

    def content() -> Iterator[bytes]:
        for piece in foreign_folder.pieces(place.see_regular(file.name), most=backup_place.MOST_DATABASE):
            digest.update(piece)
            yield piece

    size = foreign_folder.write_whole(target, content(), is_private=True)
    if (size, digest.hexdigest()) != (file.size, file.sha256):
        raise DamagedBackupError(name=file.name, why="nội dung không còn như khi ghi")


def _see_heads(db: DeskDatabase, point: BackupPoint) -> None:
    found = {(end.log, end.seq, end.head) for end in ends_of(db)}
    if found != {(head.log, head.seq, head.head) for head in point.heads}:
        raise DamagedBackupError(name=point.stem, why="đầu sổ không khớp với phần ghi chép")


def _keyed(folder: Path, key: bytes, new_passphrase: str | None) -> str:
    """Open by this machine's own key store where there is one; by the new passphrase where one is given."""
    vault.leave_keyring(folder)
    if new_passphrase is not None:
        vault.set_passphrase(folder, key, new_passphrase)
    try:
        return vault.keep_in_keyring(folder, key)
    except DeskError:
        return ""


def _part(db: DeskDatabase, folder: Path, point: BackupPoint, key: bytes, now: datetime) -> None:
    secret = device_seal.opened(point.device, key)
    if secret and device_key.get(folder, db) is None:
        device_key.put(folder, db, secret)
    kept = settings.get(db)
    since = max(point.made_on.date(), now.date() - timedelta(days=_MOST_DAYS))
    days = [(since + timedelta(days=n)).isoformat() for n in range((now.date() - since).days + 1)]
    restore_detection.part_from_copied(
        db,
        days=days or [now.date().isoformat()],
        part=part_of_day(now),
        blocks=kept.blocks or default_blocks(kept.desk),
    )


def part_of_day(now: datetime) -> float:
    """0 … 1, and never the same twice in a day: two desks restored on one evening must not meet either."""
    hours = now.hour + now.minute / 60 + now.second / 3600
    for (begins, before), (ends, after) in pairwise(_PARTS_OF_DAY):
        if hours < ends:
            return before + (after - before) * (hours - begins) / (ends - begins)
    return 1.0


def _files(place: BackupPlace, db: DeskDatabase, folder: Path, progress: Progress) -> tuple[int, int]:
    """How many attached files came whole, how many did not; those that did not come from the district again."""
    progress("Đang chép tệp kèm theo")
    count = 0
    lost: list[str] = []
    with backup_place.reading(place.folder), file_failures(folder):
        for kept in files.sealed_copies(db, db.key, folder):
            if attached_copies.take(place, folder, kept):
                count += 1
            else:
                lost.append(kept.sha)
    for sha in lost:
        files.forget_lost(db, sha)
    return count, len(lost)


@contextmanager
def _made_beside(data: Path) -> Iterator[Path]:
    """A new folder beside `data` that takes its place when the block ends well, and else is gone."""
    beside = data.with_name(f".{data.name}.{secrets.token_hex(6)}.restoring")
    with file_failures(data):
        data.parent.mkdir(parents=True, exist_ok=True)
        owner_only.make_folder(beside)
    try:
        yield beside
        with file_failures(data):
            with suppress(FileNotFoundError):
                data.rmdir()  # it is empty
            held_files.rename(beside, data)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
