"""A second start of the same desk asks the window that is open to show itself, and ends.

The two talk through one small file in the data folder: no port that a firewall asks about, and nobody but this account
may write there. The second writes a word, the first shows its window and empties the file.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.errors import DeskError, SecondProgramError
from desk_app.lazy import lazy
from desk_app.own_files import owner_only
from desk_app.services.desk.desk import Clock, Desk, open_desk
from desk_app.store.database import lock

if TYPE_CHECKING:
    import ctypes
else:
    ctypes = lazy("ctypes")

FILE = "window.ask"
_PATIENCE_S, _PAUSE_S = 4.0, 0.05
_LONGEST = 400
_TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""What a desktop gives a program that a person has just started: the right to bring a window to the front."""


def begin(data: Path) -> Path | None:
    """The file that is to be watched, empty; None where it cannot be made, which costs only this service."""
    try:
        os.close(owner_only.open_file(data / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC))
    except OSError:
        return None
    return data / FILE


def asked(file: Path) -> str:
    """What a second start asks with; "" where none asks."""
    with suppress(OSError), file.open("rb") as told:
        return told.read(_LONGEST).decode("utf-8", "replace")
    return ""


def answer(file: Path) -> None:
    """The window is in sight: the second start may end."""
    with suppress(OSError), file.open("wb"):
        pass


def holder(data: Path) -> SecondProgramError | None:
    """Who has this desk open; None where nobody has, or where opening it will say why it does not open."""
    if not (data / FILE).exists():
        return None
    try:
        lock.hold(data).close()
    except SecondProgramError as error:
        return error
    except DeskError:
        return None
    return None


class OtherWindowShownError(SecondProgramError):
    message = "Quầy này đang mở ở một cửa sổ khác: cửa sổ đó đã hiện ra."
    remedy = "Dùng cửa sổ đang mở."
    exit_code = 0


def opened(
    data: Path,
    environ: Mapping[str, str],
    passphrase: str | None,
    recovery: str | None,
    *,
    clock: Clock,
    patience_s: float = _PATIENCE_S,
) -> Desk:
    """The desk, open. Where another start was quicker, its window is asked to show itself.

    A command of the terminal answers nothing and lets go soon: after a moment it is tried once more. Raises
    `OtherWindowShownError`, after which this start may end, and as `open_desk` does.
    """
    try:
        return open_desk(data, passphrase=passphrase, recovery=recovery, clock=clock)
    except SecondProgramError as error:
        if ask(data, error, environ, patience_s=patience_s):
            raise OtherWindowShownError(**error.facts) from error
        return open_desk(data, passphrase=passphrase, recovery=recovery, clock=clock)


def ask(
    data: Path,
    error: SecondProgramError,
    environ: Mapping[str, str],
    *,
    patience_s: float = _PATIENCE_S,
    sleep: Callable[[float], None] = time.sleep,
    let_through: Callable[[str], None] | None = None,
) -> bool:
    """Ask the open window to show itself; whether it did. A command of the terminal that holds the desk does not.

    A window that is only just opening makes its file later: it is waited for.
    """
    file = data / FILE
    token = next((environ[name] for name in _TOKENS if environ.get(name)), "")
    is_asked = False
    for _ in range(int(patience_s / _PAUSE_S)):
        if is_asked and not asked(file):
            return True
        if not is_asked and file.exists():
            (let_through or _let_through)(str(error.facts.get("pid", "")))
            try:
                file.write_text(f"{os.getpid()} {token}", "utf-8")
            except OSError:
                return False
            is_asked = True
        sleep(_PAUSE_S)
    if is_asked:
        answer(file)
    return False


def _let_through(pid: str) -> None:
    """Windows lets a program come to the front only if the one in front says so: that is this one, just started."""
    if sys.platform == "win32" and pid.isdecimal():
        ctypes.windll.user32.AllowSetForegroundWindow(int(pid))  # type: ignore[attr-defined,unused-ignore]
