"""What days, limits and texts in files of the law must be, whichever file they stand in. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from desk_app.domain.procedures.procedure import MOST_LIMIT, LimitUnit, TimeLimit

_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def limit_mistakes(limit: TimeLimit, at: str) -> Iterator[tuple[str, str]]:
    """What of a limit cannot be, as (key, why); `at` is the key of the limit."""
    if limit.unit is not LimitUnit.SAME_DAY and not 1 <= limit.amount <= MOST_LIMIT:
        yield f"{at}.amount", f"phải từ 1 đến {MOST_LIMIT}"
    if limit.cut_off and not _TIME_OF_DAY.fullmatch(limit.cut_off):
        yield f"{at}.cut_off", "phải là giờ dạng 15:00"


def is_day(text: str) -> bool:
    """Whether the text is an ISO day."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_clean(value: object) -> bool:
    """Whether every text in the value is NFC without hidden characters."""
    if isinstance(value, str):
        return unicodedata.is_normalized("NFC", value) and value.isprintable()
    if isinstance(value, dict):
        return all(map(is_clean, value.values()))
    return all(map(is_clean, value)) if isinstance(value, list) else True
