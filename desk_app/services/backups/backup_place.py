"""The folder of one desk's backups on a disk, a stick or a share: how its files are called, listed, written and read.

The folder belongs to somebody else: every file goes through `foreign_folder`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app import foreign_folder
from desk_app.errors import DeskError, of_system
from desk_app.errors.backups import (
    BackupRefusedError,
    DamagedBackupError,
    ManyDesksHereError,
    NoBackupHereError,
    RestorePlaceMissingError,
    RestoreUnreadableError,
)
from desk_app.services.backups import backup_point
from desk_app.services.backups.backup_point import BackupPoint
from desk_app.store.keys import vault

PREFIX = "ban-mot-cua_"
KEYS = ("vault.json", "vault-2.json")
"""The desk's key in its envelopes, twice: nothing opens without it."""
FILES = "files"
NOTE = "doc-toi.txt"
_STEM = re.compile(r"\d{8}-\d{6}", re.ASCII)
_MOST_POINT = 4 << 20
MOST_DATABASE = 1 << 42
_NOTE = """\
Bản sao lưu của phần mềm Bàn Một Cửa: UBND {commune}, quầy số {desk}.
Mọi thứ ở đây đã mã hóa; mở bằng mã khôi phục (hoặc mật khẩu mở quầy).
Khôi phục vào máy mới: cài Bàn Một Cửa rồi chạy
    desk-app restore THƯ_MỤC_NÀY
Mở không cần phần mềm: xem docs/backup.md trong bộ cài. Đừng đổi tên, đừng xóa lẻ tệp nào.
"""


class BackupPlace:
    """`folder` is the desk's own folder below what a person named."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def files(self) -> Path:
        return self.folder / FILES

    def stems(self) -> list[str]:
        """Of every backup whose writing came to its end, the oldest first."""
        found = foreign_folder.listed(self.folder, suffix=".json")
        return [file.stem for file in found if _STEM.fullmatch(file.stem) and foreign_folder.is_file(file)]

    def point(self, stem: str, key: bytes | None = None) -> BackupPoint:
        """One backup's own account, proved where `key` is given. Raises `DamagedBackupError`, `OSError`."""
        try:
            content = foreign_folder.whole(self.folder / f"{stem}.json", most=_MOST_POINT)
        except DeskError as error:
            raise DamagedBackupError(name=stem, why="phần ghi chép không phải tệp thường") from error
        point = backup_point.read(content, stem)
        return backup_point.see_sealed(point, key) if key is not None else point

    def points(self, key: bytes | None = None) -> list[BackupPoint]:
        """The backups whose accounts can be read, the oldest first; the others are passed over. Raises `OSError`."""
        found = []
        for stem in self.stems():
            try:
                found.append(self.point(stem, key))
            except DamagedBackupError:
                continue
        return found

    def put_point(self, point: BackupPoint, key: bytes) -> None:
        content = backup_point.sealed(point, key)
        foreign_folder.write_whole(self.folder / f"{point.stem}.json", [content], is_private=True, reads_back=True)

    def put_keys(self, data: Path) -> None:
        """The key's envelopes as they are in the data folder now: an old recovery code opens no backup any more."""
        wanted = (data / vault.FILE).read_bytes()
        for name in KEYS:
            if self._keys_in(name) != wanted:
                foreign_folder.write_whole(self.folder / name, [wanted], is_private=True, reads_back=True)

    def put_note(self, commune: str, desk: int) -> None:
        if not foreign_folder.is_there(self.folder / NOTE):
            text = _NOTE.format(commune=commune, desk=desk)
            foreign_folder.write_whole(self.folder / NOTE, [text.encode()])

    def keys(self) -> list[bytes]:
        """The envelopes that are there, to be tried in turn. Raises `OSError`."""
        return [found for name in KEYS if (found := self._keys_in(name)) is not None]

    def see_regular(self, name: str) -> Path:
        """The database of this name, to be opened where it lies. Raises `DamagedBackupError`."""
        path = self.folder / name
        if not foreign_folder.is_file(path):
            raise DamagedBackupError(name=path.stem, why="thiếu tệp dữ liệu")
        return path

    def remove(self, name: str) -> None:
        if foreign_folder.is_file(self.folder / name):
            foreign_folder.remove(self.folder / name)

    def _keys_in(self, name: str) -> bytes | None:
        path = self.folder / name
        return foreign_folder.whole(path, most=_MOST_POINT) if foreign_folder.is_file(path) else None


def folder_name(*, unit: str, desk: int, vault_name: str) -> str:
    return f"{PREFIX}{unit}_quay-{desk}_{vault_name[:8]}"


def is_place_of_desk(folder: Path) -> bool:
    return folder.name.startswith(PREFIX) or any(foreign_folder.is_file(folder / name) for name in KEYS)


def of_desk(named: Path, *, unit: str, desk: int, vault_name: str) -> BackupPlace:
    """The desk's own place below the folder that a person named, or that folder itself where it is one.

    The number of a desk may change; the name of its vault does not.
    """
    if is_place_of_desk(named) and named.name.endswith(f"_{vault_name[:8]}"):
        return BackupPlace(named)
    for folder in _places_below(named):
        if folder.name.endswith(f"_{vault_name[:8]}"):
            return BackupPlace(folder)
    return BackupPlace(named / folder_name(unit=unit, desk=desk, vault_name=vault_name))


def found_in(named: Path) -> BackupPlace:
    """The one place that there is, for a restore. Raises `NoBackupHereError`, `ManyDesksHereError`."""
    if not named.is_dir():
        raise RestorePlaceMissingError(folder=named)
    if is_place_of_desk(named):
        return BackupPlace(named)
    with reading(named):
        places = _places_below(named)
    if not places:
        raise NoBackupHereError(folder=named)
    if len(places) > 1:
        raise ManyDesksHereError(names=", ".join(folder.name for folder in places))
    return BackupPlace(places[0])


def _places_below(named: Path) -> list[Path]:
    if not named.is_dir():
        return []
    below = [path for path in foreign_folder.listed(named) if path.name.startswith(PREFIX)]
    return [path for path in below if path.is_dir() and not path.is_symlink()]


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """What the system refuses inside is told as a backup that was not written."""
    try:
        yield
    except OSError as error:
        raise BackupRefusedError(of_system(error, error.filename or folder), folder=folder) from error


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """What the system refuses inside is told as a backup that cannot be read."""
    try:
        yield
    except OSError as error:
        raise RestoreUnreadableError(of_system(error, error.filename or folder), folder=folder) from error


Progress = Callable[[str], None]
"""Takes a short sentence: what is being done now."""
