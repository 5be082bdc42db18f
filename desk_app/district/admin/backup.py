"""A verified copy of everything in one SQLite file, whatever the storage; restoring begins new logs of our own.

What a verified copy holds counts as safe: receipts tell desks so.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec.structs import replace

from desk_app import foreign_folder
from desk_app.district.admin import audit, backup_check, settings
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.admin.backup_check import Checked
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.status import BACKUP_AT
from desk_app.district.failures import BackupExistsError, BadBackupError, DataNotEmptyError, FolderRefusedError
from desk_app.district.keys import durable_files, keyfile, tls
from desk_app.district.keys.keyfile import Opened
from desk_app.district.storage import (
    Session,
    Storage,
    logs,
    meta,
    open_storage,
    own_logs,
    quarantine,
    schema,
    table_copy,
)
from desk_app.district.storage.sqlite import SqliteStorage
from desk_app.errors import DamagedFileError, NewerFileError, of_system
from desk_app.protocol.keys import Keys

FILES = (keyfile.FILE, settings.FILE, tls.CERTIFICATE)
"""Of the data folder, kept in the copy as well: keys.json is encrypted, the others are no secret."""
_PREFIX = "file:"
_LEFT_OUT = {"visit", "lockout", *schema.PROJECTIONS}
_STAYS = {"lockout", schema.ONLY_GROWS}
"""What a restore takes nothing away from."""
_AT_ONCE = 500
_LONGEST = 1 << 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A verified copy: how many logs, events and frames it holds, and its bytes."""

    file: Path
    logs: int
    events: int
    frames: int
    size: int


def make(office: DistrictOffice, file: Path, *, account: str = "") -> Copied:
    """Write the copy, read all of it again and check every chain and signature, then count it as safe.

    Raises `BackupExistsError`, `BadBackupError`, `FolderRefusedError`.
    """
    if foreign_folder.is_there(file):
        raise BackupExistsError(file=file)
    part = file.with_name(f".{file.name[:40]}.{secrets.token_hex(8)}.part")
    try:
        durable_files.open_private(part).close()
        covered, checked = _copied(office, part)
        if checked.covered != covered:
            raise BadBackupError(file=file.name, why="ghi xong đọc lại không khớp")
        part.replace(file)
        durable_files.sync_folder(file.parent)
    except OSError as error:
        raise FolderRefusedError(of_system(error, file), folder=file) from error
    finally:
        _forget(part)
    with office.district.storage.writing() as session:
        logs.mark_safe(session, covered)
        meta.put(session, BACKUP_AT, str(office.district.clock()).encode())
        _note(session, office, AuditDeed.BACKUP, account, checked)
    return _told(file, checked)


def furnish(folder: Path, file: Path, *, database: str, unlock: Callable[[], Opened]) -> None:
    """Make a data folder of what the copy carries: keys, settings with another `database`, the server's certificate.

    `unlock` opens the keys once they are there. Raises `BadBackupError`, `FolderRefusedError`, what `unlock` raises.
    """
    with _working(file, folder) as copy, copy.reading() as session:
        found = {name: meta.get(session, _PREFIX + name) for name in (*FILES, tls.KEY)}
    if found[keyfile.FILE] is None or found[settings.FILE] is None:
        raise BadBackupError(file=file.name, why="không mang theo khóa và thiết lập")
    for name in (keyfile.FILE, tls.CERTIFICATE):
        if data := found[name]:
            durable_files.write(folder / name, data)
    keys = unlock().keys
    if sealed := found[tls.KEY]:
        durable_files.write(folder / tls.KEY, _unsealed(sealed, keys, file.name))
    told = settings.told(found[settings.FILE] or b"")
    settings.write(folder, replace(told, database=database))


