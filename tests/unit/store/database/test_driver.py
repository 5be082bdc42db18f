"""Which driver stands under which name, from source and in an installed program."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(("options", "seen"), [((), "sqlite3"), (("-X", "installed"), "sqlcipher3")])
def test_an_installed_program_needs_no_sqlite_of_pythons_own(options: tuple[str, ...], seen: str) -> None:
    script = "import desk_app.store.database.driver, sqlite_utils, sqlite3, pysqlite3"
    script += "; print(sqlite3.__name__, pysqlite3.__name__)"
    done = subprocess.run([sys.executable, *options, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [seen, "sqlcipher3"]
