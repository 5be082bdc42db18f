"""What a backup says of itself, in a small JSON file that is written last: a copy without it is none."""

from __future__ import annotations

import hmac
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app import typed_values
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.errors.backups import DamagedBackupError
from desk_app.store.backups.backup_tables import BaseMarks

BASE, INCREMENT = "base", "increment"


class BackupFile(Struct, frozen=True, kw_only=True):
    """A file of the backup beside this one: its name, bytes, SHA-256 in hex."""

    name: str
    size: int
    sha256: str


class PointHead(Struct, frozen=True, kw_only=True):
    """Where a log ended: its name in hex, its last number, its last hash in hex."""

    log: str
    seq: int
    head: str


class BackupPoint(Struct, frozen=True, kw_only=True):
    """One backup. `base` is the stem of the base it stands on, its own for a base; `made_at` UTC ms; `schema` the
    version of the tables.

    `files` and `file_bytes` count attached files; `device` is the desk's own key, sealed. `is_proved` says that all of
    it was read again and held true, `read_again_at` when its bytes were last compared (UTC ms). `seal` proves that a
    holder of the key wrote the rest.
    """

    version: int = 1
    stem: str
    kind: str
    base: str
    vault: str
    unit: str
    commune: str
    desk: int
    made_at: int
    program: str
    schema: int
    events: int
    dossiers: int
    files: int
    file_bytes: int
    database: BackupFile
    heads: tuple[PointHead, ...]
    marks: BaseMarks | None = None
    device: str = ""
    damaged: int = 0
    is_proved: bool = False
    read_again_at: int = 0
    seal: str = ""

    @property
    def made_on(self) -> datetime:
        return in_vietnam(self.made_at)

    @property
    def bytes(self) -> int:
        return self.database.size


def sealed(point: BackupPoint, key: bytes) -> bytes:
    """The content of its file."""
    return msgspec.json.format(msgspec.json.encode(replace(point, seal=_seal(point, key))), indent=1)


def read(content: bytes, stem: str) -> BackupPoint:
    """What the file of this stem says; not proved yet. Raises `DamagedBackupError`."""
    try:
        point = typed_values.from_json(content, BackupPoint)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedBackupError(name=stem, why="không đọc được phần ghi chép") from error
    is_named = point.stem == stem and point.database.name.startswith(f"{stem}.")
    if not is_named or point.kind not in (BASE, INCREMENT) or "/" in point.base:
        raise DamagedBackupError(name=stem, why="phần ghi chép không khớp với tên tệp")
    return point


def see_sealed(point: BackupPoint, key: bytes) -> BackupPoint:
    """The point, if a holder of `key` wrote it. Raises `DamagedBackupError`."""
    if not hmac.compare_digest(point.seal, _seal(point, key)):
        raise DamagedBackupError(name=point.stem, why="phần ghi chép đã bị sửa hoặc của quầy khác")
    return point


def _seal(point: BackupPoint, key: bytes) -> str:
    told = msgspec.json.encode(replace(point, seal=""), order="deterministic")
    return hmac.digest(hmac.digest(key, b"desk backup point", "sha256"), told, "sha256").hex()
