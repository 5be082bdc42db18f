"""A new version that the district offers: asked for once a day in a round, fetched in pieces, proven when it is whole.

Only for a program that an installer put there: another one could not take it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app import __version__, typed_values
from desk_app.errors import DeskError, StoppedError
from desk_app.own_files import held_files, owner_only
from desk_app.protocol.update.manifest import ReleaseKeys, order
from desk_app.protocol.update.offers import UpdateOffer
from desk_app.services.updates import fetched_files, taking_in
from desk_app.sync.line.district_client import Line
from desk_app.sync.rounds import updates_lane

DAY_BYTES = 20 << 20
"""What a day may cost on a counter's line, as for its own files."""
_NOTE = "fetching.json"
_log = logging.getLogger(__name__)


class FetchNote(Struct, frozen=True, kw_only=True):
    """What was offered last, on which day (ISO) that was asked, and how many bytes came on that day."""

    asked_on: str = ""
    bytes_today: int = 0
    offer: UpdateOffer | None = None


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The data folder as an `UpdateStore`, which counts what comes."""

    data: Path
    came: Callable[[int], None]

    def have(self, sha: str) -> int:
        return fetched_files.have(self.data, sha)

    def append(self, sha: str, piece: bytes, *, at: int) -> None:
        fetched_files.append(self.data, sha, piece, at=at)
        self.came(len(piece))


def fetch(
    data: Path, url: str, tls: str, *, stop: Event, today: date, keys: ReleaseKeys | None = None, again: bool = False
) -> Path | None:
    """Go on with what is offered; the whole file once it is here and proven, else None.

    Whatever fails leaves the round as it is and is tried again in a later one. `again` asks although it asked today.
    """
    line = Line(url, tls, stop=stop)
    try:
        return _fetched(data, line, today=today, keys=keys, again=again)
    except (DeskError, OSError) as error:
        if isinstance(error, StoppedError):
            raise
        _log.info("an update was not fetched: %s", type(error).__name__)
        return None
    finally:
        line.close()


def _fetched(data: Path, line: Line, *, today: date, keys: ReleaseKeys | None, again: bool) -> Path | None:
    note = _note(data)
    if note.asked_on != today.isoformat() or again:
        bytes_today = note.bytes_today if note.asked_on == today.isoformat() else 0
        found = [offer for offer in updates_lane.offered(line, taking_in.platform()) if _is_wanted(data, offer)]
        best = max(found, key=lambda offer: order(offer.version)) if found else None
        note = FetchNote(asked_on=today.isoformat(), bytes_today=bytes_today, offer=best)
        fetched_files.tidy(data, keep=best.sha256 if best else "")
        _keep(data, note)
    offer = note.offer
    if offer is None or not _is_wanted(data, offer):
        return None
    came: list[int] = []
    try:
        is_whole = updates_lane.fetch(line, offer, _Pieces(data, came.append), budget=DAY_BYTES - note.bytes_today)
    finally:
        if came:
            _keep(data, replace(note, bytes_today=note.bytes_today + sum(came)))
    return _proven(data, offer, keys) if is_whole else None


def _proven(data: Path, offer: UpdateOffer, keys: ReleaseKeys | None) -> Path | None:
    """The whole file, where those who release the program signed it; else it goes away again."""
    file = fetched_files.finish(data, offer.sha256, version=offer.version, size=offer.size)
    if file is None:
        return None
    try:
        taking_in.looked_at(file, keys=keys)
    except DeskError:
        held_files.remove(file, missing_ok=True)
        raise
    return file


def _is_wanted(data: Path, offer: UpdateOffer) -> bool:
    here = fetched_files.newest(data)
    known = fetched_files.version_of(here) if here else __version__
    return offer.platform == taking_in.platform() and order(offer.version) > order(known)


def _note(data: Path) -> FetchNote:
    try:
        return typed_values.from_json((data / fetched_files.FOLDER / _NOTE).read_bytes(), FetchNote)
    except (OSError, msgspec.DecodeError):
        return FetchNote()


def _keep(data: Path, note: FetchNote) -> None:
    """Losing the note costs one question; it is not waited for."""
    place = data / fetched_files.FOLDER / _NOTE
    with suppress(OSError):
        owner_only.make_folder(place.parent, exist_ok=True)
        place.write_bytes(msgspec.json.encode(note))
