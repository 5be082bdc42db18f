"""The .deb: the folder of programs under /usr/lib, commands under /usr/bin, and what desktops and udev read."""

from __future__ import annotations

import gzip
import os
import shutil
from pathlib import Path

from installer import roots
from installer.linux import desktop_files
from installer.release import Release

HERE = Path(__file__).parent
BASE = "usr/lib/ban-mot-cua"
COMMANDS = ("ban-mot-cua", "desk-app", "desk-district")


def build(
    release: Release, source: Path, version_folder: Path, launchers: Path, pictures: Path, work: Path, out: Path
) -> None:
    """Writes `out`; dpkg-deb sorts the files and takes no time later than the release's."""
    roots.need("dpkg-deb", "dpkg")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    desktop_files.copy_program(version_folder, launchers, release, work / BASE)
    desktop_files.write(work / "usr/share", release, pictures, f"/{BASE}")
    (work / "usr/bin").mkdir()
    for name in COMMANDS:
        (work / "usr/bin" / name).symlink_to(f"../lib/ban-mot-cua/{name}")
    rules = work / "usr/lib/udev/rules.d"
    rules.mkdir(parents=True)
    shutil.copyfile(HERE / "files" / "70-ban-mot-cua.rules", rules / "70-ban-mot-cua.rules")
    documents = work / "usr/share/doc/ban-mot-cua"
    documents.mkdir(parents=True)
    for name, target in (("docs/notices.md", "notices.md.gz"), ("CHANGELOG.md", "changelog.gz")):
        (documents / target).write_bytes(gzip.compress((source / name).read_bytes(), mtime=0))
    notice = "Bàn Một Cửa: Apache-2.0. Phần của người khác, kèm bản văn giấy phép: notices.md.gz.\n\n"
    (documents / "copyright").write_text(notice + (source / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    control = work / "DEBIAN"
    control.mkdir()
    kilobytes = sum(path.lstat().st_size for path in work.rglob("*") if path.is_file()) // 1024
    text = (HERE / "control").read_text(encoding="utf-8")
    text = text.replace("@VERSION@", release.version).replace("@KILOBYTES@", str(kilobytes))
    (control / "control").write_text(text, encoding="utf-8")
    scripts = {control / name for name in ("postinst", "postrm")}
    for script in scripts:
        shutil.copyfile(HERE / script.name, script)
    rights(work, release.epoch, run=scripts)
    command = ["dpkg-deb", "--root-owner-group", "--threads-max=1", "-Zxz", "-z9", "--build", str(work), str(out)]
    roots.run(command, log=work.with_name("deb.log"), variables={"SOURCE_DATE_EPOCH": str(release.epoch)})


def rights(folder: Path, epoch: int, run: set[Path]) -> None:
    """755 for folders and what was a program before, 644 for the rest; one time for all."""
    for path in [*folder.rglob("*"), folder]:
        if not path.is_symlink():
            is_run = path.is_dir() or path in run or bool(path.stat().st_mode & 0o100)
            path.chmod(0o755 if is_run else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)
