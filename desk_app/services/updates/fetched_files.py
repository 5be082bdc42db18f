"""Update files that the district sent: pieces in the data folder, then whole files that are taken as from a stick."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from desk_app import __version__
from desk_app.own_files import held_files, owner_only
from desk_app.protocol.update.manifest import is_version, order
from desk_app.protocol.update.update_stream import SUFFIX

FOLDER = "updates"
_PART = ".part"


def newest(data: Path) -> Path | None:
    """The whole file of the highest version above the one that runs; its content is proven when it is taken."""
    found = {}
    with suppress(OSError):
        for file in (data / FOLDER).glob(f"*{SUFFIX}"):
            version = version_of(file)
            if is_version(version) and order(version) > order(__version__):
                found[order(version)] = file
    return found[max(found)] if found else None


def version_of(file: Path) -> str:
    """As the name of a whole file says it."""
    return file.name.removesuffix(SUFFIX).partition("_")[0]


def have(data: Path, sha: str) -> int:
    """How many bytes of this file are here, 0 for none."""
    part = data / FOLDER / f"{sha}{_PART}"
    return part.stat().st_size if part.is_file() else 0


def append(data: Path, sha: str, piece: bytes, *, at: int) -> None:
    """Add what comes at `at`; what a cut left behind it is written over. Raises `OSError`."""
    folder = data / FOLDER
    owner_only.make_folder(folder, exist_ok=True)
    handle = owner_only.open_file(folder / f"{sha}{_PART}", os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "r+b") as file:
        file.truncate(at)
        file.seek(at)
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def finish(data: Path, sha: str, *, version: str, size: int) -> Path | None:
    """Give the whole file its name; None where it is not the file that was promised, and nothing of it is kept."""
    part = data / FOLDER / f"{sha}{_PART}"
    with part.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha or part.stat().st_size != size or not is_version(version):
        held_files.remove(part, missing_ok=True)
        return None
    whole = part.with_name(f"{version}_{sha[:8]}{SUFFIX}")
    held_files.replace(part, whole)
    return whole


def tidy(data: Path, *, keep: str = "") -> None:
    """Remove what is no longer of use: files of this version and older ones, pieces of others than `keep`."""
    with suppress(OSError):
        for file in (data / FOLDER).iterdir():
            version = version_of(file)
            is_new = is_version(version) and order(version) > order(__version__)
            if not is_new and file.name != f"{keep}{_PART}" and file.suffix in (SUFFIX, _PART):
                held_files.remove(file, missing_ok=True)
