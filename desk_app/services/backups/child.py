"""Makes a backup, or walks through a drill, in a process of its own: proving takes minutes of a processor's time, and
the window must not wait for one of them. The key goes through a pipe.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from msgspec import Struct

from desk_app import places
from desk_app.errors import DeskError, StoppedError

_QUIET = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)


class BackupToldError(DeskError):
    message = "{told}"
    remedy = "Xem lại nơi cất bản sao lưu rồi làm lại."

    def __init__(self, *, told: str, remedy: str) -> None:
        super().__init__(told=told)
        self.remedy = remedy or self.remedy


class ChildBackup(Struct, frozen=True):
    """What was made or proved; `to_prove` where a base is still to be read through."""

    dossiers: int
    files: int
    is_proved: bool
    to_prove: bool


class ChildDrill(Struct, frozen=True):
    """How a drill in the child went, in lines; `report` is the file that keeps them."""

    is_ok: bool
    lines: tuple[str, ...]
    report: str


class BackupChild:
    """One process at a time for the desk in `data`; `stop` may be called from another thread."""

    def __init__(self, data: Path, key: bytes) -> None:
        self._data, self._key = data, key
        self._process: subprocess.Popen[str] | None = None
        self._is_stopped = self._is_broken_off = False

    def back_up(self, folder: Path) -> ChildBackup:
        """Make a backup, and leave what must be read through for long. Raises `BackupToldError`, `StoppedError`."""
        self._is_broken_off = False
        return self._made(["backup", "--to", str(folder), "--prove-later"])

    def prove(self, folder: Path) -> ChildBackup:
        """Read through what was left. Raises as `back_up` does."""
        return self._made(["backup", "--to", str(folder), "--prove"])

    def drill(self, folder: Path) -> ChildDrill:
        """Walk through a drill. Raises as `back_up` does where there is nothing to drill with."""
        self._is_broken_off = False
        code, out, said = self._run(["restore", str(folder), "--drill"])
        if not out.strip():
            raise _refused(said)
        found = json.loads(out)
        report = Path(found["report"])
        return ChildDrill(code == 0, tuple(report.read_text("utf-8").splitlines()), str(report))

    def stop(self) -> None:
        """End it; what it was writing is no backup, and those before stay whole."""
        self._is_stopped = True
        self.break_off()

    def break_off(self) -> None:
        """End a proof that runs or is about to; the next deed may begin."""
        self._is_broken_off = True
        process = self._process
        if process is not None:
            process.terminate()

    def _made(self, command: list[str]) -> ChildBackup:
        code, out, said = self._run(command)
        if code:
            raise _refused(said)
        made = json.loads(out)
        return ChildBackup(made["dossiers"], made["files"], made["verified"], made["to_verify"])

    def _is_ended(self) -> bool:
        return self._is_stopped or self._is_broken_off

    def _run(self, command: list[str]) -> tuple[int, str, str]:
        if self._is_ended():
            raise StoppedError
        root = str(places.program_root())
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        process = subprocess.Popen(
            [*places.terminal_command(), *command, "--json", "--key-from-window", "--data", str(self._data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            creationflags=_QUIET,
        )
        self._process = process
        if self._is_ended():  # said while it was starting
            process.terminate()
        try:
            out, said = process.communicate(self._key.hex() + "\n")
        finally:
            self._process = None
        if process.returncode and self._is_ended():
            raise StoppedError
        return process.returncode, out, said


def yield_to_others() -> None:
    """Take this process out of the clerk's way; called by the child."""
    if sys.platform != "win32":
        os.nice(10)


def _refused(said: str) -> BackupToldError:
    lines = [line for line in said.splitlines() if line.strip()]
    told, remedy = (lines[-2], lines[-1]) if len(lines) > 1 else ("".join(lines) or "Chưa sao lưu được.", "")
    return BackupToldError(told=told, remedy=remedy)
