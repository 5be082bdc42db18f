"""Takes a new version from a file: checked, unpacked beside the one that runs, tested, chosen for the next start.

The version that runs is not touched, and nothing of the desk's data. Whatever refuses leaves all as it was.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desk_app import __version__, foreign_folder
from desk_app.errors import DeskError, of_system
from desk_app.errors.updates import (
    NotInstalledError,
    NoUpdateFileError,
    OlderUpdateError,
    OtherPlatformUpdateError,
    SameUpdateError,
    SkippedUpdateError,
    UpdateNoRoomError,
    UpdateRefusedByDiskError,
    UpdateUntestedError,
)
from desk_app.protocol.update import update_stream
from desk_app.protocol.update.manifest import ReleaseKeys, UpdateManifest, order
from desk_app.protocol.update.release_keys import release_keys
from desk_app.protocol.update.update_stream import MOST_FILE, SUFFIX
from desk_app.services.updates import program_folder
from desk_app.services.updates.program_folder import NEXT, VERSIONS, ProgramFolder
from desk_app.services.updates.version_maker import VersionMaker
from desk_app.store.database import schema

_SPARE = 32 << 20
"""Bytes that the disk must have left besides the new version."""
SELFTEST_S = 60.0
"""The self-test takes 20 s at most; the files of a new version are read from the disk for the first time."""
Progress = Callable[[int, int], None]
"""Hears how many bytes of how many are written."""
Tester = Callable[[Path], str]
"""Runs the self-test of a program; "" or what was wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """An update file that this machine can take: which version, what is new in it, how much it writes."""

    file: Path
    version: str
    news: str
    made_on: str
    size: int


def platform() -> str:
    """What update files name a machine like this one."""
    return f"{'windows' if sys.platform == 'win32' else 'linux'}-amd64"


def looked_at(place: Path, *, keys: ReleaseKeys | None = None) -> NewVersion:
    """Read an update file through, or the best one in a folder, and prove it. Nothing is written.

    Raises `NoUpdateFileError`, what `update_stream.proven` raises, `OlderUpdateError`, `SameUpdateError`,
    `OtherPlatformUpdateError`, `SkippedUpdateError`, and what the machine refuses.
    """
    if not place.is_dir():
        return _proven(place, keys or release_keys())
    return _best(place, keys or release_keys())


def take(
    new: NewVersion,
    folder: ProgramFolder,
    *,
    keys: ReleaseKeys | None = None,
    progress: Progress = lambda _done, _whole: None,
    tested: Tester | None = None,
) -> None:
    """Unpack, test, and name it for the next start. Raises as `looked_at`, and `UpdateNoRoomError`,
    `UpdateRefusedByDiskError`, `UpdateUntestedError`.
    """
    trust = keys or release_keys()
    versions = folder.own / VERSIONS
    try:
        foreign_folder.make_folder(versions)
        folder.tidy()
        free = shutil.disk_usage(versions).free
    except OSError as error:
        raise UpdateRefusedByDiskError(of_system(error, versions)) from error
    if free < new.size + _SPARE:
        raise UpdateNoRoomError(needed=(new.size + _SPARE) >> 20, free=free >> 20)
    with VersionMaker(versions) as maker:
        try:
            update_stream.unpack(
                _pieces(new.file),
                maker,
                trust,
                progress=lambda done: progress(done, new.size),
            )
            place = maker.finish(new.version)
        except OSError as error:
            raise UpdateRefusedByDiskError(of_system(error, versions)) from error
    wrong = (tested or selftest)(folder.program(new.version, "desk-app"))
    if wrong:
        shutil.rmtree(place, ignore_errors=True)
        raise UpdateUntestedError(version=new.version, why=wrong)
    try:
        folder.drop(program_folder.FAILED)
        folder.put(NEXT, new.version)
    except OSError as error:
        raise UpdateRefusedByDiskError(of_system(error, folder.own)) from error


def take_here(new: NewVersion) -> None:
    """The same for the program that runs. Raises as `take`, and `NotInstalledError`."""
    folder = folder_of_this_program()
    if folder is None:
        raise NotInstalledError
    take(new, folder)


def selftest(program: Path) -> str:
    """What was wrong, in a few words; "" where the program tested itself well."""
    try:
        done = subprocess.run(
            [program, "--selftest"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SELFTEST_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return f"quá {SELFTEST_S:.0f} giây"
    except OSError as error:
        return f"không chạy được: {errno.errorcode.get(error.errno or 0, '?')}"
    return "" if done.returncode == 0 else f"mã {done.returncode}"


# --- which file ------------------------------------------------------------------------------------------------------


def _best(place: Path, keys: ReleaseKeys) -> NewVersion:
    """The highest version in the folder that this machine can take; else why the last one is refused."""
    refused: DeskError = NoUpdateFileError(place=place.name or place)
    found: list[NewVersion] = []
    try:
        files = foreign_folder.listed(place, suffix=SUFFIX)
    except OSError as error:
        raise of_system(error, place) from error
    for file in files:
        try:
            found.append(_proven(file, keys))
        except DeskError as error:
            told = isinstance(refused, NoUpdateFileError) or not isinstance(error, OtherPlatformUpdateError)
            refused = error if told else refused
    if not found:
        raise refused
    return max(found, key=lambda new: order(new.version))


def _proven(file: Path, keys: ReleaseKeys) -> NewVersion:
    """What the manifest says is refused before the rest is read: a wrong platform costs no minute on a slow stick."""
    told = update_stream.manifest_of(_pieces(file), keys)
    refuse_unfit(told)
    told = update_stream.proven(_pieces(file), keys)
    return NewVersion(file=file, version=told.version, news=told.news, made_on=told.made_on, size=told.installed_size)


def refuse_unfit(told: UpdateManifest) -> None:
    """Raises `OtherPlatformUpdateError`, `OlderUpdateError`, `SameUpdateError`, `SkippedUpdateError`."""
    note = told.note
    if note.platform != platform():
        raise OtherPlatformUpdateError(platform=note.platform, mine=platform())
    if order(note.version) == order(__version__):
        raise SameUpdateError(version=note.version)
    if order(note.version) < order(__version__):
        raise OlderUpdateError(version=note.version, mine=__version__)
    if note.oldest_data > schema.VERSION:
        raise SkippedUpdateError(version=note.version, mine=__version__)


def _pieces(file: Path) -> Iterator[bytes]:
    try:
        yield from foreign_folder.pieces(file, most=MOST_FILE)
    except OSError as error:
        raise of_system(error, file) from error


def folder_of_this_program() -> ProgramFolder | None:
    """Where the launcher that started this program stands; None for a program that no launcher started."""
    return program_folder.here(os.environ)
