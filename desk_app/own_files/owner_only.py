"""Files and folders for the eyes of this account alone: the one place that sets rights, and reads back what it set.

Elsewhere than on Windows the mode of the file says it. Windows ignores modes: there an access list of its own, which
inherits nothing, lets in the account and the system. A drive that keeps no rights at all (FAT, exFAT: most sticks)
cannot close anything; `can_close` asks for that, and nothing is refused there.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desk_app.lazy import lazy
from desk_app.own_files import held_files

if TYPE_CHECKING:
    from desk_app.own_files import access_list
else:
    access_list = lazy("desk_app.own_files.access_list")

_FILE, _FOLDER, _OTHERS = 0o600, 0o700, 0o077
_ADMINISTRATORS = frozenset({"BA", "S-1-5-32-544"})
"""They may take any file of a Windows machine, as root may elsewhere: their right is no news."""


class AccessLists(Protocol):
    """What is asked of a system that keeps a list of who may use a file. All raise `OSError`."""

    def keeps_lists(self, path: Path) -> bool:
        """Whether the drive of `path` keeps such lists."""

    def close(self, path: Path) -> None:
        """Let in this account and the system alone; what is made in a folder later is closed likewise."""

    def others(self, path: Path) -> list[str]:
        """Whom else the list lets in, as the system names them."""


def lists_of(platform: str = sys.platform) -> AccessLists | None:
    """The access lists of this system; None where the mode of a file says everything."""
    return access_list.Windows() if platform == "win32" else None


class StillOpenError(PermissionError):
    """The system says that it closed a file or folder, and others may still read it."""


def open_file(path: Path | str, flags: int, *, dir_fd: int | None = None, lists: AccessLists | None = None) -> int:
    """`os.open`; what it makes anew is closed to others before anything is written. Raises `OSError`."""
    lists = lists or lists_of()
    if lists is None or not flags & os.O_CREAT:
        return held_files.patiently(lambda: os.open(path, flags, _FILE, dir_fd=dir_fd))
    try:
        handle = os.open(path, flags | os.O_EXCL, _FILE, dir_fd=dir_fd)
    except FileExistsError:
        if flags & os.O_EXCL:
            raise
        return held_files.patiently(lambda: os.open(path, flags, _FILE, dir_fd=dir_fd))
    try:
        close(Path(path), lists=lists)
    except BaseException:
        os.close(handle)
        os.unlink(path, dir_fd=dir_fd)
        raise
    return handle


def make_folder(
    folder: Path, *, parents: bool = False, exist_ok: bool = False, lists: AccessLists | None = None
) -> None:
    """A folder that only its owner looks into; one that is there keeps its rights. Raises `OSError`."""
    is_new = not os.path.lexists(folder)
    folder.mkdir(mode=_FOLDER, parents=parents, exist_ok=exist_ok)
    lists = lists or lists_of()
    if is_new and lists is not None:
        close(folder, lists=lists)


def close(path: Path, *, lists: AccessLists | None = None) -> None:
    """Close a file or folder that is there to others. Raises `StillOpenError`, `OSError`."""
    lists = lists or lists_of()
    if lists is None:
        path.chmod(_FOLDER if path.is_dir() else _FILE)
        return
    if not lists.keeps_lists(path):
        return
    lists.close(path)
    if lists.others(path):
        raise StillOpenError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def is_open_to_others(path: Path, *, lists: AccessLists | None = None) -> bool:
    """Whether other accounts of the machine get in, by the file's own rights. Raises `OSError`."""
    lists = lists or lists_of()
    if lists is None:
        return bool(stat.S_IMODE(path.stat().st_mode) & _OTHERS)
    return not lists.keeps_lists(path) or not _ADMINISTRATORS.issuperset(lists.others(path))


def can_close(path: Path, *, lists: AccessLists | None = None) -> bool:
    """Whether the drive of `path` keeps rights; elsewhere than on Windows nobody is asked. Raises `OSError`."""
    lists = lists or lists_of()
    return lists is None or lists.keeps_lists(path)


def how_to_close(folder: Path, *, lists: AccessLists | None = None) -> str:
    """What closes a folder and all in it to others, as the system's own command in a sentence. Raises `OSError`."""
    lists = lists or lists_of()
    if lists is None:
        return "Chạy: chmod -R go= và đường dẫn thư mục dữ liệu."
    if not lists.keeps_lists(folder):
        return "Ổ này không giữ quyền riêng (FAT, exFAT): chuyển thư mục dữ liệu sang ổ NTFS."
    return (
        "Mở cửa sổ lệnh ở thư mục dữ liệu, chạy: icacls . /inheritance:r /grant:r %USERNAME%:(OI)(CI)F"
        " SYSTEM:(OI)(CI)F rồi chạy: icacls * /reset /T"
    )
