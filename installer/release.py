"""What is packed: the files of one commit, its version and its time. Nothing of the working machine goes in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from installer.known import ROOT

PACKED = ("LICENSE", "README.md", "CHANGELOG.md", "desk_app", "docs", "forms", "installer", "main.py", "resources")
"""What of the project the packages are made of."""
_OUT_OF_GIT = 1_767_225_600
"""2026-01-01: the time in the packages where the source came without git."""


@dataclass(frozen=True)
class Release:
    """Version, and the commit's time in seconds since 1970: the only time the packages know."""

    version: str
    epoch: int


def release() -> Release:
    text = (ROOT / "desk_app" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    if found is None:
        raise SystemExit("desk_app/__init__.py không ghi số phiên bản")
    told = _git("log", "-1", "--format=%ct")
    return Release(found[1], int(told) if told else _OUT_OF_GIT)


def is_changed() -> bool:
    """Something that goes into the packages differs from the commit."""
    return bool(_git("status", "--porcelain", "--untracked-files=no", "--", *PACKED))


def tracked(tops: Sequence[str] = PACKED) -> list[Path]:
    """The files that git knows, or, without git, all but what programs leave behind; relative to the project."""
    listed = _git("ls-files", "-z", "--cached", "--", *tops)
    if listed:
        paths = [Path(name) for name in listed.split("\0") if name]
    else:
        paths = [
            path.relative_to(ROOT)
            for top in tops
            for path in ([ROOT / top] if (ROOT / top).is_file() else (ROOT / top).rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        ]
    return sorted(path for path in paths if (ROOT / path).is_file())


def stage(into: Path, tops: Sequence[str] = PACKED) -> Path:
    """A copy of the tracked files alone, with the same rights for everybody; `into` is made anew."""
    shutil.rmtree(into, ignore_errors=True)
    for path in tracked(tops):
        target = into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, target)
        target.chmod(0o644)
    return into


def list_modules(source: Path, log: Path) -> None:
    """Writes which modules the staged program has, where its self-test reads it: a frozen one cannot know by itself."""
    command = [sys.executable, "-m", "desk_app.selftest.modules"]
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    with log.open("wb") as kept:
        named = subprocess.run(command, stdout=subprocess.PIPE, stderr=kept, cwd=source, env=environment, check=False)
    if named.returncode or not named.stdout.strip():
        raise SystemExit(f"Không kê được các mô-đun của chương trình; lỗi ghi ở {log}")
    (source / "resources" / "modules.txt").write_bytes(named.stdout)


def _git(*words: str) -> str:
    if shutil.which("git") is None:
        return ""
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
