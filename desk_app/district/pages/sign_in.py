"""Who may look: sign-in, sessions as a cookie, forms that only a page of the same session can have drawn."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from desk_app.district.admin import status as district_status
from desk_app.district.admin import users
from desk_app.district.district import District
from desk_app.district.pages import sign_in_page
from desk_app.district.pages.context import DistrictPage, form_of, html
from desk_app.district.pages.layout import PageFrame, PageLink

_COOKIE = "visit"  # the name that browsers keep since 0.2.0
_MOST_TRIES, _WAIT = 5, 5 * 60_000
_MOST_REMEMBERED = 10_000


class Guard:
    """Lets people in and keeps the pages from everybody else; `pages` are what the side bar lists."""

    def __init__(self, district: District, pages: Sequence[DistrictPage]) -> None:
        self._district = district
        self._pages = pages
        self._tries: dict[tuple[str, str], tuple[int, int]] = {}
        self._hashing = asyncio.Semaphore(2)  # each takes 64 MB

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/sign-in", self._ask),
            Route("/sign-in", self._sign_in, methods=["POST"]),
            Route("/sign-out", self.guarded(self._sign_out), methods=["POST"]),
        ]

    def guarded(
        self, endpoint: Callable[[Request, PageFrame], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint for people who are in; a form must carry the token of the session."""

        async def inside(request: Request) -> Response:
            cookie = request.cookies.get(_COOKIE, "")
            frame = await run_in_threadpool(self._frame, cookie, request.url.path) if cookie else None
            if frame is None:
                return RedirectResponse("/sign-in", status_code=303)
            if request.method == "POST":
                told = (await form_of(request)).get("token", "")
                if not hmac.compare_digest(told.encode(), frame.token.encode()):
                    return html(self._sign_in_page("Trang đã cũ.", "Mở lại trang rồi gửi lại."), status=403)
            return await endpoint(request, frame)

        return inside

    async def _ask(self, _: Request) -> Response:
        return html(await run_in_threadpool(self._sign_in_page))

    async def _sign_in(self, request: Request) -> Response:
        form = await form_of(request)
        name, password = form.get("name", "").strip().lower()[:64], form.get("password", "")[:200]
        key = (name, request.client.host if request.client else "")
        count, until = self._tries.get(key, (0, 0))
        at = self._district.clock()
        if count >= _MOST_TRIES and at < until:
            return html(self._sign_in_page("Sai nhiều lần.", "Đợi năm phút rồi thử lại."), status=429)
        async with self._hashing:
            token = await run_in_threadpool(self._session_of, name, password, at)
        if not token:
            self._note_failure(key, count + 1 if at < until else 1, at)
            said = self._sign_in_page(
                "Tên hoặc mật khẩu không đúng.", "Gõ lại, chú ý bộ gõ tiếng Việt và phím Caps Lock."
            )
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

    def _session_of(self, name: str, password: str, at: int) -> str:
        with self._district.storage.reading() as session:
            secret = users.secret_of(session, name)
        if not users.fits(secret, password):
            return ""
        with self._district.storage.writing() as session:
            return users.begin_visit(session, name, secret=secret, at=at)

    def _frame(self, cookie: str, path: str) -> PageFrame | None:
        with self._district.storage.reading() as session:
            name = users.visitor(session, cookie, at=self._district.clock())
            if not name:
                return None
            totals = district_status.totals(session)
            links = [
                PageLink(page.path, page.title, page.waiting(totals) if page.waiting else 0) for page in self._pages
            ]
            return PageFrame(
                district=self._district.identity.card.name,
                user=name,
                path=path,
                links=links,
                token=hashlib.sha256(b"district form" + cookie.encode()).hexdigest(),
            )

    def _sign_in_page(self, problem: str = "", remedy: str = "") -> str:
        with self._district.storage.reading() as session:
            has_users = bool(users.listed(session))
        return sign_in_page.drawn(
            self._district.identity.card.name, problem=problem, remedy=remedy, has_users=has_users
        )

    def _note_failure(self, key: tuple[str, str], count: int, at: int) -> None:
        if len(self._tries) >= _MOST_REMEMBERED:
            self._tries.pop(next(iter(self._tries)))
        self._tries[key] = (count, at + _WAIT)
