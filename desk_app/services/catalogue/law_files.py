"""A file or folder of law as data, whatever it is: recognised, looked at without writing, and taken in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desk_app import foreign_folder
from desk_app.documents.forms import ending_law
from desk_app.domain.bounded_text import MOST_BYTES
from desk_app.domain.calendar.dates import shown
from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.office_table import FileFault, text_of
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures.procedure import Procedure
from desk_app.domain.procedures.procedure_text import procedure_of
from desk_app.domain.text import fold
from desk_app.errors import BecauseError, CatalogueFileError, DeskError, of_system
from desk_app.services.accounts import session
from desk_app.services.catalogue import imports, own_unit, units
from desk_app.services.catalogue.imports import Imported
from desk_app.services.catalogue.units import UnitsImported
from desk_app.services.desk.desk import Desk, apart
from desk_app.store.reference import catalogue, days

CATALOGUE, HOLIDAYS, UNITS, PROCEDURE = "catalogue", "holidays", "units", "procedure"
_PROCEDURE_FILE = re.compile(r"[0-9]\.[0-9]{6}\.toml", re.IGNORECASE)
_LISTS = ("catalogue.jsonl", "details.jsonl")


class UnknownLawFileError(DeskError):
    message = "Không nhận ra {file} là danh mục thủ tục, lịch nghỉ hay đơn vị hành chính."
    remedy = (
        "Chọn thư mục có catalogue.jsonl, details.jsonl (thủ tục), tệp TOML mang mã của một thủ tục như 1.000656.toml, "
        "tệp CSV hoặc TOML có cột date, kind, name (lịch nghỉ), hoặc tệp JSON, CSV có mục changes hay cột code "
        "(đơn vị hành chính)."
    )


class NoLawFileError(BecauseError):
    message = "Không mở được {file}."
    remedy = "Kiểm tra đường dẫn; nếu ở trên USB thì cắm lại USB rồi chọn lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class LawChanges:
    """What taking a file in changes, or would: each line says one thing; `not_understood` is (place, why)."""

    kind: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    retired: tuple[str, ...] = ()
    not_understood: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.retired)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawState:
    """What this desk goes by today, in words; `new_name` is the office's unit under its new name, else "".

    `forms` are those whose law ends soon while their successor is unknown, a line for each law; "" for none.
    """

    procedures: str
    holidays: str
    units: str
    new_name: str
    forms: str


def state(desk: Desk) -> LawState:
    """How old each kind of law is here. May be asked of a reader."""
    today = desk.today()
    found = catalogue.choices(desk.db, today.isoformat())
    national = sum(each.source == "national" for each in found)
    sure = sorted(desk.calendar.confirmed_years)
    edition = units.state(today, desk)
    own = own_unit.new_name(desk)
    old = "; đã quá sáu tháng, hỏi cấp trên bản mới" if edition.is_old else ""
    coming = f"; bản tiếp theo từ {shown(edition.coming.version)}" if edition.coming else ""
    return LawState(
        procedures=f"{len(found)} thủ tục đang có hiệu lực, {national} từ danh mục quốc gia",
        holidays=f"đã xác nhận năm {', '.join(map(str, sure))}" if sure else "chưa năm nào được xác nhận",
        units=f"bản từ {shown(edition.edition.version)}, xem thay đổi đến {shown(edition.looked_on)}{coming}{old}",
        new_name=own.in_words if own else "",
        forms="\n".join(ending_law.endings(desk.forms, today)),
    )


def look(desk: Desk, place: Path) -> LawChanges:
    """What `take_in` would change; writes nothing, and may be asked of a reader on another thread.

    Raises `UnknownLawFileError`, `NoLawFileError`, and the errors of each kind of file.
    """
    kind, place = _recognised(place)
    if kind == CATALOGUE:
        return _of_catalogue(imports.compare_catalogue(desk, place))
    if kind == UNITS:
        return _of_units(units.compare_units(desk, place))
    if kind == PROCEDURE:
        read = _procedure(place)
        return _of_procedure(read, catalogue.compared(desk.db, read))
    return _of_days(desk, place)


def take_in(desk: Desk, place: Path) -> LawChanges:
    """Take the file in, whole or not at all; opens its own connection, for a job's thread. Raises as `look` does."""
    kind, place = _recognised(place)
    with apart(desk) as own:
        if kind == CATALOGUE:
            return _of_catalogue(imports.import_catalogue(own, place))
        if kind == UNITS:
            return _of_units(units.import_units(own, place))
        if kind == PROCEDURE:
            read = _procedure(place)
            with session.deed(own, Permission.LAW):
                return _of_procedure(read, catalogue.put(own.db, read, added_at=milliseconds(own.now())))
        told = _of_days(own, place)
        imports.import_days(own, place)
        return told


