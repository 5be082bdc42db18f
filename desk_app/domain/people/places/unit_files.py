"""A file of administrative units as an office gets it: changes, or the whole list of a day beside what is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from desk_app import typed_values
from desk_app.domain.bounded_text import json_of
from desk_app.domain.calendar.day_file import iso_day
from desk_app.domain.office_table import FileFault, rows_of, text_of
from desk_app.domain.people.places.unit_changes import LEVELS, UnitChange
from desk_app.domain.people.places.unit_names import has_kind, spelt_alike
from desk_app.domain.people.units import Units
from desk_app.domain.text import nfc

_COLUMNS = {
    "level": ("cấp",),
    "code": ("mã", "mã đơn vị"),
    "from": ("tên cũ", "từ"),
    "to": ("tên mới", "thành"),
    "by": ("văn bản", "căn cứ", "nghị quyết"),
    "in_force_from": ("hiệu lực từ", "ngày hiệu lực", "từ ngày"),
    "province": ("mã tỉnh", "tỉnh"),
}
_KEYS = {*_COLUMNS, "now", "verified", "taken_back"}
_DAY_IN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsFile:
    """What a file says: the changes to keep, and what nobody could use, by its place, with the reason."""

    changes: tuple[UnitChange, ...]
    not_understood: tuple[tuple[str, str], ...] = ()


def changes_in(data: bytes, *, file: str, known: Callable[[str], Units]) -> UnitsFile:
    """The changes that a file brings: JSON with `changes`, JSON with the whole list of a day, or a table.

    `known` gives the units as they are known on a day (ISO). Raises `FileFault` where the file is none of these.
    """
    text = text_of(data)
    if not text.lstrip().startswith("{"):
        rows = rows_of(text, _COLUMNS, needed=("code", "to"))
        return _listed([(f"dòng {row.line}", row.cells) for row in rows])
    content = json_of(text)
    if isinstance(content.get("changes"), list):
        return _listed([(f"mục changes thứ {n}", row) for n, row in enumerate(content["changes"], 1)])
    if isinstance(content.get("communes"), dict) and isinstance(content.get("provinces"), dict):
        day = _day_of_list(content, file)
        return UnitsFile(changes=tuple(_differences(content, day, known(day))))
    raise FileFault("không có mục changes, cũng không có provinces và communes")


def _listed(rows: Sequence[tuple[str, object]]) -> UnitsFile:
    """Each row a change; a row that cannot be one is told, and the others are taken."""
    changes: dict[tuple[str, str], UnitChange] = {}
    odd: list[tuple[str, str]] = []
    for place, row in rows:
        try:
            change = _change(place, row)
        except FileFault as fault:
            odd.append((place, str(fault).removeprefix(f"{place}: ")))
            continue
        if change.place in changes and changes[change.place] != change:
            odd.append((place, f"mã {change.code} có hai dòng khác nhau cho cùng ngày; dùng dòng này"))
        changes[change.place] = change
    if not changes and not odd:
        raise FileFault("không có thay đổi nào")
    return UnitsFile(changes=tuple(changes.values()), not_understood=tuple(odd))


def _change(place: str, row: object) -> UnitChange:
    if not isinstance(row, Mapping):
        raise FileFault(f"{place}: không phải một thay đổi")
    cells: dict[str, Any] = {key: nfc(value) if isinstance(value, str) else value for key, value in row.items()}
    code = str(cells.get("code", ""))
    cells.setdefault("level", "province" if len(code) == len("75") else "commune")
    if cells["level"] not in LEVELS:
        cells["level"] = "province" if len(code) == len("75") else "commune"
    if not (code.isascii() and code.isdecimal() and len(code) in (2, 5)):
        raise FileFault(f"{place}: mã «{code[:12]}» phải có hai chữ số (tỉnh) hoặc năm chữ số (xã)")
    cells["in_force_from"] = iso_day(place, cells.get("in_force_from", ""))
    if not cells.get("to") and not cells.get("now") and not cells.get("taken_back"):
        raise FileFault(f"{place}: thiếu tên mới")
    known = {key: value for key, value in cells.items() if key in _KEYS and value not in (None, "")}
    try:
        return typed_values.converted(known, UnitChange, strict=False)
    except msgspec.ValidationError as error:
        raise FileFault(f"{place}: không đúng dạng một thay đổi") from error


def _day_of_list(content: Mapping[str, Any], file: str) -> str:
    """On which day a whole list holds: it says so, or the name of its file does."""
    said = content.get("in_force_from") or next(iter(_DAY_IN_NAME.findall(file)), "")
    if not said:
        raise FileFault("danh sách chưa ghi ngày hiệu lực; thêm mục in_force_from, hoặc đặt ngày trong tên tệp")
    return iso_day("mục in_force_from", said)


def _differences(content: Mapping[str, Any], day: str, now: Units) -> Iterator[UnitChange]:
    """The changes that lead from the units as they are known to the list; one name spelt two ways is no change."""
    by = nfc(str(content.get("by", "") or content.get("source", "")))
    try:
        provinces = typed_values.converted(content["provinces"], dict[str, str])
        communes = typed_values.converted(content["communes"], dict[str, dict[str, str]])
    except msgspec.ValidationError as error:
        raise FileFault("provinces cần mã → tên, communes cần mã tỉnh → mã xã → tên") from error
    for code, name in provinces.items():
        before = now.provinces.get(code)
        if before is not None and not _is_same(before.name, name, "province"):
            yield _renamed("province", code, before.name, name, day, by)
    listed = {
        now.aliases.get(code, code): (province, nfc(name))
        for province, of in communes.items()
        for code, name in of.items()
    }
    for code, (province, name) in listed.items():
        known = now.communes.get(code)
        if known is None:
            yield _renamed("commune", code, "", name, day, by, province=province)
        elif not _is_same(known.name, name, "commune"):
            yield _renamed("commune", code, known.name, name, day, by)
    for code, commune in now.communes.items():
        if code not in listed and len(listed) > len(now.communes) // 2:
            yield UnitChange(level="commune", code=code, in_force_from=day, was=commune.name, by=by)


def _is_same(one: str, other: str, level: str) -> bool:
    return spelt_alike(one, other, level) and has_kind(one, other, level)


def _renamed(level: str, code: str, was: str, to: str, day: str, by: str, *, province: str = "") -> UnitChange:
    try:
        return UnitChange(level=level, code=code, in_force_from=day, was=was, to=nfc(to), by=by, province=province)
    except ValueError as error:
        raise FileFault(f"mã «{code[:12]}» phải có hai chữ số (tỉnh) hoặc năm chữ số (xã)") from error
