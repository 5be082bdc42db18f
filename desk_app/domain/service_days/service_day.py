"""A service day: what the office promises on it, on which weekdays and hours, for which procedures, by which decision.

The kinds are known from communes that hold such days; no text of the State names them, so each stands or falls with the
decision of the office that holds it.
"""

from __future__ import annotations

import re
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from desk_app.domain.calendar.dates import shown
from desk_app.errors import BadFactError, MissingFactError
from desk_app.lazy import LatePattern

PROGRAM, COMMUNE, DISTRICT = "program", "commune", "district"
"""Who holds a day: an example of the program holds for nobody until an office takes it over."""
_ID = LatePattern(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOUR = LatePattern(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_NAMES = ("", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ Nhật")
_LONGEST_NAME, _LONGEST_ID, _MOST_PROCEDURES = 120, 60, 200


class ServiceDayKind(StrEnum):
    """What is otherwise on the day: the citizen writes nothing, gets no appointment, waits for nothing, …"""

    NO_WRITING = "no_writing"
    NO_APPOINTMENT = "no_appointment"
    NO_WAITING = "no_waiting"
    FAST = "fast"
    EXTRA_HOUR = "extra_hour"

    @property
    def label(self) -> str:
        """What the office calls it when it gives no name of its own."""
        return _KINDS[self].label

    @property
    def promise(self) -> str:
        """What the citizen may expect, in a sentence for the clerk."""
        return _KINDS[self].promise


class _Kind(NamedTuple):
    label: str
    promise: str


_KINDS = {
    ServiceDayKind.NO_WRITING: _Kind(
        "Ngày không viết", "Cán bộ nhập thay từ thẻ và giấy tờ, người dân chỉ xem lại và ký."
    ),
    ServiceDayKind.NO_APPOINTMENT: _Kind("Ngày không hẹn", "Kết quả giao ngay trong ngày, không hẹn ngày trả."),
    ServiceDayKind.NO_WAITING: _Kind("Ngày không chờ", "Người dân đợi tại chỗ và nhận kết quả."),
    ServiceDayKind.FAST: _Kind("Ngày làm nhanh", "Thủ tục trong danh sách được giải quyết sớm hơn thời hạn."),
    ServiceDayKind.EXTRA_HOUR: _Kind("Giờ thứ 9", "Quầy nhận và trả hồ sơ thêm giờ."),
}


class ServiceDay(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One kind of day as an office holds it. `id` names it for ever; a changed day keeps it.

    `weekdays` as ISO counts them, 1 Monday … 7 Sunday; none: every working day. `starts`, `ends` "HH:MM", "" for the
    whole day. `procedures` are codes, none: every procedure. `number`, `decided_on` (ISO), `by` are the written
    decision, `in_force_from` and `in_force_to` (ISO, "" open) the days between which it holds, both included.
    `at_once`: by the decision every result of the day is given on it, whatever limit the procedure has.
    `on_make_up`: held also on a day that is worked in place of another. `verified`: a person compared it with the text.
    `called_off`: given up before it ever held.
    """

    id: str
    kind: ServiceDayKind
    name: str = ""
    weekdays: tuple[int, ...] = ()
    starts: str = ""
    ends: str = ""
    procedures: tuple[str, ...] = ()
    number: str = ""
    decided_on: str = ""
    by: str = ""
    in_force_from: str = ""
    in_force_to: str = ""
    at_once: bool = False
    on_make_up: bool = False
    verified: bool = False
    called_off: bool = False
    note: str = ""

    @property
    def title(self) -> str:
        return self.name or self.kind.label

    @property
    def when(self) -> str:
        """ "thứ Ba", "thứ Ba, thứ Năm, 17:00–18:00", "mọi ngày làm việc"."""
        days = ", ".join(_NAMES[day] for day in self.weekdays) or "mọi ngày làm việc"
        return f"{days}, {self.starts or '00:00'}–{self.ends or '24:00'}" if self.starts or self.ends else days

    @property
    def citation(self) -> str:
        """ "Quyết định 12/QĐ-UBND ngày 05/01/2027"; "" where no decision is named."""
        return cited(self.number, self.decided_on)

    @property
    def span(self) -> str:
        """ "từ 05/01/2027", "từ 05/01/2027 đến hết 31/12/2027"."""
        parts = (("từ", self.in_force_from), ("đến hết", self.in_force_to))
        return " ".join(f"{word} {shown(day)}" for word, day in parts if day)


class HeldDay(Struct, frozen=True, kw_only=True):
    """A service day and who holds it: `PROGRAM`, `COMMUNE` or `DISTRICT`."""

    day: ServiceDay
    origin: str

    @property
    def is_held(self) -> bool:
        return self.origin != PROGRAM


def cited(number: str, decided_on: str) -> str:
    """A decision as papers cite it."""
    if not number:
        return ""
    named = number if number.lower().startswith(("quyết định", "kế hoạch", "thông báo")) else f"Quyết định {number}"
    return f"{named} ngày {shown(decided_on)}" if decided_on else named


def weekday_name(day: int) -> str:
    """ISO 1 … 7 → "thứ Hai" … "Chủ Nhật"."""
    return _NAMES[day]


def checked(day: ServiceDay) -> ServiceDay:
    """The day, if an office may hold it: it has an id, a decision with its date, and days and hours that there are.

    Raises `MissingFactError`, `BadFactError`, whose field is the name of the attribute.
    """
    if len(day.id) > _LONGEST_ID or not _ID.fullmatch(day.id):
        raise BadFactError(field="id", label="Mã ngày phục vụ", why="chỉ gồm chữ thường không dấu, số và gạch nối")
    if len(day.name) > _LONGEST_NAME or len(day.procedures) > _MOST_PROCEDURES:
        raise BadFactError(field="name", label="Tên ngày", why=f"tối đa {_LONGEST_NAME} chữ")
    if not all(1 <= each <= 7 for each in day.weekdays):
        raise BadFactError(field="weekdays", label="Các ngày trong tuần", why="chọn từ thứ Hai đến Chủ Nhật")
    _see_hours(day)
    for field, label, value in (("number", "Số quyết định", day.number), ("decided_on", "Ngày ký", day.decided_on)):
        if not value:
            raise MissingFactError(field=field, label=label)
    if not day.in_force_from:
        raise MissingFactError(field="in_force_from", label="Áp dụng từ ngày")
    see_days(
        ("decided_on", "Ngày ký", day.decided_on),
        ("in_force_from", "Áp dụng từ ngày", day.in_force_from),
        ("in_force_to", "Đến hết ngày", day.in_force_to),
    )
    if day.in_force_to and day.in_force_to < day.in_force_from:
        raise BadFactError(field="in_force_to", label="Đến hết ngày", why="phải từ ngày áp dụng trở đi")
    return day


def see_days(*told: tuple[str, str, str]) -> None:
    """Raises `BadFactError` for the first (field, label, ISO day or "") that is no day."""
    for field, label, value in told:
        if value and not _is_day(value):
            raise BadFactError(field=field, label=label, why="lịch không có ngày này")


def _see_hours(day: ServiceDay) -> None:
    for field, value in (("starts", day.starts), ("ends", day.ends)):
        if value and not _HOUR.fullmatch(value):
            raise BadFactError(field=field, label="Giờ", why="cần giờ:phút từ 00:00 đến 23:59, như 17:00")
    if day.starts and day.ends and time.fromisoformat(day.starts) >= time.fromisoformat(day.ends):
        raise BadFactError(field="ends", label="Đến giờ", why="phải sau giờ bắt đầu")
    if day.kind is ServiceDayKind.EXTRA_HOUR and not (day.starts and day.ends):
        raise MissingFactError(field="ends" if day.starts else "starts", label="Giờ bắt đầu và giờ kết thúc")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
