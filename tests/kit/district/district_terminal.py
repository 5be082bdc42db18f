"""A district as one person runs it: `desk-district` in processes of its own, its server among them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from desk_app.district.keys import keyfile
from tests.kit.desk import warm_program
from tests.kit.desk.terminal import ROOT

_COMMAND = [sys.executable, "-c", "import sys; from desk_app.district.cli import main; sys.exit(main())"]


def cheapen(data: Path, passphrase: str) -> None:
    """A district that a process of its own made opens without its passphrase being stretched."""
    keyfile.keep(data, keyfile.unlock(data, passphrase=passphrase), passphrase=passphrase)


@dataclass(frozen=True)
class DistrictTerminal:
    """Commands on one district's data folder."""

    data: Path
    passphrase_file: Path

    @property
    def variables(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("DESK_", "DISTRICT_"))}
        return kept | {
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "DISTRICT_DATA": str(self.data),
            "DISTRICT_PASSPHRASE_FILE": str(self.passphrase_file),
        }

    def ask(self, *arguments: str) -> Any:
        """What `--json` answers; the command must be done."""
        variables = {"DISTRICT_DATA": str(self.data), "DISTRICT_PASSPHRASE_FILE": str(self.passphrase_file)}
        done = warm_program.carry_out("desk_app.district", [*arguments, "--json"], variables)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The server, on a port of its own; the address that desks call."""
        with self._server() as said:
            told = said.readline().decode()
            assert "cổng" in told, told
            port = told.rpartition("cổng ")[2].split(" ")[0]
            yield f"https://127.0.0.1:{port}"

    @contextmanager
    def _server(self) -> Iterator[IO[bytes]]:
        """The server in a process of its own, by what it says; ended at the end of the block."""
        options = ["serve", "--host", "127.0.0.1", "--port", "0"]
        if warm_program.begins_warm():
            with warm_program.beside("desk_app.district", options, self.variables) as said:
                yield said
            return
        command = warm_program.command("desk_app.district") if warm_program.INSTALLED in os.environ else _COMMAND
        with subprocess.Popen(
            [*command, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.variables,
            cwd=ROOT,
        ) as server:
            assert server.stdout is not None
            try:
                yield server.stdout
            finally:
                _end(server)
                server.wait(30)


def _end(server: subprocess.Popen[bytes]) -> None:
    """With SIGINT. Windows has none to send: there the server ends with the program that started it."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(server.pid)], capture_output=True, check=True)
    else:
        server.send_signal(signal.SIGINT)
