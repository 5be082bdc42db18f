"""The measure of the tests' strength measures: on a module of three lines one fault is found and one is not."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[1] / "mutants.py"
MODULE = '''"""Takes 3 for many."""

def is_many(number: int, most: "1 + 1" = 2) -> bool:
    """More than 2, and never 7 < 8."""
    return number > most
'''
TEST = """from desk_app.domain.tiny import is_many

def test_three_are_many():
    assert is_many(3)
    assert not is_many(1)
"""
KILLS_MORE = "    assert not is_many(2)\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    rules, tests = tmp_path / "desk_app/domain", tmp_path / "tests/unit/domain"
    rules.mkdir(parents=True)
    tests.mkdir(parents=True)
    for package in (rules.parent, rules):
        (package / "__init__.py").touch()
    (rules / "tiny.py").write_text(MODULE, encoding="utf-8")
    (tests / "test_tiny.py").write_text(TEST, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\naddopts = ["--import-mode=importlib"]\npythonpath = ["."]\n', encoding="utf-8"
    )
    return tmp_path


def measured(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The tool's word. Of pytest's plugins it needs that of the property tests; the window's alone takes a second."""
    command = [sys.executable, str(TOOL), "--tree", str(tree), "--seed", "1", "--workers", "1", *options]
    plugins = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "_hypothesis_pytestplugin"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | plugins)


def test_what_the_tests_see_is_killed_and_what_they_miss_is_told(tree: Path) -> None:
    done = measured(tree)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "seed 1: 2 of 2 mutants" in done.stdout, "docstrings and annotations stay"
    assert "killed   desk_app/domain/tiny.py:3 is_many: 2 → 3" in done.stdout
    assert "SURVIVED desk_app/domain/tiny.py:5 is_many: number > most → number >= most" in done.stdout
    assert "1 of 2 killed (50.0%)" in done.stdout
    assert (tree / "desk_app/domain/tiny.py").read_text(encoding="utf-8") == MODULE


def test_modules_and_tests_in_folders_of_the_rules_are_found(tree: Path) -> None:
    rules, tests = tree / "desk_app/domain", tree / "tests/unit/domain"
    for folder in (rules / "sums", tests / "sums"):
        folder.mkdir()
    (rules / "sums/__init__.py").touch()
    (rules / "tiny.py").rename(rules / "sums/tiny.py")
    (tests / "test_tiny.py").unlink()
    for name, first in (("test_tiny.py", "sums.tiny import is_many"), ("test_a.py", "sums import tiny")):
        text = TEST.replace("tiny import is_many", first) + KILLS_MORE
        (tests / "sums" / name).write_text(
            text.replace("is_many(", "tiny.is_many(") if name == "test_a.py" else text, "utf-8"
        )
    (tests / "test_b.py").write_text("def test_what_names_no_module_runs_last():\n    pass\n", "utf-8")
    reasons = tree / "tests/mutants.txt"
    reasons.write_text(
        "tiny.py is_many: 3 → 4 | gone\ntiny.py is_few: number < most → number <= most | gone\n", "utf-8"
    )
    done = measured(tree, "--of", "sums/tiny.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "killed   desk_app/domain/sums/tiny.py:3 is_many: 2 → 3" in done.stdout
    assert "2 of 2 killed (100.0%)" in done.stdout
    told = measured(tree).stdout
    assert "no mutant any more: tiny.py is_many: 3 → 4" in told, "a name holds in any folder"
    assert "no mutant any more: tiny.py is_few" in told


def test_the_tests_that_name_a_module_run_first_wherever_they_are(tree: Path) -> None:
    in_order = runpy.run_path(str(TOOL))["in_order"]
    rules, tests = tree / "desk_app/domain", tree / "tests/unit/domain"
    (rules / "user.py").write_text("from desk_app.domain import tiny\n", "utf-8")
    (tests / "deep").mkdir()
    (tests / "test_a.py").write_text("", "utf-8")
    (tests / "deep/test_z.py").write_text("from desk_app.domain.user import one\n", "utf-8")
    (tests / "deep/test_y.py").write_text("import desk_app.domain.tiny\n", "utf-8")
    assert [Path(each).name for each in in_order(tree, "tiny.py")] == [
        *("test_tiny.py", "test_y.py", "test_z.py", "test_a.py")
    ]


def test_stronger_tests_kill_every_mutant(tree: Path) -> None:
    path = tree / "tests/unit/domain/test_tiny.py"
    path.write_text(TEST + KILLS_MORE, encoding="utf-8")
    done = measured(tree)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 of 2 killed (100.0%)" in done.stdout


def test_a_survivor_with_a_reason_is_let_be_and_one_without_is_refused(tree: Path) -> None:
    reasons = tree / "tests/mutants.txt"
    reasons.write_text("# may live\ntiny.py is_many: number > most → number >= most | nobody has two\n", "utf-8")
    done = measured(tree)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 of 1 killed (100.0%), 1 known to live" in done.stdout
    reasons.write_text("tiny.py is_many: number > most → number >= most | \n", "utf-8")
    with pytest.raises(SystemExit, match="without a reason"):
        runpy.run_path(str(TOOL))["known"](reasons)


def test_nothing_is_measured_with_tests_that_fail(tree: Path) -> None:
    (tree / "tests/unit/domain/test_tiny.py").write_text(TEST + "    assert is_many(0)\n", encoding="utf-8")
    done = measured(tree)
    assert done.returncode == 1
    assert "must pass before anything is changed" in done.stderr
