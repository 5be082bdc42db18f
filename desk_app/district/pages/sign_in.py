"""Who may look: sign-in, sessions as a cookie, forms that only a page of the same session can have drawn."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from desk_app.district.admin import audit, users
from desk_app.district.admin import status as district_status
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.district import District
from desk_app.district.pages import sign_in_page
from desk_app.district.pages.context import DistrictPage, form_of, html
from desk_app.district.pages.layout import PageFrame, PageLink
from desk_app.district.pages.password_door import PasswordDoor, address_of, wait_told

_COOKIE = "visit"  # the name that browsers keep since 0.2.0


class Guard:
    """Lets people in and keeps the pages from everybody else; `pages` are what the side bar lists."""

    def __init__(self, district: District, pages: Sequence[DistrictPage], door: PasswordDoor) -> None:
        self._district = district
        self._pages = pages
        self._door = door

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
            frame = await run_in_threadpool(self._frame, cookie, request.scope["path"]) if cookie else None
            if frame is None:
                return RedirectResponse("/sign-in", status_code=303)
            if request.method == "POST":
                told = (await form_of(request)).get("token", "")
                if not hmac.compare_digest(told.encode(), frame.token.encode()):
                    return html(self._sign_in_page("Trang đã cũ.", "Mở lại trang rồi gửi lại."), status=403)
            return await endpoint(request, frame)

        return inside

    async def _ask(self, request: Request) -> Response:
        told = ("Đã đổi mật khẩu.", "Vào lại bằng mật khẩu mới.") if "changed" in request.query_params else ("", "")
        return html(await run_in_threadpool(self._sign_in_page, *told, is_error=False))

    async def _sign_in(self, request: Request) -> Response:
        form = await form_of(request)
        name, address = form.get("name", "").strip().lower()[:64], address_of(request)
        proved = await self._door.prove(name, form.get("password", ""), address=address)
        if proved.locked:
            remedy = wait_told(proved.locked, self._district.clock())
            return html(await run_in_threadpool(self._sign_in_page, "Sai nhiều lần.", remedy), status=429)
        token = await run_in_threadpool(self._begun, name, proved.secret, address) if proved.secret else ""
        if not token:
            said = await run_in_threadpool(
                self._sign_in_page,
                "Tên hoặc mật khẩu không đúng.",
                "Gõ lại, chú ý bộ gõ tiếng Việt và phím Caps Lock.",
            )
            return html(said, status=403)
        answer = RedirectResponse("/", status_code=303)
        is_secure = request.scope["scheme"] == "https" or self._district.identity.card.url.startswith("https:")
        answer.set_cookie(_COOKIE, token, httponly=True, samesite="strict", secure=is_secure, path="/")
        return answer

    async def _sign_out(self, request: Request, frame: PageFrame) -> Response:
        def work() -> None:
            with self._district.storage.writing() as session:
                users.end_visit(session, request.cookies.get(_COOKIE, ""))
                audit.note(
                    session,
                    self._district.identity,
                    AuditDeed.SIGNED_OUT,
                    at=self._district.clock(),
                    account=frame.user,
                    address=address_of(request),
                )

        await run_in_threadpool(work)
        answer = RedirectResponse("/sign-in", status_code=303)
        answer.delete_cookie(_COOKIE, path="/")
        return answer

    def _begun(self, name: str, secret: str, address: str) -> str:
        with self._district.storage.writing() as session:
            token = users.begin_visit(session, name, secret=secret, at=self._district.clock())
            if token:
                self._door.entered(session, name, AuditDeed.SIGNED_IN, address=address)
            return token

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

    def _sign_in_page(self, problem: str = "", remedy: str = "", *, is_error: bool = True) -> str:
        with self._district.storage.reading() as session:
            has_users = bool(users.listed(session))
        return sign_in_page.drawn(
            self._district.identity.card.name,
            problem=problem,
            remedy=remedy,
            has_users=has_users,
            is_error=is_error,
        )
