"""Which further .deb files a minimal system lacks, fetched by its own apt for the stick and the trials."""

from __future__ import annotations

import shutil
from pathlib import Path

from installer.roots import DebianRoot, Session

_INSIDE = "/var/tmp/thu-vien"  # noqa: S108 - inside a root of its own


def fetch(root: DebianRoot, package: Path, into: Path) -> list[Path]:
    """Downloads, without installing, what `package` depends on and `root` lacks; the .deb files by name."""
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
    return sorted(into.glob("*.deb"))
