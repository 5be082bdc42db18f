"""Tries the packages where nothing of ours is: clean Debian systems and Wine, the network off. `make packages-check`.

usage: python -m installer.trials.check [--only ITEM…] [--rest] [--packages DIR] [--work DIR] [--no-table]
An item: one package on one system (bookworm-deb, trixie-folder, windows-setup …); linux, deb, trixie … name several.
Each that passes is noted at once, in the table and in WORK/trials/passed.tsv: --rest goes on after an interrupted run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from installer import release, roots
from installer.known import ROOT
from installer.roots import CannotBuildError, DebianRoot, say
from installer.trials import linux_trial, linux_update, needs, results, windows_trial, windows_update
from installer.trials.linux_trial import Place
from installer.trials.results import Trial
from installer.trials.windows_trial import WinePlace

DEBIAN = ("bookworm", "trixie")
SUITES = (*DEBIAN, *roots.UBUNTU)
LINUX = {
    "deb": linux_trial.try_deb,
    "folder": linux_trial.try_plain_folder,
    "update_deb": linux_update.try_deb_update,
    "update_folder": linux_update.try_folder_update,
}
WINDOWS = {"setup": windows_trial.try_set_up, "update": windows_update.try_update}
ITEMS = (*(f"{suite}-{kind}" for suite in SUITES for kind in LINUX), *(f"windows-{kind}" for kind in WINDOWS))


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make packages-check", description="Cài thử các gói trong hệ sạch, không mạng."
    )
    groups = ("linux", "windows", *LINUX, *SUITES)
    parser.add_argument("--only", nargs="+", choices=(*groups, *ITEMS), help="chỉ thử các mục này")
    parser.add_argument("--rest", action="store_true", help="bỏ qua mục đã đạt với đúng gói này")
    parser.add_argument("--packages", type=Path, default=ROOT / "dist", help="nơi có các gói (mặc định: dist)")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "packages", help="thư mục làm việc")
    parser.add_argument("--no-table", action="store_true", help="không ghi bảng vào docs/packages.md")
    return parser


def chosen_items(only: list[str] | None) -> list[str]:
    """The items that `only` names, by themselves or by what they have in common; all where it is not given."""
    wanted = set(only or ITEMS)
    return [item for item in ITEMS if wanted & {item, *item.split("-"), "" if item.startswith("windows") else "linux"}]


def main(arguments: list[str]) -> int:
    chosen = options().parse_args(arguments)
    roots.need_root()
    version = release.release().version
    packages, work = chosen.packages.resolve(), chosen.work.resolve()
    pictures = work / "trials"
    pictures.mkdir(parents=True, exist_ok=True)
    noted = Passed(pictures / "passed.tsv")
    missed: list[str] = []
    passed: list[str] = []
    for item in chosen_items(chosen.only):
        package = packages / package_name(item, version)
        if chosen.rest and noted.holds(item, package):
            say(f"{item}: đã đạt với gói này")
            continue
        began, trial, not_tried = time.monotonic(), None, ""
        try:
            trial = try_item(item, version, packages, work, pictures)
        except NotReachedError as reason:
            not_tried = str(reason)
            say(f"{item}: CHƯA THỬ: {not_tried}")
        except SystemExit as reason:
            missed.append(f"{item}: {reason}")
            say(f"{item}: KHÔNG ĐẠT sau {time.monotonic() - began:.0f} giây: {reason}")
            continue
        now = dt.datetime.now(dt.UTC)
        if not chosen.no_table:
            results.write([trial] if trial else [], [not_tried] if not_tried else [], now)
        if trial:
            beyond = trial.beyond()
            missed += beyond
            if not beyond:
                noted.add(item, package)
                passed.append(item)
            say(f"{item}: {'; '.join(beyond) or 'đạt'}, {time.monotonic() - began:.0f} giây")
    say("\n".join(missed) or f"Đạt: {len(passed)} mục. Hình cửa sổ: {pictures}")
    return 1 if missed else 0


class NotReachedError(Exception):
    """A system whose packages cannot be had from this machine."""


class Passed:
    """Which item passed with which bytes of its package: lines "ITEM<tab>sha256"."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def _all(self) -> dict[str, str]:
        if not self._file.exists():
            return {}
        return dict(line.split("\t") for line in self._file.read_text(encoding="utf-8").splitlines())

    def holds(self, item: str, package: Path) -> bool:
        return self._all().get(item) == _hash(package)

    def add(self, item: str, package: Path) -> None:
        now = self._all() | {item: _hash(package)}
        self._file.write_text("".join(f"{name}\t{digest}\n" for name, digest in now.items()), encoding="utf-8")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def package_name(item: str, version: str) -> str:
    if item.startswith("windows"):
        return f"ban-mot-cua-{version}-windows-amd64.exe"
    is_deb = item.endswith("deb")
    return f"ban-mot-cua_{version}_amd64.deb" if is_deb else f"ban-mot-cua-{version}-linux-amd64.tar.xz"


def try_item(item: str, version: str, packages: Path, work: Path, pictures: Path) -> Trial:
    suite, _, kind = item.partition("-")
    if suite == "windows":
        return WINDOWS[kind](wine(packages, work, pictures), version)
    try:
        clean, lacking = fetched(suite, version, packages, work)
    except CannotBuildError as reason:
        if suite not in roots.UBUNTU:
            raise
        told = f"{roots.NAMES[suite]} (kho gói không tới được từ máy này)"
        raise NotReachedError(told) from reason
    return linux(LINUX[kind], clean, Place(clean, packages, lacking, pictures), version)


def fetched(suite: str, version: str, packages: Path, work: Path) -> tuple[DebianRoot, Path]:
    """A clean system, and the folder of what it lacks."""
    clean = DebianRoot(work / "roots" / f"clean-{suite}", suite)
    clean.make(("xz-utils",))  # it unpacks .tar.xz; every desktop brings it
    lacking = work / "needs" / suite
    needs.fetch(clean, packages / f"ban-mot-cua_{version}_amd64.deb", lacking)
    return clean, lacking


def linux(attempt: Callable[[Place, str], Trial], clean: DebianRoot, place: Place, version: str) -> Trial:
    """The clean system is copied, so that every trial meets a clean one."""
    used = DebianRoot(clean.folder.with_name(f"used-{clean.suite}"), clean.suite)
    shutil.rmtree(used.folder, ignore_errors=True)
    shutil.copytree(clean.folder, used.folder, symlinks=True, ignore_dangling_symlinks=True, ignore=_devices)
    found = attempt(replace(place, root=used), version)
    shutil.rmtree(used.folder)
    return found


def wine(packages: Path, work: Path, pictures: Path) -> WinePlace:
    root = DebianRoot(work / "roots" / f"wine-{windows_trial.SUITE}", windows_trial.SUITE)
    root.make(windows_trial.WINE)
    return WinePlace(root, packages, work / "wine-prefix", pictures)


def _devices(folder: str, names: list[str]) -> list[str]:
    """/dev is laid over the copy when it runs."""
    return names if Path(folder).name == "dev" and Path(folder, "null").exists() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
