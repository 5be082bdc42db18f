"""What a page of the district declares of itself, and what it may do: read one snapshot, write one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from desk_app.district.admin import audit
from desk_app.district.admin.audit import AuditDeed
from desk_app.district.admin.status import Totals
from desk_app.district.district import District
from desk_app.district.pages.layout import PageFrame
from desk_app.district.pages.password_door import PasswordDoor, address_of
from desk_app.district.storage import Session

_MOST_FORM = 64 << 10
_MOST_FIELDS = 50
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class PageContext:
    """The district that a page shows, the folder of its settings, and where a typed password is compared."""

    district: District
    folder: Path
    door: PasswordDoor

    async def drawn(self, draw: Callable[[Session], str], *, status: int = 200) -> Response:
        """The page that `draw` makes of one snapshot, in a thread of its own."""

        def work() -> str:
            with self.district.storage.reading() as session:
                return draw(session)

        return html(await run_in_threadpool(work), status=status)

    async def write(self, work: Callable[[Session], object]) -> None:
        """Do `work` in one transaction, in a thread of its own. Raises what `work` raises; then nothing is written."""

        def written() -> None:
            with self.district.storage.writing() as session:
                work(session)

        await run_in_threadpool(written)


@dataclass(frozen=True, slots=True)
class AuditedView:
    """Personal data that an address shows: which deed the audit names, and what of the request, masked."""

    deed: AuditDeed
    asked: Callable[[Request], str]


Endpoint = Callable[[PageContext, Request, PageFrame], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class PageRoute:
    """One address of a page; only who is signed in gets there. What shows personal data says so in `view`."""

    path: str
    endpoint: Endpoint
    method: str = "GET"
    view: AuditedView | None = None

    async def answered(self, context: PageContext, request: Request, frame: PageFrame) -> Response:
        """The page, once the audit holds that it was looked at."""
        if self.view is not None:
            view, asked = self.view, self.view.asked(request)
            await context.write(
                lambda session: audit.note(
                    session,
                    context.district.identity,
                    view.deed,
                    at=context.district.clock(),
                    account=frame.user,
                    address=address_of(request),
                    asked=asked,
                )
            )
        return await self.endpoint(context, request, frame)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictPage:
    """A page as the side bar lists it, with its addresses; `waiting` is the number beside its name."""

    path: str
    title: str
    routes: Sequence[PageRoute]
    waiting: Callable[[Totals], int] | None = None


def html(text: str, *, status: int = 200) -> Response:
    """A page that no browser keeps, frames or lets reach out."""
    return Response(text, status, media_type="text/html", headers=_HEADERS)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form; the first of each name, none where it is too long or has too many.

    May be asked for twice.
    """
    if hasattr(request.state, "form"):
        kept: dict[str, str] = request.state.form
        return kept
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_FORM:
            body.clear()
            break
    try:
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        fields = []
    request.state.form = {name: plain(value) for name, value in reversed(fields)}
    return dict(request.state.form)


def plain(text: str) -> str:
    """The text without the letter NUL, which no database keeps in a text."""
    return text.replace("\x00", "")
