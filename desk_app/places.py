"""Where things are: resources and forms beside the source or in a frozen program, and the desk's data folder."""

from __future__ import annotations

import ntpath
import os
import sys
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeVar

from desk_app.lazy import lazy

if TYPE_CHECKING:
    import platformdirs
else:
    platformdirs = lazy("platformdirs")  # only where no folder is named

_P = TypeVar("_P", bound=PurePath)
_WINDOWS_LONGEST = 240
"""Characters from which a path is told to Windows in the way that has no limit: 260 less a short name and an ending."""

_BELOW = 100
"""Characters of the longest name below the data folder."""


@cache
def program_root(module: str = __file__) -> Path:
    """The folder that holds resources/ and forms/: that of the modules, or beside the archive of the modules."""
    above = Path(module).resolve().parent.parent
    return above.parent if above.suffix == ".zip" else above


def is_installed() -> bool:
    """The program is an executable of its own: program.c in installer/linux and installer/windows says so by -X."""
    return "installed" in sys._xoptions  # noqa: SLF001 - CPython documents it


def terminal_command() -> list[str]:
    """How the program's own terminal is started: beside this program where it is installed, else by its interpreter."""
    return _beside("desk-app") if is_installed() else [sys.executable, "-m", "desk_app"]


def window_command() -> list[str]:
    """How a window of the program is started, whether this is the window or the terminal."""
    return _beside("ban-mot-cua") if is_installed() else [sys.executable, str(program_root() / "main.py")]


def this_command() -> list[str]:
    """How this program was started, with its words, so that it can begin anew."""
    return [sys.executable, *(sys.argv[1:] if is_installed() else sys.orig_argv[1:])]


def _beside(name: str) -> list[str]:
    return [str(Path(sys.executable).with_name(f"{name}{Path(sys.executable).suffix}"))]


def resources() -> Path:
    return program_root() / "resources"


def forms() -> Path:
    """The forms that ship with the program; an office's own are in `data_folder / "forms"`."""
    return program_root() / "forms"


def notices() -> Path:
    """Whose work goes with the program, and under which licences."""
    return program_root() / "docs" / "notices.md"


def environment_of_children() -> dict[str, str]:
    """The variables for a program of the system that this one starts: without those an installed one made for itself.

    Else `lp` would load our libraries instead of its own. From source this is the environment as it is.
    """
    own = dict(os.environ)
    if is_installed():
        own.pop("LD_LIBRARY_PATH", None)
        before = own.pop("LD_LIBRARY_PATH_ORIG", "")
        if before:
            own["LD_LIBRARY_PATH"] = before
    return own


def state_folder() -> Path:
    """What this user's account remembers of desks, wherever their folders are: DESK_STATE, else the platform's."""
    named = os.environ.get("DESK_STATE")
    return Path(named) if named else Path(platformdirs.user_state_dir("ban-mot-cua", appauthor=False))


def data_folder(chosen: str | None = None) -> Path:
    """`--data`, else DESK_DATA, else the platform's user-data folder."""
    named = chosen or os.environ.get("DESK_DATA")
    folder = Path(named) if named else Path(platformdirs.user_data_dir("ban-mot-cua", appauthor=False))
    return reachable(folder, room=_BELOW)


def reachable(path: _P, *, room: int = 0, windows: bool = sys.platform == "win32") -> _P:
    r"""A long absolute path as Windows takes it whatever its settings are, with \\?\ before it; others as they are.

    `room`: characters that come behind it. Microsoft, "Maximum Path Length Limitation". Behind that
    mark Windows reads no `..` and no `/`.
    """
    text = str(path)
    if not windows or len(text) + room < _WINDOWS_LONGEST or text.startswith("\\\\?\\") or not path.is_absolute():
        return path
    plain = ntpath.normpath(text)
    return type(path)(f"\\\\?\\UNC\\{plain[2:]}" if plain.startswith("\\\\") else f"\\\\?\\{plain}")
