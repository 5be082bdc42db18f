"""A folder of .deb files as a source that apt reads without a network: the index beside them."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from installer import roots

INDEX = "Packages"
SCRIPT = Path(__file__).with_name("cai-deb.sh")
"""Installs the .deb beside it, and of the libraries in thu-vien/ those that the machine lacks."""


def write_index(folder: Path) -> None:
    """Writes `folder`/Packages: what each .deb says of itself, where it lies, its size and hash."""
    roots.need("dpkg-deb", "dpkg")
    entries = []
    for path in sorted(folder.glob("*.deb")):
        told = subprocess.run(["dpkg-deb", "--field", str(path)], capture_output=True, text=True, check=True).stdout
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        place = f"Filename: ./{path.name}\nSize: {path.stat().st_size}\nSHA256: {digest}\n"
        entries.append(f"{told.rstrip()}\n{place}")
    (folder / INDEX).write_text("\n".join(entries), encoding="utf-8")
