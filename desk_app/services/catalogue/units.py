"""Administrative units as an office keeps them: which edition holds, how old it is, what one unit is called and why.

The office's own name is a unit's too: where that unit has a new name, the clerk is told and can take it over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from desk_app import foreign_folder
from desk_app.domain.bounded_text import MOST_BYTES
from desk_app.domain.calendar.moments import day_in_vietnam, milliseconds
from desk_app.domain.office_table import FileFault
from desk_app.domain.people.places.unit_changes import BASE_DAY, UnitChange, UnitsEdition, edition_on, editions
from desk_app.domain.people.places.unit_files import UnitsFile, changes_in
from desk_app.domain.people.units import Units
from desk_app.domain.permissions import Permission
from desk_app.errors import BecauseError, DeskError, of_system
from desk_app.services.accounts import session
from desk_app.services.catalogue import unit_data
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import unit_changes

_OLD_AFTER_DAYS = 183


class UnitsFileError(DeskError):
    message = "Không đọc được danh mục đơn vị hành chính {file}: {why}."
    remedy = (
        "Tệp cần là JSON có mục changes, hoặc bảng có các cột code, to, by, in_force_from. "
        "Sửa chỗ đã nêu rồi nhập lại; chưa có gì được ghi."
    )


class UnopenedUnitsFileError(BecauseError, UnitsFileError):
    message = "Tệp {file} không mở được."
    remedy = "Kiểm tra đường dẫn rồi làm lại; chưa có gì được ghi."


class UnknownUnitCodeError(DeskError):
    message = "Không có tỉnh hay xã nào mã {code}."
    remedy = "Mã tỉnh có hai chữ số, mã xã có năm chữ số; xem danh mục đang dùng bằng lệnh desk-app units list."


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsState:
    """The edition in force, the next one known, and whether it is long since anybody looked (`looked_on`, ISO)."""

    edition: UnitsEdition
    coming: UnitsEdition | None
    provinces: int
    communes: int
    looked_on: str
    is_old: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One unit on a day; `by` is what gave it this name, `earlier` its names since 01/07/2025, the oldest first."""

    code: str
    name: str
    level: str
    in_force_from: str
    by: str
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsImported:
    """What an import of units did, or would do; each line names a unit, its old name and its new one."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    not_understood: tuple[tuple[str, str], ...]


def more_of(desk: Desk | None) -> tuple[UnitChange, ...]:
    """The changes that the program does not carry itself."""
    return unit_changes.every(desk.db) if desk is not None else ()


def of_desk(desk: Desk) -> Units:
    """The units in force today at this desk."""
    return unit_data.load_units(desk.today(), desk.unit_changes)


def state(today: date, desk: Desk | None = None) -> UnitsState:
    """Which edition holds today, and whether the office should ask for a newer one."""
    more = more_of(desk)
    known = unit_data.all_changes(more)
    units = unit_data.load_units(today, more)
    looked_on = unit_data.read_on()
    if desk is not None and (added_at := unit_changes.last_added_at(desk.db)):
        looked_on = max(looked_on, day_in_vietnam(added_at).isoformat())
    coming = [each for each in editions(known) if each.version > today.isoformat()]
    return UnitsState(
        edition=edition_on(known, today.isoformat()),
        coming=coming[0] if coming else None,
        provinces=len(units.provinces),
        communes=len(units.communes),
        looked_on=looked_on,
        is_old=(today - date.fromisoformat(looked_on)).days > _OLD_AFTER_DAYS,
    )


def news(desk: Desk) -> str:
    """What the clerk should be told of the units at the start of a day, "" for nothing."""
    found = state(desk.today(), desk)
    edition = found.edition
    if edition.changes and edition.version != desk.settings.units_seen:
        first = edition.changes[0]
        more = f" và {len(edition.changes) - 1} đơn vị khác" if len(edition.changes) > 1 else ""
        day = f"{date.fromisoformat(edition.version):%d/%m/%Y}"
        return f"Từ {day} tên đơn vị hành chính đổi: {first.was} → {first.to}{more}."
    if found.is_old:
        day = f"{date.fromisoformat(found.looked_on):%d/%m/%Y}"
        return f"Danh mục đơn vị hành chính xem lần cuối ngày {day}, đã quá sáu tháng: hỏi cấp trên bản mới."
    return ""


def unit(code: str, today: date, desk: Desk | None = None) -> Unit:
    """A province or commune by its code. Raises `UnknownUnitCodeError`."""
    more = more_of(desk)
    units = unit_data.load_units(today, more)
    code = units.aliases.get(code, code)
    found = units.provinces.get(code) or units.communes.get(code)
    if found is None:
        raise UnknownUnitCodeError(code=code[:12])
    level = "province" if code in units.provinces else "commune"
    mine = [each for each in units.changes if each.code == code]
    cited = unit_data.first_list()["citation"]
    return Unit(
        code=code,
        name=found.name,
        level=level,
        in_force_from=mine[-1].in_force_from if mine else BASE_DAY,
        by=mine[-1].by if mine else cited[0 if level == "province" else -1],
        earlier=tuple(each.was for each in mine if each.was),
    )


def read_units(desk: Desk, file: Path) -> UnitsFile:
    """What a file says, set beside what this desk knows. Raises `UnitsFileError`."""
    more = more_of(desk)
    try:
        return changes_in(
            foreign_folder.whole(file, most=MOST_BYTES),
            file=file.name,
            known=lambda day: unit_data.load_units(date.fromisoformat(day), more),
        )
    except OSError as error:
        raise UnopenedUnitsFileError(of_system(error, file), file=file.name) from error
    except FileFault as error:
        raise UnitsFileError(file=file.name, why=error) from error


def compare_units(desk: Desk, file: Path) -> UnitsImported:
    """What `import_units` would do; writes nothing. Raises `UnitsFileError`."""
    return _sorted_out(desk, read_units(desk, file))[0]


def import_units(desk: Desk, file: Path) -> UnitsImported:
    """Keep the changes of a file beside those known; each holds from its own day. Raises `UnitsFileError`."""
    with session.deed(desk, Permission.LAW):
        done, new = _sorted_out(desk, read_units(desk, file))
        unit_changes.put(desk.db, new, source="office", added_at=milliseconds(desk.now()))
    desk.forget_law()
    return done


def _sorted_out(desk: Desk, read: UnitsFile) -> tuple[UnitsImported, list[UnitChange]]:
    known = {each.place: each for each in unit_data.all_changes(more_of(desk))}
    added: list[str] = []
    changed: list[str] = []
    new: list[UnitChange] = []
    for change in read.changes:
        before = known.get(change.place)
        if before is not None and replace(before, verified=change.verified) == change and not change.verified:
            continue
        if before == change:
            continue
        (added if before is None else changed).append(in_words(change))
        new.append(change)
    unchanged = len(read.changes) - len(new)
    return (
        UnitsImported(
            added=tuple(added), changed=tuple(changed), unchanged=unchanged, not_understood=read.not_understood
        ),
        new,
    )


def in_words(change: UnitChange) -> str:
    """ "25270  Xã Lộc Ninh → Phường Lộc Ninh, từ 30/04/2026 (237/NQ-UBTVQH16)"."""
    what = change.to or (f"nhập vào {', '.join(change.now)}" if change.now else "không còn")
    names = f"{change.was} → {what}" if change.was else what
    by = f" ({change.by})" if change.by else ""
    return f"{change.code}  {names}, từ {date.fromisoformat(change.in_force_from):%d/%m/%Y}{by}"
