"""Modules that load with their first use: one mechanism, seen by the type checker, and nothing beside it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import grimp
import pytest

import desk_app.lazy
from desk_app.lazy import lazy
from tests.kit.source_tree import sources


def _imported(body: list[ast.stmt]) -> dict[str, str]:
    """What each name of these imports stands for, in full."""
    names: dict[str, str] = {}
    for node in body:
        if isinstance(node, ast.Import):
            names |= {each.asname or each.name: each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    return names


def _assigned(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for node in body:
        match node:
            case ast.Assign(
                targets=[ast.Name(name)], value=ast.Call(func=ast.Name("lazy"), args=[ast.Constant(str(full))])
            ):
                yield name, full
            case _:
                yield ast.unparse(node), ""


def _is_lazy(called: ast.expr) -> bool:
    return isinstance(called, ast.Name) and called.id == "lazy"


def test_what_the_type_checker_reads_is_what_runs() -> None:
    seen, wrong = 0, []
    for file, tree in sources(naming="TYPE_CHECKING"):
        for node in tree.body:
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and node.orelse:
                checked = _imported(node.body)
                for name, full in _assigned(node.orelse):
                    seen += 1
                    if checked.get(name) != full:
                        wrong.append((file, name, full))
    assert seen > 50
    assert wrong == []


def test_a_module_stands_in_only_beside_an_import_for_the_type_checker() -> None:
    """`lazy` anywhere else would be a module of which nobody knows what it holds."""
    wrong = []
    for file, tree in sources(naming=r"\blazy\b"):
        halves = {
            node for top in tree.body if isinstance(top, ast.If) for half in top.orelse for node in ast.walk(half)
        }
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_lazy(node.func)]
        wrong += [(file, call.lineno) for call in calls if call not in halves]
    assert wrong == []


def test_no_function_imports_and_no_module_is_handed_about_untyped() -> None:
    wrong = []
    for file, tree in sources(naming=r"(^[ \t]+|[:;][ \t]*)(import|from)\b|\bModuleType\b"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                imports = [each for each in ast.walk(node) if isinstance(each, ast.Import | ast.ImportFrom)]
                wrong += [(file, each.lineno) for each in imports]
            if isinstance(node, ast.Name) and node.id == "ModuleType":
                wrong.append((file, node.lineno))
    assert wrong == []


def test_no_module_stands_in_a_circle_of_imports() -> None:
    """Imports that only the type checker reads are counted: who must know whom is the same question."""
    graph = grimp.build_graph("desk_app")
    of = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    while leaves := {module for module, imported in of.items() if not imported & of.keys()}:
        for module in leaves:
            del of[module]
    needed = {one for imported in of.values() for one in imported}
    assert sorted(of.keys() & needed) == []


def test_a_module_is_imported_when_something_of_it_is_asked() -> None:
    missing = lazy("no_such_module_of_ours")
    with pytest.raises(ModuleNotFoundError):
        _ = missing.anything


def test_what_is_asked_is_the_modules_own() -> None:
    assert lazy("desk_app.lazy").lazy is desk_app.lazy.lazy


NOT_ON_WINDOWS = {"fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}


def _asks_the_system(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "sys.platform" in ast.unparse(node.test)


def _imported_anywhere(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Imports that run on every system: those for the type checker, and below a question for the system, do not."""
    match node:
        case ast.If(test=ast.Name("TYPE_CHECKING"), orelse=other):
            for each in other:
                yield from _imported_anywhere(each)
            return
        case ast.Import(names=names):
            yield from ((node.lineno, each.name) for each in names)
        case ast.ImportFrom(module=str(module)):
            yield node.lineno, module
        case ast.Call(func=ast.Name("lazy"), args=[ast.Constant(str(name))], keywords=[]):
            yield node.lineno, name
    if not _asks_the_system(node):
        for each in ast.iter_child_nodes(node):
            yield from _imported_anywhere(each)


def test_no_module_needs_what_python_has_not_on_windows() -> None:
    named = "|".join(sorted(NOT_ON_WINDOWS))
    looked = list(sources(naming=rf"\b({named})\b"))
    found = [(file, *each) for file, tree in looked for each in _imported_anywhere(tree)]
    assert len(looked) > 5
    assert len(found) > 50
    assert [each for each in found if each[2].partition(".")[0] in NOT_ON_WINDOWS] == []


@pytest.mark.parametrize("written", ["import os, fcntl", "def f():\n from pty import fork", "x = lazy('pwd')"])
def test_an_import_that_windows_has_not_is_seen_wherever_it_stands(written: str) -> None:
    asked = "import sys\nif sys.platform != 'win32':\n" + "\n".join(f"    {line}" for line in written.split("\n"))
    assert {name for _, name in _imported_anywhere(ast.parse(written))} & NOT_ON_WINDOWS
    assert not {name for _, name in _imported_anywhere(ast.parse(asked))} & NOT_ON_WINDOWS
