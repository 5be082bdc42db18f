"""The tests as they go on another day: what is written down as "to come", or counts on one day, must not fail then.

    python tests/on_another_day.py 2027-02-08 [pytest's arguments]
    python tests/on_another_day.py 2026-12-31T23:55 …    midnight passes meanwhile

The moment is Vietnam's. Every process gets a calendar shifted by whole seconds, by a library that a C compiler makes of
`tests/kit/machine/shifted_clock.c`; Linux only. Files keep the time of the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from desk_app.domain.calendar.moments import VIETNAM

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "tests" / "kit" / "machine" / "shifted_clock.c"
BY_FILE_TIME = "tests/unit/test_trials.py"
"""It asks how old a file is."""


def run(moment: datetime, arguments: list[str]) -> int:
    """Run pytest as if it were that moment; its exit code."""
    compiler = shutil.which("cc")
    if compiler is None:
        sys.exit("a C compiler is wanted: cc")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=VIETNAM)
    seconds = round((moment - datetime.now(VIETNAM)).total_seconds())
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "shifted_clock.so"
        subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, SOURCE], check=True)
        return subprocess.run(
            [sys.executable, "-m", "pytest", f"--ignore={BY_FILE_TIME}", *arguments],
            cwd=ROOT,
            env={**os.environ, "LD_PRELOAD": str(library), "SHIFT_S": str(seconds)},
            check=False,
        ).returncode


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(run(datetime.fromisoformat(sys.argv[1]), sys.argv[2:]))
