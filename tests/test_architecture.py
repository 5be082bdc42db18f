"""The house rules a reader would otherwise have to remember: layers, sizes, texts, addresses, the documents."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.kit.source_tree import PROGRAM, ROOT, calls, modules, sources, text_of, tracked, where

LONGEST_FILE = 300
MOST_MODULES = 15
LONGEST_TEST = 400


@cache
def texts() -> tuple[tuple[Path, str], ...]:
    """Every tracked file that is UTF-8 text."""
    datas = ((path, path.read_bytes()) for path in tracked() if path.suffix not in {".otf", ".png", ".ttf"})
    return tuple((path, data.decode("utf-8")) for path, data in datas if b"\0" not in data[:8000])


# --- layers -------------------------------------------------------------------------------


def test_imports_run_one_way() -> None:
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "kept" in done.stdout
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_below_the_composition_root_asks_for_the_time() -> None:
    """`now` is a parameter, so that a rule gives the same answer in a test, in a replay and ten years later."""
    clocks = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
    found = [
        where(path, node)
        for layer in ("domain", "documents", "store")
        for path, tree in sources(PROGRAM / layer, naming=r"\b(datetime|date|time)\s*\.\s*(now|utcnow|today|time)\b")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in clocks
    ]
    assert found == []


_TURNS_MOMENTS = {"domain/calendar/moments.py", "documents/output/pdf.py"}  # a PDF names its own zone


def test_moments_are_turned_in_one_place() -> None:
    found = [
        where(path, node)
        for path, tree in sources(naming="timestamp")
        if path.relative_to(PROGRAM).as_posix() not in _TURNS_MOMENTS
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.BinOp) and _turns_a_moment(node)
    ]
    assert found == []


def _turns_a_moment(node: ast.Attribute | ast.BinOp) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr == "fromtimestamp"
    is_scaled = isinstance(node.op, ast.Mult) and isinstance(node.left, ast.Call)
    return is_scaled and ast.unparse(node.left).endswith(".timestamp()")


# What a machine does by itself, before there is a desk, and a page's own leaves: no person's deed to permit or note.
_NO_DEEDS = {
    "accounts/session.py",
    "desk/unfinished.py",
    "setup/setup.py",
    "setup/shipped_days.py",
    "sync/files_of_desk.py",
}


def test_what_a_person_changes_goes_through_the_one_door() -> None:
    services = PROGRAM / "services"
    found = [
        where(path, call)
        for path, tree in sources(services, naming="unit_of_work")
        if path.relative_to(services).as_posix() not in _NO_DEEDS
        for name, call in calls(tree)
        if name == "unit_of_work"
    ]
    assert found == []
    writers = [
        where(path, call)
        for path, tree in sources(naming=r"journal[\s\\]*\.[\s\\]*append")
        if path.relative_to(PROGRAM).as_posix() != "services/accounts/session.py"
        for _, call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "append"
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "journal"
    ]
    assert writers == []


def test_values_of_our_types_are_made_in_one_place() -> None:
    """Two threads that read a type for the first time at once would end the process (desk_app/typed_values.py)."""
    found = {
        path.name
        for path, tree in sources(naming="convert|decode")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _makes_a_typed_value(node)
    }
    assert found == {"typed_values.py"}


def _makes_a_typed_value(call: ast.Call) -> bool:
    called = ast.unparse(call.func)
    return called == "msgspec.convert" or (called.endswith("decode") and "type" in {each.arg for each in call.keywords})


def test_each_class_name_occurs_once() -> None:
    written = Counter(name for path in modules() for name in re.findall(r"(?m)^\s*class\s+(\w+)", text_of(path)))
    assert len(written) > 500
    again = "|".join(sorted(name for name, times in written.items() if times > 1)) or "(?!)"
    places: dict[str, list[str]] = {}
    for path, tree in sources(naming=rf"^\s*class\s+({again})\b"):  # the tree tells a class from a word in a text
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(f"{path.relative_to(PROGRAM)}:{node.lineno}")
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_the_domain_reads_no_files() -> None:
    found = [
        where(path, node)
        for path, tree in sources(PROGRAM / "domain", naming="open")
        for name, node in calls(tree)
        if name == "open"
    ]
    assert found == []


def test_no_handler_swallows_a_bug() -> None:
    """`except Exception` that neither raises again nor names its error hides bugs behind a value."""
    found = [
        where(path, node)
        for path, tree in sources(naming=r"\bexcept\b[\s(\\]*(:|Exception\b|BaseException\b)")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
        and node.name is None
    ]
    assert found == []


# --- sizes and names ----------------------------------------------------------------------


def test_every_file_is_small_enough_to_read_at_once() -> None:
    long = {
        where(path): lines
        for path in modules(ROOT)
        if (lines := text_of(path).count("\n")) >= LONGEST_FILE and "tests" not in path.parts
    }
    assert long == {}


def test_every_folder_holds_few_enough_modules_to_find_one() -> None:
    folders: dict[Path, int] = {}
    for path in modules():
        folders[path.parent] = folders.get(path.parent, 0) + (path.name != "__init__.py")
    assert {where(folder): modules for folder, modules in folders.items() if modules > MOST_MODULES} == {}


def test_every_file_of_the_tests_is_about_one_subject() -> None:
    long = {
        where(path): lines for path in modules(ROOT / "tests") if (lines := text_of(path).count("\n")) > LONGEST_TEST
    }
    assert long == {}


def test_the_unit_tests_lie_in_the_folders_of_what_they_test() -> None:
    """A folder of the program, or one named after a module of it where its tests fill several files."""
    unit = ROOT / "tests" / "unit"
    folders = {path.parent.relative_to(unit) for path in modules(unit)}
    assert [
        str(folder)
        for folder in sorted(folders)
        if not (PROGRAM / folder).is_dir() and not (PROGRAM / folder).with_suffix(".py").is_file()
    ] == []


def test_every_test_says_what_it_asserts() -> None:
    """An `assert`, a `pytest.raises`, or a helper of the kit whose name says that it asserts: in sight, in the test."""
    found = [
        where(path, node)
        for path, tree in sources(ROOT / "tests", naming=r"def test_")
        if path.name.startswith("test_")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not _asserts(node)
    ]
    assert found == []


def _asserts(test: ast.FunctionDef) -> bool:
    named = ast.Module(body=[test], type_ignores=[])
    return any(isinstance(node, ast.Assert) for node in ast.walk(test)) or any(
        name == "raises" or name.startswith(("assert_", "expect_")) for name, _ in calls(named)
    )


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"common", "helper", "helpers", "misc", "util", "utils"}
    assert [where(path) for path in modules(ROOT) if drawers & {part.removesuffix(".py") for part in path.parts}] == []


def test_every_module_says_what_it_is_for() -> None:
    no_docstring_at_once = r'\A(?!"""[^"\\]+"""\n)'
    found = [
        where(path) for path, tree in sources(naming=no_docstring_at_once) if tree.body and not ast.get_docstring(tree)
    ]
    assert found == []


