"""A verified copy of everything in one encrypted file, whatever the storage; restoring begins new logs of our own.

What a verified copy holds counts as safe: receipts tell desks so. Hashes of passwords are in the encrypted part alone,
and the address of the database, which may carry a password, is in none.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec.structs import replace

from desk_app import foreign_folder
from desk_app.district.admin import audit, backup_check, backup_file, settings
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.admin.backup_check import Checked
from desk_app.district.admin.backup_state import BACKUP_AT, BACKUP_SIZE
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.failures import BackupExistsError, BadBackupError, DataNotEmptyError, FolderRefusedError
from desk_app.district.keys import durable_files, keyfile, tls
from desk_app.district.keys.keyfile import Opened
from desk_app.district.storage import Session, Storage, logs, meta, own_logs, quarantine, schema, table_copy
from desk_app.district.storage.at_rest import plain_file
from desk_app.district.storage.sqlite import SqliteStorage
from desk_app.errors import DamagedFileError, NewerFileError, of_system
from desk_app.own_files import held_files
from desk_app.protocol.keys import Keys

_PREFIX = "file:"
_CARRIED = (keyfile.FILE, settings.FILE, tls.CERTIFICATE, tls.KEY)
"""Files of the data folder that a copy may hold. keys.json stands in the head; before version 2 it stood among them."""
_LEFT_OUT = {"visit", "lockout", *schema.PROJECTIONS}
_STAYS = {"lockout", schema.ONLY_GROWS}
"""What a restore takes nothing away from."""
_AT_ONCE = 500
_DAY = 86_400_000
_LEFTOVER = re.compile(r"\.[0-9a-f]{16}\.(backup|reading)(-wal|-shm|-journal)?|\.check-.+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A verified copy: how many logs, events and frames it holds, and its bytes.

    `damaged` are files and batches that were spoilt in the district itself already, a sentence each.
    """

    file: Path
    logs: int
    events: int
    frames: int
    size: int
    damaged: tuple[str, ...] = ()


def make(office: DistrictOffice, file: Path, *, account: str = "", pause: Callable[[], None] = lambda: None) -> Copied:
    """Write the copy, read all of it again and check every chain, signature and file, then count it as safe.

    `pause` is called between pieces, so that a copy made by day does not hold up the reception. Raises
    `BackupExistsError`, `BadBackupError`, `FolderRefusedError`.
    """
    if foreign_folder.is_there(file):
        raise BackupExistsError(file=file.name)
    identity, at = office.district.identity, office.district.clock()
    head, key = backup_file.new_head(keyfile.read(office.folder), identity.storage_key, at=at)
    part = office.folder / f".{secrets.token_hex(8)}.backup"
    try:
        covered, checked = _copied(office, part, key, pause)
        if checked.covered != covered:
            raise BadBackupError(file=file.name, why="ghi xong đọc lại không khớp")
        foreign_folder.write_whole(file, backup_file.content(head, part), is_private=True, reads_back=True)
    except OSError as error:
        raise FolderRefusedError(of_system(error, file), folder=file) from error
    finally:
        _forget(part)
    told = _told(file, checked)
    with office.district.storage.writing() as session:
        logs.mark_safe(session, covered)
        meta.put(session, BACKUP_AT, str(office.district.clock()).encode())
        meta.put(session, BACKUP_SIZE, str(told.size).encode())
        _note(session, office, AuditDeed.BACKUP, account, checked)
    return told


def furnish(folder: Path, file: Path, *, database: str, unlock: Callable[[], Opened]) -> None:
    """Make a data folder of what the copy carries: keys, settings with another `database`, the server's certificate.

    `unlock` opens the keys once they are there. Raises `BadBackupError`, `FolderRefusedError`, what `unlock` raises.
    """
    with _refusals(folder):
        head = backup_file.head_of(file)
    opened = None
    if head is not None:
        keyfile.write(folder, head.keys)
        opened = unlock()
    key = backup_file.key_of(head, opened.storage_key, file=file.name) if head and opened else b""
    with _working(file, folder, key) as copy, copy.reading() as session:
        found = {name: meta.get(session, _PREFIX + name) for name in _CARRIED}
    if found[settings.FILE] is None or (head is None and found[keyfile.FILE] is None):
        raise BadBackupError(file=file.name, why="không mang theo khóa và thiết lập")
    if data := found[tls.CERTIFICATE]:
        durable_files.write(folder / tls.CERTIFICATE, data)
    if opened is None:
        durable_files.write(folder / keyfile.FILE, found[keyfile.FILE] or b"")
        opened = unlock()
    if sealed := found[tls.KEY]:
        durable_files.write(folder / tls.KEY, _unsealed(sealed, opened.keys, file.name))
    told = settings.told(found[settings.FILE] or b"")
    settings.write(folder, replace(told, database=database))


