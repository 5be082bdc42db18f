"""The program's commands, each in a process of its own that a warm one forks: nobody waits for Python and its imports.

A command that needs more of its start than its arguments and its own variables begins cold, as a person's does;
with `--cold-commands` (tests/conftest.py) every one does, with `--installed FOLDER` every one is the installed program.
"""

from __future__ import annotations

import atexit
import json
import os
import pkgutil
import random
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[3]
COLD, INSTALLED = "COLD_COMMANDS", "INSTALLED_PROGRAMS"
_INSTALLED_AS = {"desk_app": "desk-app", "desk_app.district": "desk-district"}
_PATIENCE_S = 120
_OWN, _PYTHONS = ("DESK_", "DISTRICT_"), ("PYTHON", "PYTEST")
_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}  # never that of whoever runs the tests
_WITHOUT = ("desk_app.ui", "desk_app.app", "desk_app.bench", "desk_app.__main__", "desk_app.district.__main__")


def carry_out(
    package: str,
    arguments: Sequence[str | bytes],
    variables: Mapping[str, str],
    *,
    stdin: bytes = b"",
    before: Sequence[str] = (),
) -> subprocess.CompletedProcess[bytes]:
    """`python -m PACKAGE ARGUMENTS` with nothing of the tester's own variables of the program, then `variables`."""
    environment = _clean() | _KEYRING | variables
    others = {name for name in variables if not name.startswith(_OWN)} - _KEYRING.keys()
    if not before and not others and not {COLD, INSTALLED} & os.environ.keys() and hasattr(os, "fork"):
        warm = _warm(package)
        if warm.is_free_in(environment):
            return warm.run(arguments, environment, stdin)
    return subprocess.run(
        [*before, *command(package), *arguments],
        input=stdin,
        capture_output=True,
        env=environment,
        cwd=ROOT,
        timeout=_PATIENCE_S,
        check=False,
    )


def command(package: str) -> list[str]:
    """What starts a program anew: the source, or the one of the folder that `--installed` names."""
    folder = os.environ.get(INSTALLED)
    if folder is None:
        return [sys.executable, "-m", package]
    return [str(Path(folder) / f"{_INSTALLED_AS[package]}{'.exe' if sys.platform == 'win32' else ''}")]


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith((*_OWN, *_PYTHONS))}


@cache
def _warm(package: str) -> _Warm:
    return _Warm(package)


class _Warm:
    """The process that forks, seen from the tests."""

    def __init__(self, package: str) -> None:
        self._started_in = _clean()
        self._folder = tempfile.TemporaryDirectory(prefix="warm-")
        self._busy = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kit.desk.warm_program", package, self._folder.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self._started_in | _KEYRING,
            cwd=ROOT,
        )
        atexit.register(self._end)

    def is_free_in(self, environment: Mapping[str, str]) -> bool:
        """Whether a command may begin here: none is under way, and what Python reads at its start is the same."""
        inherited = {name: value for name, value in environment.items() if not name.startswith((*_OWN, *_PYTHONS))}
        return not self._busy.locked() and inherited == self._started_in

    def run(
        self, arguments: Sequence[str | bytes], environment: Mapping[str, str], stdin: bytes
    ) -> subprocess.CompletedProcess[bytes]:
        with self._busy:
            folder, process = Path(self._folder.name), self._process
            (folder / "in").write_bytes(stdin)
            told = {"arguments": [os.fsdecode(each) for each in arguments], "environment": dict(environment)}
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(told).encode() + b"\n")
            process.stdin.flush()
            code = int(process.stdout.readline())
            out, err = (folder / "out").read_bytes(), (folder / "err").read_bytes()
        return subprocess.CompletedProcess(list(arguments), code, out, err)

    def _end(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()
        self._folder.cleanup()


# --- the process that forks ---------------------------------------------------------------


def _serve(package: str, folder: Path) -> None:
    asked, told = os.fdopen(os.dup(0), "rb"), os.dup(1)
    _load(package)
    for line in asked:
        child = os.fork()
        if not child:
            asked.close()
            os.close(told)
            _become(package, folder, json.loads(line))
        _, status = os.waitpid(child, 0)
        os.write(told, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _load(package: str) -> None:
    """Everything a command may come to import, but for the window."""
    import desk_app

    import_module(f"{package}.cli")
    for found in pkgutil.walk_packages(desk_app.__path__, "desk_app.", onerror=lambda _: None):
        if not found.name.startswith(_WITHOUT):
            with suppress(ImportError):  # what another system has
                import_module(found.name)
    late = {
        value.__name__
        for name, module in list(sys.modules.items())
        if name.startswith("desk_app")
        for value in vars(module).values()
        if type(value).__name__ == "_Lazy"
    }
    for name in sorted(late):
        if not name.startswith(_WITHOUT):
            with suppress(ImportError):
                import_module(name)


def _become(package: str, folder: Path, asked: dict[str, object]) -> None:
    """The command, in the process just forked; never returns."""
    code = 1
    try:
        for name, way, number in (("in", os.O_RDONLY, 0), ("out", os.O_WRONLY, 1), ("err", os.O_WRONLY, 2)):
            file = os.open(folder / name, way if number == 0 else way | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
            os.dup2(file, number)
            os.close(file)
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv = [package, *asked["arguments"]]
        random.seed()
        signal.alarm(_PATIENCE_S)
        code = _exit_code(import_module(f"{package}.cli").main)
    except BaseException:  # noqa: BLE001 - as the interpreter does at its end
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            _flushed(stream)
        os._exit(code)


def _exit_code(main) -> int:
    try:
        given = main()
    except SystemExit as end:
        given = end.code
    threading._shutdown()
    atexit._run_exitfuncs()
    if given is None or isinstance(given, int):
        return given or 0
    print(given, file=sys.stderr)
    return 1


def _flushed(stream: IO[str]) -> None:
    with suppress(OSError, ValueError):
        stream.flush()


if __name__ == "__main__":
    _serve(sys.argv[1], Path(sys.argv[2]))
