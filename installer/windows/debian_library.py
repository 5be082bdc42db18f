"""CPython's standard library as Debian packs it: the interpreter's minor version, locked by hash.

usage: python -m installer.windows.debian_library [--work DIR]     writes library.lock anew (needs root)
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from installer import roots
from installer.known import ROOT
from installer.roots import DebianRoot, Session

LOCK = Path(__file__).with_name("library.lock")
PACKAGES = ("libpython3.13-minimal", "libpython3.13-stdlib")
_PLACE = "usr/lib/python3.13"
_INSIDE = "/var/tmp/library"  # noqa: S108 - inside a root of its own


def fetch(folder: Path, root: DebianRoot) -> Path:
    """The folder of modules; asks the network only where a package is missing or is not the one of the lock."""
    wanted = dict(line.split() for line in LOCK.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    folder.mkdir(parents=True, exist_ok=True)
    if {path.name for path in folder.glob("*.deb") if _hash(path) == wanted.get(path.name)} != wanted.keys():
        download(folder, root)
    wrong = sorted(
        name for name, told in wanted.items() if not (folder / name).exists() or _hash(folder / name) != told
    )
    if wrong:
        raise SystemExit(
            f"Debian không còn giao đúng gói ghi trong installer/windows/library.lock: {', '.join(wrong)}.\n"
            "Xem thay đổi của gói mới rồi lập lại khóa: sudo make lock-library"
        )
    unpacked = folder / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    for name in sorted(wanted):
        roots.run(["dpkg-deb", "-x", str(folder / name), str(unpacked)], log=folder / "unpacking.log")
    return unpacked / _PLACE


def download(folder: Path, root: DebianRoot) -> None:
    session = Session(has_network=True, shared={folder: _INSIDE}, variables={"DEBIAN_FRONTEND": "noninteractive"})
    root.run(["apt-get", "update", "-q"], session)
    root.run(
        ["sh", "-ec", f"cd {_INSIDE}; apt-get download -q -o APT::Sandbox::User=root {' '.join(PACKAGES)}"], session
    )


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(arguments: list[str]) -> int:
    from installer.windows.build import tools_root  # noqa: PLC0415 - build needs this module

    work = Path(arguments[1]) if arguments[:1] == ["--work"] else ROOT / "build" / "packages"
    folder = work / "library"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    download(folder, tools_root(work / "roots"))
    head = "# Gói của Debian có thư viện chuẩn của Python cho bản Windows; `make lock-library` lập lại tệp này.\n"
    LOCK.write_text(
        head + "".join(f"{path.name} {_hash(path)}\n" for path in sorted(folder.glob("*.deb"))), encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
