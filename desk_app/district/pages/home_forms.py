"""What anybody may fetch without a name and a password: pages on which citizens prepare declarations at home.

They carry no personal data and ask for none of the district: nothing is read from its books, nothing comes back.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from desk_app import places
from desk_app.district.district import District
from desk_app.district.pages.layout import document
from desk_app.district.pages.markup import element
from desk_app.documents.forms.form import FormLibrary
from desk_app.documents.forms.form_records import Form
from desk_app.documents.prepared import prepared_page
from desk_app.documents.prepared.prepared_form import is_declaration
from desk_app.domain.calendar.moments import day_in_vietnam

PATH = "/khai"
_MOST_KEPT = 128
_HEADERS = {
    "cache-control": "public, max-age=3600",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "vary": "accept-encoding",
}
_LIST_RULES = "default-src 'none'; style-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'"


@dataclass(frozen=True, slots=True)
class HomeForm:
    """A page as it is handed out, made once: its bytes, packed, and what says that a browser has it already."""

    text: bytes
    packed: bytes
    tag: str


def routes(district: District) -> list[BaseRoute]:
    """The list, and a page for each declaration in force today."""
    return [
        Route(PATH, partial(_list, district), methods=["GET"]),
        Route(f"{PATH}/{{form}}.html", partial(_page, district), methods=["GET"]),
    ]


async def _list(district: District, request: Request) -> Response:
    made = await run_in_threadpool(_listed, day_in_vietnam(district.clock()))
    return _answered(request, made, _LIST_RULES)


async def _page(district: District, request: Request) -> Response:
    made = await run_in_threadpool(_made, request.path_params["form"], day_in_vietnam(district.clock()))
    if made is None:
        return Response("Không có tờ khai này.", 404, media_type="text/plain; charset=utf-8", headers=_HEADERS)
    return _answered(request, made, f"{prepared_page.rules()}; frame-ancestors 'none'")


def _answered(request: Request, made: HomeForm, rules: str) -> Response:
    headers = {**_HEADERS, "etag": made.tag, "content-security-policy": rules}
    if made.tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(made.packed, media_type="text/html", headers={**headers, "content-encoding": "gzip"})
    return Response(made.text, media_type="text/html", headers=headers)


@lru_cache(maxsize=2)
def _forms(on: date) -> dict[str, Form]:
    """The declarations in force that a citizen need not write by hand, by id."""
    found = FormLibrary.load([places.forms()]).newest(on.isoformat())
    return {form.id: form for form in found if is_declaration(form) and not form.head.by_hand}


def _made(form_id: str, on: date) -> HomeForm | None:
    return _drawn(form_id, on) if form_id in _forms(on) else None


@lru_cache(maxsize=_MOST_KEPT)
def _drawn(form_id: str, on: date) -> HomeForm:
    return _kept(prepared_page.page([_forms(on)[form_id]]))


@lru_cache(maxsize=2)
def _listed(on: date) -> HomeForm:
    links = [
        element("li", element("a", form.title, href=f"{PATH}/{form.id}.html"))
        for form in sorted(_forms(on).values(), key=lambda form: form.title)
    ]
    told = element(
        "main",
        element("h1", "Khai trước ở nhà"),
        element("p", "Chọn tờ khai, điền trên điện thoại hoặc máy tính. Xong thì trang hiện một mã QR để quầy quét."),
        element("p", "Trang không gửi gì đi đâu, mất mạng vẫn điền được. Có thể lưu trang lại để dùng nhiều lần."),
        element("ul", links),
        class_="open",
    )
    return _kept(document("Khai trước ở nhà", told))


def _kept(text: str) -> HomeForm:
    data = text.encode()
    return HomeForm(data, gzip.compress(data, 9, mtime=0), f'"{hashlib.sha256(data).hexdigest()[:24]}"')
