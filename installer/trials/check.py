"""Tries the packages where nothing of ours is: clean Debian systems and Wine, the network off. `make packages-check`.

usage: python -m installer.trials.check [--only linux|windows] [--packages DIR] [--work DIR] [--no-table]
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
from pathlib import Path

from installer import release, roots
from installer.known import ROOT
from installer.roots import CannotBuildError, DebianRoot, say
from installer.trials import linux_trial, needs, results, windows_trial
from installer.trials.linux_trial import Place
from installer.trials.results import Trial
from installer.trials.windows_trial import WinePlace

DEBIAN = ("bookworm", "trixie")


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make packages-check", description="Cài thử các gói trong hệ sạch, không mạng."
    )
    parser.add_argument("--only", choices=("linux", "windows"), help="chỉ thử gói của một hệ")
    parser.add_argument("--packages", type=Path, default=ROOT / "dist", help="nơi có các gói (mặc định: dist)")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "packages", help="thư mục làm việc")
    parser.add_argument("--no-table", action="store_true", help="không ghi bảng vào docs/packages.md")
    return parser


def main(arguments: list[str]) -> int:
    chosen = options().parse_args(arguments)
    roots.need_root()
    version = release.release().version
    packages, work = chosen.packages.resolve(), chosen.work.resolve()
    pictures = work / "trials"
    pictures.mkdir(parents=True, exist_ok=True)
    trials: list[Trial] = []
    not_tried: list[str] = []
    if chosen.only != "windows":
        for suite in (*DEBIAN, *roots.UBUNTU):
            try:
                clean, lacking = fetched(suite, version, packages, work)
            except CannotBuildError as reason:
                if suite not in roots.UBUNTU:
                    raise
                not_tried.append(f"{roots.NAMES[suite]} (kho gói không tới được từ máy này)")
                say(f"{roots.NAMES[suite]}: không lấy được hệ sạch: {str(reason).splitlines()[-1]}")
            else:
                trials += linux(clean, lacking, version, packages, pictures)
    if chosen.only != "linux":
        trials.append(windows(version, packages, work, pictures))
    now = dt.datetime.now(dt.UTC)
    say(results.table(trials, now))
    missed = [fault for trial in trials for fault in trial.beyond()]
    if not chosen.no_table:
        results.write(trials, not_tried, now)
    say("\n".join(missed) or f"Đạt: {len(trials)} lần thử. Hình cửa sổ: {pictures}")
    return 1 if missed else 0


def fetched(suite: str, version: str, packages: Path, work: Path) -> tuple[DebianRoot, Path]:
    """A clean system, and the folder of what it lacks."""
    clean = DebianRoot(work / "roots" / f"clean-{suite}", suite)
    clean.make(("xz-utils",))  # it unpacks .tar.xz; every desktop brings it
    lacking = work / "needs" / suite
    needs.fetch(clean, packages / f"ban-mot-cua_{version}_amd64.deb", lacking)
    return clean, lacking


def linux(clean: DebianRoot, lacking: Path, version: str, packages: Path, pictures: Path) -> list[Trial]:
    """The clean system is copied for each trial, so that the next meets a clean one too."""
    found = []
    for attempt in (linux_trial.try_deb, linux_trial.try_plain_folder):
        used = DebianRoot(clean.folder.with_name(f"used-{clean.suite}"), clean.suite)
        shutil.rmtree(used.folder, ignore_errors=True)
        shutil.copytree(clean.folder, used.folder, symlinks=True, ignore_dangling_symlinks=True, ignore=_devices)
        found.append(attempt(Place(used, packages, lacking, pictures), version))
        shutil.rmtree(used.folder)
    return found


def windows(version: str, packages: Path, work: Path, pictures: Path) -> Trial:
    root = DebianRoot(work / "roots" / f"wine-{windows_trial.SUITE}", windows_trial.SUITE)
    root.make(windows_trial.WINE)
    return windows_trial.try_set_up(WinePlace(root, packages, work / "wine-prefix", pictures), version)


def _devices(folder: str, names: list[str]) -> list[str]:
    """/dev is laid over the copy when it runs."""
    return names if Path(folder).name == "dev" and Path(folder, "null").exists() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
