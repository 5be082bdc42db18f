"""The program as a person in a terminal meets it: `python -m desk_app` in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
# Planted wherever a citizen's facts can be given; nothing that is refused may repeat them.
SECRET_NAME = "Lò Thị Kín Đáo"
SECRET_NUMBER = "014190654321"
SECRET_CARD = f"{SECRET_NUMBER}||{SECRET_NAME}|15011990|Nữ|Bản Kín, xã Thử Nghiệm, tỉnh Sơn La|20062022"
_PERSONAL = (SECRET_NAME, "Kín", SECRET_NUMBER, SECRET_NUMBER[-6:])


@dataclass(frozen=True)
class Done:
    """A finished command."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Terminal:
    """Commands on one data folder; `variables` are set for each."""

    data: Path
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str | bytes, stdin: bytes = b"", before: tuple[str, ...] = ()) -> Done:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DESK_", "PYTHON"))}
        done = subprocess.run(
            [*before, sys.executable, "-m", "desk_app", *arguments],
            input=stdin,
            capture_output=True,
            # never the keyring of whoever runs the tests
            env={**kept, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", "DESK_DATA": str(self.data)}
            | self.variables,
            cwd=ROOT,
            timeout=120,
            check=False,
        )
        return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    def ask(self, *arguments: str, stdin: bytes = b"") -> Any:
        """What `--json` answers; the command must be done and silent on stderr."""
        done = self.run(*arguments, "--json", stdin=stdin)
        assert (done.code, done.err) == (0, ""), done.err
        return done.data

    def refused(self, *arguments: str, stdin: bytes = b"", before: tuple[str, ...] = ()) -> str:
        """What stderr says: a sentence and a remedy, nothing personal; stdout is empty."""
        done = self.run(*arguments, "--json", stdin=stdin, before=before)
        assert (done.code, done.out) == (1, ""), done
        assert_sentences(done.err)
        return done.err


def assert_sentences(told: str) -> None:
    lines = told.splitlines()
    assert len(lines) == 2, told
    assert all(line.strip().endswith(".") and (line[0].isupper() or line.startswith("--")) for line in lines), told
    assert not [secret for secret in _PERSONAL if secret.casefold() in told.casefold()], told
