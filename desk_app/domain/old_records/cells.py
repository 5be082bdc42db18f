"""What a cell of an old table says, read by what a person said of its column; whatever is not sure is refused.

A refusal is a sentence of why, never what the cell holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from desk_app.domain.calendar import dates
from desk_app.domain.old_records.columns import DayOrder
from desk_app.domain.people import id_number, paper_number
from desk_app.domain.text import fold


class CellRefusal(ValueError):  # noqa: N818 - a reason, told with the row
    """Why a row is not taken, in Vietnamese."""


_PARTS = re.compile(
    r"(\d{1,4})\s*[/.\-\\ ]\s*(\d{1,2})\s*[/.\-\\ ]\s*(\d{1,4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?.*)?", re.ASCII
)
_EIGHT = re.compile(r"\d{8}", re.ASCII)
_MONTH_YEAR = re.compile(r"(?:[0?_.…xX]{1,2}\s*[/.\-]\s*)?(\d{1,2})\s*[/.\-]\s*(\d{4})", re.ASCII)
_YEAR = re.compile(r"(?:(?:0{1,2}|[?_.…xX]{1,2})[/.\-](?:0{1,2}|[?_.…xX]{1,2})[/.\-])?(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T].*)?", re.ASCII)
_SERIAL = re.compile(r"\d{1,6}(?:\.\d+)?", re.ASCII)
_FIGURES = re.compile(r"\d+", re.ASCII)
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_EPOCH = date(1899, 12, 30)
_TWELVE, _NINE = 12, 9
_SEXES = {"nam": "Nam", "nu": "Nữ", "male": "Nam", "female": "Nữ", "m": "Nam", "f": "Nữ"}
_MONTH_ONLY = "chỉ có tháng và năm: giữ lại năm"


def order_of(texts: Iterable[str]) -> tuple[DayOrder | None, bool]:
    """The order in which a column writes its days, as far as its own values show it, and whether they disagree.

    (None, False): every value reads both ways, or there is none.
    """
    seen: set[DayOrder] = set()
    for text in texts:
        found = _PARTS.fullmatch(text.strip())
        if found is None:
            continue
        first, second = found[1], found[2]
        if len(first) > 2:
            seen.add(DayOrder.YMD)
        elif int(first) > 12:
            seen.add(DayOrder.DMY)
        elif int(second) > 12:
            seen.add(DayOrder.MDY)
    seen_days = seen - {DayOrder.YMD} or seen
    return (next(iter(seen_days)), False) if len(seen_days) == 1 else (None, bool(seen_days))


def day(text: str, order: DayOrder, today: date, *, takes_year: bool) -> tuple[str, str]:
    """ISO, or a year alone where `takes_year`, and a remark. Raises `CellRefusal`."""
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        year, month, day_ = (int(part) for part in found[1].split("-"))
        return _possible(year, month, day_, today), ""
    if order is DayOrder.SERIAL and _SERIAL.fullmatch(text) and not _is_year(text):
        return _possible_date(_EPOCH + timedelta(days=int(float(text))), today), ""
    if takes_year and (found := _YEAR.fullmatch(text)):
        if not dates.is_plausible_year(found[1]) or int(found[1]) > today.year:
            raise CellRefusal("năm không có thật hoặc ở tương lai")
        return found[1], ""
    if takes_year and (found := _MONTH_YEAR.fullmatch(text)):
        if not (1 <= int(found[1]) <= 12 and dates.is_plausible_year(found[2]) and int(found[2]) <= today.year):
            raise CellRefusal("ngày không có trong lịch")
        return found[2], _MONTH_ONLY
    if found := _PARTS.fullmatch(text):
        return _possible(*_ordered(found[1], found[2], found[3], order, today), today), ""
    if _EIGHT.fullmatch(text):
        return _possible(*_ordered(text[:2], text[2:4], text[4:], order, today), today), ""
    raise CellRefusal("không đọc được ngày theo kiểu đã chọn cho cột")


def _is_year(text: str) -> bool:
    return len(text) == 4 and dates.is_plausible_year(text)


def _ordered(first: str, second: str, third: str, order: DayOrder, today: date) -> tuple[int, int, int]:
    """Year, month, day; a year that is written first needs no choice."""
    if len(first) > 2:
        year, month, day_ = first, second, third
    elif order is DayOrder.MDY:
        month, day_, year = first, second, third
    elif order is DayOrder.YMD:
        year, month, day_ = first, second, third
    else:
        day_, month, year = first, second, third
    if len(year) == 3 or len(day_) > 2:
        raise CellRefusal("không đọc được ngày theo kiểu đã chọn cho cột")
    return int(year) if len(year) == 4 else _full(int(year), today), int(month), int(day_)


def _full(two: int, today: date) -> int:
    """Of a year of two figures the last one that was: what is imported has happened."""
    this = today.year - today.year % 100 + two
    return this if this <= today.year else this - 100


def _possible(year: int, month: int, day_: int, today: date) -> str:
    try:
        found = date(year, month, day_)
    except ValueError as error:
        raise CellRefusal("ngày không có trong lịch") from error
    return _possible_date(found, today)


def _possible_date(found: date, today: date) -> str:
    if not dates.is_plausible_year(str(found.year)):
        raise CellRefusal("năm không có thật")
    if found > today:
        raise CellRefusal("ngày ở tương lai")
    return found.isoformat()


def sex(text: str) -> str:
    """ "Nam" or "Nữ". Raises `CellRefusal`."""
    found = _SEXES.get(fold(text))
    if found is None:
        raise CellRefusal("giới tính phải là Nam hoặc Nữ")
    return found


def number(text: str, *, born_on: str, sex_said: str) -> tuple[str, str]:
    """The number of a person's paper as it is kept, and a remark where zeros that Excel dropped were put back.

    They come back only where the row proves it: twelve digits whose province exists and whose year of birth (and sex,
    where it is said) are the row's. Raises `CellRefusal`.
    """
    kept = paper_number.tidied(text.strip().lstrip("'"))
    if _EXPONENT.search(text):
        raise CellRefusal("số bị Excel rút gọn (có chữ E), không còn đủ chữ số")
    if _FIGURES.fullmatch(kept) and _NINE < len(kept) < _TWELVE:
        whole = kept.zfill(_TWELVE)
        if born_on and not id_number.doubts(whole, born_on=born_on, sex_on_card=sex_said):
            return whole, f"số có {len(kept)} chữ số: đã thêm lại số 0 ở đầu, khớp năm sinh"
        why = "không khớp ngày sinh hoặc giới tính của dòng" if born_on else "dòng không có ngày sinh để kiểm chứng"
        raise CellRefusal(f"số có {len(kept)} chữ số, có thể Excel đã bỏ số 0 ở đầu; {why}")
    if _FIGURES.fullmatch(kept) and len(kept) == _NINE - 1:
        raise CellRefusal("số có 8 chữ số, có thể Excel đã bỏ số 0 ở đầu; không có gì để kiểm chứng")
    if why := paper_number.problem(kept, is_foreign=False):
        raise CellRefusal(f"số giấy tờ: {why}")
    return kept, ""
