"""Asks an application as a browser does, without a network: cookies kept, redirects shown, not followed."""

from __future__ import annotations

import asyncio
import html
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette


@dataclass(frozen=True)
class Page:
    """An answer."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def words(self) -> str:
        """What can be read on it, each run of blanks as one."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.text)).split())

    @property
    def token(self) -> str:
        """What its forms must send along."""
        found = re.search(r'name="token" value="([0-9a-f]{64})"', self.text)
        assert found
        return found[1]


@dataclass
class Browser:
    """One visitor of one application."""

    app: Starlette
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = "192.0.2.7"
    has: str = ""
    """The mark of a page that the visitor has already."""

    def get(self, path: str, **query: str) -> Page:
        return self._ask("GET", path, query=urlencode(query).encode())

    def post(self, path: str, **form: str) -> Page:
        return self._ask("POST", path, body=urlencode(form).encode())

    def _ask(self, method: str, path: str, *, query: bytes = b"", body: bytes = b"") -> Page:
        told: list[dict[str, Any]] = []
        headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/x-www-form-urlencoded")]
        if self.has:
            headers.append((b"if-none-match", self.has.encode()))
        if self.cookies:
            headers.append((b"cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()).encode()))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "https",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query,
            "headers": headers,
            "client": (self.address, 1),
            "server": ("127.0.0.1", 8443),
        }

        waiting = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            if not waiting:
                await asyncio.Event().wait()  # a browser that listens says nothing more
            return waiting.pop()

        async def send(message: dict[str, Any]) -> None:
            told.append(message)

        asyncio.run(self.app(scope, receive, send))  # type: ignore[arg-type]
        answer = {name.decode(): value.decode() for name, value in told[0]["headers"]}
        if "set-cookie" in answer:
            name, _, rest = answer["set-cookie"].partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return Page(told[0]["status"], answer, b"".join(each.get("body", b"") for each in told[1:]).decode())
