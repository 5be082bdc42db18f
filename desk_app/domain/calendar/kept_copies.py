"""Which copies are kept of those made: the newest of each of the last days, weeks and months that have one. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime


def kept(moments: Iterable[datetime], *, days: int, weeks: int, months: int = 0) -> set[datetime]:
    """The moments whose copies are kept: of all but so many days, weeks (ISO) and months none.

    Of a day, a week and a month its newest copy counts; the newest of all is always kept.
    """
    newest_first = sorted(set(moments), reverse=True)
    found = set(newest_first[:1])
    for most, form in ((days, "%Y-%m-%d"), (weeks, "%G-%V"), (months, "%Y-%m")):
        last: dict[str, datetime] = {}
        for moment in newest_first:
            last.setdefault(moment.strftime(form), moment)
        found |= set(list(last.values())[: max(most, 0)])
    return found
