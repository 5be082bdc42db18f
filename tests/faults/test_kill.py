"""The promise of the counter: whatever kills the program, every printed code is in the journal, once."""

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
def test_no_printed_paper_ever_lacks_its_dossier(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    kills = pytestconfig.getoption("kills")
    seed = pytestconfig.getoption("kill_seed") or random.randrange(1 << 30)
    data = make_template(tmp_path)
    key = vault.unlock(data, passphrase=PASSPHRASE)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.counter", str(data), str(tmp_path / "ledger"), str(kills), str(seed)],
        input=key.hex(),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    print(f"--kills {kills} --kill-seed {seed}: {found}")
    assert found["problems"] == [], f"again with --kill-seed {seed}"
    assert found["recorded"] > kills / 2
    if kills >= 200:  # so many must have met every moment: between commit and paper, between paper and its note
        assert found["not_printed"] > 0
        assert found["not_noted"] > 0
