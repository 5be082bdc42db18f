"""Trying mutants: a run of all tests shows which test calls which function; each mutant is then tried by those that do.

A part of tests/mutants.py, which makes the mutants and tells what became of them.
"""

from __future__ import annotations

import ast
import gc
import importlib
import os
import pickle
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Protocol

import pytest

RULES = Path("desk_app/domain")
TESTS = Path("tests/unit/domain")
MEMORY = 6 * 1024**3  # bytes of address space; a mutant that gathers without end must not take the machine along
NOT_COPIED = (".*", "__pycache__", "build", "dist", "screenshots", "installer", "*.egg-info")
PROFILE = "mutants"


class Change(Protocol):
    """A change of a module of the rules, by its path below `RULES`."""

    module: str

    def changed(self, source: str) -> ast.Module: ...


def in_order(folder: Path, module: str) -> list[str]:
    """The test files, those that name the module first, then those that name a module which imports it."""
    return [path for _, path in _ranked(folder, module)]


def _ranked(folder: Path, module: str) -> list[tuple[int, str]]:
    """The test files in their order, each with how far it is from the module: 0 names it, 1 names a user of it."""
    stem = Path(module).stem
    rules = list((folder / RULES).rglob("*.py"))
    modules = {path.stem for path in rules}
    users = {path.stem for path in rules if stem in _named(path)}

    def rank(path: Path) -> tuple[int, int, str]:
        named = _named(path) & modules
        far = 0 if stem in named or path.stem == f"test_{stem}" else 1 if named & users else 2
        return far, len(named), path.name

    ranked = sorted((rank(path), path.relative_to(folder).as_posix()) for path in (folder / TESTS).rglob("test_*.py"))
    return [(far, path) for (far, *_), path in ranked]


