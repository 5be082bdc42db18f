"""Who may look: sign-in, visits as a cookie, forms that only a page of the same visit can have drawn."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from desk_app.district.admin import status as district_status
from desk_app.district.admin import users
from desk_app.district.district import District
from desk_app.district.pages import sign_in_page
from desk_app.district.pages.layout import PageFrame

Endpoint = Callable[[Request], Awaitable[Response]]
_COOKIE = "visit"
_MOST_FORM = 64 << 10
_MOST_TRIES, _WAIT = 5, 5 * 60_000
_MOST_REMEMBERED = 10_000
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def html(text: str, *, status: int = 200) -> Response:
    """A page that no browser keeps, frames or lets reach out."""
    return Response(text, status, media_type="text/html", headers=_HEADERS)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form; the first of each name, none of a form that is too long. May be asked for twice."""
    if hasattr(request.state, "form"):
        kept: dict[str, str] = request.state.form
        return kept
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_FORM:
            body.clear()
            break
    fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50)
    request.state.form = dict(reversed(fields))
    return dict(reversed(fields))


class Door:
    """Lets people in and keeps the pages from everybody else."""

    def __init__(self, district: District) -> None:
        self._district = district
        self._tries: dict[tuple[str, str], tuple[int, int]] = {}
        self._hashing = asyncio.Semaphore(2)  # each takes 64 MB

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/sign-in", self._ask),
            Route("/sign-in", self._sign_in, methods=["POST"]),
            Route("/sign-out", self.guarded(self._sign_out), methods=["POST"]),
        ]

    def guarded(self, endpoint: Callable[[Request, PageFrame], Awaitable[Response]]) -> Endpoint:
        """The endpoint for visitors who are in; a form must carry the token of the visit."""

        async def inside(request: Request) -> Response:
            visit = request.cookies.get(_COOKIE, "")
            frame = await run_in_threadpool(self._frame, visit, request.url.path) if visit else None
            if frame is None:
                return RedirectResponse("/sign-in", status_code=303)
            if request.method == "POST":
                told = (await form_of(request)).get("token", "")
                if not hmac.compare_digest(told.encode(), frame.token.encode()):
                    return html(self._door_page("Trang đã cũ.", "Mở lại trang rồi gửi lại."), status=403)
            return await endpoint(request, frame)

        return inside

    async def _ask(self, _: Request) -> Response:
        return html(await run_in_threadpool(self._door_page))

    async def _sign_in(self, request: Request) -> Response:
        form = await form_of(request)
        name, password = form.get("name", "").strip().lower()[:64], form.get("password", "")[:200]
        key = (name, request.client.host if request.client else "")
        count, until = self._tries.get(key, (0, 0))
        at = self._district.clock()
        if count >= _MOST_TRIES and at < until:
            return html(self._door_page("Sai nhiều lần.", "Đợi năm phút rồi thử lại."), status=429)
        async with self._hashing:
            token = await run_in_threadpool(self._visit, name, password, at)
        if not token:
            self._note_failure(key, count + 1 if at < until else 1, at)
            said = self._door_page("Tên hoặc mật khẩu không đúng.", "Gõ lại, chú ý bộ gõ tiếng Việt và phím Caps Lock.")
            return html(said, status=403)
        self._tries.pop(key, None)
        answer = RedirectResponse("/", status_code=303)
        is_secure = request.url.scheme == "https" or self._district.identity.card.url.startswith("https:")
        answer.set_cookie(_COOKIE, token, httponly=True, samesite="strict", secure=is_secure, path="/")
        return answer

    async def _sign_out(self, request: Request, _: PageFrame) -> Response:
        def work() -> None:
            with self._district.storage.writing() as session:
                users.end_visit(session, request.cookies.get(_COOKIE, ""))

        await run_in_threadpool(work)
        answer = RedirectResponse("/sign-in", status_code=303)
        answer.delete_cookie(_COOKIE, path="/")
        return answer

    def _visit(self, name: str, password: str, at: int) -> str:
        with self._district.storage.reading() as session:
            secret = users.secret_of(session, name)
        if not users.fits(secret, password):
            return ""
        with self._district.storage.writing() as session:
            return users.begin_visit(session, name, secret=secret, at=at)

    def _frame(self, visit: str, path: str) -> PageFrame | None:
        with self._district.storage.reading() as session:
            name = users.visitor(session, visit, at=self._district.clock())
            if not name:
                return None
            return PageFrame(
                district=self._district.identity.card.name,
                user=name,
                path=path,
                quarantine=district_status.totals(session).quarantine,
                token=hashlib.sha256(b"district form" + visit.encode()).hexdigest(),
            )

    def _door_page(self, problem: str = "", remedy: str = "") -> str:
        with self._district.storage.reading() as session:
            has_users = bool(users.listed(session))
        return sign_in_page.drawn(
            self._district.identity.card.name, problem=problem, remedy=remedy, has_users=has_users
        )

    def _note_failure(self, key: tuple[str, str], count: int, at: int) -> None:
        if len(self._tries) >= _MOST_REMEMBERED:
            self._tries.pop(next(iter(self._tries)))
        self._tries[key] = (count, at + _WAIT)
