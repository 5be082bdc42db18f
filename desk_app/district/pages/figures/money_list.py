"""What stands behind a figure of money: the desks of a commune's day with their drawers, and every movement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from desk_app.district.admin import register
from desk_app.district.money import day_sums, stored
from desk_app.district.money.stored import Movement, WantedMoney
from desk_app.district.pages.context import PageContext, plain
from desk_app.district.pages.figures import span
from desk_app.district.pages.figures.span import Span
from desk_app.district.pages.layout import PageFrame, chip, dotted, lines, notice, page, pager, table, when
from desk_app.district.pages.markup import Markup, element
from desk_app.district.publishing import law
from desk_app.district.storage import Session
from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.payments.desk_day import DeskMoney
from desk_app.domain.payments.payment import way_told
from desk_app.domain.payments.receipt_summary import summary_status, summed_receipt
from desk_app.domain.payments.receipt_words import receipt_told

_PATH = "/money/list"
_AT_ONCE = 50
_DESKS = ("Quầy", "Tổng (đồng)", "Tiền mặt", "Đếm được", "Tiền lẻ đầu ngày", "Chênh lệch", "Quỹ tiền mặt")
_MOVEMENTS = ("Mã hồ sơ", "Người nộp", "Thủ tục", "Lúc", "Cách nộp", "Số tiền (đồng)", "Biên lai", "Người thu, ghi chú")


class ListedMoney:
    """What a page of movements shows: `total` đồng in `count` movements are behind the figure, `rows` are one page."""

    def __init__(self, rows: Sequence[Movement], *, count: int, total: int) -> None:
        self.rows = rows[:_AT_ONCE]
        self.has_more = len(rows) > _AT_ONCE
        self.count, self.total = count, total


def drawn(
    frame: PageFrame,
    asked: Span,
    wanted: WantedMoney,
    found: ListedMoney,
    *,
    desks: Sequence[DeskMoney],
    units: Sequence[tuple[str, str]],
    procedures: Mapping[str, str],
) -> str:
    """The page; `desks` of the commune's day where one is named, `units` codes with names, `procedures` names."""
    unit = dict(units).get(wanted.unit) or wanted.unit or "mọi đơn vị"
    way = f", {way_told(wanted.way)}" if wanted.way else ""
    receipts = ", biên lai điện tử (01/TH-BLĐT)" if wanted.receipts else ""
    told = f"{dotted(found.count)} lần thu, trả lại{way}{receipts}: {dotted(found.total)} đồng"
    more: dict[str, str | int] = {"way": wanted.way, "receipts": int(wanted.receipts)}
    return page(
        frame,
        f"Thu tiền {asked.told}",
        notice(span.WRONG_DAY, span.WRONG_DAY_REMEDY, kind="error") if asked.is_wrong else None,
        element("p", unit, " · ", told, class_="soft"),
        _desks(desks) if wanted.unit else None,
        element("h2", "Từng khoản"),
        table(
            "Từng khoản",
            _MOVEMENTS,
            [_row(each, procedures) for each in found.rows],
            empty="Không có khoản nào như vậy.",
            right=(5,),
            code=0,
        ),
        pager(
            element("a", "← Trang trước", href=asked.href(_PATH, page=asked.page - 1, **more)) if asked.page else None,
            element("a", "Trang sau →", href=asked.href(_PATH, page=asked.page + 1, **more))
            if found.has_more
            else None,
            element("a", "Về bảng thu tiền", href=asked.href("/money")),
        ),
    )


def _desks(desks: Sequence[DeskMoney]) -> Markup:
    made = table(
        "Từng quầy", _DESKS, [_desk(each) for each in desks], empty="Không quầy nào thu hay đếm quỹ.", right=range(1, 6)
    )
    return element("section", element("h2", "Từng quầy"), made)


def _desk(each: DeskMoney) -> tuple[object, ...]:
    count = each.count
    kind = "error" if each.difference else "warn" if each.needs_count else "ok"
    plain_mark = "Khớp" if count else "Không có tiền mặt"
    mark = "Lệch" if each.difference else "Chưa đếm xong" if each.needs_count else plain_mark
    return (
        each.desk,
        dotted(each.total),
        dotted(each.cash),
        dotted(count.counted) if count else "—",
        dotted(count.opening) if count else "—",
        "—" if each.difference is None else dotted(each.difference),
        lines(chip(mark, kind), each.balance, f"người đếm: {count.author}" if count and count.author else ""),
    )


def _row(each: Movement, procedures: Mapping[str, str]) -> tuple[object, ...]:
    line = each.line
    status = summary_status(line).label if summed_receipt(line) is not None else ""
    return (
        each.code or "chưa có phiếu tiếp nhận",
        each.applicant or "—",
        lines(procedures.get(each.procedure) or each.procedure, f"{each.unit}, quầy {line.desk}"),
        when(line.at),
        way_told(line.way),
        dotted(line.amount),
        lines(receipt_told(line.receipt or line.of) or "chưa ghi", status),
        lines(line.author, line.reason, line.note),
    )


def _wanted(request: Request, asked: Span) -> WantedMoney:
    told = request.query_params
    return WantedMoney(
        day=asked.last.isoformat(),
        unit=asked.unit,
        way=plain(told.get("way", ""))[:40],
        receipts=told.get("receipts", "") == "1",
        page=asked.page,
    )


async def shown(context: PageContext, request: Request, frame: PageFrame) -> Response:
    """The list behind a figure of one day."""
    asked = span.one_day(request, today=day_in_vietnam(context.district.clock()))
    wanted = _wanted(request, asked)

    def draw(session: Session) -> str:
        sums = [
            each
            for each in stored.sums(session, wanted.day, wanted.day, unit=wanted.unit)
            if wanted.way in ("", each.way) and (each.receipt or not wanted.receipts)
        ]
        return drawn(
            frame,
            asked,
            wanted,
            ListedMoney(
                stored.movements(session, wanted, most=_AT_ONCE),
                count=sum(each.lines for each in sums),
                total=sum(each.amount for each in sums),
            ),
            desks=day_sums.of_day(session, asked.last, unit=wanted.unit) if wanted.unit else (),
            units=register.units(session),
            procedures=law.names(session, context.district.identity),
        )

    return await context.drawn(draw, status=400 if asked.is_wrong else 200)
