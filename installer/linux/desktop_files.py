"""What Linux desktops read beside the program: menu entry, icons, description, file type, manual pages."""

from __future__ import annotations

import datetime as dt
import gzip
import shutil
from pathlib import Path

from installer import icons, man_pages
from installer.release import Release

FILES = Path(__file__).parent / "files"


def write(share: Path, release: Release, pictures: Path, programs: str) -> None:
    """Fills `share` (/usr/share or what stands for it). `programs`: the launchers' folder in the menu entry."""
    day = dt.datetime.fromtimestamp(release.epoch, dt.UTC).date().isoformat()
    words = {"@PROGRAMS@": programs, "@VERSION@": release.version, "@DAY@": day}
    places = {
        "ban-mot-cua.desktop": "applications/ban-mot-cua.desktop",
        "ban-mot-cua.metainfo.xml": "metainfo/vn.banmotcua.BanMotCua.metainfo.xml",
        "ban-mot-cua.mime.xml": "mime/packages/ban-mot-cua.xml",
    }
    for name, place in places.items():
        text = (FILES / name).read_text(encoding="utf-8")
        for mark, value in words.items():
            text = text.replace(mark, value)
        _put(share / place, text.encode())
    for size in icons.SIZES:
        picture = (pictures / f"ban-mot-cua-{size}.png").read_bytes()
        _put(share / f"icons/hicolor/{size}x{size}/apps/ban-mot-cua.png", picture)
    _put(share / "icons/hicolor/scalable/apps/ban-mot-cua.svg", icons.DRAWING.read_bytes())
    for name, text in man_pages.pages(release).items():
        _put(share / f"man/man1/{name}.gz", gzip.compress(text.encode(), mtime=0))


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def copy_program(version_folder: Path, launchers: Path, release: Release, into: Path) -> None:
    """The folder of programs: versions/VERSION, three launchers, and the pointer."""
    into.mkdir(parents=True)
    shutil.copytree(version_folder, into / "versions" / release.version, symlinks=True)
    for launcher in sorted(launchers.iterdir()):
        shutil.copy2(launcher, into / launcher.name)
        (into / launcher.name).chmod(0o755)
    (into / "current").write_text(f"{release.version}\n", encoding="utf-8")
