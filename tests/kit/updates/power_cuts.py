"""What a disk may hold after the power went: a deed is traced once, then cut at any moment.

`traced` runs a command under strace and notes what it did to the files below some folders. `cut` makes those folders as
they may stand after a cut behind the n-th of these steps: names appear in the order in which they were made, as a
journalling file system keeps them, at least up to the last sync; of what was written to a file since its own last sync,
each piece may be there or not, and the file may be shorter.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_CALLS = (
    "openat,open,creat,write,pwrite64,pwritev,pwritev2,writev,ftruncate,fsync,fdatasync,sync_file_range,lseek,read,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir"
)
_LINE = re.compile(r"^(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+|0x[0-9a-f]+)(<[^>]*>)?", re.DOTALL)
_FD = re.compile(r"^(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


@dataclass(frozen=True)
class Step:
    """`what` is write, size, sync, name, gone, folder or move; `path` below the traced folders."""

    what: str
    path: str
    at: int = 0
    data: bytes = b""
    to: str = ""


@dataclass
class Trace:
    """The steps of a deed, and how the folders stood before it."""

    before: Path
    folder: Path
    steps: list[Step] = field(default_factory=list)


def traced(command: Sequence[str], folder: Path, before: Path, environment: dict[str, str]) -> Trace:
    """Run the command; `before` becomes a copy of `folder` as it stood."""
    shutil.copytree(folder, before, symlinks=True)
    log = before.with_name(f"{before.name}.trace")
    subprocess.run(
        ["strace", "-f", "-y", "-xx", "-s", "67108864", "-qq", "-o", str(log), "-e", f"trace={_CALLS}", *command],
        env=environment,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=300,
    )
    found = Trace(before, folder, list(_Reader(folder).steps(log.read_text("latin-1").splitlines())))
    log.unlink()
    return found


def cut(trace: Trace, count: int, chosen: random.Random) -> None:
    """Make the folder as it may stand after a power cut behind the first `count` steps."""
    shutil.rmtree(trace.folder)
    shutil.copytree(trace.before, trace.folder, symlinks=True)
    disk = _Disk(trace.folder)
    done = trace.steps[:count]
    synced = max((number for number, step in enumerate(done) if step.what == "sync"), default=-1)
    named = chosen.randint(synced + 1, count)  # names behind the last sync may be lost, the newest first
    for step in done[:named]:
        disk.do(step)
    disk.lose(chosen)


class _Disk:
    """Files with what is safe of them, and what was only written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loose: dict[str, list[Step]] = {}

    def do(self, step: Step) -> None:
        place = self._folder / step.path
        if step.what in ("write", "size"):
            self._loose.setdefault(step.path, []).append(step)
        elif step.what == "sync":
            self._settle(step.path)
        elif step.what == "name" and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()
            place.chmod(step.at or 0o644)
        elif step.what == "folder":
            place.mkdir(exist_ok=True)
        elif step.what == "gone":
            self._loose.pop(step.path, None)
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)
        elif step.what == "move":
            self._move(step.path, step.to)

    def lose(self, chosen: random.Random) -> None:
        for path, steps in self._loose.items():
            how = chosen.choice(("all", "none", "some", "head"))
            kept = {"all": steps, "none": [], "head": steps[: chosen.randint(0, len(steps))]}.get(
                how, [step for step in steps if chosen.random() < 0.5]
            )
            for step in kept:
                self._apply(path, step)
        self._loose.clear()

    def _settle(self, path: str) -> None:
        for step in self._loose.pop(path, []):
            self._apply(path, step)

    def _apply(self, path: str, step: Step) -> None:
        place = self._folder / path
        if not place.is_file():
            return
        with place.open("r+b") as file:
            if step.what == "size":
                file.truncate(step.at)
            else:
                file.seek(step.at)
                file.write(step.data)

    def _move(self, old: str, new: str) -> None:
        source, target = self._folder / old, self._folder / new
        if not source.exists():
            return
        if target.is_file():
            target.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        for path in list(self._loose):
            if path == old or path.startswith(f"{old}/"):
                self._loose[new + path[len(old) :]] = self._loose.pop(path)