def _named(path: Path) -> set[str]:
    """What a file imports from the rules, by last names: modules in whatever folder of the rules, and their parts."""
    package = ".".join(RULES.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith(f"{package}."):
            found |= {(node.module or "").rpartition(".")[2]} | {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name.rpartition(".")[2] for name in node.names if name.name.startswith(f"{package}.")}
    return found - {RULES.name}


def _start(folder: Path, files: Sequence[str], *more: str, seconds: int = 3600, plugins: Sequence[object] = ()) -> int:
    """Run tests in a process of its own, with at most so many seconds of the processor. Returns its number."""

    def run() -> int:
        os.chdir(folder)
        with open(folder / "told.txt", "w") as told:  # noqa: PTH123 - its number is what is wanted
            os.dup2(told.fileno(), 1)
            os.dup2(told.fileno(), 2)
            options = ["-q", "-x", "-p", "no:cacheprovider", f"--hypothesis-profile={PROFILE}", f"--rootdir={folder}"]
            quiet = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # pytest's own plugins are loaded already
            code = int(pytest.main([*options, *quiet, *more, *files], plugins=[*plugins]))
            sys.stdout.flush()
            return code

    return _forked(run, seconds)


def _forked(work: Callable[[], int], seconds: int = 3600) -> int:
    """Do work in a process of its own, which ends with the work's code. Returns the process's number."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        code = work()
    finally:
        os._exit(code)


def _ended(child: int, seconds: int = 3600) -> int:
    """How a process ended. One that sleeps is ended here: its limit of the processor would never reach it."""
    until = time.monotonic() + 20 * seconds
    while True:
        number, status = os.waitpid(child, os.WNOHANG)
        if number:
            return status
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.005)


def _told(folder: Path) -> str:
    return (folder / "told.txt").read_text(encoding="utf-8", errors="replace")


def _load_what_never_changes(folder: Path) -> None:
    """Import here, once, whatever the tests import of others' packages: each run starts from this process."""
    if _ended(_start(folder, [str(TESTS)], "--collect-only", "-p", "tests_loaded")):
        raise SystemExit(f"the tests could not be collected:\n{_told(folder)}")
    for name in (folder / "loaded.txt").read_text(encoding="utf-8").split():
        with suppress(Exception):
            importlib.import_module(name)


_TELLS_WHAT_IS_LOADED = """
import pathlib, sys
def pytest_sessionfinish():
    here = str(pathlib.Path.cwd())
    ours = [name for name in sys.modules if name.split(".")[0] in ("desk_app", "tests", "tests_loaded", "__main__")]
    for name in ours:
        at = getattr(sys.modules[name], "__file__", None)
        assert name.startswith("__main__") or not at or at.startswith(here), f"{name} is not the copy's: {at}"
    others = [name for name in sys.modules if name not in ours and ".conftest" not in name and " " not in name]
    pathlib.Path("loaded.txt").write_text("\\n".join(others))
"""


class Calls:
    """Which test calls which function of the rules, and how many seconds of the processor each test takes."""

    def __init__(self) -> None:
        self.tests: dict[tuple[str, str, int], set[str]] = {}  # by file, name and first line of the function
        self.seconds: dict[str, float] = {}

    @staticmethod
    def of(code: CodeType) -> tuple[str, str, int]:
        return code.co_filename, code.co_name, code.co_firstlineno

    def files(self, path: Path) -> set[str]:
        """The test files that call a function of a module."""
        return {test.partition("::")[0] for (at, *_), tests in self.tests.items() if at == str(path) for test in tests}

    def seconds_of(self, files: Sequence[str]) -> int:
        taken = sum(taken for test, taken in self.seconds.items() if test.partition("::")[0] in files)
        return int(3 * taken) + 20


class Warm:
    """A plugin of one pytest run. It runs all tests once for their `Calls`, then tries mutants, each in a fork of this
    run: functions that differ get the changed code, and the tests that call them run. `say` hears how each mutant did.
    What a module made while it was imported stays as it is: "lived" here is no last word.
    """

    def __init__(self, folder: Path, chosen: Sequence[Change], workers: int, say: Callable[[str], object]) -> None:
        self.folder, self.chosen, self.workers, self.say = folder, chosen, workers, say
        self.calls = Calls()
        self.killers: dict[str, list[str]] = {}  # by module: the tests that killed a mutant of it, the latest last
        self.asked_by = 0  # in a trial: who hears which test failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo) -> None:
        failed = call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception)
        if failed and self.asked_by:
            os.write(self.asked_by, item.nodeid.encode())
            os._exit(1)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        if _ended(_forked(self._learn)):
            return True
        self.calls = pickle.loads((self.folder / "calls").read_bytes())
        gc.collect()
        self.functions: dict[tuple[str, CodeType], list[FunctionType]] = {}
        for each in gc.get_objects():
            if isinstance(each, FunctionType):
                self.functions.setdefault((each.__code__.co_filename, each.__code__), []).append(each)
        gc.freeze()
        self.say("passed")
        works = [lambda n=n: self._try(self.chosen[n :: self.workers]) for n in range(self.workers)]
        for child in [_forked(work, 100_000) for work in works]:
            _ended(child, 100_000)
        return True

    def _learn(self) -> int:
        """Run every test; which functions it calls is kept in a file. Kept answers are forgotten before each test."""
        rules = str(self.folder / RULES)
        called: set[CodeType] = set()
        kept = [each for each in gc.get_objects() if type(each).__name__ == "_lru_cache_wrapper"]
        kept = [each for each in kept if str(each.__module__).startswith(".".join(RULES.parts))]

        def see(frame: FrameType, *_: object) -> None:
            if frame.f_code.co_filename.startswith(rules):
                called.add(frame.f_code)

        for item, following in pairwise([*self.items.values(), None]):
            for each in kept:
                each.cache_clear()
            called.clear()
            before = time.process_time()
            sys.settrace(see)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            sys.settrace(None)
            if item.session.testsfailed:
                print(item.nodeid, "failed")
                return 1
            self.calls.seconds[item.nodeid] = time.process_time() - before
            for code in called:
                self.calls.tests.setdefault(Calls.of(code), set()).add(item.nodeid)
        (self.folder / "calls").write_bytes(pickle.dumps(self.calls))
        return 0

    def _try(self, chosen: Sequence[Change]) -> int:
        for mutant in chosen:
            self.say(f"{self.chosen.index(mutant)} {'killed' if self._is_killed(mutant) else 'lived'}")
        return 0

    def _is_killed(self, mutant: Change) -> bool:
        path = self.folder / RULES / mutant.module
        source = path.read_text(encoding="utf-8")
        before, after = (
            list(_codes(compile(tree, str(path), "exec", dont_inherit=True)))
            for tree in (ast.parse(source), mutant.changed(source))
        )
        differ = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
        tests = self._in_turn(mutant.module, self.calls.tests.get(Calls.of(differ[-1][0]), set())) if differ else []
        changes = [(each, other) for one, other in differ for each in self.functions.get((str(path), one), [])]
        if not tests or not changes:
            return False
        heard, self.asked_by = os.pipe()

        def run() -> int:
            with open(os.devnull, "w") as nothing:  # noqa: PTH123 - its number is what is wanted
                os.dup2(nothing.fileno(), 1)
                os.dup2(nothing.fileno(), 2)
            for function, code in changes:
                function.__code__ = code
            for item, following in pairwise([*map(self.items.get, tests), None]):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            return 0

        seconds = int(3 * sum(self.calls.seconds[test] for test in tests)) + 20
        status = _ended(_forked(run, seconds), seconds)
        os.close(self.asked_by)
        self.asked_by = 0
        with os.fdopen(heard) as told:
            self.killers.setdefault(mutant.module, []).append(told.read())
        return bool(status)

    def _in_turn(self, module: str, tests: set[str]) -> list[str]:
        """The tests that killed a mutant of the module first, then those of the module's own file, the quick first."""
        killers, own = self.killers.get(module, []), f"/test_{Path(module).stem}.py::"

        def turn(test: str) -> tuple[int, float]:
            latest = len(killers) - killers[::-1].index(test) if test in killers else 0
            return -latest, self.calls.seconds[test] * (1 if own in test else 4)

        return sorted(tests, key=turn)


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A module's code and that of each class and function in it: what is inside comes after what is around it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


