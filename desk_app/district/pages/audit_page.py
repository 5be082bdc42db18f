"""Who signed in, who looked at which dossiers: the audit, newest first, with its own proof that no row was altered."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from desk_app.district.admin import audit
from desk_app.district.admin.audit import AuditRow
from desk_app.district.pages.context import DistrictPage, PageContext, PageRoute
from desk_app.district.pages.layout import PageFrame, page, pager, table, when
from desk_app.district.pages.markup import Markup, element
from desk_app.district.storage import Session

_AT_ONCE = 100
_HEADS = ("Số", "Lúc", "Tài khoản", "Việc", "Đã hỏi gì", "Từ địa chỉ")


def drawn(frame: PageFrame, rows: Sequence[AuditRow], *, account: str) -> str:
    """The page; `account` "" for everybody."""
    has_older = len(rows) == _AT_ONCE and rows[-1].n > 1
    older = element("a", "Cũ hơn →", href=_href(account, rows[-1].n)) if has_older else None
    return page(
        frame,
        "Nhật ký truy cập",
        _search(account),
        element("p", "Chỉ thêm, không sửa, không xóa. Họ tên và số được che.", class_="soft"),
        table("Nhật ký truy cập", _HEADS, [_row(row) for row in rows], empty="Chưa có dòng nào."),
        pager(older),
    )


def _search(account: str) -> Markup:
    return element(
        "form",
        element("label", "Tài khoản", element("input", name="account", value=account, type="search")),
        element("button", "Xem", type="submit", class_="main"),
        class_="row",
        method="get",
        action="/audit",
        role="search",
    )


def _row(row: AuditRow) -> tuple[object, ...]:
    return (row.n, when(row.at), row.account or "tên lạ", row.told, row.asked or "—", row.address or "máy chủ")


def _href(account: str, below: int) -> str:
    told = {"account": account, "below": below}
    return "/audit?" + urlencode({key: value for key, value in told.items() if value})


async def _shown(context: PageContext, request: Request, frame: PageFrame) -> Response:
    account = request.query_params.get("account", "").replace("\0", "").strip().lower()[:64]
    told = request.query_params.get("below", "")
    below = int(told) if told.isascii() and told.isdecimal() and len(told) < 16 else 0

    def draw(session: Session) -> str:
        return drawn(frame, audit.newest(session, account=account, below=below, most=_AT_ONCE), account=account)

    return await context.drawn(draw)


PAGE = DistrictPage(path="/audit", title="Nhật ký truy cập", routes=[PageRoute("/audit", _shown)])
