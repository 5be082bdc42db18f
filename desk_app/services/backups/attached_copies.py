"""The attached files of a desk beside its backups: each is sealed already, has a name of its own, and never changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from desk_app import foreign_folder
from desk_app.errors import FileGoneError
from desk_app.own_files import owner_only
from desk_app.services.backups.backup_place import BackupPlace
from desk_app.store.attachments import files
from desk_app.store.attachments.files import SealedCopy
from desk_app.store.database.database import DeskDatabase

_LONGEST = 2 * files.LARGEST


class CopiedFiles(Struct, frozen=True):
    """How many files a backup has and their bytes; the numbers of those that the desk itself has lost or spoilt."""

    count: int
    size: int
    damaged: tuple[int, ...]


def bring(
    place: BackupPlace,
    db: DeskDatabase,
    key: bytes,
    data: Path,
    *,
    total: tuple[int, int],
    within: Collection[range] | None = None,
) -> CopiedFiles:
    """Copy what the place lacks, read each back and prove its content.

    `db` says which files there are; they lie in the data folder `data`. `total` is how many are whole there, and their
    bytes as they lie sealed. `within` are the numbers to look at where the
    base has brought the others: a large desk has more files than can be looked at several times a day.

    Raises `OSError`, and of a place that gives back other bytes `UnlikeWrittenError`.
    """
    if within is None:
        looked_at, there = files.sealed_copies(db, key, data), dict(_there(place))
    else:
        looked_at = files.sealed_copies(db, key, data, within=within)
        there = {kept.name: size for kept in looked_at if (size := _size_there(place, kept.name)) is not None}
    count, size = total
    damaged = []
    for kept in looked_at:
        if there.get(kept.name) != kept.size and not _is_brought(place, kept):
            damaged.append(kept.n)
            count, size = count - 1, size - kept.size
    return CopiedFiles(count, size, tuple(damaged))


def take(place: BackupPlace, folder: Path, kept: SealedCopy) -> bool:
    """Put one file into the data folder `folder`; whether it was whole."""
    path = _path(place, kept.name)
    if not foreign_folder.is_file(path):
        return False
    target = folder / files.FOLDER / kept.name
    owner_only.make_folder(target.parent, exist_ok=True)
    foreign_folder.write_whole(target, foreign_folder.pieces(path, most=_LONGEST), is_private=True)
    return files.is_whole(kept.at(target))


def is_sound(place: BackupPlace, kept: SealedCopy) -> bool:
    """Whether the copy is there and holds the content that its name promises."""
    path = _path(place, kept.name)
    return foreign_folder.is_file(path) and files.is_whole(kept.at(path))


def forget(place: BackupPlace, names: Iterable[str]) -> None:
    """Take away these copies, which no backup names any more."""
    for name in names:
        foreign_folder.remove(_path(place, name))


def names_there(place: BackupPlace) -> set[str]:
    return {name for name, _ in _there(place)}


def _is_brought(place: BackupPlace, kept: SealedCopy) -> bool:
    if kept.path is None or not kept.path.is_file():
        return False
    target = _path(place, kept.name)
    foreign_folder.make_folder(target.parent)
    try:
        content = foreign_folder.pieces(kept.path, most=_LONGEST)
        foreign_folder.write_whole(target, content, is_private=True, reads_back=True)
    except FileGoneError:
        return False
    return files.is_whole(kept.at(target))


def _size_there(place: BackupPlace, name: str) -> int | None:
    path = _path(place, name)
    return path.lstat().st_size if foreign_folder.is_file(path) else None


def _there(place: BackupPlace) -> Iterator[tuple[str, int]]:
    if not place.files.is_dir():
        return
    for folder in foreign_folder.listed(place.files):
        if folder.is_dir() and not folder.is_symlink():
            for path in foreign_folder.listed(folder):
                yield path.name, path.lstat().st_size


def _path(place: BackupPlace, name: str) -> Path:
    return place.files / name[:2] / name
