"""Whatever kills the program, at most the field being typed is lost, and nothing is doubled."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from desk_app.store import vault
from tests.desks import PASSPHRASE, make_template

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_kill_at_any_moment_loses_at_most_the_field_being_typed(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    kills = pytestconfig.getoption("draft_kills")
    seed = pytestconfig.getoption("kill_seed") or random.randrange(1 << 30)
    data = make_template(tmp_path)
    key = vault.unlock(data, passphrase=PASSPHRASE)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.typist", str(data), str(kills), str(seed)],
        input=key.hex(),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    print(f"--draft-kills {kills} --kill-seed {seed}: {found}")
    assert found["problems"] == [], f"again with --draft-kills {kills} --kill-seed {seed}"
    assert found["fields"] >= kills
    if kills >= 100:  # so many must have met every kind of moment
        assert found["dossiers"] > 5
        assert found["pages"] > 5
