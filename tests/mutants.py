"""How strong the tests of the rules are: faults are put into desk_app/domain, and tests/unit/domain must see them.

    python tests/mutants.py [--seed N] [--count 70] [--of money.py …] [--workers 2]

A mutant is one change: a comparison, "and" for "or", a whole number and one, an "if" the other way round, plus for
minus. Each is written into a copy of the tree, never into the tree itself; the tests that name its module run first,
and the first failure kills it, as does a run that never ends. Docstrings, annotations and the tests of TYPE_CHECKING
stay as they are: they change what a type checker reads and nothing that runs.
tests/mutants.txt names the mutants that may live, each with its reason.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

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
    """A place in a module where one change can be made: what stands there, how to change it, and what to show."""

    node: ast.AST
    shown: ast.AST
    change: Callable[[], None]
    instead: ast.AST | None = None


@dataclass(frozen=True)
class Mutant:
    """A changed module, by its path below `RULES`. `name` is how tests/mutants.txt calls the mutant: the file's name
    and the place in it, so that it outlives moved lines and folders.
    """

    module: str
    line: int
    name: str
    source: str


# --- making mutants -----------------------------------------------------------------------


def mutants(folder: Path, only: Sequence[str] = ()) -> list[Mutant]:
    """Every mutant of the modules of a folder, in a fixed order."""
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*.py"))
    chosen = [path for path in paths if not only or path.name in only or path.as_posix() in only]
    return [mutant for path in chosen for mutant in _of_module(path, (folder / path).read_text(encoding="utf-8"))]


def _of_module(module: Path, source: str) -> Iterator[Mutant]:
    count = sum(1 for _ in _sites(ast.parse(source)))
    names: dict[str, int] = {}
    for n in range(count):
        tree = ast.parse(source)
        site = list(_sites(tree))[n]
        place, line = _place(tree, site.node)
        before_all, before = ast.unparse(site.shown), ast.unparse(site.node)
        site.change()
        after_all, after = ast.unparse(site.instead or site.shown), ast.unparse(site.instead or site.node)
        change = f"{before_all} → {after_all}" if len(before_all) <= _SHOWN else f"{before} → {after}"
        name = f"{module.name} {place}: {' '.join(change.split())}"
        names[name] = names.get(name, 0) + 1
        again = f" ({names[name]})" if names[name] > 1 else ""
        yield Mutant(module.as_posix(), line, name + again, ast.unparse(tree))


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


def _put(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, name, value)


def _put_in(nodes: list, n: int, value: ast.AST) -> Callable[[], None]:
    return lambda: nodes.__setitem__(n, value)


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
    stem = Path(module).stem
    rules = list((folder / RULES).rglob("*.py"))
    modules = {path.stem for path in rules}
    users = {path.stem for path in rules if stem in _named(path)}

    def rank(path: Path) -> tuple[int, int, str]:
        named = _named(path) & modules
        far = 0 if stem in named or path.stem == f"test_{stem}" else 1 if named & users else 2
        return far, len(named), path.name

    return [str(path.relative_to(folder)) for path in sorted((folder / TESTS).rglob("test_*.py"), key=rank)]


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


def _start(folder: Path, files: Sequence[str], seconds: int, *more: str) -> int:
    """Run tests in a process of its own, with at most so many seconds of the processor. Returns its number."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.chdir(folder)
        with open(folder / "told.txt", "w") as told:  # noqa: PTH123 - its number is what is wanted
            os.dup2(told.fileno(), 1)
            os.dup2(told.fileno(), 2)
            options = ["-q", "-x", "-p", "no:cacheprovider", f"--hypothesis-profile={PROFILE}", f"--rootdir={folder}"]
            quiet = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # pytest's own plugins are loaded already
            code = int(pytest.main([*options, *quiet, *more, *files]))
            sys.stdout.flush()
    finally:
        os._exit(code)


def _seconds_used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _told(folder: Path) -> str:
    return (folder / "told.txt").read_text(encoding="utf-8", errors="replace")


def _load_what_never_changes(folder: Path) -> None:
    """Import here, once, whatever the tests import of others' packages: each run starts from this process."""
    _, status = os.waitpid(_start(folder, [str(TESTS)], 600, "--collect-only", "-p", "tests_loaded"), 0)
    if status:
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


class Bench:
    """Copies of the tree, each of which holds at most one mutant while its tests run."""

    def __init__(self, tree: Path, scratch: Path, workers: int) -> None:
        self.free = deque()
        for n in range(workers):
            folder = scratch / f"copy{n}"
            shutil.copytree(tree, folder, ignore=shutil.ignore_patterns(*NOT_COPIED), symlinks=True)
            self.free.append(folder)
        first: Path = self.free[0]
        (first / "tests_loaded.py").write_text(_TELLS_WHAT_IS_LOADED, encoding="utf-8")
        _load_what_never_changes(first)
        before = _seconds_used()
        _, status = os.waitpid(_start(first, [str(TESTS)], 3600), 0)
        if status:
            raise SystemExit(f"the tests must pass before anything is changed:\n{_told(first)}")
        self.seconds = int(1.5 * (_seconds_used() - before)) + 10

    def survivors(self, chosen: Sequence[Mutant]) -> Iterator[tuple[Mutant, bool]]:
        """Each mutant with whether it lived on, as they come."""
        waiting, running = deque(chosen), {}
        while waiting or running:
            while waiting and self.free:
                folder, mutant = self.free.popleft(), waiting.popleft()
                path = folder / RULES / mutant.module
                kept = path.read_text(encoding="utf-8")
                path.write_text(mutant.source, encoding="utf-8")
                os.utime(path, (0, 0))  # no bytecode of the module as it was is taken for this one
                child = _start(folder, in_order(folder, mutant.module), self.seconds)
                running[child] = (folder, mutant, kept, time.monotonic() + 20 * self.seconds)
            child, status = os.waitpid(-1, os.WNOHANG)
            if not child:
                for number, (*_, until) in running.items():
                    if time.monotonic() > until:
                        os.killpg(number, signal.SIGKILL)
                time.sleep(0.05)
                continue
            folder, mutant, kept, _ = running.pop(child)
            (folder / RULES / mutant.module).write_text(kept, encoding="utf-8")
            self.free.append(folder)
            yield mutant, status == 0


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
        bench = Bench(asked.tree, Path(scratch), min(asked.workers, len(chosen)))
        for mutant, is_alive in bench.survivors(chosen):
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
