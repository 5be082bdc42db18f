"""A folder for Linux machines without an administrator: unpacked anywhere, it sets itself up for one person."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import shutil
import tarfile
from pathlib import Path

from installer.linux import desktop_files
from installer.linux.deb import rights
from installer.release import Release

HERE = Path(__file__).parent
CHECKED = "KIEM-TRA.txt"


def build(
    release: Release, source: Path, version_folder: Path, launchers: Path, pictures: Path, work: Path, out: Path
) -> None:
    """Writes `out`, a .tar.xz with one folder in it; cai-dat.sh there is the set-up."""
    shutil.rmtree(work, ignore_errors=True)
    folder = work / f"ban-mot-cua-{release.version}"
    work.mkdir(parents=True)
    desktop_files.copy_program(version_folder, launchers, release, folder)
    desktop_files.write(folder / "share", release, pictures, "@PROGRAMS@")
    shutil.copyfile(HERE / "cai-dat.sh", folder / "cai-dat.sh")
    (folder / "cai-dat.sh").chmod(0o755)
    shutil.copyfile(source / "LICENSE", folder / "LICENSE")
    (folder / "notices.md.gz").write_bytes(gzip.compress((source / "docs/notices.md").read_bytes(), mtime=0))
    (folder / CHECKED).write_text(listed(folder), encoding="utf-8")
    rights(folder, release.epoch, run=set())
    pack(folder, out, release.epoch)


def listed(folder: Path) -> str:
    """Lines as sha256sum writes and reads them, for every file below `folder`."""
    lines = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    return "".join(lines)


def pack(folder: Path, out: Path, epoch: int) -> None:
    """Sorted names, nobody's name, one time: the same bytes every time."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = epoch
        return entry

    with (
        lzma.open(out, "wb", preset=9) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        tar.add(folder, folder.name, recursive=False, filter=plain)
        for path in sorted(folder.rglob("*")):
            tar.add(path, f"{folder.name}/{path.relative_to(folder).as_posix()}", recursive=False, filter=plain)
