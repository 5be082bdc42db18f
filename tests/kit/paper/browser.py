"""A real browser at a telephone's size without any network, driven over its pipe; nothing but Python and chromium."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
    "--hide-scrollbars",
)

_AT_3_AND_4 = """
import fcntl, os, sys
ours = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3]]
os.dup2(ours[0], 3), os.dup2(ours[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""The browser reads its orders at 3 and answers at 4."""


class Browser:
    """One page. `asked` are the addresses that the page wanted to load; `said` what it wrote to the console."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to, self._from = to_browser, from_browser
        self._next, self._session, self._left = 1, "", b""
        self.asked: list[str] = []
        self.said: list[str] = []

    def open(self, address: str, *, width: int = 360, height: int = 740, dark: bool = False) -> None:
        self._session = ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=2, mobile=True)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=scheme)
        self.call("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
        self.call("Page.navigate", url=address)
        self.run("new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', done))")

    def run(self, script: str) -> Any:
        """The value of an expression in the page. Raises `AssertionError` for one that throws."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def type_into(self, identifier: str, text: str) -> None:
        """Keys into a field, which is left afterwards."""
        self.run(f"document.getElementById({json.dumps(identifier)}).focus()")
        self.run(f"(e => e.select && e.select())(document.getElementById({json.dumps(identifier)}))")
        self.call("Input.insertText", text=text)
        self.run("document.activeElement.blur()")
        self.settle()

    def choose(self, identifier: str, entry: str) -> None:
        """Press the radio button, or take the entry of the list."""
        self.run(
            "((box, entry) => { if (box.tagName === 'DIV' && !box.querySelector('select')) {"
            " [...box.querySelectorAll('input')].find(each => each.value === entry).click(); } else {"
            " const list = box.tagName === 'SELECT' ? box : box.querySelector('select'); list.value = entry;"
            " list.dispatchEvent(new Event('change')); } })"
            f"(document.getElementById({json.dumps(identifier)}), {json.dumps(entry)})"
        )
        self.settle()

    def press(self, label: str) -> None:
        """The button with this text."""
        self.run(
            f"[...document.querySelectorAll('button')].find(each => each.textContent === {json.dumps(label)}).click()"
        )
        self.settle()

    def settle(self) -> None:
        self.run("new Promise(done => setTimeout(done, 12))")

    def picture(self) -> bytes:
        """What is in sight, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def whole_picture(self) -> bytes:
        """The page from head to foot, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"])

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number, self._next = self._next, self._next + 1
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._answer()
            if answer.get("id") == number:
                assert "error" not in answer, answer["error"]
                return dict(answer["result"])
            self._note(answer)

    def _answer(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            more = os.read(self._from, 1 << 20)
            assert more, "the browser ended"
            self._left += more
        line, _, self._left = self._left.partition(b"\0")
        return dict(json.loads(line))

    def _note(self, event: dict[str, Any]) -> None:
        told = event.get("params", {})
        if event.get("method") == "Network.requestWillBeSent":
            self.asked.append(told["request"]["url"])
        if event.get("method") == "Log.entryAdded":
            self.said.append(told["entry"]["text"])
        if event.get("method") == "Runtime.exceptionThrown":
            self.said.append(str(told["exceptionDetails"]))


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser with a profile of its own in `folder`, ended afterwards."""
    read_there, write_here = os.pipe()
    read_here, write_there = os.pipe()
    profile = f"--user-data-dir={folder}"
    started = subprocess.Popen(
        [sys.executable, "-c", _AT_3_AND_4, *map(str, (read_there, write_there)), CHROMIUM, *_OPTIONS, profile],
        pass_fds=(read_there, write_there),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(read_there)
    os.close(write_there)
    try:
        yield Browser(write_here, read_here)
    finally:
        os.close(write_here)
        os.close(read_here)
        os.killpg(started.pid, signal.SIGTERM)
        started.wait(60)
