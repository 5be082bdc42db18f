"""Whatever dies, whenever: what a desk said was saved is on the desk and at the district, once and in its place.

`--sync-kills 200` is the trial before a release; by default a few kills, at moments drawn anew each time.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.district import postgres
from tests.kit.wire import killing

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def killed(folder: Path, place: str, config: pytest.Config, *, server: Path | None = None) -> dict[str, int]:
    """A field of desks and a district that were killed again and again, and had no problem."""
    kills = config.getoption("sync_kills")
    seed = config.getoption("kill_seed") or random.randrange(1 << 30)
    killing.prepare(folder, place)
    more = [str(server)] if server else []
    done = subprocess.run(
        [sys.executable, "-m", "tests.kit.wire.killing", str(folder), place, str(kills), str(seed), *more],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    print(f"--sync-kills {kills} --kill-seed {seed}: {found}")
    assert found["problems"] == [], f"again with --kill-seed {seed}"
    assert found["events"] > kills
    return found


def test_killing_desks_and_a_district_on_sqlite_loses_and_doubles_nothing(tmp_path, pytestconfig):
    found = killed(tmp_path, str(tmp_path / "district.db"), pytestconfig)
    assert found["desks_killed"] + found["district_killed"] == pytestconfig.getoption("sync_kills")


@pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or "-")
def test_killing_desks_a_district_and_its_postgresql_loses_and_doubles_nothing(tmp_path, pytestconfig):
    with postgres.running() as server:
        found = killed(tmp_path, server.database("district"), pytestconfig, server=server.folder)
    assert found["servers_killed"] >= 1
