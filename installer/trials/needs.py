"""Which further .deb files a minimal system lacks, fetched by its own apt for the stick and the trials."""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path

from installer.roots import DebianRoot, Session

_INSIDE = "/var/tmp/thu-vien"  # noqa: S108 - inside a root of its own
FRESH_S = 24 * 3600
"""So long what was fetched for a package serves again; then the distribution may have newer files."""


def fetch(root: DebianRoot, package: Path, into: Path) -> list[Path]:
    """Downloads, without installing, what `package` depends on and `root` lacks; the .deb files by name.

    What was fetched for the same package on the same day is taken again, if its bytes are still those.
    """
    noted = into.with_name(f"{into.name}.sums")
    is_fresh = noted.exists() and time.time() - noted.stat().st_mtime < FRESH_S
    if is_fresh and noted.read_text(encoding="utf-8") == _sums(package, into):
        return sorted(into.glob("*.deb"))
    noted.unlink(missing_ok=True)
    shutil.rmtree(into, ignore_errors=True)
    (into / "partial").mkdir(parents=True)
    shared = {into: _INSIDE, package.parent: "/goi"}
    session = Session(has_network=True, shared=shared, variables={"DEBIAN_FRONTEND": "noninteractive"})
    root.run(["apt-get", "update", "-q"], session)
    command = ["apt-get", "install", "-q", "-y", "--download-only", "--no-install-recommends"]
    command += ["-o", f"Dir::Cache::archives={_INSIDE}", "-o", "APT::Sandbox::User=root", f"/goi/{package.name}"]
    root.run(command, session)
    for rest in ("partial", "lock"):
        path = into / rest
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    noted.write_text(_sums(package, into), encoding="utf-8")
    return sorted(into.glob("*.deb"))


def _sums(package: Path, folder: Path) -> str:
    """A line for the package and for every file of the folder: its SHA-256 and its name."""
    files = [package, *sorted(path for path in folder.glob("*") if path.is_file())]
    return "".join(f"{_hash(path)}  {path.name}\n" for path in files)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
