"""The one file of a backup: a head in the clear that says which keys open it, then an encrypted database.

The head holds keys.json as it was, whose slots open by passphrase, keyring or root file, and the copy's own key sealed
under the storage key. Copies of 0.2.0 … 0.4.0 are plain databases; they have no head.
"""

from __future__ import annotations

import itertools
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from desk_app import foreign_folder, typed_values
from desk_app.district.failures import BadBackupError
from desk_app.district.keys import durable_files
from desk_app.district.keys.keyfile import KeyFile
from desk_app.district.storage.at_rest.seals import derived
from desk_app.key_envelope import unwrapped, wrapped

MAGIC = b"ban-mot-cua district backup 2\n"
_PLAIN = b"SQLite format 3\0"
_LENGTH = struct.Struct(">I")
_LONGEST_HEAD = 1 << 16
_LONGEST = 1 << 42
_PIECE = 1 << 20
_PURPOSE = "district backup"


class BackupHead(Struct, frozen=True, kw_only=True):
    """`keys` is keys.json; `key` the copy's own 32 bytes, sealed under the storage key; `made_at` UTC ms."""

    keys: KeyFile
    key: str
    made_at: int


def new_head(keys: KeyFile, storage_key: bytes, *, at: int) -> tuple[BackupHead, bytes]:
    """A head, and the fresh key it holds."""
    key = secrets.token_bytes(32)
    sealed = wrapped(derived(storage_key, _PURPOSE), key, _PURPOSE + keys.root)
    return BackupHead(keys=keys, key=sealed, made_at=at), key


def key_of(head: BackupHead, storage_key: bytes, *, file: str) -> bytes:
    """The copy's key. Raises `BadBackupError` where the storage key is not the one it was sealed under."""
    key = unwrapped(derived(storage_key, _PURPOSE), head.key, _PURPOSE + head.keys.root)
    if key is None:
        raise BadBackupError(file=file, why="khóa của cấp trên này không mở được nó")
    return key


def content(head: BackupHead, database: Path) -> Iterator[bytes]:
    """The bytes of the file, made of the encrypted database that lies at `database`."""
    told = msgspec.json.encode(head)
    yield MAGIC + _LENGTH.pack(len(told)) + told
    with database.open("rb") as copied:
        while piece := copied.read(_PIECE):
            yield piece


def head_of(file: Path) -> BackupHead | None:
    """What stands at the beginning; None for a copy of an earlier version. Raises `BadBackupError`, `OSError`."""
    _see_there(file)
    with foreign_folder.reading(file, most=_LONGEST) as copied:
        start = copied.read(len(MAGIC) + _LENGTH.size)
        if start.startswith(_PLAIN):
            return None
        if not start.startswith(MAGIC) or len(start) < len(MAGIC) + _LENGTH.size:
            raise BadBackupError(file=file.name, why="không phải bản sao lưu")
        (length,) = _LENGTH.unpack_from(start, len(MAGIC))
        told = copied.read(min(length, _LONGEST_HEAD))
    try:
        return typed_values.from_json(told, BackupHead)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadBackupError(file=file.name, why="phần đầu bị hỏng") from error


def unpack(file: Path, database: Path) -> None:
    """Put the database of a file whose head was read at `database`, a new file. Raises `BadBackupError`, `OSError`."""
    _see_there(file)
    pieces = foreign_folder.pieces(file, most=_LONGEST)
    start = b""
    while len(start) < len(MAGIC) + _LENGTH.size + _LONGEST_HEAD and (piece := next(pieces, b"")):
        start += piece
    skipped = 0
    if start.startswith(MAGIC):
        (length,) = _LENGTH.unpack_from(start, len(MAGIC))
        skipped = len(MAGIC) + _LENGTH.size + length
    with durable_files.open_private(database) as out:
        out.writelines(itertools.chain([start[skipped:]], pieces))


def _see_there(file: Path) -> None:
    if not foreign_folder.is_there(file):
        raise BadBackupError(file=file.name, why="không có tệp này")