class _Reader:
    """Makes steps of what strace wrote."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._places: dict[tuple[str, str], int] = {}
        self._half: dict[str, str] = {}

    def steps(self, lines: list[str]) -> list[Step]:
        found: list[Step] = []
        for line in lines:
            whole = self._whole(line)
            match = _LINE.match(whole) if whole else None
            if match and not match.group(4).startswith("-"):
                found += self._of(match.group(1), match.group(2), match.group(3), match.group(4), match.group(5) or "")
        return found

    def _whole(self, line: str) -> str:
        pid, _, rest = line.partition(" ")
        if rest.endswith("<unfinished ...>"):
            self._half[pid] = line.removesuffix("<unfinished ...>")
            return ""
        if " resumed>" in rest:
            return self._half.pop(pid, "") + rest.partition(" resumed>")[2]
        return line

    def _of(self, pid: str, call: str, told: str, gave: str, opened: str) -> list[Step]:
        if call in ("openat", "open", "creat"):
            return self._opened(pid, told, gave, opened)
        if call in ("rename", "renameat", "renameat2"):
            names = self._names(told)
            return [Step("move", names[0], to=names[1])] if len(names) == 2 else []
        if call in ("unlink", "unlinkat", "rmdir"):
            return [Step("gone", name) for name in self._names(told)[:1]]
        if call in ("mkdir", "mkdirat"):
            return [Step("folder", name) for name in self._names(told)[:1]]
        return self._of_handle(pid, call, told, gave)

    def _opened(self, pid: str, told: str, gave: str, opened: str) -> list[Step]:
        name = self._below(_plain(opened.strip("<>")))
        self._places[(pid, gave)] = 0
        if name is None or ("O_CREAT" not in told and "O_TRUNC" not in told):
            return []
        mode = re.search(r", (0[0-7]+)$", told)
        steps = [Step("name", name, at=int(mode.group(1), 8) if mode else 0)]
        return [*steps, Step("size", name, at=0)] if "O_TRUNC" in told else steps

    def _of_handle(self, pid: str, call: str, told: str, gave: str) -> list[Step]:
        handle = _FD.match(told)
        if handle is None:
            return []
        number, name = handle.group(1), self._below(_plain(handle.group(2)))
        place = (pid, number)
        if call == "lseek":
            self._places[place] = int(gave)
        elif call == "read":
            self._places[place] = self._places.get(place, 0) + int(gave)
        if name is None:
            return []
        if call in ("fsync", "fdatasync"):
            return [Step("sync", name)]
        if call == "ftruncate":
            return [Step("size", name, at=int(told.rpartition(", ")[2]))]
        if call == "pwrite64":
            return [Step("write", name, at=int(told.rpartition(", ")[2], 0), data=_bytes(told))]
        if call == "write":
            at = self._places.get(place, 0)
            self._places[place] = at + int(gave)
            return [Step("write", name, at=at, data=_bytes(told)[: int(gave)])]
        if call in ("writev", "pwritev", "pwritev2", "sync_file_range"):
            raise ValueError(f"a call that this reader does not know: {call}")
        return []

    def _names(self, told: str) -> list[str]:
        """The paths of a call; a name beside an open folder counts from there."""
        found = []
        for folder, text in re.findall(r'(?:\w+<([^>]*)>, )?"((?:\\x[0-9a-f]{2})*)"', told):
            path = _bytes(f'"{text}"').decode()
            name = self._below(path if path.startswith("/") else f"{_plain(folder)}/{path}")
            if name is not None:
                found.append(name)
        return found

    def _below(self, path: str) -> str | None:
        path = path.removesuffix(" (deleted)")
        if path == self._folder:
            return ""
        return path[len(self._folder) + 1 :] if path.startswith(f"{self._folder}/") else None


def _plain(text: str) -> str:
    return re.sub(r"\\x([0-9a-f]{2})", lambda match: chr(int(match.group(1), 16)), text)


def _bytes(told: str) -> bytes:
    match = _TEXT.search(told)
    return bytes.fromhex(match.group(1).replace("\\x", "")) if match else b""
