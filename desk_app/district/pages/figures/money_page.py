"""Money of the communes by day: sums by way, drawers that do not balance, the summary of electronic receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from desk_app.district.admin import register
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.money import day_sums
from desk_app.district.money.day_sums import UnitDay
from desk_app.district.pages.context import AuditedView, DistrictPage, PageContext, PageRoute
from desk_app.district.pages.figures import money_list, span
from desk_app.district.pages.figures.span import Span
from desk_app.district.pages.layout import PageFrame, chip, dotted, lines, notice, page, pager, table, tiles
from desk_app.district.pages.markup import Markup, element
from desk_app.district.storage import Session
from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.payments.payment import Way, way_told

PATH, LIST = "/money", "/money/list"
_AT_ONCE = 100


def drawn(frame: PageFrame, asked: Span, found: Sequence[UnitDay], units: Sequence[tuple[str, str]]) -> str:
    """The page; `found` are all days of the span, of which one part is shown; `units` are codes with names."""
    ways = [*Way, *sorted({way for each in found for way in each.ways} - set(Way))]
    shown = found[asked.page * _AT_ONCE : (asked.page + 1) * _AT_ONCE]
    has_more = len(found) > (asked.page + 1) * _AT_ONCE
    names = dict(units)
    return page(
        frame,
        "Thu tiền",
        notice(span.WRONG_DAY, span.WRONG_DAY_REMEDY, kind="error") if asked.is_wrong else None,
        span.form(PATH, asked, units),
        tiles(
            [
                (sum(each.total for each in found), f"đồng đã thu {asked.told}", ""),
                *((sum(each.way(way) for each in found), f"đồng {way_told(way)}", "") for way in ways),
                (sum(each.summary.amount for each in found), "đồng trên 01/TH-BLĐT", ""),
                (sum(len(each.apart) for each in found), "quỹ quầy lệch", "error"),
                (sum(len(each.uncounted) for each in found), "quỹ quầy chưa đếm, đếm chưa đủ", "warn"),
            ]
        ),
        table(
            "Thu tiền theo đơn vị và ngày",
            ("Ngày", "Đơn vị", "Tổng (đồng)", *(_head(way) for way in ways), "Quỹ tiền mặt", "01/TH-BLĐT"),
            [_row(each, ways, names) for each in shown],
            empty="Không có khoản thu nào trong thời gian này.",
            right=range(2, 3 + len(ways)),
        ),
        pager(
            element("a", "← Trang trước", href=asked.href(PATH, page=asked.page - 1)) if asked.page else None,
            element("a", "Trang sau →", href=asked.href(PATH, page=asked.page + 1)) if has_more else None,
        ),
    )


def _head(way: str) -> str:
    told = way_told(way)
    return told[:1].upper() + told[1:]


def _row(each: UnitDay, ways: Sequence[str], names: Mapping[str, str]) -> tuple[object, ...]:
    here = Span(last=date.fromisoformat(each.day), unit=each.unit)
    return (
        f"{here.last:%d/%m/%Y}",
        lines(names.get(each.unit) or each.unit, each.unit if names.get(each.unit) else ""),
        _figure(each.total, here, f"tổng của {each.unit}"),
        *(
            _figure(each.way(way), here, f"{way_told(way)} của {each.unit}", way=way) if way in each.ways else "0"
            for way in ways
        ),
        _drawers(each, here),
        _receipts(each, here),
    )


def _figure(amount: int, here: Span, of: str, **more: str) -> Markup:
    """A sum with the way to the movements behind it; `of` says to who hears the page what is summed."""
    told = f"{dotted(amount)} đồng, {of}, {here.told}"
    return element("a", dotted(amount), href=here.href(LIST, **more), aria_label=told)


def _drawers(each: UnitDay, here: Span) -> Markup:
    apart, uncounted = each.apart, each.uncounted
    if apart:
        chips = chip("Lệch", "error")
    elif uncounted:
        chips = chip("Chưa đếm xong", "warn")
    else:
        chips = chip("Khớp", "ok") if any(desk.count for desk in each.desks) else chip("Không thu tiền mặt")
    told = [f"quầy {desk.desk} {_apart(desk.difference or 0)}" for desk in apart]
    told += [f"quầy {desk.desk} {'đếm trước khi thu hết' if desk.count else 'chưa đếm'}" for desk in uncounted]
    link = element("a", chips, href=here.href(LIST), aria_label=f"Quỹ của {each.unit}, {here.told}: {'; '.join(told)}")
    return lines(link, *told)


def _apart(amount: int) -> str:
    return f"{'thừa' if amount > 0 else 'thiếu'} {dotted(abs(amount))} đ"


def _receipts(each: UnitDay, here: Span) -> object:
    if not each.receipts:
        return "—"
    whole = each.summary
    parts = [
        f"{status.label.lower()} {dotted(part.lines)}: {dotted(part.amount)} đ"
        for status, part in each.receipts.items()
    ]
    told = f"{dotted(whole.lines)} dòng, {dotted(whole.amount)} đ"
    label = f"01/TH-BLĐT của {each.unit}, {here.told}: {told}"
    return lines(element("a", told, href=here.href(LIST, receipts=1), aria_label=label), *parts)


async def _shown(context: PageContext, request: Request, frame: PageFrame) -> Response:
    asked = span.asked(request, today=day_in_vietnam(context.district.clock()))

    def draw(session: Session) -> str:
        found = day_sums.of_days(session, asked.first, asked.last, unit=asked.unit)
        return drawn(frame, asked, found, register.units(session))

    return await context.drawn(draw, status=400 if asked.is_wrong else 200)


PAGE = DistrictPage(
    path=PATH,
    title="Thu tiền",
    routes=[
        PageRoute(PATH, _shown),
        PageRoute(LIST, money_list.shown, view=AuditedView(AuditDeed.MONEY, span.audited)),
    ],
)
