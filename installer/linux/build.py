"""The two Linux packages of one frozen folder."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from installer import describing, roots
from installer.linux import deb, freeze, plain_folder
from installer.release import Release
from installer.roots import say

LAUNCHER = Path(__file__).parent.parent / "launcher" / "launcher.c"


def build(release: Release, source: Path, pictures: Path, work: Path, out: Path) -> list[Path]:
    say("Linux: đóng chương trình thành thư mục (PyInstaller) …")
    folder = freeze.freeze(release, source, work / "frozen", work / "folder")
    describing.describe(folder, "linux-amd64", release)
    launchers = _launchers(release, work / "launchers")
    say("Linux: làm .deb và thư mục tự cài …")
    packages = [
        out / f"ban-mot-cua_{release.version}_amd64.deb",
        out / f"ban-mot-cua-{release.version}-linux-amd64.tar.xz",
    ]
    with ThreadPoolExecutor() as together:  # compressing takes most of the time, each on one core
        running = [
            together.submit(deb.build, release, source, folder, launchers, pictures, work / "deb", packages[0]),
            together.submit(
                plain_folder.build, release, source, folder, launchers, pictures, work / "plain", packages[1]
            ),
        ]
    for each in running:
        each.result()
    return packages


def _launchers(release: Release, folder: Path) -> Path:
    """The three programs on top, which read the pointer: one small C file under three names."""
    roots.need("gcc", "gcc")
    folder.mkdir(parents=True)
    for name in deb.COMMANDS:
        made = folder / name
        command = ["gcc", "-O2", "-s", "-Wall", "-Werror", "-Wno-format-truncation", "-o", str(made), str(LAUNCHER)]
        roots.run(command, log=folder.with_name("launchers.log"))
        os.utime(made, (release.epoch, release.epoch))
    return folder
