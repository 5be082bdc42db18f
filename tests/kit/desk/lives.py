"""Runs a program of the kit that dies again and again, and reads what it found."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desk_app.store.keys import vault
from tests.kit.desk.desks import PASSPHRASE, make_template

ROOT = Path(__file__).resolve().parents[3]
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def killed_again_and_again(
    program: str, folder: Path, config: pytest.Config, *, option: str, ledger: Path | None = None
) -> tuple[int, dict[str, Any]]:
    """How often `program` was killed at a new desk in `folder`, and what it found; fails where it found a problem.

    `option` is the option of pytest that says how often; `--kill-seed` tells the same lives again.
    """
    kills = config.getoption(option.removeprefix("--").replace("-", "_"))
    seed = config.getoption("kill_seed") or random.randrange(1 << 30)
    data = make_template(folder)
    key = vault.unlock(data, passphrase=PASSPHRASE)
    places = [str(data)] + ([str(ledger)] if ledger else [])
    done = subprocess.run(
        [sys.executable, "-m", f"tests.kit.{program}", *places, str(kills), str(seed)],
        input=key.hex(),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    again = f"{option} {kills} --kill-seed {seed}"
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    print(f"{again}: {found}")
    assert found["problems"] == [], f"again with {again}"
    return kills, found
