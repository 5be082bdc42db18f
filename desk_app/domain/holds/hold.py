"""A hold: a procedure that reception warns of or refuses, from a day, until a day, for a reason. Pure.

The district's word beats the commune's; of those of one level a refusal beats a warning. A hold that was ended stays in
the history.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.calendar.dates import shown
from desk_app.domain.service_days.service_day import cited, see_days
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, MissingFactError
from desk_app.errors.office_rules import WrongHoldError

HOLDS = "hold/"
"""How the keys of `OfficeChanged` begin that hold one."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CHANGED = ("procedures", "starts", "until", "reason", "weight", "remedy", "number")
_LONGEST, _LONGEST_ID, _MOST_PROCEDURES = 400, 60, 200


class HoldWeight(StrEnum):
    """What reception does: says it and goes on, or goes no further."""

    WARN = "warn"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        return "nhắc khi tiếp nhận" if self is HoldWeight.WARN else "không tiếp nhận"

    @property
    def word(self) -> str:
        """Beside a procedure in a list."""
        return "Tạm dừng: nhắc" if self is HoldWeight.WARN else "Tạm dừng: không nhận"


class Hold(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`procedures` are codes, none: every procedure. Days are ISO, both included; `until` "" until it is ended.

    `remedy` is what the clerk and the citizen can do meanwhile. `by` names who set it, on `set_on`, by the decision
    `number` where there is one; `changed_by` who last said it otherwise, on `changed_on`, "" for a hold as it was set.
    `ended_on` "" while it stands.
    """

    id: str = ""
    procedures: tuple[str, ...] = ()
    starts: str
    until: str = ""
    reason: str
    weight: HoldWeight
    remedy: str = ""
    by: str = ""
    number: str = ""
    set_on: str = ""
    changed_on: str = ""
    changed_by: str = ""
    ended_on: str = ""
    ended_by: str = ""
    ended_why: str = ""

    @property
    def span(self) -> str:
        """ "từ 01/12/2026 đến hết 05/12/2026", "từ 01/12/2026 đến khi có thông báo mới"."""
        return f"từ {shown(self.starts)} {until_told(self.until)}"

    def is_standing(self, day: date) -> bool:
        """Whether it is neither ended nor over on this day; it may begin later."""
        return not self.ended_on and (not self.until or day.isoformat() <= self.until)


class PlacedHold(Struct, frozen=True, kw_only=True):
    """A hold and whose it is."""

    hold: Hold
    is_district: bool = False

    @property
    def by(self) -> str:
        """ "Cấp trên (Sở Tư pháp)", "xã (Trần Thu Mẫu)"."""
        level = "cấp trên" if self.is_district else "xã"
        return f"{level} ({self.hold.by})" if self.hold.by else level


class PassedHold(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a dossier keeps of a warning that it was received against."""

    id: str
    reason: str
    by: str = ""
    until: str = ""

    @property
    def told(self) -> str:
        return f"{self.reason} ({self.by}, {until_told(self.until)})"


def until_told(until: str) -> str:
    """ "đến hết 05/12/2026"; of an open end that it is one."""
    return f"đến hết {shown(until)}" if until else "đến khi có thông báo mới"


def checked(hold: Hold) -> Hold:
    """The hold with its texts tidied. Raises `MissingFactError`, `BadFactError`; their field names the attribute."""
    if len(hold.id) > _LONGEST_ID or not _ID.fullmatch(hold.id):
        raise BadFactError(field="id", label="Mã lần tạm dừng", why="chỉ gồm chữ thường không dấu, số và gạch nối")
    texts = {name: nfc(getattr(hold, name)) for name in ("reason", "remedy", "by", "number")}
    if not texts["reason"]:
        raise MissingFactError(field="reason", label="Lý do tạm dừng")
    if not hold.starts:
        raise MissingFactError(field="starts", label="Tạm dừng từ ngày")
    if any(len(text) > _LONGEST for text in texts.values()) or len(hold.procedures) > _MOST_PROCEDURES:
        raise BadFactError(field="reason", label="Lý do tạm dừng", why=f"tối đa {_LONGEST} chữ")
    see_days(("starts", "Tạm dừng từ ngày", hold.starts), ("until", "Đến hết ngày", hold.until))
    if hold.until and hold.until < hold.starts:
        raise BadFactError(field="until", label="Đến hết ngày", why="phải từ ngày bắt đầu trở đi")
    return replace(hold, **texts)


def changed(hold: Hold, wish: Hold, *, on: date, by: str) -> Hold:
    """The hold with the days, procedures, reason, weight, remedy and number of `wish`; the very same where that says
    nothing new. Raises `WrongHoldError` for one that is over or was ended, and as `checked`.
    """
    if hold.ended_on or not hold.is_standing(on):
        why = "đã kết thúc" if hold.ended_on else "đã hết hạn"
        raise WrongHoldError(hold=hold.id, why=f"{why}, không sửa được nữa")
    said = {name: getattr(wish, name) for name in _CHANGED}
    found = checked(replace(hold, **said))
    return hold if found == hold else replace(found, changed_on=on.isoformat(), changed_by=by)


def ended(hold: Hold, *, on: str, by: str, why: str) -> Hold:
    """The hold as it stands once it was ended on an ISO day. Raises `WrongHoldError`, `MissingFactError`."""
    if hold.ended_on:
        raise WrongHoldError(hold=hold.id, why="đã kết thúc rồi")
    if not nfc(why):
        raise MissingFactError(field="why", label="Lý do kết thúc")
    return replace(hold, ended_on=on, ended_by=by, ended_why=nfc(why))


def deciding(holds: Iterable[PlacedHold], procedure: str, day: date) -> PlacedHold | None:
    """The hold that decides of this procedure on this day; None where there is none."""
    return next(iter(holding(holds, procedure, day)), None)


def holding(holds: Iterable[PlacedHold], procedure: str, day: date) -> list[PlacedHold]:
    """Every hold of this procedure on this day, the one that decides first.

    Of several of equal rank the one that holds longest, so that nobody is told to come again too early.
    """
    return sorted((each for each in holds if _holds(each.hold, procedure, day)), key=_rank, reverse=True)


def beside(placed: PlacedHold, title: str, deciding: PlacedHold) -> str:
    """What is said of a hold that another one outranks, without a full stop: whose it is, and whose word holds."""
    return f"{sentence(placed, title)} ({placed.hold.weight.label}); đang theo {deciding.by}"


def sentence(placed: PlacedHold, title: str) -> str:
    """Until when, by whom and why, without a full stop; `title` names the procedure."""
    hold = placed.hold
    decision = f" theo {cited(hold.number, '')}" if hold.number else ""
    return f"{title} đang tạm dừng {until_told(hold.until)}, do {placed.by} đặt{decision}: {hold.reason.rstrip('.')}"


def what_to_do(placed: PlacedHold) -> str:
    """What to do meanwhile, in a sentence; of a hold that says nothing what can be done of any."""
    if placed.hold.remedy:
        return placed.hold.remedy if placed.hold.remedy.endswith((".", "!", "?")) else f"{placed.hold.remedy}."
    if placed.hold.weight is HoldWeight.WARN:
        return "Nói rõ với người dân trước khi nhận hồ sơ."
    again = f"Hẹn người dân đến sau ngày {shown(placed.hold.until)}" if placed.hold.until else "Ghi lại số điện thoại"
    return f"{again}; cần nhận ngay thì hỏi người phụ trách của {'cấp trên' if placed.is_district else 'xã'}."


def passed(placed: PlacedHold | None) -> tuple[PassedHold, ...]:
    """What the dossier keeps where the clerk received it against a warning."""
    if placed is None:
        return ()
    hold = placed.hold
    return (PassedHold(id=hold.id, reason=hold.reason, by=placed.by, until=hold.until),)


def _holds(hold: Hold, procedure: str, day: date) -> bool:
    on = day.isoformat()
    is_now = hold.starts <= on and (not hold.until or on <= hold.until)
    is_over = bool(hold.ended_on) and hold.ended_on <= on
    return is_now and not is_over and (not hold.procedures or procedure in hold.procedures)


def _rank(placed: PlacedHold) -> tuple[bool, bool, str, str]:
    hold = placed.hold
    return placed.is_district, hold.weight is HoldWeight.REFUSE, hold.until or "9999", hold.id
