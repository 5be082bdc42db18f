"""Sends the law as data: a procedure's next version, working days, units; each read strictly from an office's file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
from msgspec.structs import replace

from desk_app import foreign_folder, places
from desk_app.district.failures import LawFileError, UnopenedLawFileError
from desk_app.district.keys.identity import Identity
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import EVERYBODY, Word
from desk_app.district.storage import Session
from desk_app.domain.bounded_text import MOST_BYTES
from desk_app.domain.calendar.day_file import days_in
from desk_app.domain.calendar.deadlines import DayEntry
from desk_app.domain.notices import DayChange, DaysChanged, ProcedurePatched, UnitsChanged
from desk_app.domain.office_table import FileFault
from desk_app.domain.people.places.unit_changes import UnitChange
from desk_app.domain.people.places.unit_files import changes_in
from desk_app.domain.people.units import Units
from desk_app.domain.procedures.procedure import Procedure
from desk_app.domain.procedures.procedure_patch import canonical, patch_of, patched
from desk_app.domain.procedures.procedure_text import procedure_of
from desk_app.errors import of_system


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What went out: `base` the version it is a patch of, "" for the whole; `bytes` of the patch before packing."""

    code: str
    version: str
    base: str
    in_force_from: str
    size: int


def publish_procedure(
    session: Session, identity: Identity, file: Path, *, in_force_from: str, citation: str, at: int
) -> Published:
    """Send `<code>.toml` to every desk, as a patch of the version sent before where there is one.

    `in_force_from` (ISO) overrides the file's. Raises `CatalogueFileError`, `LawFileError`.
    """
    new = procedure_of(_text(file), file=file.name, source="district")
    if in_force_from:
        new = replace(new, in_force_from=in_force_from)
    if not new.in_force_from:
        raise LawFileError(file=file.name, why="chưa có ngày hiệu lực (in_force_from, hoặc --from)")
    sent = published(session, identity, new.code)
    if any(each.version == new.version for each in sent):
        same = any(canonical(each) == canonical(new) for each in sent)
        why = f"phiên bản {new.version} đã phát hành" + ("" if same else " với nội dung khác; đổi mục version")
        raise LawFileError(file=file.name, why=why)
    base = sent[-1] if sent else None
    notice = patch_of(new, base, citation=citation)
    writer.append_signed(session, identity, EVERYBODY, [Word(payload=notice)], at=at)
    return Published(
        code=new.code,
        version=new.version,
        base=notice.base,
        in_force_from=new.in_force_from,
        size=len(msgspec.json.encode(notice.patch)),
    )


def published(session: Session, identity: Identity, code: str) -> list[Procedure]:
    """The versions of a procedure that this district has sent, in order."""
    by_version: dict[str, Procedure] = {}
    for _, event in writer.own_events(session, identity, scope=EVERYBODY):
        notice = event.payload
        if isinstance(notice, ProcedurePatched) and notice.code == code:
            try:
                by_version[notice.version] = patched(notice, by_version.get(notice.base))
            except ValueError:
                continue  # its base was lost with an old log: desks have it, we send whole again
    return list(by_version.values())


def names(session: Session, identity: Identity) -> dict[str, str]:
    """What each procedure is called: as shipped with the program, or as last sent."""
    found = {each.code: each.title for each in _shipped()}
    for _, event in writer.own_events(session, identity, scope=EVERYBODY):
        if isinstance(event.payload, ProcedurePatched):
            title = event.payload.patch.get("short_name") or event.payload.patch.get("name")
            if isinstance(title, str):
                found[event.payload.code] = title
    return found


@cache
def _shipped() -> tuple[Procedure, ...]:
    files = sorted((places.resources() / "catalogue").glob("*.toml"))
    return tuple(procedure_of(_text(file), file=file.name, source="program") for file in files)


def publish_days(session: Session, identity: Identity, file: Path, *, citation: str, at: int) -> tuple[DayEntry, ...]:
    """Send the days of a file, TOML or a table, to every desk. Raises `LawFileError`."""
    try:
        entries = tuple(days_in(_bytes(file), file=file.name))
    except FileFault as error:
        raise LawFileError(file=file.name, why=error) from error
    changes = tuple(
        DayChange(date=each.date, kind=each.kind.value, name=each.name, decision=each.decision) for each in entries
    )
    writer.append_signed(
        session, identity, EVERYBODY, [Word(payload=DaysChanged(days=changes, citation=citation))], at=at
    )
    return entries


def publish_units(
    session: Session, identity: Identity, file: Path, *, citation: str, at: int
) -> tuple[UnitChange, ...]:
    """Send the changes of administrative units that a file says to every desk. Raises `LawFileError`."""
    try:
        read = changes_in(_bytes(file), file=file.name, known=_units_on)
    except FileFault as error:
        raise LawFileError(file=file.name, why=error) from error
    if read.not_understood:
        raise LawFileError(file=file.name, why=": ".join(read.not_understood[0]))
    if not read.changes:
        raise LawFileError(file=file.name, why="không khác gì danh mục đang có")
    word = Word(payload=UnitsChanged(changes=read.changes, citation=citation))
    writer.append_signed(session, identity, EVERYBODY, [word], at=at)
    return read.changes


def _units_on(day: str) -> Units:
    """The units of a day as the program carries them."""
    folder = places.resources() / "units"
    files = {file.stem: json.loads(file.read_text("utf-8")) for file in folder.glob("*.json")}
    return Units.from_json(files, on=day)


def _bytes(file: Path) -> bytes:
    try:
        return foreign_folder.whole(file, most=MOST_BYTES)
    except OSError as error:
        raise UnopenedLawFileError(of_system(error, file), file=file.name) from error


def _text(file: Path) -> str:
    try:
        return _bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LawFileError(file=file.name, why="tệp phải là văn bản UTF-8") from error
