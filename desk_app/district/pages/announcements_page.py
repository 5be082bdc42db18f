"""What the district told the desks, and a form to tell them more."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk_app.district.admin import register
from desk_app.district.pages.context import DistrictPage, PageContext, PageRoute, form_of
from desk_app.district.pages.layout import PageFrame, notice, page, token_field
from desk_app.district.pages.markup import Markup, element
from desk_app.district.publishing import announcements
from desk_app.district.publishing.announcements import Told
from desk_app.district.storage import Session
from desk_app.errors import DeskError
from desk_app.terminal import clock


def drawn(
    frame: PageFrame, told: Sequence[Told], units: Sequence[tuple[str, str]], *, problem: str = "", remedy: str = ""
) -> str:
    """The page; `units` are codes with names, `told` newest first."""
    news = [_news(one, dict(units)) for one in told]
    return page(
        frame,
        "Thông báo",
        notice(problem, remedy, kind="error") if problem else None,
        element("div", _form(frame, units), class_="card padded"),
        element("h2", "Đã thông báo"),
        element("div", news or element("p", "Chưa có thông báo nào.", class_="news soft"), class_="card"),
    )


def _form(frame: PageFrame, units: Sequence[tuple[str, str]]) -> Markup:
    options = [("*", "Tất cả các xã"), *((code, f"{name} ({code})") for code, name in units)]
    return element(
        "form",
        token_field(frame),
        element(
            "div",
            element("label", "Tiêu đề", element("input", name="title", required=True, maxlength=120), class_="wide"),
            element(
                "label", "Nội dung", element("textarea", name="text", required=True, maxlength=4000), class_="wide"
            ),
            element(
                "label",
                "Gửi tới",
                element("select", [element("option", text, value=value) for value, text in options], name="scope"),
            ),
            element("label", "Hiện đến hết ngày", element("input", name="until", type="date")),
            class_="fields",
        ),
        element("p"),
        element("button", "Gửi thông báo", type="submit", class_="main"),
        method="post",
        action="/announcements",
    )


def _news(one: Told, names: dict[str, str]) -> Markup:
    where = "Tất cả các xã" if one.scope == "*" else names.get(one.scope, one.scope)
    until = f"đến hết {one.until[8:10]}/{one.until[5:7]}/{one.until[:4]}" if one.until else ""
    facts = [clock(one.at), " · ", where, *([" · ", until] if until else [])]
    return element(
        "article",
        element("h3", one.title),
        element("p", one.text),
        element("p", facts, class_="soft"),
        class_="news",
    )


async def _shown(context: PageContext, _: Request, frame: PageFrame) -> Response:
    return await _told(context, frame)


async def _announce(context: PageContext, request: Request, frame: PageFrame) -> Response:
    form = await form_of(request)

    def work(session: Session) -> None:
        announcements.announce(
            session,
            context.district.identity,
            scope=form.get("scope", ""),
            title=form.get("title", ""),
            text=form.get("text", ""),
            until=form.get("until", ""),
            at=context.district.clock(),
        )

    try:
        await context.write(work)
    except DeskError as error:
        return await _told(context, frame, error)
    return RedirectResponse("/announcements", status_code=303)


async def _told(context: PageContext, frame: PageFrame, error: DeskError | None = None) -> Response:
    def draw(session: Session) -> str:
        return drawn(
            frame,
            announcements.told(session, context.district.identity),
            register.units(session),
            problem=str(error) if error else "",
            remedy=error.remedy if error else "",
        )

    return await context.drawn(draw, status=400 if error else 200)


PAGE = DistrictPage(
    path="/announcements",
    title="Thông báo",
    routes=[PageRoute("/announcements", _shown), PageRoute("/announcements", _announce, "POST")],
)
