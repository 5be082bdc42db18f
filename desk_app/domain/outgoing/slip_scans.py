"""Which slip a scan came from: a slip that replaces another says in its codes which day it promises. Pure.

The first slip of a dossier carries the code alone, as it always did. The codes of a slip printed after a new due day
end in that day ("H26.99-261120-0001/Z261212"), so that an old slip is known for one when it is scanned.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from msgspec import Struct

from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.dossiers.dossier_state import Dossier

COURSE_MARK = "/K"
"""Behind the code on a paper that goes with the dossier and promises no day."""
_DUE = re.compile(r"(?P<code>.{8,}?)/?Z(?P<day>\d{6})", re.ASCII | re.IGNORECASE)
_COURSE = re.compile(r"(?P<code>.{8,})/K", re.ASCII | re.IGNORECASE)


class SlipScan(Struct, frozen=True):
    """`code` as it was scanned; `promised` the day a replacing slip says, None for the first slip of a dossier.

    `is_slip` is false for a paper that goes with the dossier inside the office.
    """

    code: str
    promised: date | None = None
    is_slip: bool = True


def due_mark(dossier: Dossier) -> str:
    """What the codes of the slip end in; "" where the result is due on the day that was said at reception."""
    if not dossier.due_at or day_in_vietnam(dossier.due_at) == _first_day(dossier):
        return ""
    return f"Z{day_in_vietnam(dossier.due_at):%y%m%d}"


def readings(text: str) -> tuple[SlipScan, ...]:
    """What a scan may mean, the likeliest first: a code may itself end like a mark."""
    text = text.strip()
    found = [SlipScan(text)]
    if (course := _COURSE.fullmatch(text)) is not None:
        found.append(SlipScan(course["code"], is_slip=False))
    if (due := _DUE.fullmatch(text)) is not None and (day := _day_of(due["day"])) is not None:
        found.append(SlipScan(due["code"], day))
    return tuple(found)


def replaced_since(scan: SlipScan, dossier: Dossier) -> date | None:
    """The day that the scanned slip promises, where another slip promises another day since; None where it holds."""
    promised = scan.promised or _first_day(dossier)
    if not scan.is_slip or promised is None or not dossier.due_at:
        return None
    return promised if promised != day_in_vietnam(dossier.due_at) else None


def _first_day(dossier: Dossier) -> date | None:
    return day_in_vietnam(dossier.first_due_at) if dossier.first_due_at else None


def _day_of(digits: str) -> date | None:
    try:
        return datetime.strptime(digits, "%y%m%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None
