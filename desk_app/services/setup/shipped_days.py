"""The program's own list of days off, taken over by a desk that an older program made; the office's rows stay.

A dossier keeps the due date it was received with: that stands in its event.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from desk_app import __version__, places
from desk_app.domain.calendar.deadlines import DayEntry
from desk_app.lazy import lazy
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.reference import days, settings
from desk_app.store.reference.settings import DaysTaken, Settings

if TYPE_CHECKING:
    from desk_app.domain.calendar import dates
    from desk_app.services.setup import first_holidays
else:
    first_holidays = lazy("desk_app.services.setup.first_holidays")
    dates = lazy("desk_app.domain.calendar.dates")

_OURS = ("resources/days/", "holidays ")
"""How the source of a row begins that the program brought itself."""
_MOST_CORRECTIONS = 2
"""An office with more rows of its own in a year (one swap is two) keeps a list of that year."""
_KNOWN_TO_THE_MOON = range(1990, 2099)


class _Plan(Struct, frozen=True, kw_only=True):
    put: tuple[DayEntry, ...]
    gone: tuple[str, ...]
    left: tuple[str, ...]


def years_of(today: date) -> list[int]:
    """The years whose days a desk keeps: the last, this and the next."""
    return [year for year in range(today.year - 1, today.year + 2) if year in _KNOWN_TO_THE_MOON]


def edition(today: date) -> str:
    """What the program ships for these years, in a word; cheap, for every start of a desk asks."""
    digest = hashlib.sha256()
    for year in years_of(today):
        file = places.resources() / "days" / f"{year}.toml"
        digest.update(f"{year}:".encode() + (file.read_bytes() if file.is_file() else b""))
    return f"{__version__} {today.year} {digest.hexdigest()[:16]}"


def take_over(db: DeskDatabase, kept: Settings, today: date) -> Settings:
    """Bring the program's rows up to what it ships, once for each edition; the settings with what was done.

    A row that the office imported or the district sent is never touched, and a day that the district took away stays
    away. Where the office keeps a list of its own for a year, no day is added or dropped there: `left` names them.
    """
    now = edition(today)
    if kept.days_edition == now:
        return kept
    plan = _plan(db, years_of(today))
    with unit_of_work(db):
        for day in plan.gone:
            days.forget_day(db, day)
        done = days.put_days(db, plan.put)
        taken = DaysTaken(
            on=today.isoformat(), added=done.added, changed=done.changed, removed=len(plan.gone), left=plan.left
        )
        is_news = bool(done.added or done.changed or plan.gone or plan.left != kept.days_taken.left)
        new = replace(kept, days_edition=now, days_taken=taken if is_news else kept.days_taken)
        settings.put(db, new)
    return new


def _plan(db: DeskDatabase, years: list[int]) -> _Plan:
    known = {day.date: day for day in days.all_days(db)}
    own = {day for day, entry in known.items() if not entry.source.startswith(_OURS)} | days.dates_of_the_district(db)
    listed = {year for year, n in Counter(int(day[:4]) for day in own).items() if n > _MOST_CORRECTIONS}
    shipped = {day.date: day for day in first_holidays.seed(years) if day.date not in own}
    new = {day for day in shipped if day not in known}
    gone = {day for day in known if int(day[:4]) in years and day not in own and day not in shipped}
    left = {day for day in new | gone if int(day[:4]) in listed}
    return _Plan(
        put=tuple(entry for day, entry in shipped.items() if day not in left),
        gone=tuple(sorted(gone - left)),
        left=tuple(sorted(left)),
    )


def in_words(taken: DaysTaken) -> str:
    """ "lấy theo chương trình ngày 02/01/2027: thêm 12, sửa 3, bỏ 1 ngày"."""
    counts = f"thêm {taken.added}, sửa {taken.changed}, bỏ {taken.removed} ngày"
    return f"lấy theo chương trình ngày {dates.shown(taken.on)}: {counts}"


def left_in_words(taken: DaysTaken) -> str:
    """The days that only the program's or only the office's list has, with what to do; "" for none."""
    if not taken.left:
        return ""
    listed = ", ".join(map(dates.shown, taken.left))
    return f"Lịch cơ quan đã nhập khác bản của chương trình ở {listed}. Xem lại, sửa bằng desk-app holidays import TỆP"
