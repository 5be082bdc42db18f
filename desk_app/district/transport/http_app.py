"""The district over HTTP: /v1/sync, /v1/hub, /v1/enrol, and the pages of the office beside them (ASGI, Starlette).

Each whole frame is handed on as it arrives, so that a line that dies takes only the frame it died in.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

import msgspec
from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from desk_app.district import safe_log
from desk_app.district.district import District
from desk_app.district.intake.exchange import Exchange
from desk_app.district.storage.frames import Applied
from desk_app.errors import DeskError
from desk_app.protocol.messages import CONTENT_TYPE, DISTRICT_PATH, ENROL_PATH, SYNC_PATH, Code, Frame, Refused

T = TypeVar("T")
_log = logging.getLogger(__name__)
Enrol = Callable[[bytes], bytes]
"""Answers an ENROL frame with an ENROLLED one; raises `Refused`."""

MOST_ENROL = 64 << 10
_MOST_IN_FLIGHT = 128
_MOST_OF_ONE = 8
_OPENERS = 4
_PAGE_THREADS = 3
_STATUS = {
    Code.UNKNOWN_DEVICE: 401,
    Code.BAD_SIGNATURE: 401,
    Code.REVOKED: 403,
    Code.TOO_LARGE: 413,
    Code.BUSY: 503,
    Code.STORAGE: 507,
}
_HEADERS = {"cache-control": "no-store"}


class _Endpoints:
    """The three addresses of the protocol."""

    def __init__(self, district: District, enrol: Enrol | None) -> None:
        self._district = district
        self._enrol = enrol
        self._threads = ThreadPoolExecutor(_OPENERS, thread_name_prefix="openers")
        self._in_flight = asyncio.Semaphore(_MOST_IN_FLIGHT)

    def close(self) -> None:
        self._threads.shutdown()

    async def sync(self, request: Request) -> Response:
        """Frames in, answer out. A client decides by the signed receipt; the status is a hint for people."""
        exchange = self._district.exchange()
        waiting: list[Future[Applied]] = []
        try:
            async for chunk in request.stream():
                for frame in exchange.read(chunk):
                    await self._hand_on(exchange, frame, waiting)
                    if exchange.is_over:
                        break
                if exchange.is_over:
                    break
        except ClientDisconnect:
            return Response(status_code=400)
        for done in waiting:
            await self._settle(exchange, done)
        answer = await self._in_thread(exchange.answer)
        more = {"retry-after": "30"} if answer.code in (Code.BUSY, Code.STORAGE) else {}
        if exchange.is_over:  # what nobody reads need not be taken off the line either
            more["connection"] = "close"
        status = _STATUS.get(answer.code, 200 if answer.body else 400)
        return Response(answer.body or answer.code.value, status, media_type=CONTENT_TYPE, headers={**_HEADERS, **more})

    async def hub(self, _: Request) -> Response:
        """Who we are, proved by the root: a desk compares it with what it has pinned."""
        card = msgspec.json.encode(self._district.identity.card)
        return Response(card, media_type="application/json", headers=_HEADERS)

    async def enrol(self, request: Request) -> Response:
        """A new device; the office decides."""
        asked = bytearray()
        try:
            async for chunk in request.stream():
                asked += chunk
                if len(asked) > MOST_ENROL:
                    return Response(Code.TOO_LARGE.value, 413)
        except ClientDisconnect:
            return Response(status_code=400)
        if self._enrol is None:
            return Response(status_code=404)
        enrol = self._enrol
        try:
            answer = await self._in_thread(lambda: enrol(bytes(asked)))
        except Refused as refused:
            return Response(refused.code.value, 403, headers=_HEADERS)
        except DeskError:
            return Response(Code.STORAGE.value, 507, headers=_HEADERS)
        except Exception as error:  # noqa: BLE001 - a stranger's request that meets a bug is refused like any other
            _log.error("an enrolment met a bug: %s", safe_log.told(error))
            return Response(Code.BAD_EVENT.value, 400, headers=_HEADERS)
        return Response(answer, media_type=CONTENT_TYPE, headers=_HEADERS)

    async def _hand_on(self, exchange: Exchange, frame: Frame, waiting: list[Future[Applied]]) -> None:
        """Open the frame in a thread; frames of one request stay in order, few of them wait at a time."""
        await self._in_flight.acquire()
        try:
            done = await self._in_thread(lambda: exchange.take(frame))
        except BaseException:
            self._in_flight.release()
            raise
        if done is None:
            self._in_flight.release()
            return
        loop = asyncio.get_running_loop()
        done.add_done_callback(lambda _: loop.call_soon_threadsafe(self._in_flight.release))
        waiting.append(done)
        if len(waiting) > _MOST_OF_ONE:
            await self._settle(exchange, waiting.pop(0))

    async def _settle(self, exchange: Exchange, done: Future[Applied]) -> None:
        waited = asyncio.wrap_future(done)
        await asyncio.wait([waited])
        waited.exception()  # looked at, so that asyncio does not complain; `settle` meets it in the other future
        exchange.settle(done)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def build(district: District, *, enrol: Enrol | None = None, pages: Sequence[BaseRoute] = ()) -> Starlette:
    """The application; starts and stops the district with the server."""
    endpoints = _Endpoints(district, enrol)

    @asynccontextmanager
    async def alive(_: Starlette) -> AsyncIterator[None]:
        # pages and passwords wait for one another, not the reception for them: it has threads of its own, and of the
        # storage's readers more than these are left
        to_thread.current_default_thread_limiter().total_tokens = _PAGE_THREADS
        district.start()
        try:
            yield
        finally:
            district.stop()
            endpoints.close()

    app = Starlette(
        lifespan=alive,
        exception_handlers={DeskError: _refused, ClientDisconnect: _gone},
        routes=[
            Route(SYNC_PATH, endpoints.sync, methods=["POST"]),
            Route(DISTRICT_PATH, endpoints.hub, methods=["GET"]),
            Route(ENROL_PATH, endpoints.enrol, methods=["POST"]),
            *pages,
        ],
    )
    app.router.redirect_slashes = False  # it builds an address of the Host that a stranger named
    return app


async def _refused(_: Request, error: Exception) -> Response:
    """The machine cannot do it now: the database is gone, the disk is full."""
    remedy = error.remedy if isinstance(error, DeskError) else ""
    return Response(f"{error} {remedy}", 503, media_type="text/plain; charset=utf-8", headers=_HEADERS)


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=400)
