"""A virtual screen and what is on it: an open desk is there when the picture has the colours of one."""

from __future__ import annotations

import io
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from installer import roots

SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 - where X servers have their sockets
_SIZE = "1366x768x24"
_COLOURS_OF_A_DESK = 1500
"""An open desk shows above 3000; the card before it, while the desk is opened or made, about 500."""
_STEP = 0.5
_STILL = 6
"""Pictures in a row that show the same."""


@contextmanager
def screen() -> Iterator[str]:
    """ ":N" of a screen that is there until the end of the block."""
    roots.need("Xvfb", "xvfb")
    roots.need("import", "imagemagick")
    # Without -noreset it begins anew when its last program ends, and refuses the next one meanwhile.
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        if server.stdout is None:
            raise SystemExit("Xvfb không nói số màn hình")
        number = server.stdout.readline().decode().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def picture(display: str) -> Image.Image:
    command = ["import", "-display", display, "-window", "root", "png:-"]
    return Image.open(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)).convert("RGB")


def colours(image: Image.Image) -> int:
    return len(image.getcolors(image.width * image.height) or ())


def seconds_to_window(
    command: Sequence[str],
    display: str,
    out: Path,
    log: Path,
    patience: float,
    while_open: Callable[[], None] = lambda: None,
) -> float:
    """Starts a program, waits until its window shows an open desk and stands still, keeps the picture, ends it.

    `while_open` is done before that end.
    """
    began = time.monotonic()
    with log.open("ab") as kept, subprocess.Popen(command, stdout=kept, stderr=subprocess.STDOUT) as program:
        try:
            took = _wait(display, out, began, patience, program, log)
            while_open()
            return took
        finally:
            program.terminate()


def must_end(command: Sequence[str], log: Path, patience: float) -> None:
    """A program that finds its window open already asks it to show itself, and ends well."""
    with log.open("ab") as kept:
        try:
            done = subprocess.run(command, stdout=kept, stderr=subprocess.STDOUT, timeout=patience, check=False)
        except subprocess.TimeoutExpired as late:
            raise SystemExit(f"Mở lần hai: sau {patience:.0f} giây chưa thoát, như vậy có hai cửa sổ: {log}") from late
    if done.returncode:
        raise SystemExit(f"Mở lần hai: thoát với mã {done.returncode}: {log}")


def _wait(display: str, out: Path, began: float, patience: float, program: subprocess.Popen[bytes], log: Path) -> float:
    last: Image.Image | None = None
    drawn, still = 0.0, 0
    while time.monotonic() - began < patience:
        if program.poll() is not None:
            raise SystemExit(f"Chương trình tự thoát ({program.returncode}) trước khi hiện cửa sổ: {log}")
        seen = picture(display)
        if colours(seen) > _COLOURS_OF_A_DESK:
            drawn = drawn or time.monotonic() - began
            still = still + 1 if last is not None and last.tobytes() == seen.tobytes() else 0
            if still == _STILL:
                seen.save(out)
                return drawn
        last = seen
        time.sleep(_STEP)
    raise SystemExit(f"Sau {patience:.0f} giây chưa thấy cửa sổ đứng yên: {log}")
