"""How strong the tests of the rules are: faults are put into desk_app/domain, and tests/unit/domain must see them.

    python tests/mutants.py [--seed N …] [--count 70] [--of money.py …] [--workers 2]

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
import os
import random
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import hypothesis

sys.path.insert(0, str(Path(__file__).resolve().parent))  # not as a part of "tests": those of the copy are tried
from mutant_trials import PROFILE, RULES, Bench, in_order

sys.path.pop(0)
__all__ = ["in_order", "main", "mutants"]

ENOUGH = 0.95
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
    ask.add_argument(
        "--seed", nargs="+", type=int, default=None, help="repeat the choice of an earlier run; several share one run"
    )
    ask.add_argument("--count", type=int, default=70, help="how many; 0 for all")
    ask.add_argument(
        "--of", nargs="*", default=[], metavar="MODULE", help="only of these modules, as money.py or people/mrz.py"
    )
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--tree", type=Path, default=Path(__file__).resolve().parent.parent, help=argparse.SUPPRESS)
    asked = ask.parse_args()
    every = mutants(asked.tree / RULES, asked.of)
    count = min(asked.count or len(every), len(every))
    seeds = asked.seed or [random.SystemRandom().randrange(10**6)]
    samples = {seed: random.Random(seed).sample(every, count) for seed in seeds}
    reasons = known(asked.tree / "tests/mutants.txt")
    stale = sorted(set(reasons) - {mutant.name for mutant in every}) if not asked.of else []
    for seed in seeds:
        print(f"seed {seed}: {count} of {len(every)} mutants", flush=True)
    alive = set()
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        os.environ |= {"TMPDIR": scratch, "PYTHONDONTWRITEBYTECODE": "1"}
        tempfile.tempdir = scratch
        chosen = list(dict.fromkeys(mutant for sample in samples.values() for mutant in sample))
        for mutant, is_alive in Bench(asked.tree, Path(scratch), asked.workers).survivors(chosen):
            alive |= {mutant} if is_alive else set()
            reason = reasons.get(mutant.name, "") if is_alive else ""
            word = f"known   ({reason})" if reason else "SURVIVED" if is_alive else "killed  "
            print(f"{word} {RULES}/{mutant.module}:{mutant.line} {mutant.name.partition(' ')[2]}", flush=True)
    shares = [_told(seed, sample, alive, reasons) for seed, sample in samples.items()]
    for name in stale:
        print(f"tests/mutants.txt names what is no mutant any more: {name}")
    return int(min(shares) < ENOUGH or bool(stale))


def _told(seed: int, sample: Sequence[Mutant], alive: Collection[Mutant], reasons: Mapping[str, str]) -> float:
    """Tells what became of a sample. Returns the share that was killed; what may live is not counted."""
    lived = [mutant.name for mutant in sample if mutant in alive and mutant.name not in reasons]
    counted = [mutant for mutant in sample if mutant not in alive or mutant.name not in reasons]
    share = 1 - len(lived) / len(counted) if counted else 1.0
    killed = len(counted) - len(lived)
    print(f"\nseed {seed}: {killed} of {len(counted)} killed ({share:.1%}), {len(sample) - len(counted)} known to live")
    for name in lived:
        print(f"  {name}")
    return share


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