def test_nothing_is_left_unfinished_in_words() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|Not" + r"ImplementedError)\b")
    found = [where(path) for path, text in texts() if path.suffix == ".py" and marks.search(text)]
    assert found == []


# --- Vietnamese texts ---------------------------------------------------------------------


def test_every_translatable_text_is_a_plain_literal() -> None:
    """lupdate silently mangles f-strings and cannot see names."""
    found = [
        where(path, node)
        for path, tree in sources(naming=r"\btr\s*\(")
        for name, node in calls(tree)
        if name == "tr"
        and not (node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str))
    ]
    assert found == []


def test_every_error_tells_the_clerk_in_vietnamese_what_to_do() -> None:
    """A DeskError is a sentence and a remedy of its own, both NFC, never only inherited from the base."""
    found = []
    for path, tree in sources(naming="DeskError|BecauseError"):
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Error") and node.name != "DeskError":
                own = {
                    target.id: part.value
                    for part in node.body
                    if isinstance(part, ast.Assign)
                    for target in part.targets
                    if isinstance(target, ast.Name)
                }
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                if bases & {"DeskError", "BecauseError"} and not {"message", "remedy"} <= own.keys():
                    found.append(where(path, node))
    assert found == []


def test_all_text_is_composed_unicode() -> None:
    """Decomposed letters look the same and are found by no search."""
    found = [
        where(path)
        for path, text in texts()
        if not unicodedata.is_normalized("NFC", text) and "tests" not in path.parts
    ]
    assert found == []


# --- what must not be in the repository ---------------------------------------------------


def test_no_package_address_and_no_path_of_one_machine_is_in_the_project() -> None:
    address = re.compile(
        r"index-url|\"resolved\":|https?://[^\s\"']*(\.whl|\.tgz|\.tar\.gz|/simple/?\b)"
        r"|(?<![\w.])(/home/[a-z]|/root/|/Users/[A-Za-z]|[A-Z]:\\Users\\)"
    )
    found = {
        where(path): match[0] for path, text in texts() if path != Path(__file__) and (match := address.search(text))
    }
    assert found == {}


def test_locks_hold_a_hash_for_everything_the_program_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {"requirements.lock": project["dependencies"], "requirements-test.lock": project["dependencies"]}
    wanted["requirements-test.lock"] = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    for name, requirements in wanted.items():
        entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
        locked = {re.split(r"==", entry)[0] for entry in entries}
        asked = {re.sub(r"[_.]+", "-", re.match(r"[\w.-]+", text)[0]).lower() for text in requirements}  # type: ignore[index]
        assert asked <= locked
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


# --- the papers of the house --------------------------------------------------------------


def test_every_path_the_architecture_names_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w.\-]+(?:/[\w.\-]*)+|[\w\-]+\.(?:py|toml|md))`", text))
    assert len(named) > 10
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_the_architecture_fits_two_pages() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split()) <= 1200


def test_every_decision_asks_decides_and_gives_its_reasons() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert decisions
    for path in decisions:
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name)
        headings = re.findall(r"(?m)^\*\*(Question|Decision|Why|Alternatives)\.\*\*", path.read_text(encoding="utf-8"))
        assert headings == ["Question", "Decision", "Why", "Alternatives"], path.name


def test_the_changelog_names_the_version_of_the_program() -> None:
    version = re.search(r'__version__ = "([^"]+)"', (PROGRAM / "__init__.py").read_text(encoding="utf-8"))
    assert version
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["packages-run.txt", "packages-test.txt"])
def test_each_system_package_is_listed_once(name: str) -> None:
    lines = (ROOT / "installer" / name).read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line and not line.startswith("#")]
    assert len(packages) == len(set(packages))
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.+-]*", package) for package in packages)
