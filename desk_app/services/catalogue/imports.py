"""The law as data: import the national catalogue and an office's holidays, and say what changed; load the units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desk_app import foreign_folder
from desk_app.domain.bounded_text import MOST_BYTES
from desk_app.domain.calendar.day_file import days_in
from desk_app.domain.calendar.deadlines import DayEntry
from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.office_table import FileFault
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures.procedure import Procedure
from desk_app.errors import BecauseError, DeskError, of_system
from desk_app.services.accounts import session
from desk_app.services.catalogue.national_catalogue import Import, NotUnderstood, read_national
from desk_app.services.catalogue.unit_data import load_units
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import catalogue, days

__all__ = [
    "DaysFileError",
    "Imported",
    "compare_catalogue",
    "import_catalogue",
    "import_days",
    "left_estimated",
    "listed_days",
    "load_units",
    "read_days",
]


class DaysFileError(DeskError):
    message = "Không đọc được lịch nghỉ {file}: {why}."
    remedy = (
        "Mỗi dòng cần ngày (05/02/2027), loại (off: nghỉ, make_up: làm bù) và tên ngày, dòng đầu là tiêu đề "
        "date,kind,name,decision. Sửa dòng đã nêu rồi nhập lại; chưa có gì được ghi."
    )


class UnopenedDaysFileError(BecauseError, DaysFileError):
    message = "Tệp {file} không mở được."
    remedy = "Kiểm tra đường dẫn rồi làm lại; chưa có gì được ghi."


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did, by procedure code; `retired` are no longer in the list, `not_understood` rows to look at.

    `names` are the titles of the procedures that were read, by code.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    retired: tuple[str, ...]
    not_understood: tuple[NotUnderstood, ...]
    names: Mapping[str, str] = field(default_factory=dict)


def import_catalogue(desk: Desk, folder: Path) -> Imported:
    """Read the national files in `folder` into dated versions, in one transaction; twice changes nothing.

    A procedure the files no longer list is retired as of today if an earlier national import brought it.
    """
    read = read_national(folder)
    at = milliseconds(desk.now())
    sorted_out = _Sorted()
    with session.deed(desk, Permission.LAW):
        for procedure in read.procedures:
            sorted_out.take(procedure.code, catalogue.put(desk.db, procedure, added_at=at))
        for code in _gone(desk, read.procedures):
            catalogue.retire(desk.db, code, desk.today().isoformat(), source="national")
            sorted_out.retired.append(code)
    return sorted_out.done(read)


def compare_catalogue(desk: Desk, folder: Path) -> Imported:
    """What `import_catalogue` would do; writes nothing."""
    read = read_national(folder)
    sorted_out = _Sorted()
    for procedure in read.procedures:
        sorted_out.take(procedure.code, catalogue.compared(desk.db, procedure))
    sorted_out.retired += _gone(desk, read.procedures)
    return sorted_out.done(read)


def import_days(desk: Desk, file: Path) -> days.Change:
    """Put a year's days off and make-up days in the table; a later file corrects an earlier one.

    TOML (`[[day]]` with date, kind, name, decision) or a table with these columns. Raises `DaysFileError`.
    """
    entries = read_days(file)
    with session.deed(desk, Permission.LAW):
        done = days.put_days(desk.db, entries)
    desk.forget_law()
    return done


def listed_days(desk: Desk, year: int | None) -> list[DayEntry]:
    """The days of a year, or all."""
    return [day for day in days.all_days(desk.db) if year is None or str(day.date).startswith(f"{year}-")]


@dataclass
class _Sorted:
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)

    def take(self, code: str, outcome: str) -> None:
        getattr(self, outcome).append(code)

    def done(self, read: Import) -> Imported:
        return Imported(
            added=tuple(self.added),
            changed=tuple(self.changed),
            unchanged=tuple(self.unchanged),
            retired=tuple(self.retired),
            not_understood=tuple(read.not_understood),
            names={each.code: each.title for each in read.procedures},
        )


def _gone(desk: Desk, read: list[Procedure]) -> list[str]:
    if not read:
        return []
    return sorted(catalogue.codes_from(desk.db, "national", desk.today().isoformat()) - {each.code for each in read})


def left_estimated(desk: Desk, years: Iterable[int]) -> list[str]:
    """Days (ISO) of these years that are still only reckoned: a list that was imported did not name them."""
    wanted = set(years)
    return [day.date for day in days.all_days(desk.db) if day.estimated and int(day.date[:4]) in wanted]


def read_days(file: Path) -> list[DayEntry]:
    """The days of a file, TOML or a table. Raises `DaysFileError`."""
    try:
        return days_in(foreign_folder.whole(file, most=MOST_BYTES), file=file.name)
    except OSError as error:
        raise UnopenedDaysFileError(of_system(error, file), file=file.name) from error
    except FileFault as error:
        raise DaysFileError(file=file.name, why=error) from error
