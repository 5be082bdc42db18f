"""The district's pages for people: plain HTML behind a sign-in. `routes` is all that the server needs of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from desk_app import places
from desk_app.district.admin import register
from desk_app.district.admin import status as district_status
from desk_app.district.admin.register import Wanted
from desk_app.district.district import District
from desk_app.district.intake import enrolment_slots
from desk_app.district.pages import (
    announcements_page,
    desks_page,
    dossiers_page,
    quarantine_page,
)
from desk_app.district.pages.layout import PageFrame
from desk_app.district.pages.sign_in import Door, form_of, html
from desk_app.district.publishing import announcements, law
from desk_app.district.storage import Session, quarantine
from desk_app.domain.dossiers.steps import Status
from desk_app.errors import DeskError

_ASSETS = {
    "district.css": "district",
    "Inter-Regular.ttf": "fonts",
    "Inter-Medium.ttf": "fonts",
    "Inter-SemiBold.ttf": "fonts",
    "Inter-Bold.ttf": "fonts",
}


def routes(district: District, *, folder: Path) -> list[BaseRoute]:
    """The pages of this district, to stand beside the addresses of the protocol; `folder` holds its settings."""
    door = Door(district)
    pages = _Pages(district, folder)
    return [
        *door.routes(),
        Route("/", door.guarded(pages.desks)),
        Route("/dossiers", door.guarded(pages.dossiers)),
        Route("/quarantine", door.guarded(pages.quarantine)),
        Route("/quarantine/settle", door.guarded(pages.settle), methods=["POST"]),
        Route("/quarantine/take", door.guarded(pages.take), methods=["POST"]),
        Route("/announcements", door.guarded(pages.announcements)),
        Route("/announcements", door.guarded(pages.announce), methods=["POST"]),
        Route("/assets/{name}", _asset),
    ]


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _ASSETS:
        return Response(status_code=404)
    return FileResponse(places.resources() / _ASSETS[name] / name, headers={"cache-control": "max-age=3600"})


class _Pages:
    """One method a page; each reads one snapshot in a thread of its own."""

    def __init__(self, district: District, folder: Path) -> None:
        self._district = district
        self._folder = folder

    async def desks(self, _: Request, frame: PageFrame) -> Response:
        def draw(session: Session) -> str:
            at = self._district.clock()
            waiting = [slot for _, slot in enrolment_slots.listed(session) if not slot.taken_by and slot.until >= at]
            return desks_page.drawn(
                frame,
                district_status.desks(session),
                waiting,
                district_status.totals(session),
                at=at,
                remarks=district_status.remarks(session, self._folder, at=at),
            )

        return await self._drawn(draw)

    async def dossiers(self, request: Request, frame: PageFrame) -> Response:
        asked = request.query_params
        page = asked.get("page", "0")
        status = asked.get("status", "")
        wanted = Wanted(
            text=asked.get("text", "")[:100],
            unit=asked.get("unit", "")[:40],
            status=status if status in list(Status) else "",
            page=int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 0,
        )

        def draw(session: Session) -> str:
            found = register.find(session, wanted)
            return dossiers_page.drawn(
                frame,
                wanted,
                found,
                units=register.units(session),
                procedures=law.names(session, self._district.identity),
                at=self._district.clock(),
            )

        return await self._drawn(draw)

    async def quarantine(self, _: Request, frame: PageFrame) -> Response:
        return await self._drawn(
            lambda session: quarantine_page.drawn(
                frame, district_status.put_aside(session), district_status.unreadable(session)
            )
        )

    async def settle(self, request: Request, _: PageFrame) -> Response:
        def work(digest: bytes) -> None:
            with self._district.storage.writing() as session:
                quarantine.settle(session, digest, at=self._district.clock())

        return await self._with_digest(request, work)

    async def take(self, request: Request, _: PageFrame) -> Response:
        return await self._with_digest(request, self._district.take_in)

    async def _with_digest(self, request: Request, work: Callable[[bytes], object]) -> Response:
        digest = (await form_of(request)).get("digest", "")
        if len(digest) == 64 and set(digest) <= set("0123456789abcdef"):
            await run_in_threadpool(work, bytes.fromhex(digest))
        return RedirectResponse("/quarantine", status_code=303)

    async def announcements(self, _: Request, frame: PageFrame) -> Response:
        return await self._told(frame)

    async def announce(self, request: Request, frame: PageFrame) -> Response:
        form = await form_of(request)

        def work() -> None:
            with self._district.storage.writing() as session:
                announcements.announce(
                    session,
                    self._district.identity,
                    scope=form.get("scope", ""),
                    title=form.get("title", ""),
                    text=form.get("text", ""),
                    until=form.get("until", ""),
                    at=self._district.clock(),
                )

        try:
            await run_in_threadpool(work)
        except DeskError as error:
            return await self._told(frame, error)
        return RedirectResponse("/announcements", status_code=303)

    async def _told(self, frame: PageFrame, error: DeskError | None = None) -> Response:
        def draw(session: Session) -> str:
            return announcements_page.drawn(
                frame,
                announcements.told(session, self._district.identity),
                register.units(session),
                problem=str(error) if error else "",
                remedy=error.remedy if error else "",
            )

        return await self._drawn(draw, status=400 if error else 200)

    async def _drawn(self, draw: Callable[[Session], str], *, status: int = 200) -> Response:
        def work() -> str:
            with self._district.storage.reading() as session:
                return draw(session)

        return html(await run_in_threadpool(work), status=status)
