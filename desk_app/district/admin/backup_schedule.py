"""When the server makes a copy by itself, under which name, and which older copies it takes away. Times of Vietnam."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from desk_app.district.admin.settings import DistrictSettings
from desk_app.domain.calendar.kept_copies import kept
from desk_app.domain.calendar.moments import in_vietnam, milliseconds

_NAME = re.compile(r"cap-tren-(\d{8})-(\d{6})\.saoluu", re.ASCII)
SUFFIX = ".saoluu"
AGAIN_AFTER = 30 * 60_000
"""After a copy that failed, ms."""


def due_since(settings: DistrictSettings, *, at: int) -> int:
    """The last moment for which a copy was set, UTC ms; `at` is now."""
    now = in_vietnam(at)
    hour, minute = settings.backup_time
    due = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return milliseconds(due if due <= now else due - timedelta(days=1))


def is_due(settings: DistrictSettings, *, made_at: int, tried_at: int, at: int) -> bool:
    """Whether the server should make a copy now. `made_at` is the last one made, `tried_at` the last try, 0 never."""
    if not settings.backup_folder or at - tried_at < AGAIN_AFTER:
        return False
    return made_at < due_since(settings, at=at)


def name_for(at: int) -> str:
    """What the copy of this moment is called."""
    return f"cap-tren-{in_vietnam(at):%Y%m%d-%H%M%S}{SUFFIX}"


def superseded(names: Iterable[str], *, days: int, weeks: int) -> list[str]:
    """Which copies of ours are no longer kept: of all but the newest `days` days and `weeks` weeks that have a copy.

    Of a day and of a week its newest copy counts. Names of anything else are passed over, and the newest copy is never
    among the answers.
    """
    moments = {name: moment for name in names if (moment := _moment(name)) is not None}
    left = kept(moments.values(), days=days, weeks=weeks)
    return [name for name in sorted(moments, key=lambda name: moments[name], reverse=True) if moments[name] not in left]


def _moment(name: str) -> datetime | None:
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.strptime("".join(found.groups()), "%Y%m%d%H%M%S")  # noqa: DTZ007 - compared with its like
    except ValueError:
        return None