def _recognised(place: Path) -> tuple[str, Path]:
    """The kind of a file or folder by what is in it, and the place to read."""
    if place.is_dir():
        if any(foreign_folder.is_there(place / name) for name in _LISTS):
            return CATALOGUE, place
        raise UnknownLawFileError(file=place.name)
    if place.name in _LISTS:
        return CATALOGUE, place.parent
    try:
        text = text_of(foreign_folder.whole(place, most=MOST_BYTES))
    except OSError as error:
        raise NoLawFileError(of_system(error, place), file=place.name) from error
    except FileFault as error:
        raise imports.DaysFileError(file=place.name, why=error) from error
    if place.suffix.lower() == ".toml":
        return PROCEDURE if _PROCEDURE_FILE.fullmatch(place.name) else HOLIDAYS, place
    if text.lstrip().startswith("{"):
        return UNITS, place
    heading = fold(next((line for line in text.splitlines() if line.strip(" ,;\t")), "")).split()
    if "code" in heading or "ma" in heading:
        return UNITS, place
    if {"date", "ngay"} & set(heading) or text[:4].isdigit() or text[:2].isdigit():
        return HOLIDAYS, place
    raise UnknownLawFileError(file=place.name)


def _of_catalogue(done: Imported) -> LawChanges:
    return LawChanges(
        kind=CATALOGUE,
        added=_named(done.added, done),
        changed=_named(done.changed, done),
        unchanged=len(done.unchanged),
        retired=_named(done.retired, done),
        not_understood=tuple((each.row, each.why) for each in done.not_understood),
    )


def _procedure(file: Path) -> Procedure:
    """The version that an office wrote. Raises `CatalogueFileError`, `NoLawFileError`."""
    try:
        text = foreign_folder.whole(file, most=MOST_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise NoLawFileError(of_system(error, file), file=file.name) from error
    except UnicodeDecodeError as error:
        raise CatalogueFileError(file=file.name, place="tệp", why="không phải văn bản UTF-8") from error
    return procedure_of(text, file=file.name.lower(), source="office")


def _of_procedure(read: Procedure, outcome: str) -> LawChanges:
    line = f"{read.code}  {read.title}, phiên bản {read.version}"
    return LawChanges(
        kind=PROCEDURE,
        added=(line,) if outcome == "added" else (),
        changed=(line,) if outcome == "changed" else (),
        unchanged=int(outcome == "unchanged"),
    )


def _named(codes: Iterable[str], done: Imported) -> tuple[str, ...]:
    return tuple(f"{code}  {done.names.get(code, '')}".rstrip() for code in codes)


def _of_units(done: UnitsImported) -> LawChanges:
    return LawChanges(
        kind=UNITS,
        added=done.added,
        changed=done.changed,
        unchanged=done.unchanged,
        not_understood=done.not_understood,
    )


def _of_days(desk: Desk, file: Path) -> LawChanges:
    known = {day.date: day for day in days.all_days(desk.db)}
    listed = imports.read_days(file)
    words = {"off": "nghỉ", "make_up": "làm bù", "half": "làm buổi sáng"}
    told = {day.date: f"{shown(day.date)}  {words[str(day.kind)]}  {day.name}" for day in listed}
    changed = [day.date for day in listed if day.date in known and known[day.date] != day]
    left = [day for day in known.values() if day.estimated and day.date not in told]
    left = [day for day in left if len(listed) > 1 and day.date[:4] in {each.date[:4] for each in listed}]
    remarks = (f"Còn là ước tính, tệp không nhắc tới: {', '.join(shown(day.date) for day in left)}",) if left else ()
    return LawChanges(
        kind=HOLIDAYS,
        added=tuple(told[day.date] for day in listed if day.date not in known),
        changed=tuple(told[day] for day in changed),
        unchanged=sum(known.get(day.date) == day for day in listed),
        remarks=remarks,
    )
