"""Messages to citizens by commune: how many wait, were sent, did not arrive, are given up; the list of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from desk_app.district.admin import register
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.messages import stored
from desk_app.district.messages.stored import ListedMessage, SendingCount, WantedMessages
from desk_app.district.pages.context import AuditedView, DistrictPage, PageContext, PageRoute
from desk_app.district.pages.figures import span
from desk_app.district.pages.figures.span import Span
from desk_app.district.pages.layout import PageFrame, dotted, lines, notice, page, pager, table, tiles, when
from desk_app.district.pages.markup import element
from desk_app.district.publishing import law
from desk_app.district.storage import Session
from desk_app.domain.calendar.moments import day_in_vietnam, shown_moment
from desk_app.domain.messages.kinds import About, Sending

_PATH, _LIST = "/messages", "/messages/list"
_DEFAULT = 7
_AT_ONCE = 50
_HEADS = {
    Sending.WAITING: "Chờ gửi",
    Sending.SENT: "Đã gửi",
    Sending.FAILED: "Gửi không được",
    Sending.VOID: "Thôi gửi",
}
_KINDS = {Sending.WAITING: "warn", Sending.SENT: "", Sending.FAILED: "error", Sending.VOID: ""}
_TOLD = (
    "Chờ gửi: tất cả đến nay. Các cột khác: tin xếp hàng {span}. Thôi gửi: bước đã rút lại trước khi gửi. "
    "Gọi điện cho ai thì từng quầy có danh sách của mình."
)


def drawn(frame: PageFrame, asked: Span, found: Sequence[SendingCount], units: Sequence[tuple[str, str]]) -> str:
    """The page; `found` by commune and state, `units` are codes with names."""
    by_unit: dict[str, dict[Sending, SendingCount]] = {}
    for each in found:
        by_unit.setdefault(each.unit, {})[each.sending] = each
    names = dict(units)
    return page(
        frame,
        "Tin nhắn",
        notice(span.WRONG_DAY, span.WRONG_DAY_REMEDY, kind="error") if asked.is_wrong else None,
        span.form(_PATH, asked, units),
        tiles(
            (sum(each.messages for each in found if each.sending is sending), f"tin {head.lower()}", _KINDS[sending])
            for sending, head in _HEADS.items()
        ),
        element("p", _TOLD.format(span=asked.told), class_="soft"),
        table(
            "Tin nhắn theo đơn vị",
            ("Đơn vị", *_HEADS.values()),
            [_unit_row(asked, unit, by_unit[unit], names) for unit in sorted(by_unit)],
            empty="Không có tin nào trong thời gian này.",
            right=range(1, 1 + len(_HEADS)),
        ),
    )


def _unit_row(
    asked: Span, unit: str, counts: Mapping[Sending, SendingCount], names: Mapping[str, str]
) -> tuple[object, ...]:
    here = Span(last=asked.last, days=asked.days, unit=unit)
    return (
        lines(names.get(unit) or unit, unit if names.get(unit) else ""),
        *(_number(here, sending, counts.get(sending)) for sending in _HEADS),
    )


def _number(here: Span, sending: Sending, count: SendingCount | None) -> object:
    if count is None:
        return "0"
    told = f"{dotted(count.messages)} tin {_HEADS[sending].lower()} của {here.unit}"
    link = element("a", dotted(count.messages), href=here.href(_LIST, sending=sending.value), aria_label=told)
    return lines(link, f"cũ nhất {shown_moment(count.oldest)}" if sending is Sending.WAITING else "")


def listed(
    frame: PageFrame,
    asked: Span,
    wanted: WantedMessages,
    rows: Sequence[ListedMessage],
    *,
    units: Sequence[tuple[str, str]],
    procedures: Mapping[str, str],
) -> str:
    """The list behind a number; `rows` with one more than a page shows where there are more."""
    unit = dict(units).get(wanted.unit) or wanted.unit or "mọi đơn vị"
    told = "tất cả đến nay" if wanted.sending is Sending.WAITING else f"xếp hàng {asked.told}"
    more = {"sending": wanted.sending.value}
    return page(
        frame,
        f"Tin nhắn: {_HEADS[wanted.sending].lower()}",
        notice(span.WRONG_DAY, span.WRONG_DAY_REMEDY, kind="error") if asked.is_wrong else None,
        element("p", unit, " · ", told, class_="soft"),
        table(
            "Từng tin",
            ("Mã hồ sơ", "Đơn vị", "Thủ tục", "Báo việc gì", "Xếp hàng", "Giao gửi", "Vì sao không tới"),
            [_message_row(each, procedures) for each in rows[:_AT_ONCE]],
            empty="Không có tin nào như vậy.",
            code=0,
        ),
        pager(
            element("a", "← Trang trước", href=asked.href(_LIST, page=asked.page - 1, **more)) if asked.page else None,
            element("a", "Trang sau →", href=asked.href(_LIST, page=asked.page + 1, **more))
            if len(rows) > _AT_ONCE
            else None,
            element("a", "Về bảng tin nhắn", href=asked.href(_PATH)),
        ),
    )


def _message_row(each: ListedMessage, procedures: Mapping[str, str]) -> tuple[object, ...]:
    about = About(each.about).label if each.about in set(About) else each.about
    return (
        each.code or "chưa có phiếu tiếp nhận",
        each.unit,
        procedures.get(each.procedure) or each.procedure,
        lines(about, each.id),
        when(each.queued_at),
        when(each.sent_at),
        each.failed or "—",
    )


def _wanted(request: Request, asked: Span) -> WantedMessages:
    sending = _sending(request)
    return WantedMessages(sending=sending, first=asked.first, last=asked.last, unit=asked.unit, page=asked.page)


def _sending(request: Request) -> Sending:
    told = request.query_params.get("sending", "")
    return Sending(told) if told in set(Sending) else Sending.WAITING


def _asked(context: PageContext, request: Request) -> Span:
    return span.asked(request, today=day_in_vietnam(context.district.clock()), default=_DEFAULT)


def _audited(request: Request) -> str:
    return f"{_HEADS[_sending(request)].lower()}, {span.audited(request)}"


async def _shown(context: PageContext, request: Request, frame: PageFrame) -> Response:
    asked = _asked(context, request)

    def draw(session: Session) -> str:
        found = stored.counts(session, asked.first, asked.last, unit=asked.unit)
        return drawn(frame, asked, found, register.units(session))

    return await context.drawn(draw, status=400 if asked.is_wrong else 200)


async def _list_shown(context: PageContext, request: Request, frame: PageFrame) -> Response:
    asked = _asked(context, request)
    wanted = _wanted(request, asked)

    def draw(session: Session) -> str:
        return listed(
            frame,
            asked,
            wanted,
            stored.listed(session, wanted, most=_AT_ONCE),
            units=register.units(session),
            procedures=law.names(session, context.district.identity),
        )

    return await context.drawn(draw, status=400 if asked.is_wrong else 200)


PAGE = DistrictPage(
    path=_PATH,
    title="Tin nhắn",
    routes=[
        PageRoute(_PATH, _shown),
        PageRoute(_LIST, _list_shown, view=AuditedView(AuditDeed.MESSAGES, _audited)),
    ],
)