def bring_back(office: DistrictOffice, file: Path, *, over: bool, account: str = "") -> Copied:
    """Put the copy's content in place of the storage's, in one transaction; desks send again what came after it.

    What was set aside since and nobody has seen stays aside: its sender may send it no more.

    Raises `BadBackupError`, `DataNotEmptyError` where there is content and `over` does not say to replace it.
    """
    district = office.district
    with _working(file, office.folder, _key(office, file)) as copy, copy.reading() as source:
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
            for name in _CARRIED:
                target.run("DELETE FROM meta WHERE key = ?", [_PREFIX + name])
            for one in aside:
                quarantine.put(target, one, at=one.at)
            own_logs.rotate(target)
            logs.mark_safe(target, checked.covered)
    return _told(file, checked)


def forget_leftovers(office: DistrictOffice) -> None:
    """Take away what a copy or a check left that was killed; nothing of today, for another command may be at work.

    Raises `OSError`.
    """
    for path in office.folder.iterdir():
        is_old = path.lstat().st_mtime * 1000 < office.district.clock() - _DAY
        if is_old and _LEFTOVER.fullmatch(path.name):
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else held_files.remove(path)


def _key(office: DistrictOffice, file: Path) -> bytes:
    """What opens the copy; b"" for a plain one. Raises `BadBackupError`."""
    with _refusals(office.folder):
        head = backup_file.head_of(file)
    if head is None:
        return b""
    if head.keys.root != office.district.identity.card.root.hex():
        raise BadBackupError(file=file.name, why="của một cấp trên khác")
    return backup_file.key_of(head, office.district.identity.storage_key, file=file.name)


def _copied(
    office: DistrictOffice, part: Path, key: bytes, pause: Callable[[], None]
) -> tuple[dict[bytes, int], Checked]:
    """Fill the file from one snapshot; the last number of each log then, and what reading it again has found."""
    district = office.district
    copy = SqliteStorage(part, key)
    try:
        with district.storage.reading() as source:
            with copy.writing() as target:
                _copy_tables(source, target, pause=pause)
                told = settings.text(replace(office.settings, database=""))
                meta.put(target, _PREFIX + settings.FILE, told)
                if (office.folder / tls.CERTIFICATE).is_file():
                    meta.put(target, _PREFIX + tls.CERTIFICATE, (office.folder / tls.CERTIFICATE).read_bytes())
                if (office.folder / tls.KEY).is_file():
                    secret = (office.folder / tls.KEY).read_bytes()
                    meta.put(target, _PREFIX + tls.KEY, _sealed(secret, district.identity.keys))
                covered = {log.log: log.seq for log in logs.every(source)}
            copy.fold()
            copy.close()
            _drop_from_memory(part)
            copy = SqliteStorage(part, key)
            with copy.reading() as session:
                checked = backup_check.check(session, district.identity, file=part.name, source=source, pause=pause)
            copy.fold()  # one file, also on a medium that cannot be written
    finally:
        copy.close()
    return covered, checked


def _drop_from_memory(part: Path) -> None:
    """Write it out and let the system forget it; else reading it again would only ask the machine's own memory."""
    with part.open("rb+") as written:
        os.fsync(written.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _working(file: Path, folder: Path, key: bytes) -> Iterator[Storage]:
    """The copy opened by way of an encrypted one in `folder`: it may lie on a medium that cannot be written, or be of
    an older version, in the clear; then `key` is b"".

    Raises `BadBackupError`.
    """
    beside = folder / f".{secrets.token_hex(8)}.reading"
    key = key or secrets.token_bytes(32)
    try:
        with _refusals(folder):
            backup_file.unpack(file, beside)
            try:
                if plain_file.is_plain(beside):
                    plain_file.carry_over(beside, key, is_told=False)
                copy = SqliteStorage(beside, key)
            except (DamagedFileError, NewerFileError) as error:
                raise BadBackupError(file=file.name, why="không phải bản sao lưu, hoặc do bản mới hơn ghi") from error
            try:
                yield copy
            finally:
                copy.close()
    finally:
        _forget(beside)


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderRefusedError(of_system(error, folder), folder=folder) from error


def _copy_tables(
    source: Session, target: Session, *, but: Collection[str] = _LEFT_OUT, pause: Callable[[], None] = lambda: None
) -> None:
    for table in schema.TABLES:
        if table not in but:
            for rows in table_copy.pieces(source, table, at_once=_AT_ONCE):
                target.fill(table, rows)
                pause()
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
        damaged=checked.damaged,
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
            held_files.remove(part.with_name(name), missing_ok=True)
