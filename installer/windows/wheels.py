"""Wheels for Windows, each checked against its hash in the lock whether it was fetched now or before."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from packaging.utils import parse_wheel_filename

from installer import locked
from installer.known import ROOT

LOCK = ROOT / "windows.lock"
TEST_LOCK = ROOT / "requirements-test.lock"
_PYTHON, _PLATFORM = "3.13", "win_amd64"


def fetch(folder: Path, *, without: str = "") -> list[Path]:
    """Wheels of windows.lock by name."""
    return fetched(folder, LOCK, [entry for entry in _entries(LOCK) if entry.name != without])


def fetch_for_tests(folder: Path, names: Collection[str]) -> list[Path]:
    """Wheels of `names` for Windows, as requirements-test.lock has them."""
    return fetched(folder, TEST_LOCK, [entry for entry in _entries(TEST_LOCK) if entry.name in names])


def _entries(lock: Path) -> list[locked.Entry]:
    [windows] = [target for target in locked.TARGETS if target.system == "win32"]
    return [entry for entry in locked.entries(lock.read_text(encoding="utf-8")) if windows.uses(entry)]


def fetched(folder: Path, lock: Path, entries: list[locked.Entry]) -> list[Path]:
    """Asks the network only where a wheel is missing; takes nothing that the lock does not know."""
    folder.mkdir(parents=True, exist_ok=True)
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
        raise SystemExit(f"Không có bản đóng gói cho Windows đúng với {lock.name}: {', '.join(missing)}")
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
