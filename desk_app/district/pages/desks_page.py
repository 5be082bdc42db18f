"""The first page: how every desk stands to the district, and the digits to compare with a new one."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from desk_app.district.admin import status as district_status
from desk_app.district.admin.status import DeskState, Totals
from desk_app.district.intake import enrolment_slots
from desk_app.district.intake.enrolment_slots import EnrolmentSlot
from desk_app.district.pages.context import DistrictPage, PageContext, PageRoute
from desk_app.district.pages.layout import PageFrame, chip, dotted, lines, notice, page, table, tiles, when
from desk_app.district.pages.markup import Markup, element
from desk_app.district.storage import Session

_HEADS = ("Đơn vị", "Quầy", "Tình trạng", "Lần gọi cuối", "Việc đã nhận", "Lần tiếp nhận", "Máy", "Sáu số")


def drawn(
    frame: PageFrame,
    desks: Sequence[DeskState],
    waiting: Sequence[EnrolmentSlot],
    totals: Totals,
    *,
    at: int,
    remarks: Sequence[str],
) -> str:
    """The page; `waiting` are slots that no desk has used yet, `at` UTC ms, `remarks` what the whole district lacks."""
    return page(
        frame,
        "Các quầy",
        [notice(remark, kind="warn") for remark in remarks],
        tiles(
            [
                (totals.desks, "quầy đang hoạt động", ""),
                (totals.dossiers, "hồ sơ", ""),
                (totals.events, "việc đã nhận", ""),
                (sum(bool(desk.concerns(at)) for desk in desks), "quầy cần xem", "warn"),
                (totals.quarantine, "lô để riêng", "error"),
            ]
        ),
        table(
            "Các quầy", _HEADS, [_row(desk, at) for desk in desks], empty="Chưa có quầy nào được ghép.", right=(4, 5)
        ),
        _waiting(waiting) if waiting else None,
    )


def _row(desk: DeskState, at: int) -> tuple[object, ...]:
    return (
        lines(desk.commune or desk.unit, desk.unit if desk.commune else ""),
        desk.desk,
        _state(desk, at),
        lines(when(desk.seen_at), ["ghép ", when(desk.enrolled_at)]),
        dotted(desk.events),
        dotted(desk.receptions),
        lines(desk.host, desk.app, desk.kid),
        element("span", desk.digits, class_="digits") if desk.digits else "—",
    )


def _state(desk: DeskState, at: int) -> Markup:
    if not desk.is_active:
        return lines(chip("Đã thu hồi", "error"), desk.reason)
    concerns = desk.concerns(at)
    if desk.rewritten:
        return lines(chip("Lịch sử bị sửa", "error"), *concerns)
    told = [*concerns, *([desk.history_told] if desk.restored else [])]
    return lines(chip("Cần xem", "warn") if concerns else chip("Bình thường", "ok"), *told)


def _waiting(slots: Sequence[EnrolmentSlot]) -> Markup:
    rows = [
        (
            lines(slot.commune, slot.unit),
            slot.desk,
            ", ".join(f"{first:04d}–{last:04d}" for first, last in slot.blocks),
            when(slot.until),
            chip("Sai mã nhiều lần, làm lại", "error") if slot.tries else chip("Chờ quầy nhập mã"),
        )
        for slot in slots
    ]
    made = table("Đang chờ ghép", ("Đơn vị", "Quầy", "Dải số", "Mã dùng được đến", "Tình trạng"), rows, empty="")
    return element("section", element("h2", "Đang chờ ghép"), made)


async def _shown(context: PageContext, _: Request, frame: PageFrame) -> Response:
    def draw(session: Session) -> str:
        at = context.district.clock()
        waiting = [slot for _, slot in enrolment_slots.listed(session) if not slot.taken_by and slot.until >= at]
        return drawn(
            frame,
            district_status.desks(session),
            waiting,
            district_status.totals(session),
            at=at,
            remarks=district_status.remarks(session, context.folder, at=at),
        )

    return await context.drawn(draw)


PAGE = DistrictPage(path="/", title="Các quầy", routes=[PageRoute("/", _shown)])
