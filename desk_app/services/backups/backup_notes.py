"""What the desk remembers of its backups, in its own data folder: when each place was tried, how it went, drills."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app import typed_values
from desk_app.own_files import held_files, owner_only
from desk_app.services.backups.backup_point import BackupPoint

FOLDER, FILE = "backup", "notes.json"
_MOST_PLACES = 20


class PlaceNote(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Of one place: moments UTC ms, 0 for never; `failed` is why the last try came to nothing, "" where it did not.

    `made_at` and the numbers are of the newest backup that was proved; `copied_at` is of one that is not proved yet.
    """

    tried_at: int = 0
    made_at: int = 0
    copied_at: int = 0
    kind: str = ""
    size: int = 0
    events: int = 0
    dossiers: int = 0
    files: int = 0
    damaged: int = 0
    failed: str = ""


class BackupNotes(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """By place, as a person named it; when the restore drill was last walked through, and whether it was well;
    when this desk was itself made of a backup, and of which moment that was. `proving` is the SHA-256 of the base
    whose rows held true up to that number of an event, so far.
    """

    places: dict[str, PlaceNote] = {}
    drilled_at: int = 0
    drill_ok: bool = False
    drill_offered_at: int = 0
    proving: str = ""
    proving_up_to: int = 0
    restored_at: int = 0
    restored_of: int = 0


def own_folder(data: Path) -> Path:
    """The desk's own folder for backups' notes and scratch, made where absent."""
    folder = data / FOLDER
    owner_only.make_folder(folder, exist_ok=True)
    return folder


def read(data: Path) -> BackupNotes:
    """What is remembered; nothing where the file is away or unreadable."""
    try:
        return typed_values.from_json((data / FOLDER / FILE).read_bytes(), BackupNotes)
    except (OSError, msgspec.DecodeError):
        return BackupNotes()


def made(data: Path, named: Path, point: BackupPoint, *, copied_at: int = 0) -> None:
    """A backup was made; one that is not proved yet changes nothing of what is noted of the last that was.

    `copied_at`: of a base that is still to be proved beside it.
    """
    if not point.is_proved:
        before = of_place(data, named)
        _put_place(data, named, replace(before, tried_at=point.made_at, copied_at=point.made_at, failed=""))
        return
    note = PlaceNote(
        tried_at=point.made_at,
        made_at=point.made_at,
        copied_at=copied_at,
        kind=point.kind,
        size=point.bytes + point.file_bytes,
        events=point.events,
        dossiers=point.dossiers,
        files=point.files,
        damaged=point.damaged,
    )
    _put_place(data, named, note)


def failed(data: Path, named: Path, *, at: int, why: str, is_unproved: bool = False) -> None:
    """A try came to nothing; `is_unproved` where a copy was taken away that did not prove true."""
    before = of_place(data, named)
    copied_at = 0 if is_unproved else before.copied_at
    with suppress(OSError):  # a full disk must not hide why the backup failed
        _put_place(data, named, replace(before, tried_at=at, copied_at=copied_at, failed=why))


def proving(data: Path, sha256: str, up_to: int) -> None:
    """The rows of the base of this hash held true up to that number."""
    _write(data, replace(read(data), proving=sha256, proving_up_to=up_to))


def proved_up_to(data: Path, sha256: str) -> int:
    """From where the proof of that base goes on, 0 for its beginning."""
    notes = read(data)
    return notes.proving_up_to if notes.proving == sha256 else 0


def drilled(data: Path, *, at: int, is_ok: bool) -> None:
    _write(data, replace(read(data), drilled_at=at, drill_ok=is_ok))


def drill_offered(data: Path, *, at: int) -> None:
    _write(data, replace(read(data), drill_offered_at=at))


def restored(data: Path, *, at: int, of: int) -> None:
    _write(data, BackupNotes(restored_at=at, restored_of=of))


def of_place(data: Path, named: Path) -> PlaceNote:
    return read(data).places.get(_key(named), PlaceNote())


def _put_place(data: Path, named: Path, note: PlaceNote) -> None:
    notes = read(data)
    places = {**{key: each for key, each in notes.places.items() if key != _key(named)}, _key(named): note}
    newest = sorted(places, key=lambda key: places[key].tried_at)[-_MOST_PLACES:]
    _write(data, replace(notes, places={key: places[key] for key in newest}))


def _write(data: Path, notes: BackupNotes) -> None:
    folder = own_folder(data)
    beside = folder / f"{FILE}.new"
    with beside.open("wb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(notes), indent=1))
        out.flush()
        os.fsync(out.fileno())
    held_files.replace(beside, folder / FILE)


def _key(named: Path) -> str:
    return str(named.absolute())
