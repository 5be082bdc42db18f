"""A virtual screen with a session bus of its own, and on it the real window with somebody who drives it from outside.

Everything started here carries a mark in its environment and is gone when the screen closes, whoever started it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from typing import IO, Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
_DRIVER = Path(__file__).with_name("outside_clerk.py")
_MARK = "DESK_STORY"
_PATIENCE = 60
_HAS_ATSPI = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


class Clerk:
    """Somebody at the window: every deed of `outside_clerk` by its name. What fails says what is in sight."""

    def __init__(self, driver: subprocess.Popen[str], errors: Sequence[Path]) -> None:
        self._driver, self._errors = driver, errors
        self._answer("open the window")

    def __getattr__(self, deed: str) -> Any:
        if deed.startswith("_"):
            raise AttributeError(deed)
        return partial(self._ask, deed)

    def _ask(self, deed: str, *args: object) -> Any:
        assert self._driver.stdin is not None
        self._driver.stdin.write(json.dumps({"deed": deed, "args": args}) + "\n")
        self._driver.stdin.flush()
        return self._answer(f"{deed}{args}")

    def _answer(self, what: str) -> Any:
        assert self._driver.stdout is not None
        line = self._driver.stdout.readline()
        if not line:
            raise AssertionError(f"{what}: the driver ended.\n{self.complaints()}")
        answer = json.loads(line)
        if "error" in answer:
            seen = "\n".join(f"  {name}: {said}" for name, said in answer["in_sight"].items())
            raise AssertionError(f"{what}: {answer['error']}\nin sight:\n{seen}\n{self.complaints()}")
        return answer["answer"]

    def complaints(self) -> str:
        """What the program and its driver wrote to stderr."""
        return "\n".join(file.read_text("utf-8", "replace") for file in self._errors if file.exists())


class Screen:
    """One X server with one session bus. `variables` is the environment of whatever runs there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = secrets.token_hex(8)
        self._started: list[subprocess.Popen[str]] = []
        self.variables = _variables(folder) | {_MARK: self._mark}

    def open(self, size: str) -> None:
        """Keys do not repeat by themselves (-r): on a busy machine one let go late would be typed many times."""
        self.variables["DISPLAY"] = ":" + self._listening(
            "Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-r"
        )
        self.variables["DBUS_SESSION_BUS_ADDRESS"] = self._listening(
            "dbus-daemon", "--session", "--nofork", "--print-address=1"
        )

    @contextmanager
    def window(self, data: Path, *options: str, variables: dict[str, str] | None = None) -> Iterator[Clerk]:
        """The real window on `data`, driven; no keyring, no printer unless `variables` say so."""
        command = [sys.executable, str(ROOT / "main.py"), "--data", str(data), *options]
        errors, driver_errors = self._folder / "window.err", self._folder / "driver.err"
        with driver_errors.open("w") as complaints:
            driver = self._run(
                [
                    accessible_python(),
                    "-W",
                    "ignore",
                    str(_DRIVER),
                    json.dumps({"command": command, "errors": str(errors)}),
                ],
                complaints,
                variables or {},
            )
        assert driver.stdin is not None and driver.stdout is not None
        try:
            clerk = Clerk(driver, (errors, driver_errors))
            yield clerk
            assert "Traceback" not in clerk.complaints(), clerk.complaints()
        finally:
            driver.stdin.close()
            driver.stdout.close()
            _ended(driver)

    def start(self, *command: str) -> None:
        """Something that runs beside the window until the screen closes."""
        with (self._folder / f"{command[0]}.log").open("w") as log:
            process = self._run(command, log, {}, out=log)  # who cannot speak ends: openbox does
        assert process.stdin is not None
        process.stdin.close()

    def wait_for(self, *command: str) -> str:
        """Until this command succeeds; what it said."""
        end = time.monotonic() + _PATIENCE
        while True:
            done = subprocess.run(command, env=self.variables, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return done.stdout
            assert time.monotonic() < end, f"{command}: {done.stderr}"
            time.sleep(0.1)

    def wait_for_name(self, name: str) -> None:
        """Until somebody answers on the session bus under this name."""
        bus = ("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus")
        self.wait_for(*bus, "org.freedesktop.DBus.GetNameOwner", f"string:{name}")

    def picture(self, file: Path) -> None:
        """What the screen shows, as PNG (ImageMagick)."""
        subprocess.run(["import", "-window", "root", str(file)], env=self.variables, check=True, timeout=_PATIENCE)

    def close(self) -> None:
        """End whatever carries our mark: the X server, the buses, and what they started in their turn."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            end = time.monotonic() + _PATIENCE
            while (left := self._left()) and time.monotonic() < end:
                for process in left:
                    with suppress(ProcessLookupError):
                        os.kill(process, number)
                time.sleep(0.1)
        for started in self._started:
            _ended(started)
        left = self._left()
        assert not left, f"still running: {left}"

    def _listening(self, *command: str) -> str:
        """Start something that says on its first line where it listens."""
        process = self._run(command, subprocess.DEVNULL, {})
        assert process.stdin is not None and process.stdout is not None
        with process.stdin, process.stdout as said:
            line = said.readline().strip()
        assert line, f"{command[0]} did not start"
        return line

    def _run(
        self,
        command: Sequence[str],
        errors: IO[str] | int,
        more: dict[str, str],
        *,
        out: IO[str] | int = subprocess.PIPE,
    ) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            env=self.variables | more,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=errors,
            text=True,
            cwd=ROOT,
        )
        self._started.append(process)
        return process

    def _left(self) -> list[int]:
        found = []
        wanted = f"{_MARK}={self._mark}".encode()
        for entry in Path("/proc").iterdir():
            with suppress(OSError):
                if entry.name.isdecimal() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
        return found


@contextmanager
def screen(*, window_manager: bool = False, size: str = "1366x768") -> Iterator[Screen]:
    """A screen nobody sees. Leaves no process behind, not even those the bus started."""
    folder = Path(tempfile.mkdtemp(prefix="desk-"))  # short: the paths of sockets have at most 107 letters
    made = Screen(folder)
    try:
        made.open(size)
        if window_manager:
            made.start("openbox")
            made.wait_for("xdotool", "get_desktop")  # it must be there before the window asks for its place
        yield made
    finally:
        made.close()
        shutil.rmtree(folder, ignore_errors=True)


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip only where the machine lacks these; `make test` installs them where it may."""
    wanted = ("Xvfb", "dbus-daemon", "xdotool", *programs)
    missing = [program for program in wanted if shutil.which(program) is None]
    if accessible_python() == "":
        missing.append("python3 with gi and AT-SPI (python3-pyatspi)")
    return pytest.mark.skipif(bool(missing), reason=f"not on this machine: {', '.join(missing)}")


@cache
def accessible_python() -> str:
    """The Python that can speak to the accessibility bus: the system's, for no package on PyPI has it. "" for none."""
    for python in dict.fromkeys(("/usr/bin/python3", shutil.which("python3"))):
        if python and subprocess.run([python, "-c", _HAS_ATSPI], capture_output=True, check=False).returncode == 0:
            return python
    return ""


def _variables(folder: Path) -> dict[str, str]:
    """The environment of a desk without keyring, printer, input method, or anything of whoever runs the tests."""
    for name in ("home", "run"):
        (folder / name).mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "TZ") if name in os.environ}
    return kept | {
        "HOME": str(folder / "home"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "QT_IM_MODULE": "none",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "CUPS_SERVER": str(folder / "no-printer.sock"),
    }


def _ended(process: subprocess.Popen[str]) -> None:
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
