"""The project's files for the tests that read them: texts once, syntax trees only of the files that can matter."""

from __future__ import annotations

import ast
import gc
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "desk_app"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project: git's list, or a walk where the source came without git; no generated files."""
    if shutil.which("git"):
        command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, capture_output=True, check=False)
        if listed.returncode == 0:
            names = listed.stdout.decode("utf-8").split("\0")
            return tuple(sorted(path for name in names if name and (path := ROOT / name).is_file()))
    return tuple(sorted(path for path in ROOT.rglob("*") if path.is_file() and not is_generated(path)))


def is_generated(path: Path) -> bool:
    """What .gitignore names, for a source tree that came without git."""
    parts = path.relative_to(ROOT).parts
    return any(
        part in {".git", ".venv", ".hypothesis", "build", "dist"} or part.endswith(("cache", "cache__", ".egg-info"))
        for part in parts
    )


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def parsed(text: str) -> ast.Module:
    """The syntax tree. No search for garbage looks through half a tree: that would take four times the parsing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return ast.parse(text)
    finally:
        if was_on:
            gc.enable()


def modules(folder: Path = PROGRAM) -> list[Path]:
    """Every module in a folder."""
    return [path for path in tracked() if path.suffix == ".py" and path.is_relative_to(folder)]


def sources(folder: Path = PROGRAM, *, naming: str = "") -> Iterator[tuple[Path, ast.Module]]:
    """The modules in a folder with their syntax trees; with `naming` only those in whose text this pattern stands
    somewhere: what a test looks for in the tree, it must be written with.
    """
    wanted = re.compile(naming, re.MULTILINE)
    for path in modules(folder):
        if wanted.search(text_of(path)):
            yield path, parsed(text_of(path))


def where(path: Path, node: ast.expr | ast.stmt | None = None) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}" if node else str(path.relative_to(ROOT))


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of its name: `self.tr(…)` is "tr"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node
