"""Builds the packages: .deb, plain Linux folder, Windows set-up. `make packages` runs it.

usage: python -m installer.make_packages [--only linux|windows] [--twice] [--out DIR] [--work DIR]
--twice builds everything a second time in another folder and compares the bytes.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from installer import release, roots
from installer.known import ROOT
from installer.linux import build as linux
from installer.linux.plain_folder import listed
from installer.release import Release
from installer.roots import say
from installer.windows import build as windows

SUMS = "SHA256SUMS"


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make packages", description="Làm các gói cài đặt từ tệp khóa.")
    parser.add_argument("--only", choices=("linux", "windows"), help="chỉ làm gói của một hệ")
    parser.add_argument("--twice", action="store_true", help="làm hai lần, so từng byte")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="nơi để gói (mặc định: dist)")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build" / "packages", help="thư mục làm việc (cần khoảng 6 GB)"
    )
    return parser


def build(told: Release, only: str | None, work: Path, roots_folder: Path, out: Path) -> list[Path]:
    """The packages, in `out`. `work` is made anew, so that nothing of an earlier build goes in."""
    shutil.rmtree(work, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    source = release.stage(work / "source")
    release.list_modules(source, work / "modules.log")
    pictures = work / "pictures"
    roots.run([sys.executable, "-m", "installer.icons", str(pictures)], log=work / "pictures.log", cwd=ROOT)
    builds: list[Callable[[], list[Path]]] = []
    if only != "windows":
        builds.append(lambda: linux.build(told, source, pictures, work / "linux", out))
    if only != "linux":
        builds.append(lambda: windows.build(told, source, pictures, work / "windows", roots_folder, out))
    with ThreadPoolExecutor() as together:  # each waits for programs of its own, which use one core each
        return [path for made in together.map(lambda build: build(), builds) for path in made]


def main(arguments: list[str]) -> int:
    chosen = options().parse_args(arguments)
    os.umask(0o022)
    if chosen.only != "linux":
        roots.need_root()
    told = release.release()
    if release.is_changed():
        say("Có tệp đã sửa mà chưa ghi vào git: gói chứa bản đang sửa, thời gian trong gói là của lần ghi gần nhất.")
    began = time.monotonic()
    made = build(told, chosen.only, chosen.work / "one", chosen.work / "roots", chosen.out)
    write_sums(chosen.out)
    for path in made:
        say(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    say(f"Làm xong trong {time.monotonic() - began:.0f} giây.")
    if not chosen.twice:
        return 0
    again = build(
        told, chosen.only, chosen.work / "another-place" / "two", chosen.work / "roots", chosen.work / "dist-again"
    )
    other = [path.name for first, path in zip(made, again, strict=True) if not filecmp.cmp(first, path, shallow=False)]
    say(
        f"Hai lần làm khác nhau: {', '.join(other)}" if other else f"Hai lần làm: {len(made)} gói giống nhau từng byte."
    )
    return 1 if other else 0


def write_sums(folder: Path) -> None:
    (folder / SUMS).unlink(missing_ok=True)
    (folder / SUMS).write_text(listed(folder), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
