"""What the trials found: lines for the person at the terminal, and the table in docs/packages.md."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import platform
import re
from dataclasses import dataclass, field
from pathlib import Path

from installer import release
from installer.known import ROOT
from installer.roots import say

PAGE = ROOT / "docs" / "packages.md"
_TABLE = re.compile(r"(?s)<!-- đo: make packages-check -->.*?<!-- hết -->")
_ROW = re.compile(r"(?m)^(\| [^|\n]+ \| [^|\n]+ \|) \d\d/.*$")
"""A line of the table: package and system, then the day."""
_LACKING = re.compile(r"(?m)^Chưa thử được: (.+)$")
LARGEST_MB, INSTALLED_MB, SLOWEST_S = 60, 180, 180


@dataclass(frozen=True)
class Trial:
    """One package on one system. `steps`: what went well there; `size_mb`, `window_s`: 0 where they tell nothing."""

    package: str
    system: str
    size_mb: float
    installed_mb: float
    install_s: float
    window_s: float
    steps: tuple[str, ...]

    def beyond(self) -> list[str]:
        """Goals that are missed."""
        told = f"{self.package} trên {self.system}"
        missed = []
        if self.size_mb > LARGEST_MB:
            missed.append(f"{told}: bộ cài {self.size_mb:.1f} MB, quá {LARGEST_MB} MB")
        if self.installed_mb > INSTALLED_MB:
            missed.append(f"{told}: cài xong {self.installed_mb:.0f} MB, quá {INSTALLED_MB} MB")
        if self.install_s > SLOWEST_S:
            missed.append(f"{told}: cài mất {self.install_s:.0f} giây, quá {SLOWEST_S}")
        return missed


@dataclass
class Steps:
    """Notes each step when it has gone well; one that does not ends the run."""

    system: str
    done: list[str] = field(default_factory=list)

    def passed(self, what: str) -> None:
        say(f"  {self.system}: {what}")
        self.done.append(what)

    def must(self, is_so: bool, what: str, else_: str = "") -> None:  # noqa: FBT001 - reads as a sentence
        if not is_so:
            raise SystemExit(f"{self.system}: KHÔNG ĐẠT: {what}. {else_}".rstrip())
        self.passed(what)


def bytes_of(folder: Path) -> int:
    """Bytes of the files below `folder`, a file under two names once."""
    files = {
        status.st_ino: status.st_size
        for path in folder.rglob("*")
        if not path.is_symlink() and path.is_file()
        for status in [path.stat()]
    }
    return sum(files.values())


def digest(folder: Path) -> str:
    """One hash over the names and bytes of everything below `folder`."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        whole.update(f"{path.relative_to(folder)}\0".encode())
        if path.is_file() and not path.is_symlink():
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


_HEAD = (
    "| gói | thử trên | ngày | bộ cài | cài xong | thời gian cài | cửa sổ hiện sau | việc đã thử |",
    "|---|---|---|--:|--:|--:|--:|---|",
)


def rows(trials: list[Trial], at: dt.datetime) -> dict[str, str]:
    """Line of the table by package and system."""
    return {
        f"| {each.package} | {each.system} |": f"| {each.package} | {each.system} | {at:%d/%m/%Y} "
        f"| {f'{_number(each.size_mb)} MB' if each.size_mb else '–'} | {each.installed_mb:.0f} MB "
        f"| {_number(each.install_s)} giây | {f'{_number(each.window_s)} giây' if each.window_s else '–'} "
        f"| {'; '.join(each.steps)} |"
        for each in trials
    }


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def machine(at: dt.datetime) -> str:
    """When and on what the trials ran: times mean nothing without it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    told = f"Lần thử sau cùng: bản {release.release().version}, {at:%d/%m/%Y %H:%M} UTC, {platform.system()} "
    told += f"{platform.machine()}, {_processor()}, {os.cpu_count()} nhân, {memory:.0f} GB bộ nhớ"
    return f"{told}; lúc xong có {os.getloadavg()[0]:.0f} việc chờ chạy."


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.+)", listed.read_text(encoding="utf-8")) if listed.exists() else None
    return " ".join(found[1].split()) if found else "bộ xử lý không rõ tên"


def write(trials: list[Trial], not_tried: list[str], at: dt.datetime, page: Path = PAGE) -> None:
    """Puts the table into the page, between its marks; lines of what was not tried this time stay with their day."""
    text = page.read_text(encoding="utf-8")
    before = _TABLE.search(text)
    kept = {row[1]: row[0] for row in _ROW.finditer(before[0])} if before else {}
    lacking = {
        each for each in _LACKING.findall(before[0] if before else "") if not any(t.system in each for t in trials)
    }
    parts = [
        "<!-- đo: make packages-check -->",
        f"{machine(at)}\n",
        *_HEAD,
        *(kept | rows(trials, at)).values(),
        *(f"\nChưa thử được: {each}" for each in sorted(lacking.union(not_tried))),
        "<!-- hết -->",
    ]
    page.write_text(_TABLE.sub(lambda _: "\n".join(parts), text), encoding="utf-8")
