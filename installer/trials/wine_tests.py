"""Tests of the source as a Windows program under Wine: tests/unit and tests/ui, part by part. `make wine-tests`.

usage: python -m installer.trials.wine_tests [--only PART…] [--packages DIR] [--work DIR] [--no-table]
A part: a folder of tests/unit, letters of tests/ui (ui-l-m: test_l*.py, test_m*.py), unit, ui or a path of tests. Its
log and the outcome of each of its tests lie in WORK/wine-tests. What may fail, and why: tests/windows/
not_under_wine.txt. The stories of the terminal (story-terminal …; stories: all of them) and paths of tests/stories run
when they are asked for: they start the programs that the set-up of DIR installed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from installer import release, roots
from installer.known import ROOT
from installer.roots import DebianRoot, Session, say
from installer.trials import screen, wine_python, wine_table
from installer.trials.check import package_name
from installer.trials.windows_trial import PROGRAMS, SUITE, WINE, WinePlace, install, new_wine
from installer.trials.wine_table import Ran

_SOURCE, _PYTHON = "/srv/source", "/srv/python"
_TRIED = tuple(path.name for path in ROOT.iterdir() if path.name not in (".git", ".venv", "build"))
_NAMED = r"Z:\srv\source\tests\windows\not_under_wine.txt"
_INSTALLED = str(PureWindowsPath("C:/", *Path(PROGRAMS).parts[1:]))
_FONTS = r"Z:\usr\share\fonts\truetype\dejavu"
"""Qt without a screen asks Windows for no fonts. Wine hands a variable of Qt's on where its name begins with WINE."""
_LETTERS = ("abcd", "efghijk", "lm", "nopqr", "s", "tuvwxyz")
"""Each part makes one desk of forty dossiers, which takes half a minute under Wine."""
_STUCK_S, _STORY_STUCK_S = 300, 1200
"""A test that takes longer is stuck: its threads are told and the part ends. A story starts the program up to fifty
times, each of which takes three seconds under Wine."""
_STORIES = (
    "carried_over",
    "district_terminal",
    "due_on_a_day_off",
    "import_terminal",
    "linked_terminal",
    "money_terminal",
    "settings_terminal",
    "setup_terminal",
    "terminal",
    "terminal_refusals",
    "two_desks_terminal",
)
"""Of tests/stories, what needs the programs alone: no screen of X, no CUPS, nginx or serial line of Linux."""


def parts() -> dict[str, list[str]]:
    """Part → what pytest is given."""
    found: dict[str, list[str]] = {}
    for folder in sorted((ROOT / "tests" / "unit").iterdir()):
        if folder.is_dir() and any(folder.rglob("test_*.py")):
            found[folder.name] = [folder.relative_to(ROOT).as_posix()]
    found["unit-files"] = _files("unit")
    for letters in _LETTERS:
        name = f"ui-{letters[0]}-{letters[-1]}" if len(letters) > 1 else f"ui-{letters}"
        found[name] = [path for path in _files("ui") if Path(path).stem[5] in letters]
    return found


def stories() -> dict[str, list[str]]:
    """Part → its file, for the stories that are told with the installed programs."""
    return {f"story-{name.replace('_', '-')}": [f"tests/stories/test_{name}.py"] for name in _STORIES}


def is_story(paths: Sequence[str]) -> bool:
    return any(path.startswith("tests/stories/") for path in paths)


def _files(folder: str) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / folder).glob("test_*.py"))


def chosen_parts(only: Sequence[str] | None) -> dict[str, list[str]]:
    """The parts that `only` names by themselves or by their tests' folder, and its paths.

    Where it is not given, all of tests/unit and tests/ui.
    """
    if not only:
        return parts()
    known = parts() | stories()
    chosen: dict[str, list[str]] = {}
    for word in only:
        if word in ("unit", "ui", "stories"):
            chosen |= {name: paths for name, paths in known.items() if paths[0].startswith(f"tests/{word}/")}
        elif word in known:
            chosen[word] = known[word]
        elif (ROOT / word.partition("::")[0]).exists():
            chosen[word] = [word]
        else:
            raise SystemExit(f"Không có phần {word}: chỉ có unit, ui, {', '.join(known)}, hay đường dẫn của phép thử.")
    return chosen


def outcomes(notes: str, code: int) -> Counter[str]:
    """How many tests ended how, by what tests/windows/outcomes.py noted: the worst that was noted of each.

    A test that began and did not end took the whole part with it: it failed. So did a part that ended with a `code`
    that no noted failure explains.
    """
    order = ["began", "passed", "strange", "skipped", "expected", "failed"]
    worst: dict[str, int] = {}
    for line in notes.splitlines():
        outcome, test = line.split("\t")
        worst[test] = max(order.index(outcome), worst.get(test, 0))
    counted = Counter(order[rank] if rank else "failed" for rank in worst.values())
    if code not in (0, 5) and not counted["failed"]:
        counted["failed"] = 1
    return counted