class Bench:
    """A copy of the tree in which mutants are tried: in one warm run, and those that live there once more alone."""

    def __init__(self, tree: Path, scratch: Path, workers: int) -> None:
        self.folder, self.workers = scratch / "copy", workers
        shutil.copytree(tree, self.folder, ignore=shutil.ignore_patterns(*NOT_COPIED), symlinks=True)
        (self.folder / "tests_loaded.py").write_text(_TELLS_WHAT_IS_LOADED, encoding="utf-8")
        _load_what_never_changes(self.folder)

    def survivors(self, chosen: Sequence[Change]) -> Iterator[tuple[Change, bool]]:
        """Each mutant with whether it lived on, as they come."""
        heard, says = os.pipe()
        warm = Warm(self.folder, chosen, self.workers, lambda line: os.write(says, f"{line}\n".encode()))
        child = _start(self.folder, [str(TESTS)], seconds=100_000, plugins=[warm])
        os.close(says)
        with os.fdopen(heard) as lines:
            if next(lines, "") != "passed\n":
                raise SystemExit(f"the tests must pass before anything is changed:\n{_told(self.folder)}")
            calls: Calls = pickle.loads((self.folder / "calls").read_bytes())
            for line in lines:
                number, _, word = line.strip().partition(" ")
                mutant = chosen[int(number)]
                yield mutant, word == "lived" and self._lives_alone(mutant, calls)
        _ended(child)

    def _lives_alone(self, mutant: Change, calls: Calls) -> bool:
        """Whether no test fails that imports the changed module anew: those near it, and those that call into it."""
        path = self.folder / RULES / mutant.module
        kept = path.read_text(encoding="utf-8")
        callers = calls.files(path)
        files = [test for far, test in _ranked(self.folder, mutant.module) if far < 2 or test in callers]
        if not files:
            return True
        path.write_text(ast.unparse(mutant.changed(kept)), encoding="utf-8")
        os.utime(path, (0, 0))  # no bytecode of the module as it was is taken for this one
        seconds = calls.seconds_of(files)
        status = _ended(_start(self.folder, files, seconds=seconds), seconds)
        path.write_text(kept, encoding="utf-8")
        return not status
