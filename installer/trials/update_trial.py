"""A newer version on the installed program: taken from a file, tried, kept; one whose window is broken goes back."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from installer.trials import newer, results, screen
from installer.trials.newer import Signer
from installer.trials.results import Steps, Trial

BACK_S = 30
"""Seconds after which the version before must be chosen again."""
_PATIENCE_S = 600
_MOST_STARTS = 3
"""So often a slow machine tries a new version, as the launcher does."""
_SHARE = "/cap-nhat"


@dataclass(frozen=True, kw_only=True)
class Installed:
    """An installed program. `folders`: where versions/ and the pointer may be, the first one where updates go."""

    system: str
    package: str
    platform: str
    version: str
    folders: tuple[Path, ...]
    desk: Callable[[str, str], None]
    """Runs the terminal's program with these words, on this screen; raises SystemExit where it refuses."""
    window: Callable[[str], Sequence[str]]
    """The command line of the window, on this screen."""
    updates: Path
    """Folder that the program sees as /cap-nhat."""
    log: Path
    end: Callable[[str], None] = lambda _: None
    """Ends what a window left running."""


def try_update(there: Installed, pictures: Path) -> Trial:
    steps = Steps(f"{there.system}, cập nhật {there.package}", [])
    base = there.folders[-1] / "versions" / there.version
    signer = Signer.new(there.updates / "khoa.pem")
    signer.let_in(base)
    better = newer.raised(there.version)
    worse = newer.raised(better)
    work = there.updates / "lam"
    good = newer.packed(newer.copied(base, there.version, better, work), better, there.platform, signer, there.updates)
    newer.broken_window(newer.copied(base, there.version, worse, work))
    bad = newer.packed(work, worse, there.platform, signer, there.updates)
    shutil.rmtree(work)
    signer.file.unlink()
    with screen.screen() as display:
        there.desk(f"update {_SHARE}/{good.name} --check", display)
        steps.passed("xem thử tệp cập nhật")
        began = time.monotonic()
        there.desk(f"update {_SHARE}/{good.name}", display)
        took = time.monotonic() - began
        steps.must(_first(there, "next") == better, f"nhận bản {better}: giải nén, tự kiểm tra đạt", _state(there))
        updated = pictures / f"{there.platform}-updated.png"
        seen, _, starts = _tried(there, display, updated, lambda: _is(there, "trial", None))
        which = f" (máy chậm: lần mở thứ {starts})" if starts > 1 else ""
        is_new = _first(there, "current") == better
        steps.must(is_new, f"mở lại: cửa sổ là bản mới, con trỏ đã chuyển{which}", _state(there))
        steps.must(_first(there, "trial") is None, "bản mới đã đặt dấu lành", _state(there))
        there.desk("check", display)
        steps.passed("dữ liệu nguyên vẹn với bản mới")
        there.desk(f"update {_SHARE}/{bad.name}", display)
        back_again = pictures / f"{there.platform}-back.png"
        _, asked, _ = _tried(there, display, back_again, lambda: _is(there, "failed", worse))
        now = _first(there, "current")
        steps.must(now == better and _first(there, "failed") == worse, "bản hỏng: tự về bản trước", _state(there))
        back = (there.folders[0] / "failed").stat().st_mtime - asked
        steps.must(back <= BACK_S, f"về bản trước sau {back:.0f} giây, cửa sổ của nó hiện")
        there.desk("check", display)
        steps.passed("dữ liệu nguyên vẹn sau khi về")
    installed = results.bytes_of(base) / 1e6
    # No size: the file is packed in a hurry, larger than one that is handed out.
    return Trial(f"cập nhật {there.package}", there.system, 0, installed, took, seen, tuple(steps.done))


def _tried(there: Installed, display: str, picture: Path, is_done: Callable[[], bool]) -> tuple[float, float, int]:
    """Opens the window until no version waits for its trial: what `_window` says, when it was opened, how often."""
    starts, asked, took = 0, 0.0, 0.0
    while starts == 0 or (_first(there, "next") is not None and starts < _MOST_STARTS):
        starts, asked = starts + 1, time.time()
        took = _window(there, display, picture, is_done)
    return took, asked, starts


def _window(there: Installed, display: str, picture: Path, is_done: Callable[[], bool]) -> float:
    """Seconds until the window is there; then it stays open until `is_done`."""

    def wait() -> None:
        began = time.monotonic()
        while not is_done() and time.monotonic() - began < _PATIENCE_S:
            time.sleep(0.5)

    took = screen.seconds_to_window(there.window(display), display, picture, there.log, _PATIENCE_S, wait)
    there.end(display)
    return took


def _is(there: Installed, name: str, version: str | None) -> bool:
    return _first(there, name) == version


def _first(there: Installed, name: str) -> str | None:
    """The version that a file of the launcher names, in the first of the folders that has one."""
    for folder in there.folders:
        file = folder / name
        if file.exists():
            return file.read_text(encoding="utf-8").split()[0]
    return None


def _state(there: Installed) -> str:
    names = ("current", "previous", "next", "trial", "failed")
    return ", ".join(f"{name}: {_first(there, name)}" for name in names)
