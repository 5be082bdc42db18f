"""Update files that this district offers to its desks: proven when they come, under names that say what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from desk_app import foreign_folder
from desk_app.district.failures import FolderRefusedError
from desk_app.errors import DeskError, of_system
from desk_app.errors.updates import NoUpdateFileError
from desk_app.protocol.update import offers, update_stream
from desk_app.protocol.update.manifest import ReleaseKeys, UpdateManifest, is_version, order
from desk_app.protocol.update.offers import UpdateOffer
from desk_app.protocol.update.release_keys import release_keys
from desk_app.protocol.update.update_stream import MOST_FILE, SUFFIX

FOLDER = "updates"


def add(folder: Path, file: Path, *, keys: ReleaseKeys | None = None) -> tuple[UpdateOffer, UpdateManifest]:
    """Prove the file and keep a copy of it for the desks of its system, in the place of an older one.

    Raises what `update_stream.proven` raises, and what the machine refuses.
    """
    manifest = update_stream.proven(_pieces(file), keys or release_keys())
    digest = hashlib.sha256()
    for piece in _pieces(file):
        digest.update(piece)
    note = manifest.note
    place = folder / FOLDER / f"{note.version}_{note.platform}_{digest.hexdigest()}{SUFFIX}"
    try:
        foreign_folder.make_folder(place.parent)
        size = foreign_folder.write_whole(place, _pieces(file), reads_back=True)
        for other, old in _files(folder):
            is_outdone = old.platform == note.platform and order(old.version) <= order(note.version)
            if is_outdone and other.name != place.name:
                foreign_folder.remove(other)
    except OSError as error:
        raise FolderRefusedError(of_system(error, place.parent), folder=place.parent) from error
    return UpdateOffer(version=note.version, platform=note.platform, size=size, sha256=digest.hexdigest()), manifest


def remove(folder: Path, version: str) -> list[UpdateOffer]:
    """Offer this version no more; what was offered of it. Raises `NoUpdateFileError`."""
    gone = [(file, offer) for file, offer in _files(folder) if offer.version == version]
    if not gone:
        raise NoUpdateFileError(place=FOLDER)
    for file, _ in gone:
        foreign_folder.remove(file)
    return [offer for _, offer in gone]


def offered(folder: Path, *, platform: str = "") -> list[UpdateOffer]:
    """The highest version of each system, or of this one."""
    best: dict[str, UpdateOffer] = {}
    for _, offer in _files(folder):
        known = best.get(offer.platform)
        if platform in ("", offer.platform) and (known is None or order(known.version) < order(offer.version)):
            best[offer.platform] = offer
    return [best[name] for name in sorted(best)]


def piece(folder: Path, sha: str, *, at: int, most: int) -> bytes | None:
    """So many bytes of the file with this SHA-256, b"" behind its end; None where it is not offered."""
    found = next((file for file, offer in _files(folder) if offer.sha256 == sha), None)
    if found is None:
        return None
    try:
        with foreign_folder.reading(found, most=MOST_FILE) as file:
            file.seek(at)
            return file.read(most)
    except (OSError, DeskError):
        return None


def _files(folder: Path) -> Iterator[tuple[Path, UpdateOffer]]:
    try:
        files = foreign_folder.listed(folder / FOLDER, suffix=SUFFIX)
    except (OSError, DeskError):
        return
    for file in files:
        version, _, rest = file.name.removesuffix(SUFFIX).partition("_")
        platform, _, sha = rest.rpartition("_")
        if is_version(version) and offers.is_sha(sha) and foreign_folder.is_file(file):
            yield file, UpdateOffer(version=version, platform=platform, size=file.stat().st_size, sha256=sha)


def _pieces(file: Path) -> Iterator[bytes]:
    try:
        yield from foreign_folder.pieces(file, most=MOST_FILE)
    except OSError as error:
        raise of_system(error, file) from error
