"""Days off and made up as an office writes them: the content of a year's TOML file, or rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from desk_app import typed_values
from desk_app.domain.bounded_text import toml_of
from desk_app.domain.calendar.deadlines import DayEntry, DayKind
from desk_app.domain.office_table import FileFault, rows_of, text_of
from desk_app.domain.text import fold, nfc

_LAW = "Bộ luật Lao động 2019 Điều 112"
_COLUMNS = {
    "date": ("ngày", "ngay nghi", "ngày tháng"),
    "kind": ("loại", "kiểu"),
    "name": ("tên", "tên ngày", "nội dung", "ghi chú"),
    "decision": ("văn bản", "căn cứ", "quyết định", "số văn bản"),
    "verified": ("đã đối chiếu",),
}
_KINDS = {
    DayKind.OFF: ("off", "nghi", "nghi le", "ngay nghi", "nghi bu", "hoan doi"),
    DayKind.MAKE_UP: ("make up", "makeup", "lam bu", "di lam bu", "di lam", "ngay lam bu"),
    DayKind.HALF: ("half", "nua ngay", "nghi nua ngay", "nghi chieu"),
}
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]0?0:00(?::00)?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?: 0?0:00(?::00)?)?", re.ASCII)
_SERIAL = re.compile(r"[345]\d{4}", re.ASCII)
_FIRST_OF_EXCEL = date(1899, 12, 30)
_TABLE = re.compile(r"(?m)^[ \t]*\[\[[ \t]*day[ \t]*\]\]")


def entries_in(content: dict[str, Any], *, source: str) -> list[DayEntry]:
    """The `[[day]]` tables of a year's file; its `confirmed` and `decision` hold for days that say nothing else.

    Raises `msgspec.ValidationError` for a day without date, kind or name, or with a date no calendar has.
    """
    rows = [{"source": source, **row} for row in typed_values.converted(content.get("day", []), list[dict[str, Any]])]
    for row in rows:
        if isinstance(row.get("date"), date):  # TOML knows dates of its own
            row["date"] = row["date"].isoformat()
    return [of_year(entry, content) for entry in typed_values.converted(rows, list[DayEntry], strict=False)]


def of_year(entry: DayEntry, content: Mapping[str, Any]) -> DayEntry:
    """The day with what its year's file says of all its days."""
    return msgspec.structs.replace(
        entry,
        verified=entry.verified or bool(content.get("confirmed", False)),
        decision=entry.decision or str(content.get("decision", "")) or _LAW,
    )


def days_in(data: bytes, *, file: str) -> list[DayEntry]:
    """The days that a file says, by date: TOML, or a table as Excel writes it. `file` is its name, kept as source.

    A row of a table that cites its decision counts as verified. Raises `FileFault`: what is wrong, and on which line.
    """
    text = text_of(data)
    content: dict[str, Any] = {}
    if file.lower().endswith(".toml"):
        content = toml_of(text)
        rows = list(_tables(text, content))
    else:
        rows = [(f"dòng {row.line}", row.cells) for row in rows_of(text, _COLUMNS, needed=("date", "kind"))]
    found: dict[str, tuple[str, DayEntry]] = {}
    for place, row in rows:
        entry = of_year(_entry(place, row, file), content)
        if entry.date in found:
            day = f"{date.fromisoformat(entry.date):%d/%m/%Y}"
            raise FileFault(f"{found[entry.date][0]} và {place} cùng ghi ngày {day}; chỉ để lại một dòng")
        found[entry.date] = place, entry
    if not found:
        raise FileFault("không có ngày nào")
    return [found[day][1] for day in sorted(found)]


def _tables(text: str, content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    days = content.get("day", [])
    lines = [text[: found.start()].count("\n") + 1 for found in _TABLE.finditer(text)]
    for n, row in enumerate(days if isinstance(days, list) else []):
        if isinstance(row, dict):
            yield (f"dòng {lines[n]}" if n < len(lines) else f"mục day thứ {n + 1}"), row


def _entry(place: str, row: Mapping[str, Any], file: str) -> DayEntry:
    decision = nfc(str(row.get("decision", "")))
    is_said = fold(str(row.get("verified", ""))) in {"true", "1", "x", "co", "dung"}
    is_table = not file.lower().endswith(".toml")
    return DayEntry(
        date=iso_day(place, row.get("date", "")),
        kind=_kind(place, row.get("kind", "")),
        name=nfc(str(row.get("name", ""))) or _no_name(place, row.get("kind", "")),
        source=file,
        decision=decision,
        verified=is_said or (is_table and bool(decision)),
        estimated=row.get("estimated") is True,
    )


def _no_name(place: str, kind: object) -> str:
    return "Làm bù" if _kind(place, kind) is DayKind.MAKE_UP else "Ngày nghỉ"


def _kind(place: str, value: object) -> DayKind:
    written = fold(str(value))
    for kind, words in _KINDS.items():
        if written in words:
            return kind
    what = f"loại «{nfc(str(value))}» không có" if written else "thiếu loại ngày"
    raise FileFault(f"{place}: {what}; viết off (nghỉ), make_up (làm bù) hoặc half (làm buổi sáng)")


def iso_day(place: str, value: object) -> str:
    """The day in ISO, of a date as TOML, an office or Excel writes it: day first unless the year stands first.

    Raises `FileFault`, which begins with `place`.
    """
    if isinstance(value, date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    text = nfc(str(value))
    if not text:
        raise FileFault(f"{place}: thiếu ngày")
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        if found := _DAY_FIRST.fullmatch(text):
            year = int(found[3]) + (2000 if len(found[3]) == len("27") else 0)
            return date(year, int(found[2]), int(found[1])).isoformat()
        if _SERIAL.fullmatch(text):
            return (_FIRST_OF_EXCEL + timedelta(days=int(text))).isoformat()
    except ValueError as error:
        raise FileFault(f"{place}: lịch không có ngày «{text}» (viết ngày/tháng/năm)") from error
    raise FileFault(f"{place}: không hiểu ngày «{text[:40]}»; viết 05/02/2027 hoặc 2027-02-05")
