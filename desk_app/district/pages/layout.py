"""What every page of the district has around it: head, side bar, tables, chips. No script, nothing from afar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk_app import __version__
from desk_app.district.pages.markup import Markup, element, joined
from desk_app.terminal import clock

_PROBLEM = "loi"


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page in the side bar; `waiting` things there want to be looked at."""

    path: str
    title: str
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What the side bar shows: the district's name, who is in, which page is open, and all pages.

    `token` proves that a form was drawn for this session.
    """

    district: str
    user: str
    path: str
    token: str
    links: Sequence[PageLink] = ()

    def is_in(self, link: PageLink) -> bool:
        """Whether the open page is this one, or a list behind one of its figures."""
        return self.path == link.path or (link.path != "/" and self.path.startswith(f"{link.path}/"))


def page(frame: PageFrame, title: str, *content: object, tools: object = None) -> str:
    """A whole page for somebody who is in; `tools` stand beside the title."""
    links = [
        element(
            "a",
            link.title,
            element("span", link.waiting, unseen(" việc cần xem"), class_="badge") if link.waiting else None,
            href=link.path,
            aria_current="page" if frame.is_in(link) else None,
        )
        for link in frame.links
    ]
    side = element(
        "aside",
        element("div", frame.district, element("small", "Bàn Một Cửa · cấp trên"), class_="brand"),
        element("nav", links, aria_label="Các trang"),
        element(
            "form",
            token_field(frame),
            element("div", frame.user),
            element("button", "Ra khỏi trang", type="submit"),
            class_="who",
            method="post",
            action="/sign-out",
        ),
        class_="side",
    )
    head = element("div", element("h1", title), tools, class_="head")
    skip = element("a", "Bỏ qua danh sách trang", href="#noi-dung", class_="skip")
    return document(
        title, skip, element("div", side, element("main", head, *content, id="noi-dung", tabindex=-1), class_="frame")
    )


def document(title: str, *body: object) -> str:
    """A whole HTML document."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("title", f"{title} · Bàn Một Cửa"),
        element("link", rel="stylesheet", href=f"/assets/district.css?{__version__}"),
    )
    return "<!doctype html>\n" + element("html", head, element("body", *body), lang="vi")


def token_field(frame: PageFrame) -> Markup:
    """What every form that changes something carries."""
    return element("input", type="hidden", name="token", value=frame.token)


def table(
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    empty: str,
    right: Iterable[int] = (),
    code: int = -1,
) -> Markup:
    """A table in a card that the keys can scroll; `name` is what it is called where nobody sees it.

    `right` are columns of numbers, `code` the column of codes, `empty` is said without rows.
    """
    numbers = set(right)

    def kind(column: int) -> str | None:
        return "right" if column in numbers else "code" if column == code else None

    body = [element("tr", (element("td", cell, class_=kind(at)) for at, cell in enumerate(row))) for row in rows]
    if not body:
        body = [element("tr", element("td", empty, colspan=len(heads), class_="empty"))]
    top = element("tr", (element("th", text, class_=kind(at), scope="col") for at, text in enumerate(heads)))
    whole = element("table", element("thead", top), element("tbody", body), aria_label=name)
    return element("div", whole, class_="card", role="region", aria_label=name, tabindex=0)


def chip(text: str, kind: str = "") -> Markup:
    """A mark; `kind` "ok", "warn", "error" or "" for none of them."""
    return element("span", text, class_=f"chip {kind}".strip())


def tiles(found: Iterable[tuple[int, str, str]]) -> Markup:
    """Numbers with what they count and a kind ("", "warn", "error"), which shows only when there are any."""
    made = [
        element("div", element("b", dotted(number)), text, class_=f"tile {kind if number else ''}".strip())
        for number, text, kind in found
    ]
    return element("div", made, class_="tiles")


def notice(text: str, remedy: str = "", *, kind: str = "") -> Markup:
    """A sentence with what to do; an error is tied to its field by `told_wrong`."""
    is_error = kind == "error"
    return element(
        "div",
        element("b", text),
        remedy or None,
        class_=f"notice {kind}".strip(),
        role="alert" if is_error else "status",
        id=_PROBLEM if is_error else None,
    )


def told_wrong(*, is_wrong: bool) -> dict[str, str | int | None]:
    """Attributes of a field of which the page's error speaks: it says so, and the keys begin there."""
    return {"aria_invalid": "true", "aria_describedby": _PROBLEM, "autofocus": True} if is_wrong else {}


def pager(*links: Markup | None) -> Markup | None:
    """Links to the pages before and behind this one; nothing where there are none."""
    found = [link for link in links if link is not None]
    return element("nav", found, class_="pager", aria_label="Các phần của danh sách") if found else None


def unseen(text: str) -> Markup:
    """Words for who hears the page and does not see it."""
    return element("span", text, class_="unseen")


def when(at: int) -> Markup:
    """A moment (UTC ms) on one line."""
    return element("time", clock(at))


def dotted(number: int) -> str:
    """1.234.567."""
    return f"{number:,}".replace(",", ".")


def lines(*parts: object) -> Markup:
    """A first line and smaller ones below it; what is empty is left out."""
    kept = [part for part in parts if part]
    return joined([kept[0] if kept else "—", *(element("small", part) for part in kept[1:])])
