"""Batches that could not be taken in: whose, which, why, and a button for who has looked into it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk_app.district.admin import rewritten
from desk_app.district.admin import status as district_status
from desk_app.district.admin.rewritten import RewrittenRow
from desk_app.district.admin.status import PutAside, Unreadable
from desk_app.district.pages.context import DistrictPage, PageContext, PageRoute, form_of
from desk_app.district.pages.layout import PageFrame, lines, page, table, token_field, unseen, when
from desk_app.district.pages.markup import Markup, element
from desk_app.district.storage import quarantine

_AT_ONCE = 200
"""The newest; those behind them come up as these are settled."""
_EXPLANATION = (
    "Những lô dưới đây có chữ ký thật nhưng chưa đưa vào sổ được. Chúng được giữ nguyên văn, không ảnh hưởng các hồ sơ "
    "khác. Hỏi lại quầy, rồi bấm «Đã xem»; lô vẫn được giữ. Lô của máy đã thu hồi mà quầy xác nhận là việc thật của "
    "mình thì bấm «Nhận vào sổ»."
)


_REWRITTEN = (
    "Máy của những quầy này giữ các việc dưới đây khác với bản đã được cấp trên xác nhận. Bản đã xác nhận vẫn được "
    "tính, nội dung bị sửa không được tính vào đâu cả. Hỏi quầy: ai có mật khẩu hoặc khóa của máy. Khôi phục máy từ "
    "bản sao lưu không để lại dấu như thế."
)


def drawn(
    frame: PageFrame, found: Sequence[PutAside], unreadable: Sequence[Unreadable], altered: Sequence[RewrittenRow]
) -> str:
    return page(
        frame,
        "Để riêng",
        element("p", _EXPLANATION, class_="soft"),
        table(
            "Lô để riêng",
            ("Lúc nhận", "Quầy", "Lý do", "Sổ, số việc", "Xử lý"),
            [_row(frame, one) for one in found],
            empty="Không có lô nào để riêng.",
        ),
        _altered(altered) if altered else None,
        _not_read(unreadable) if unreadable else None,
    )


def _altered(found: Sequence[RewrittenRow]) -> Markup:
    rows = [
        (
            f"{one.unit} · quầy {one.desk}",
            one.code or "—",
            lines(one.told[:1].upper() + one.told[1:], one.differs_in),
            lines(one.log[:16] + "…", f"số {one.confirmed or one.said}"),
            lines(_at("xác nhận: ", one.confirmed_at), _at("máy nói: ", one.said_at)),
        )
        for one in found
    ]
    return element(
        "section",
        element("h2", "Lịch sử bị sửa sau khi đã xác nhận"),
        element("p", _REWRITTEN, class_="soft"),
        table(
            "Lịch sử bị sửa",
            ("Quầy", "Hồ sơ", "Việc và chỗ khác nhau", "Sổ, số việc", "Lúc"),
            rows,
            empty="",
            code=1,
        ),
    )


def _at(what: str, moment: int) -> Markup | None:
    return element("span", what, when(moment)) if moment else None


def _row(frame: PageFrame, one: PutAside) -> tuple[object, ...]:
    buttons = [_button(frame, one, "/quarantine/settle", "Đã xem")]
    if one.can_be_taken:
        buttons.append(_button(frame, one, "/quarantine/take", "Nhận vào sổ"))
    return (
        when(one.at),
        _whose(one),
        one.told[:1].upper() + one.told[1:],
        lines(one.log[:16] + "…", f"{one.first}–{one.last}"),
        buttons,
    )


def _whose(one: PutAside) -> str:
    return f"{one.unit} · quầy {one.desk}" if one.unit else "máy lạ"


def _button(frame: PageFrame, one: PutAside, action: str, text: str) -> Markup:
    return element(
        "form",
        token_field(frame),
        element("input", type="hidden", name="digest", value=one.digest),
        element(
            "button",
            text,
            unseen(f": {_whose(one)}, sổ {one.log[:16]}, việc {one.first}–{one.last}"),
            type="submit",
            class_="plain",
        ),
        method="post",
        action=action,
    )


def _not_read(found: Sequence[Unreadable]) -> Markup:
    rows = [
        (
            when(one.at),
            f"{one.unit} · quầy {one.desk}" if one.unit else "máy lạ",
            one.told[:1].upper() + one.told[1:],
            lines(one.log[:16] + "…", f"số {one.seq}"),
        )
        for one in found
    ]
    return element(
        "section",
        element("h2", "Đã nhận nhưng bản chương trình này chưa đọc được"),
        table("Chưa đọc được", ("Lúc", "Quầy", "Lý do", "Sổ, số việc"), rows, empty=""),
    )


async def _shown(context: PageContext, _: Request, frame: PageFrame) -> Response:
    return await context.drawn(
        lambda session: drawn(
            frame,
            district_status.put_aside(session),
            district_status.unreadable(session),
            rewritten.rows(session),
        )
    )


async def _settle(context: PageContext, request: Request, _: PageFrame) -> Response:
    if digest := await _digest_of(request):
        await context.write(lambda session: quarantine.settle(session, digest, at=context.district.clock()))
    return RedirectResponse("/quarantine", status_code=303)


async def _take(context: PageContext, request: Request, _: PageFrame) -> Response:
    if digest := await _digest_of(request):
        await run_in_threadpool(context.district.take_in, digest)
    return RedirectResponse("/quarantine", status_code=303)


async def _digest_of(request: Request) -> bytes:
    """Which batch a form means; b"" where it names none."""
    digest = (await form_of(request)).get("digest", "")
    return bytes.fromhex(digest) if len(digest) == 64 and set(digest) <= set("0123456789abcdef") else b""


PAGE = DistrictPage(
    path="/quarantine",
    title="Để riêng",
    routes=[
        PageRoute("/quarantine", _shown),
        PageRoute("/quarantine/settle", _settle, "POST"),
        PageRoute("/quarantine/take", _take, "POST"),
    ],
    waiting=lambda totals: totals.quarantine,
)
