"""How long the installed window takes to a usable list with nothing in memory and a disk of 100 reads a second.

usage: python -m installer.trials.cold_start FOLDER [--reads 100] [--times 3]      FOLDER: where the launchers are

The program and a desk lie in a file system of their own, on a loop device made anew each time, so that nothing of them
is in memory; the kernel holds its reads back (cgroup v1, blkio). What the desktop has loaded anyway stays: the C and X
libraries, fonts of the system. Needs root and Linux.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer import roots
from installer.roots import say
from installer.trials import screen, starts

GOAL_S = 5.0
GROUP = Path("/sys/fs/cgroup/blkio/ban-mot-cua-cold-start")
_LIMIT = GROUP / "blkio.throttle.read_iops_device"
_IMAGE_BYTES = 1 << 30
_READ_AHEAD_KIB = 128
"""As of a disk that turns; loop devices have more."""


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Đo lúc mở cửa sổ khi chưa có gì trong bộ nhớ, ổ đĩa chậm.")
    parser.add_argument("folder", type=Path, help="thư mục có ban-mot-cua, desk-app đã cài")
    parser.add_argument("--reads", type=int, default=100, help="số lần đọc mỗi giây (mặc định 100)")
    parser.add_argument("--times", type=int, default=3, help="số lần đo (mặc định 3)")
    return parser


def main(arguments: list[str]) -> int:
    chosen = options().parse_args(arguments)
    roots.need_root()
    for command, package in (("losetup", "mount"), ("mkfs.ext4", "e2fsprogs"), ("xdotool", "xdotool")):
        roots.need(command, package)
    if not GROUP.parent.is_dir():
        raise SystemExit(f"Máy này không có {GROUP.parent} (cgroup v1): không hãm được ổ đĩa")
    GROUP.mkdir(exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir="/var/tmp") as folder, screen.screen() as display:
            taken = list(_measured(Path(folder), display, chosen))
    finally:
        GROUP.rmdir()
    median = statistics.median(wall for wall, _, _ in taken)
    say(f"Giữa: {median:.1f} giây; mức đặt ra {GOAL_S:g} giây, {chosen.reads} lần đọc mỗi giây")
    return 0 if median <= GOAL_S else 1


def _measured(folder: Path, display: str, chosen: argparse.Namespace) -> Iterator[tuple[float, int, float]]:
    """Seconds on the clock, reads, seconds of CPU of each start."""
    first, image, place = folder / "first.img", folder / "start.img", folder / "disk"
    place.mkdir()
    variables = starts.environment(place, display)
    shutil.move(variables["DESK_PASSPHRASE_FILE"], folder / "mat-khau")
    variables["DESK_PASSPHRASE_FILE"] = str(folder / "mat-khau")
    with first.open("wb") as file:
        file.truncate(_IMAGE_BYTES)
    _run("mkfs.ext4", "-q", "-m", "0", str(first))
    with _mounted(first, place):
        shutil.copytree(chosen.folder, place / "program", symlinks=True)
        starts.fill(place / "program", variables)
    for number in range(chosen.times):
        _run("cp", "--sparse=always", str(first), str(image))
        with image.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        with _mounted(image, place) as device:
            system = Path("/sys/block") / device.name
            (system / "queue/read_ahead_kb").write_text(str(_READ_AHEAD_KIB))
            _LIMIT.write_text(f"{(system / 'dev').read_text().strip()} {chosen.reads}")
            before = _reads(system)
            held = ["sh", "-c", f'echo $$ > {GROUP}/tasks && exec "$0"', str(place / "program/ban-mot-cua")]
            cpu, wall = starts.window(held, variables)
            reads = _reads(system) - before
            _LIMIT.write_text(f"{(system / 'dev').read_text().strip()} 0")
        say(f"lần {number + 1}: {wall:.1f} giây, đến lúc nghỉ {reads} lần đọc, {cpu:.1f} giây bộ xử lý")
        yield wall, reads, cpu


@contextmanager
def _mounted(image: Path, place: Path) -> Iterator[Path]:
    """The loop device under `place`, which is there until the end of the block."""
    device = _run("losetup", "--direct-io=on", "--find", "--show", str(image))
    try:
        _run("mount", device, str(place))
        try:
            yield Path(device)
        finally:
            _run("umount", str(place))
    finally:
        _run("losetup", "--detach", device)


def _reads(system: Path) -> int:
    return int((system / "stat").read_text().split()[0])


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
