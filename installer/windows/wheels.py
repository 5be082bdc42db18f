"""The wheels of windows.lock, each checked against its hash there whether it was fetched now or before."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

from packaging.utils import parse_wheel_filename

from installer import locked
from installer.known import ROOT

LOCK = ROOT / "windows.lock"
_PYTHON, _PLATFORM = "3.13", "win_amd64"


def fetch(folder: Path, *, without: str = "") -> list[Path]:
    """Wheels by name. Asks the network only where one is missing; takes nothing that the lock does not know."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = [entry for entry in locked.entries(LOCK.read_text(encoding="utf-8")) if entry.name != without]
    found = kept(folder, entries)
    if len(found) < len(entries):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--require-hashes", "--only-binary=:all:", "--python-version", _PYTHON, "--platform", _PLATFORM]
        listed = folder / "wanted.txt"
        listed.write_text("".join(f"{entry.text}\n" for entry in entries), encoding="utf-8")
        subprocess.run([*command, "--dest", str(folder), "--requirement", str(listed)], check=True)
        found = kept(folder, entries)
    missing = sorted({entry.name for entry in entries} - found.keys())
    if missing:
        raise SystemExit(f"Không có bản đóng gói cho Windows đúng với {LOCK.name}: {', '.join(missing)}")
    return [found[name] for name in sorted(found)]


def kept(folder: Path, entries: list[locked.Entry]) -> dict[str, Path]:
    """Name → the wheel in `folder` that the lock names by version and hash."""
    wanted = {(entry.name, entry.version): set(re.findall(r"sha256:([0-9a-f]{64})", entry.text)) for entry in entries}
    found = {}
    for path in sorted(folder.glob("*.whl")):
        name, version, *_ = parse_wheel_filename(path.name)
        hashes = wanted.get((name, str(version)))
        if hashes and hashlib.sha256(path.read_bytes()).hexdigest() in hashes:
            found[str(name)] = path
    return found
