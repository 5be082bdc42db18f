"""Dossiers of all communes as the desks' events tell them: found by name, number or code, ID numbers masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from desk_app.district.admin import audit, register
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.admin.register import Found, ListedDossier, Wanted
from desk_app.district.pages.context import AuditedView, DistrictPage, PageContext, PageRoute
from desk_app.district.pages.layout import PageFrame, chip, dotted, lines, notice, page, pager, table, when
from desk_app.district.pages.markup import Markup, element
from desk_app.district.publishing import law
from desk_app.district.storage import Session
from desk_app.domain import lateness
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.people.person import masked

_HEADS = ("Mã hồ sơ", "Người nộp", "Thủ tục", "Tình trạng", "Tiếp nhận", "Hẹn trả")
_MORE_WORDS = "Còn hồ sơ chưa hiện: gõ thêm một chữ của tên, số giấy tờ, hoặc chọn đơn vị."
_UNINDEXED = "Đang lập mục lục tìm kiếm: còn khoảng {} hồ sơ cũ chưa tìm được theo tên, theo số."
_KINDS = {
    Status.RESULT_READY: "ok",
    Status.RETURNED: "ok",
    Status.AWAITING_COMPLETION: "warn",
    Status.AWAITING_DUTY: "warn",
    Status.SUSPENDED: "warn",
    Status.REFUSED: "error",
}


def drawn(
    frame: PageFrame,
    wanted: Wanted,
    found: Found,
    *,
    units: Sequence[tuple[str, str]],
    procedures: Mapping[str, str],
    at: int,
) -> str:
    """The page; `units` are codes with names, `procedures` names by code, `at` UTC ms."""
    return page(
        frame,
        "Hồ sơ",
        _search(wanted, units),
        element("p", f"{'Hơn ' if found.is_more else ''}{dotted(found.total)} hồ sơ", class_="soft"),
        notice(_MORE_WORDS, kind="warn") if found.is_cut else None,
        notice(_UNINDEXED.format(dotted(found.unindexed)), kind="warn") if found.unindexed else None,
        table(
            "Hồ sơ",
            _HEADS,
            [_row(one, procedures, at) for one in found.rows],
            empty="Không có hồ sơ nào như vậy.",
            code=0,
        ),
        pager(
            _link("← Trang trước", wanted, wanted.page - 1) if wanted.page else None,
            _link("Trang sau →", wanted, wanted.page + 1) if found.has_more else None,
        ),
    )


def _search(wanted: Wanted, units: Sequence[tuple[str, str]]) -> Markup:
    return element(
        "form",
        _labelled(
            "Họ tên, mã, số giấy tờ, điện thoại", element("input", name="text", value=wanted.text, type="search")
        ),
        _labelled(
            "Đơn vị",
            _choice("unit", wanted.unit, [("", "Tất cả"), *((code, f"{name} ({code})") for code, name in units)]),
        ),
        _labelled(
            "Tình trạng",
            _choice("status", wanted.status, [("", "Tất cả"), *((each.value, each.label) for each in Status)]),
        ),
        element("button", "Tìm", type="submit", class_="main"),
        class_="row",
        method="get",
        action="/dossiers",
        role="search",
    )


def _labelled(text: str, control: Markup) -> Markup:
    return element("label", text, control)


def _choice(name: str, chosen: str, options: Sequence[tuple[str, str]]) -> Markup:
    made = [element("option", text, value=value, selected=value == chosen) for value, text in options]
    return element("select", made, name=name)


def _row(one: ListedDossier, procedures: Mapping[str, str], at: int) -> tuple[object, ...]:
    status = Status(one.status)
    is_late = lateness.is_late(status, one.due_at, at, counts=one.counts)
    return (
        one.code,
        lines(one.applicant, masked(one.id_number)),
        lines(_procedure(one, procedures), f"{one.procedure} · {one.unit}"),
        lines(chip(status.label, _KINDS.get(status, "")), _look(one), _whole(one), _held(one)),
        when(one.received_at),
        lines(when(one.due_at), chip("Quá hạn", "error") if is_late else ""),
    )


def _procedure(one: ListedDossier, procedures: Mapping[str, str]) -> str:
    """What it is called; of one that only a bundle of linked procedures knows, as its desk says."""
    return procedures.get(one.procedure) or (one.place.title if one.place else "") or one.procedure


def _whole(one: ListedDossier) -> Markup | str:
    """How far the dossiers are that were received as one, with the way to all of them."""
    if one.place is None or not one.place.group:
        return ""
    asked = urlencode({"unit": one.unit, "group": one.place.group})
    return element("a", f"liên thông: đã xong {one.place.done}/{one.place.members}", href=f"/dossiers?{asked}")


def _held(one: ListedDossier) -> str:
    if one.place is None or not Status(one.status).is_open:
        return ""
    way = f", đang chuyển quầy {one.place.way_to}" if one.place.way_to else ""
    return f"ở quầy {one.place.desk}{way}"


def _look(one: ListedDossier) -> str:
    if one.is_doubled:
        return "hai hồ sơ một số, cần xem"
    return "hai quầy cùng sửa, cần xem" if one.needs_look else ""


def _link(text: str, wanted: Wanted, number: int) -> Markup:
    told = {"text": wanted.text, "unit": wanted.unit, "status": wanted.status, "page": number}
    return element("a", text, href="/dossiers?" + urlencode({key: value for key, value in told.items() if value}))


def _wanted(request: Request) -> Wanted:
    asked = request.query_params
    page = asked.get("page", "0")
    status = asked.get("status", "")
    return Wanted(
        text=_plain(asked.get("text", ""))[:100],
        unit=_plain(asked.get("unit", ""))[:40],
        status=status if status in list(Status) else "",
        group=_plain(asked.get("group", ""))[:32],
        page=int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 0,
    )


def _asked(request: Request) -> str:
    """What the audit keeps of a search: nobody's name or number."""
    wanted = _wanted(request)
    parts = (
        f"tìm «{audit.masked_text(wanted.text)}»" if wanted.text.strip() else "",
        f"đơn vị {audit.unit_told(wanted.unit)}" if wanted.unit else "",
        Status(wanted.status).label if wanted.status else "",
        "một gói liên thông" if wanted.group else "",
        f"trang {wanted.page + 1}",
    )
    return ", ".join(part for part in parts if part)


def _plain(text: str) -> str:
    """PostgreSQL takes no NUL in a text."""
    return text.replace("\0", "")


async def _shown(context: PageContext, request: Request, frame: PageFrame) -> Response:
    wanted = _wanted(request)

    def draw(session: Session) -> str:
        return drawn(
            frame,
            wanted,
            register.find(session, context.district.index, wanted),
            units=register.units(session),
            procedures=law.names(session, context.district.identity),
            at=context.district.clock(),
        )

    return await context.drawn(draw)


PAGE = DistrictPage(
    path="/dossiers",
    title="Hồ sơ",
    routes=[PageRoute("/dossiers", _shown, view=AuditedView(AuditDeed.DOSSIERS, _asked))],
)
