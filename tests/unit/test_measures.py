"""The list of measures fits the program, and the trial tells a test that sees one missing from a test that does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import measures

TOOL = Path(measures.__file__)
TREE = TOOL.parents[1]
LIST = """
[[measure]]
name = "nobody under 18"
file = "desk_app/door.py"
old = "return age >= 18"
new = "return age >= 0"
tests = ["tests/test_door.py::test_a_child_stays_outside"]

[[measure]]
name = "nobody over 100"
file = "desk_app/door.py"
old = "and age <= 100"
new = ""
tests = ["tests/test_door.py::test_a_child_stays_outside"]
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    files = {
        "desk_app/__init__.py": "",
        "desk_app/door.py": "def opens(age):\n    return age >= 18 and age <= 100\n",
        "tests/test_door.py": "from desk_app.door import opens\n\n"
        "def test_a_child_stays_outside():\n    assert not opens(7)\n    assert opens(18)\n",
        "tests/faults/measures.toml": LIST,
        "docs/security.md": "| a child | the door | `tests/test_door.py` |",
        "pyproject.toml": "[tool.pytest.ini_options]\npythonpath = ['.']\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def tried(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The trial's word. On a tree of two lines it needs no plugin but the one that reads `-n`."""
    command = [sys.executable, str(TOOL), "--tree", str(tree), *options]
    plugins = {} if tree == TREE else {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "xdist.plugin"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | plugins)


def test_a_measure_that_no_test_misses_is_told(tree: Path) -> None:
    done = tried(tree)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "fails    nobody under 18" in done.stdout
    assert "SURVIVED nobody over 100" in done.stdout
    assert "1 of 2 measures have a test that fails without them" in done.stdout
    assert "and age <= 100" in (tree / "desk_app/door.py").read_text(encoding="utf-8"), "only the copy is changed"


def test_a_test_that_fails_on_the_whole_program_proves_nothing(tree: Path) -> None:
    (tree / "desk_app/door.py").write_text("def opens(age):\n    return age >= 18 and age <= 100 and None\n", "utf-8")
    done = tried(tree)
    assert done.returncode == 1
    assert "must pass before anything is taken out" in done.stderr


def test_a_test_that_cannot_be_collected_proves_nothing(tree: Path) -> None:
    (tree / "tests/test_door.py").write_text("import nowhere\n\ndef test_a_child_stays_outside(): ...\n", "utf-8")
    done = tried(tree, "--untried")
    assert done.returncode == 1
    assert "SURVIVED" in done.stdout
    assert "the tests did not run" in done.stdout


def test_the_list_fits_the_program_and_every_file_of_attacks_is_run_by_it() -> None:
    assert list(measures.stale(TREE, measures.measures(TREE))) == []


def test_one_measure_of_the_program_is_missed_when_it_is_taken_out() -> None:
    """All of them: `python tests/measures.py`."""
    done = tried(TREE, "--untried", "--of", "a passphrase's file has a size")
    assert done.stdout.startswith("fails "), done.stdout + done.stderr
