"""What the district told the desks, and a form to tell them more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk_app.district.admin import register
from desk_app.district.pages.context import DistrictPage, PageContext, PageRoute, form_of
from desk_app.district.pages.layout import PageFrame, notice, page, token_field, told_wrong
from desk_app.district.pages.markup import Markup, element
from desk_app.district.publishing import announcements
from desk_app.district.publishing.announcements import Told
from desk_app.district.storage import Session
from desk_app.errors import BadFactError, DeskError, MissingFactError
from desk_app.terminal import clock


def drawn(
    frame: PageFrame,
    told: Sequence[Told],
    units: Sequence[tuple[str, str]],
    *,
    typed: Mapping[str, str],
    error: DeskError | None = None,
) -> str:
    """The page; `units` are codes with names, `told` newest first, `typed` what stands in the fields already."""
    news = [_news(one, dict(units)) for one in told]
    return page(
        frame,
        "Thông báo",
        notice(str(error), error.remedy, kind="error") if error else None,
        element("div", _form(frame, units, typed, _wrong(error)), class_="card padded"),
        element("h2", "Đã thông báo"),
        element("div", news or element("p", "Chưa có thông báo nào.", class_="news soft"), class_="card"),
    )


def _wrong(error: DeskError | None) -> str:
    """The field of which an error speaks."""
    if isinstance(error, MissingFactError | BadFactError):
        return str(error.facts["field"])
    return "scope" if error else ""


def _form(frame: PageFrame, units: Sequence[tuple[str, str]], typed: Mapping[str, str], wrong: str) -> Markup:
    options = [("*", "Tất cả các xã"), *((code, f"{name} ({code})") for code, name in units)]
    chosen = [element("option", text, value=value, selected=value == typed.get("scope")) for value, text in options]

    def facts(name: str) -> dict[str, str | int | None]:
        return {"name": name, **told_wrong(is_wrong=name == wrong)}

    return element(
        "form",
        token_field(frame),
        element(
            "div",
            element(
                "label",
                "Tiêu đề",
                element("input", value=typed.get("title", ""), required=True, maxlength=120, **facts("title")),
                class_="wide",
            ),
            element(
                "label",
                "Nội dung",
                element("textarea", typed.get("text", ""), required=True, maxlength=4000, **facts("text")),
                class_="wide",
            ),
            element("label", "Gửi tới", element("select", chosen, **facts("scope"))),
            element(
                "label",
                "Hiện đến hết ngày",
                element("input", type="date", value=typed.get("until", ""), **facts("until")),
            ),
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
        return await _told(context, frame, error, typed=form)
    return RedirectResponse("/announcements", status_code=303)


async def _told(
    context: PageContext, frame: PageFrame, error: DeskError | None = None, *, typed: Mapping[str, str] | None = None
) -> Response:
    def draw(session: Session) -> str:
        return drawn(
            frame,
            announcements.told(session, context.district.identity),
            register.units(session),
            typed=typed or {},
            error=error,
        )

    return await context.drawn(draw, status=400 if error else 200)


PAGE = DistrictPage(
    path="/announcements",
    title="Thông báo",
    routes=[PageRoute("/announcements", _shown), PageRoute("/announcements", _announce, "POST")],
)