def bring_back(office: DistrictOffice, file: Path, *, over: bool, account: str = "") -> Copied:
    """Put the copy's content in place of the storage's, in one transaction; desks send again what came after it.

    What was set aside since and nobody has seen stays aside: its sender may send it no more.

    Raises `BadBackupError`, `DataNotEmptyError` where there is content and `over` does not say to replace it.
    """
    district = office.district
    with _working(file, office.folder) as copy, copy.reading() as source:
        checked = backup_check.check(source, district.identity, file=file.name)
        with district.storage.writing() as target:
            events = sum(log.seq for log in logs.every(target))
            if events and not over:
                raise DataNotEmptyError(events=events, saved=sum(checked.covered.values()))
            aside = quarantine.waiting(target)
            for table in schema.TABLES:
                if table not in _STAYS:
                    target.run(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
            _copy_tables(source, target, but=_LEFT_OUT | {schema.ONLY_GROWS})
            audit.bring_back(target, district.identity, audit.every(source))
            _note(target, office, AuditDeed.RESTORED, account, checked)
            for name in FILES:
                target.run("DELETE FROM meta WHERE key = ?", [_PREFIX + name])
            target.run("DELETE FROM meta WHERE key = ?", [_PREFIX + tls.KEY])
            for one in aside:
                quarantine.put(target, one, at=one.at)
            own_logs.rotate(target)
            logs.mark_safe(target, checked.covered)
    return _told(file, checked)


def _copied(office: DistrictOffice, part: Path) -> tuple[dict[bytes, int], Checked]:
    """Fill the file from one snapshot; the last number of each log then, and what reading it again has found."""
    district = office.district
    copy: Storage = SqliteStorage(part)
    try:
        with district.storage.reading() as source, copy.writing() as target:
            _copy_tables(source, target)
            for name in FILES:
                if (office.folder / name).is_file():
                    meta.put(target, _PREFIX + name, (office.folder / name).read_bytes())
            if (office.folder / tls.KEY).is_file():
                secret = (office.folder / tls.KEY).read_bytes()
                meta.put(target, _PREFIX + tls.KEY, _sealed(secret, district.identity.keys))
            covered = {log.log: log.seq for log in logs.every(source)}
    finally:
        copy.close()
    with closing(sqlite3.connect(part, isolation_level=None)) as plain:
        plain.execute("PRAGMA journal_mode=DELETE")  # one file, also on a medium that cannot be written
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    with _working(part, part.parent) as copy, copy.reading() as session:
        return covered, backup_check.check(session, district.identity, file=part.name)


@contextmanager
def _working(file: Path, folder: Path) -> Iterator[Storage]:
    """The copy opened by way of another one: it may lie on a medium that cannot be written, or be of an older version.

    Raises `BadBackupError`.
    """
    if not foreign_folder.is_there(file):
        raise BadBackupError(file=file.name, why="không có tệp này")
    beside = folder / f".{secrets.token_hex(8)}.reading"
    try:
        with durable_files.open_private(beside) as out:
            out.writelines(foreign_folder.pieces(file, most=_LONGEST))
        try:
            copy = open_storage(beside)
        except (DamagedFileError, NewerFileError) as error:
            raise BadBackupError(file=file.name, why="không phải bản sao lưu, hoặc do bản mới hơn ghi") from error
        try:
            yield copy
        finally:
            copy.close()
    except OSError as error:
        raise FolderRefusedError(of_system(error, folder), folder=folder) from error
    finally:
        _forget(beside)


def _copy_tables(source: Session, target: Session, *, but: Collection[str] = _LEFT_OUT) -> None:
    for table in schema.TABLES:
        if table not in but:
            for rows in table_copy.pieces(source, table, at_once=_AT_ONCE):
                target.fill(table, rows)
    target.run("UPDATE frame SET projected = 0")


def _note(session: Session, office: DistrictOffice, deed: AuditDeed, account: str, checked: Checked) -> None:
    """A copy holds everybody's data: who made it or brought it back stands in the audit."""
    asked = f"{sum(checked.covered.values())} việc"
    audit.note(session, office.district.identity, deed, at=office.district.clock(), account=account, asked=asked)


def _told(file: Path, checked: Checked) -> Copied:
    return Copied(
        file=file,
        logs=len(checked.covered),
        events=sum(checked.covered.values()),
        frames=checked.frames,
        size=file.stat().st_size,
    )


def _sealed(secret: bytes, keys: Keys) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(_wrapping(keys)).encrypt(nonce, secret, tls.KEY.encode())


def _unsealed(sealed: bytes, keys: Keys, file: str) -> bytes:
    try:
        return AESGCM(_wrapping(keys)).decrypt(sealed[:12], sealed[12:], tls.KEY.encode())
    except InvalidTag as error:
        raise BadBackupError(file=file, why="khóa của máy chủ bị hỏng") from error


def _wrapping(keys: Keys) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"district backup").derive(keys.dump())


def _forget(part: Path) -> None:
    for name in (part.name, part.name + "-wal", part.name + "-shm", part.name + "-journal"):
        with suppress(OSError):
            part.with_name(name).unlink(missing_ok=True)
