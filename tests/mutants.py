"""How strong the tests of the rules are: faults are put into desk_app/domain, and tests/unit/domain must see them.

    python tests/mutants.py [--seed N] [--count 70] [--of money.py …] [--workers 2]

A mutant is one change: a comparison, "and" for "or", a whole number and one, an "if" the other way round, plus for
minus. Each is put into a copy of the tree, never into the tree itself. A run of all tests shows first which test calls
which function; a mutant is then tried by the tests that call its function, and the first failure kills it, as does a
run that never ends. Docstrings, annotations and the tests of TYPE_CHECKING stay as they are: they change what a type
checker reads and nothing that runs.
tests/mutants.txt names the mutants that may live, each with its reason.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import os
import pickle
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType, FunctionType

import hypothesis
import pytest

RULES = Path("desk_app/domain")
TESTS = Path("tests/unit/domain")
ENOUGH = 0.95
MEMORY = 6 * 1024**3  # bytes of address space; a mutant that gathers without end must not take the machine along
NOT_COPIED = (".*", "__pycache__", "build", "dist", "screenshots", "installer", "*.egg-info")
PROFILE = "mutants"
_SHOWN = 90  # characters of a changed expression, beyond which only its changed part is shown

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_YES_OR_NO = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)


@dataclass(frozen=True)
class Site:
    """A place in a module where one change can be made: what stands there, how to change it, and what to show.
    `change` returns how to take the change back.
    """

    node: ast.AST
    shown: ast.AST
    change: Callable[[], Callable[[], None]]
    instead: ast.AST | None = None


@dataclass(frozen=True)
class Mutant:
    """A change of a module, by the module's path below `RULES` and the place's number. `name` is how tests/mutants.txt
    calls the mutant: the file's name and the place in it, so that it outlives moved lines and folders.
    """

    module: str
    number: int
    line: int
    name: str

    def changed(self, source: str) -> ast.Module:
        """The module's source with the change in it, line by line where it was."""
        tree = ast.parse(source)
        list(_sites(tree))[self.number].change()
        return ast.fix_missing_locations(tree)


# --- making mutants -----------------------------------------------------------------------


def mutants(folder: Path, only: Sequence[str] = ()) -> list[Mutant]:
    """Every mutant of the modules of a folder, in a fixed order."""
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*.py"))
    chosen = [path for path in paths if not only or path.name in only or path.as_posix() in only]
    return [mutant for path in chosen for mutant in _of_module(path, (folder / path).read_text(encoding="utf-8"))]


def _of_module(module: Path, source: str) -> Iterator[Mutant]:
    tree = ast.parse(source)
    names: dict[str, int] = {}
    for number, site in enumerate(list(_sites(tree))):
        place, line = _place(tree, site.node)
        before_all, before = ast.unparse(site.shown), ast.unparse(site.node)
        take_back = site.change()
        after_all, after = ast.unparse(site.instead or site.shown), ast.unparse(site.instead or site.node)
        take_back()
        change = f"{before_all} → {after_all}" if len(before_all) <= _SHOWN else f"{before} → {after}"
        name = f"{module.name} {place}: {' '.join(change.split())}"
        names[name] = names.get(name, 0) + 1
        again = f" ({names[name]})" if names[name] > 1 else ""
        yield Mutant(module.as_posix(), number, line, name + again)


def _sites(tree: ast.AST) -> Iterator[Site]:
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _at(child, tree)
                yield from _sites(child)


def _at(node: ast.AST, parent: ast.AST) -> Iterator[Site]:
    shown = parent if isinstance(parent, ast.expr | ast.keyword | ast.Assign) else node
    match node:
        case ast.Compare(ops=ops):
            for n, op in enumerate(ops):
                yield Site(node, node, _put_in(ops, n, _COMPARISONS[type(op)]()))
        case ast.BoolOp(op=op):
            yield Site(node, node, _put(node, "op", ast.Or() if isinstance(op, ast.And) else ast.And()))
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            yield Site(node, shown, _put(node, "value", value + 1))
        case ast.BinOp(op=ast.Add() | ast.Sub() as op) | ast.AugAssign(op=ast.Add() | ast.Sub() as op):
            yield Site(node, node, _put(node, "op", ast.Sub() if isinstance(op, ast.Add) else ast.Add()))
        case ast.If(test=test) | ast.IfExp(test=test) if _is_worth_negating(test):
            yield Site(test, test, _put(node, "test", _negated(test)), _negated(test))
        case ast.comprehension(ifs=tests):
            for n, test in enumerate(tests):
                if _is_worth_negating(test):
                    yield Site(test, test, _put_in(tests, n, _negated(test)), _negated(test))


def _is_worth_negating(test: ast.expr) -> bool:
    """Whether the change is none of those of a comparison, and changes what runs."""
    if isinstance(test, ast.Name) and test.id == "TYPE_CHECKING":
        return False
    return not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], _YES_OR_NO))