@dataclass(frozen=True)
class Wine:
    """Where the tests run: a system with Wine, its disk C, and the Windows Python of the program with pytest."""

    place: WinePlace
    python: Path
    source: Path
    logs: Path
    display: str

    def session(self, name: str) -> Session:
        usual = self.place.session(self.display)
        told = {
            "OUTCOMES": rf"Z:\srv\python\{name}.tsv",
            "NAMED_FAILURES": _NAMED,
            "WINEQT_QPA_FONTDIR": _FONTS,
            "WINEDLLOVERRIDES": "mscoree,mshtml,winedbg.exe=",  # Wine's debugger would hold the pipes of what died
        }
        shared = {**usual.shared, self.source: _SOURCE, self.python: _PYTHON}
        return Session(shared=shared, variables={**usual.variables, **told}, display=self.display)

    def run(self, part: str, paths: Sequence[str]) -> Ran:
        name = "".join(letter if letter.isalnum() else "-" for letter in part)
        notes, log = self.python / f"{name}.tsv", self.logs / f"{name}.log"
        told = notes.with_suffix(".tsv.txt")
        for file in (notes, told):
            file.write_text("", encoding="utf-8")
        words = ["wine", f"{_PYTHON}/folder/python.exe", "-m", "pytest", "-p", "tests.windows.outcomes", "-q"]
        words += ["-p", "no:cacheprovider", "--tb=short", "--durations=10", "--continue-on-collection-errors"]
        patience = _STORY_STUCK_S if is_story(paths) else _STUCK_S
        words += ["-o", f"faulthandler_timeout={patience}", "-o", "faulthandler_exit_on_timeout=true"]
        words += [f"--installed={_INSTALLED}"] if is_story(paths) else []
        words += paths
        inside = ["sh", "-c", f"cd {_SOURCE}; exec {shlex.join(words)}"]
        began = time.monotonic()
        with log.open("wb") as kept:
            command = self.place.root.command(inside, self.session(name))
            code = subprocess.run(command, stdout=kept, stderr=subprocess.STDOUT, check=False).returncode
        took = time.monotonic() - began
        noted = notes.read_text(encoding="utf-8")
        for file in (notes, told):
            shutil.copyfile(file, self.logs / file.name)
        files = {line.split("\t")[1].partition("::")[0] for line in noted.splitlines()}
        return Ran(part, len(files), outcomes(noted, code), took)


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make wine-tests", description="Chạy phép thử của nguồn trong Wine.")
    parser.add_argument("--only", nargs="+", metavar="PHẦN", help="unit, ui, stories, một phần hay một đường dẫn")
    parser.add_argument("--packages", type=Path, default=ROOT / "dist", help="nơi có bộ cài (stories; mặc định: dist)")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "packages", help="thư mục làm việc")
    parser.add_argument("--no-table", action="store_true", help="không ghi bảng vào docs/packages.md")
    return parser


def main(arguments: list[str]) -> int:
    chosen = options().parse_args(arguments)
    wanted = chosen_parts(chosen.only)
    version = release.release().version
    packages = chosen.packages.resolve()
    has_story = any(map(is_story, wanted.values()))
    if has_story and not (packages / package_name("windows", version)).exists():
        raise SystemExit(f"Chưa có bộ cài Windows {version} trong {packages}. Làm bằng lệnh: make packages")
    roots.need_root()
    work = chosen.work.resolve()
    logs = work / "wine-tests"
    logs.mkdir(parents=True, exist_ok=True)
    python = wine_python.make(work / "wine-python", work / "roots")
    # A copy: tests that look through the project would walk through every system below build/.
    source = release.stage(work / "wine-source", _TRIED)
    root = DebianRoot(work / "roots" / f"wine-{SUITE}", SUITE)
    root.make(WINE)
    seen = packages if has_story else logs
    place = WinePlace(root=root, packages=seen, prefix=work / "wine-prefix-tests", pictures=logs)
    failed: list[str] = []
    with screen.screen() as display:
        if has_story:
            install(place, version, display)
        else:
            new_wine(place, display)
        # Wine's server opens files for every program, and one that still runs would not see the source and its Python.
        place.run("wineserver -k || :", display)
        wine = Wine(place, python, source, logs, display)
        for part, paths in wanted.items():
            ran = wine.run(part, paths)
            say(ran.told())
            if ran.count["failed"]:
                failed.append(part)
            if not chosen.no_table and part in parts() | stories():
                wine_table.write([ran], dt.datetime.now(dt.UTC))
    say(f"KHÔNG ĐẠT: {', '.join(failed)}; nhật ký: {logs}" if failed else f"Đạt: {len(wanted)} phần.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
