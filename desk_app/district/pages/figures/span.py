"""Which days and which commune a page of figures speaks of: read from its address, drawn as its form, kept in links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request

from desk_app.district.admin import audit
from desk_app.district.pages.context import plain
from desk_app.district.pages.layout import told_wrong
from desk_app.district.pages.markup import Markup, element
from desk_app.domain.calendar import dates
from desk_app.errors import BadFactError

DAYS = {1: "1 ngày", 7: "7 ngày", 31: "31 ngày"}
WRONG_DAY = "Không đọc được ngày."
WRONG_DAY_REMEDY = "Chọn ngày trong ô, hoặc gõ ngày/tháng/năm. Dưới đây là hôm nay."
_YEARS = range(2000, 2101)


class Span(Struct, frozen=True, kw_only=True):
    """`days` that end with `last`, of a unit where one is named; `page` counts from 0.

    `is_wrong`: no day could be read, `last` is today.
    """

    last: date
    days: int = 1
    unit: str = ""
    page: int = 0
    is_wrong: bool = False

    @property
    def first(self) -> date:
        return self.last - timedelta(days=self.days - 1)

    @property
    def told(self) -> str:
        """ "ngày 29/11/2026", "từ 23/11/2026 đến 29/11/2026"."""
        if self.days == 1:
            return f"ngày {self.last:%d/%m/%Y}"
        return f"từ {self.first:%d/%m/%Y} đến {self.last:%d/%m/%Y}"

    def href(self, path: str, **more: str | int) -> str:
        """The address of a page for these days; of its first part where `more` names no other."""
        told = {"day": self.last.isoformat(), "days": self.days, "unit": self.unit} | more
        return f"{path}?" + urlencode({name: value for name, value in told.items() if value not in ("", 0)})


def asked(request: Request, *, today: date, default: int = 1) -> Span:
    """What an address asks for: today, so many days and every commune where it does not say."""
    told = request.query_params
    days, page = _number(told.get("days", "")), _number(told.get("page", ""))
    span = Span(
        last=today,
        days=days if days in DAYS else default,
        unit=plain(told.get("unit", "")).strip()[:40],
        page=page,
    )
    if not told.get("day", "").strip():
        return span
    day = _day(told["day"])
    return replace(span, last=day) if day else replace(span, is_wrong=True)


def one_day(request: Request, *, today: date) -> Span:
    """The same of one day."""
    return replace(asked(request, today=today), days=1)


def audited(request: Request) -> str:
    """What the audit keeps of such a question: the days as they were asked for, the commune."""
    told = request.query_params
    day, days, unit = _day(told.get("day", "")), _number(told.get("days", "")), told.get("unit", "").strip()
    parts = (
        f"ngày {day:%d/%m/%Y}" if day else "hôm nay",
        DAYS.get(days, ""),
        f"đơn vị {audit.unit_told(unit)}" if unit else "",
        f"trang {_number(told.get('page', '')) + 1}",
    )
    return ", ".join(part for part in parts if part)


def form(path: str, span: Span, units: Sequence[tuple[str, str]]) -> Markup:
    """The fields that choose days and commune; `units` are codes with names."""
    day = element("input", name="day", type="date", value=span.last.isoformat(), **told_wrong(is_wrong=span.is_wrong))
    return element(
        "form",
        element("label", "Ngày", day),
        element("label", "Xem", _choice("days", str(span.days), [(str(n), text) for n, text in DAYS.items()])),
        element(
            "label",
            "Đơn vị",
            _choice("unit", span.unit, [("", "Tất cả"), *((code, f"{name} ({code})") for code, name in units)]),
        ),
        element("button", "Xem", type="submit", class_="main"),
        class_="row",
        method="get",
        action=path,
        role="search",
    )


def _choice(name: str, chosen: str, options: Sequence[tuple[str, str]]) -> Markup:
    made = [element("option", text, value=value, selected=value == chosen) for value, text in options]
    return element("select", made, name=name)


def _day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(dates.parse_typed(plain(typed.strip())[:40]))
    except (BadFactError, ValueError):
        return None
    return day if day.year in _YEARS else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