def _negated(test: ast.expr) -> ast.expr:
    is_not = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    return test.operand if is_not else ast.UnaryOp(ast.Not(), test)


def _put(node: ast.AST, name: str, value: object) -> Callable[[], Callable[[], None]]:
    def put() -> Callable[[], None]:
        before = getattr(node, name)
        setattr(node, name, value)
        return lambda: setattr(node, name, before)

    return put


def _put_in(nodes: list, n: int, value: ast.AST) -> Callable[[], Callable[[], None]]:
    def put() -> Callable[[], None]:
        before, nodes[n] = nodes[n], value
        return lambda: nodes.__setitem__(n, before)

    return put


def _place(tree: ast.Module, node: ast.AST) -> tuple[str, int]:
    """The function or the name whose value the node is part of, and its line."""
    line = getattr(node, "lineno", 0)
    names = []
    around: Sequence[ast.stmt] = tree.body
    while around:
        found = next((one for one in around if _first_line(one) <= line <= (one.end_lineno or 0)), None)
        around = ()
        match found:
            case ast.FunctionDef(name=name, body=body) | ast.ClassDef(name=name, body=body):
                names.append(name)
                around = body
            case ast.Assign(targets=[target, *_]) | ast.AnnAssign(target=target) if not any("_" in n for n in names):
                names.append(ast.unparse(target))
    return ".".join(names) or "-", line


def _first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", [])
    return min(node.lineno for node in (statement, *decorators))


# --- running the tests --------------------------------------------------------------------


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

    def __init__(self, folder: Path, chosen: Sequence[Mutant], workers: int, say: Callable[[str], object]) -> None:
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

    def _try(self, chosen: Sequence[Mutant]) -> int:
        for mutant in chosen:
            self.say(f"{self.chosen.index(mutant)} {'killed' if self._is_killed(mutant) else 'lived'}")
        return 0

    def _is_killed(self, mutant: Mutant) -> bool:
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

    def survivors(self, chosen: Sequence[Mutant]) -> Iterator[tuple[Mutant, bool]]:
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

    def _lives_alone(self, mutant: Mutant, calls: Calls) -> bool:
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


# --- telling ------------------------------------------------------------------------------


def known(path: Path) -> dict[str, str]:
    """The mutants that may live, with their reasons: a line is "name | reason", lines of "#" are told to the reader."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    told = [line.rpartition(" | ") for line in lines if line.strip() and not line.startswith("#")]
    without = [reason for name, _, reason in told if not name.strip() or not reason.strip()]
    if without:
        raise SystemExit(f"{path}: without a reason: {without}")
    return {name.strip(): reason.strip() for name, _, reason in told}


def main() -> int:
    ask = argparse.ArgumentParser(description="Put small faults into desk_app/domain and see the tests find them.")
    ask.add_argument("--seed", type=int, default=None, help="repeat the choice of an earlier run")
    ask.add_argument("--count", type=int, default=70, help="how many; 0 for all")
    ask.add_argument(
        "--of", nargs="*", default=[], metavar="MODULE", help="only of these modules, as money.py or people/mrz.py"
    )
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--tree", type=Path, default=Path(__file__).resolve().parent.parent, help=argparse.SUPPRESS)
    asked = ask.parse_args()
    seed = random.SystemRandom().randrange(10**6) if asked.seed is None else asked.seed
    every = mutants(asked.tree / RULES, asked.of)
    chosen = random.Random(seed).sample(every, min(asked.count or len(every), len(every)))
    reasons = known(asked.tree / "tests/mutants.txt")
    stale = sorted(set(reasons) - {mutant.name for mutant in every}) if not asked.of else []
    print(f"seed {seed}: {len(chosen)} of {len(every)} mutants", flush=True)
    lived, excused = [], 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        os.environ |= {"TMPDIR": scratch, "PYTHONDONTWRITEBYTECODE": "1"}
        tempfile.tempdir = scratch
        for mutant, is_alive in Bench(asked.tree, Path(scratch), asked.workers).survivors(chosen):
            reason = reasons.get(mutant.name, "") if is_alive else ""
            excused += bool(reason)
            lived += [mutant] if is_alive and not reason else []
            word = f"known   ({reason})" if reason else "SURVIVED" if is_alive else "killed  "
            print(f"{word} {RULES}/{mutant.module}:{mutant.line} {mutant.name.partition(' ')[2]}", flush=True)
    counted = len(chosen) - excused
    share = (counted - len(lived)) / counted if counted else 1.0
    print(f"\nseed {seed}: {counted - len(lived)} of {counted} killed ({share:.1%}), {excused} known to live")
    for name in [mutant.name for mutant in lived]:
        print(f"  {name}")
    for name in stale:
        print(f"tests/mutants.txt names what is no mutant any more: {name}")
    return int(share < ENOUGH or bool(stale))


if __name__ == "__main__":
    hypothesis.settings.register_profile(
        PROFILE,
        max_examples=12,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
    sys.dont_write_bytecode = True
    sys.exit(main())
