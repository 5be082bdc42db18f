"""The folder of the program's versions and its pointers, as the launcher reads them (installer/launcher/launcher.c).

Whoever is killed or loses power while writing here leaves the old version or the new one, never half of one: a version
appears under its name when it is whole and on the disk, a pointer is written beside and renamed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from desk_app import __version__, foreign_folder, typed_values
from desk_app.errors import DeskError
from desk_app.own_files import held_files
from desk_app.protocol.update.manifest import NOTE, ProgramNote, is_version, order

CURRENT, PREVIOUS, NEXT, TRIAL, FAILED = "current", "previous", "next", "trial", "failed"
VERSIONS = "versions"
_POINTER_BYTES = 256


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a pointer file says: a version and the words behind it."""

    version: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgramFolder:
    """`own` can be written; `base` is the system's, which an installer of the system filled, or the same."""

    own: Path
    base: Path

    def pointer(self, name: str) -> Pointer | None:
        """None where it is not there or names no version."""
        return _pointer(self.own / name)

    @property
    def base_version(self) -> str:
        found = _pointer(self.base / CURRENT)
        return found.version if found else ""

    @property
    def trial_state(self) -> str:
        """How far the version that runs has come on trial: "new", "alive", "healthy"; "" where none is on trial."""
        trial = self.pointer(TRIAL)
        return trial.words[0] if trial and trial.version == __version__ and trial.words else ""

    def put(self, name: str, version: str, *words: str) -> None:
        """Durably. Raises `OSError`."""
        foreign_folder.make_folder(self.own)
        foreign_folder.write_whole(self.own / name, [" ".join((version, *words, "\n")).encode("ascii")])

    def drop(self, name: str) -> None:
        if foreign_folder.is_there(self.own / name):
            foreign_folder.remove(self.own / name)

    def note(self, version: str) -> ProgramNote | None:
        """What a version says of itself; None where it is not there whole."""
        if not is_version(version):
            return None
        for folder in (self.own, self.base):
            try:
                told = foreign_folder.whole(folder / VERSIONS / version / NOTE, most=1 << 16)
                return typed_values.from_json(told, ProgramNote)
            except (OSError, DeskError, msgspec.DecodeError):
                continue
        return None

    def program(self, version: str, name: str) -> Path:
        """The program of this name in a version that is there."""
        ending = ".exe" if os.name == "nt" else ""
        own = self.own / VERSIONS / version / f"{name}{ending}"
        return own if own.exists() else self.base / VERSIONS / version / f"{name}{ending}"

    def versions(self) -> list[str]:
        """Those that are there whole, the highest last."""
        found = {name for folder in (self.own, self.base) for name in _names(folder / VERSIONS) if self.note(name)}
        return sorted(found, key=order)

    def tidy(self) -> None:
        """Remove what no pointer names any more, and what a cut left half made."""
        pointers = (self.pointer(name) for name in (CURRENT, PREVIOUS, NEXT, TRIAL))
        wanted = {pointer.version for pointer in pointers if pointer} | {__version__}
        for name in _names(self.own / VERSIONS, hidden=True):
            if name not in wanted and (self.own != self.base or name != self.base_version):
                _remove_version(self.own / VERSIONS / name)


def here(environment: Mapping[str, str]) -> ProgramFolder | None:
    """The folder whose launcher started this program; None where none did: from source, or by hand."""
    own, base = environment.get("DESK_PROGRAMS"), environment.get("DESK_PROGRAMS_BASE")
    return ProgramFolder(Path(own), Path(base or own)) if own else None


def _pointer(file: Path) -> Pointer | None:
    try:
        words = foreign_folder.whole(file, most=_POINTER_BYTES).decode("ascii", "replace").split()
    except (OSError, DeskError):
        return None
    return Pointer(words[0], tuple(words[1:])) if words and is_version(words[0]) else None


def _names(folder: Path, *, hidden: bool = False) -> Iterator[str]:
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    yield from (name for name in names if hidden or not name.startswith("."))


def _remove_version(folder: Path) -> None:
    """The note first: what is half removed then counts as not there."""
    held_files.remove(folder / NOTE, missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
