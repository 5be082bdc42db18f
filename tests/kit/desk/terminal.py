"""The program as a person in a terminal meets it: `python -m desk_app` in a process of its own."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.kit.desk import warm_program
from tests.kit.desk.warm_program import ROOT

__all__ = ["ROOT", "SECRET_CARD", "SECRET_NAME", "SECRET_NUMBER", "Done", "Terminal", "assert_sentences"]
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
        variables = {"DESK_STATE": os.environ["DESK_STATE"], "DESK_DATA": str(self.data)} | self.variables
        done = warm_program.carry_out("desk_app", arguments, variables, stdin=stdin, before=before)
        return Done(done.returncode, _lines(done.stdout), _lines(done.stderr))

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


def _lines(said: bytes) -> str:
    """Windows ends a line with two characters."""
    return said.decode("utf-8").replace("\r\n", "\n")


def assert_sentences(told: str) -> None:
    lines = told.splitlines()
    assert len(lines) == 2, told
    assert all(line.strip().endswith(".") and (line[0].isupper() or line.startswith("--")) for line in lines), told
    assert not [secret for secret in _PERSONAL if secret.casefold() in told.casefold()], told
