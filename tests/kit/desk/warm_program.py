"""The program's commands, each in a process that a warm one forks: nobody waits for Python, imports and shipped files.

A command that needs more of its start than its arguments and its own variables begins cold, as a person's does;
with `--cold-commands` (tests/conftest.py) every one does, with `--installed FOLDER` every one is the installed program.
"""

from __future__ import annotations

import atexit
import gc
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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[3]
COLD, INSTALLED = "COLD_COMMANDS", "INSTALLED_PROGRAMS"
_INSTALLED_AS = {"desk_app": "desk-app", "desk_app.district": "desk-district"}
_PATIENCE_S = 120
_OWN, _PYTHONS = ("DESK_", "DISTRICT_"), ("PYTHON", "PYTEST")
_READ_LATE = {"CUPS_SERVER", "SSL_CERT_FILE"}  # asked for by the command itself, never at the start of Python
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
    others = {name for name in variables if not name.startswith(_OWN)} - _KEYRING.keys() - _READ_LATE
    if not before and not others and begins_warm():
        warm = _warm()
        if warm.is_free_in(environment):
            return warm.run(package, arguments, environment, stdin)
    return subprocess.run(
        [*before, *command(package), *arguments],
        input=stdin,
        capture_output=True,
        env=environment,
        cwd=ROOT,
        timeout=_PATIENCE_S,
        check=False,
    )


def begins_warm() -> bool:
    """Whether commands begin in a fork where nothing of their own stands against it."""
    return not {COLD, INSTALLED} & os.environ.keys() and hasattr(os, "fork")


@contextmanager
def beside(package: str, arguments: Sequence[str], variables: Mapping[str, str]) -> Iterator[IO[bytes]]:
    """A command that runs beside the tests in a fork: what it says, stderr too, until SIGINT ends it."""
    with tempfile.TemporaryDirectory(prefix="beside-") as folder:
        said = Path(folder) / "said"
        os.mkfifo(said)
        process = _warm().begin(package, arguments, _clean() | _KEYRING | variables, said)
        with said.open("rb") as heard:
            try:
                yield heard
            finally:
                os.kill(process, signal.SIGINT)
                ended = threading.Thread(target=heard.read, daemon=True)  # its last word comes with its end
                ended.start()
                ended.join(_PATIENCE_S)
                assert not ended.is_alive(), f"still running: {package} {arguments}"


def command(package: str) -> list[str]:
    """What starts a program anew: the source, or the one of the folder that `--installed` names."""
    folder = os.environ.get(INSTALLED)
    if folder is None:
        return [sys.executable, "-m", package]
    return [str(Path(folder) / f"{_INSTALLED_AS[package]}{'.exe' if sys.platform == 'win32' else ''}")]


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith((*_OWN, *_PYTHONS))}


def _at_start(environment: Mapping[str, str]) -> dict[str, str]:
    """What of an environment Python and its libraries read when they start."""
    return {
        name: value
        for name, value in environment.items()
        if not name.startswith((*_OWN, *_PYTHONS)) and name not in _READ_LATE
    }


@cache
def _warm() -> _Warm:
    return _Warm()


class _Warm:
    """The process that forks, seen from the tests."""

    def __init__(self) -> None:
        self._started_in = _clean()
        self._folder = tempfile.TemporaryDirectory(prefix="warm-")
        self._busy = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kit.desk.warm_program", self._folder.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self._started_in | _KEYRING,
            cwd=ROOT,
        )
        atexit.register(self._end)

    def is_free_in(self, environment: Mapping[str, str]) -> bool:
        """Whether a command may begin here: none is under way, and what Python reads at its start is the same."""
        return not self._busy.locked() and _at_start(environment) == _at_start(self._started_in)

    def run(
        self, package: str, arguments: Sequence[str | bytes], environment: Mapping[str, str], stdin: bytes
    ) -> subprocess.CompletedProcess[bytes]:
        with self._busy:
            folder = Path(self._folder.name)
            (folder / "in").write_bytes(stdin)
            told = {"arguments": [os.fsdecode(each) for each in arguments], "environment": dict(environment)}
            code = self._answer({"package": package, "out": str(folder / "out"), "err": str(folder / "err")} | told)
            out, err = (folder / "out").read_bytes(), (folder / "err").read_bytes()
        return subprocess.CompletedProcess(list(arguments), code, out, err)

    def begin(self, package: str, arguments: Sequence[str], environment: Mapping[str, str], said: Path) -> int:
        """The process of a command that goes on; `said` takes both its outputs."""
        told = {"arguments": list(arguments), "environment": dict(environment), "goes_on": True}
        with self._busy:
            (Path(self._folder.name) / "in").write_bytes(b"")
            return self._answer({"package": package, "out": str(said), "err": str(said)} | told)

    def _answer(self, asked: Mapping[str, object]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def _end(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()
        self._folder.cleanup()


# --- the process that forks ---------------------------------------------------------------


def _serve(folder: Path) -> None:
    asked, told = os.fdopen(os.dup(0), "rb"), os.dup(1)
    _load()
    _read_once()
    gc.collect()
    gc.freeze()  # no child looks through all this for garbage
    for line in asked:
        wanted = json.loads(line)
        child = os.fork()
        if not child:
            asked.close()
            os.close(told)
            _become(folder, wanted)
        answer = child if "goes_on" in wanted else os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(told, f"{answer}\n".encode())


def _load() -> None:
    """Everything a command may come to import, but for the window."""
    import desk_app

    for package in _INSTALLED_AS:
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


def _read_once() -> None:
    """What every command would build of the shipped files and keep for its own short life: here before all of them.

    A passphrase is stretched cheaply, as in the tests' own process (tests/conftest.py).
    """
    from desk_app import places
    from desk_app.documents.forms.form import FormLibrary
    from desk_app.documents.output.pdf_font import pdf_fonts
    from desk_app.domain.calendar.moments import VIETNAM
    from desk_app.key_envelope import Cost
    from desk_app.services.catalogue import unit_data
    from desk_app.services.setup import first_holidays, shipped_days

    for package in _INSTALLED_AS:
        grammar = import_module(f"{package}.cli.parser")
        grammar.build = partial(_same, grammar.build())
    FormLibrary.load([places.forms()], shipped=places.forms())
    pdf_fonts()
    unit_data.load_units()
    first_holidays.seed(shipped_days.years_of(datetime.now(tz=VIETNAM).date()))
    for name in ("desk_app.store.keys.vault", "desk_app.district.keys.keyfile"):
        import_module(name).PASSPHRASE_COST = Cost(passes=1, memory=8, lanes=1)


def _same(built):
    """Stands for what would build this anew."""
    return built


def _become(folder: Path, asked: dict[str, object]) -> None:
    """The command, in the process just forked; never returns."""
    code = 1
    try:
        way = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        for name, way_in, number in ((folder / "in", os.O_RDONLY, 0), (asked["out"], way, 1), (asked["err"], way, 2)):
            file = os.open(name, way_in, 0o600)
            os.dup2(file, number)
            os.close(file)
        os.environ.clear()
        os.environ.update(asked["environment"])
        package = asked["package"]
        sys.argv = [package, *asked["arguments"]]
        random.seed()
        if "goes_on" in asked:
            sys.stderr = os.fdopen(2, "w", encoding="utf-8")  # that of the start may stand on a file, this one cannot
        else:
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
    _serve(Path(sys.argv[1]))
