"""The window while a whole day goes to the district and a colleague's whole day comes: its event loop's longest stall.

Two desks and a district of their own on this machine; the round runs in the window's jobs.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

from desk_app.bench import throwaway, window_probe
from desk_app.bench.measure import Figure
from desk_app.bench.window_probe import Stalls
from desk_app.services.desk.desk import Desk
from desk_app.services.setup import demo_people
from desk_app.services.sync import enrolling, status, syncing
from desk_app.store.journal import bulk

_DOSSIERS = 730  # with their steps about 1,480 events: the day of the protocol's budget
_A_YEAR_AGO = timedelta(days=400)  # the colleague's codes are of other days: two desks never give one code
_RUNS = 3
_PORT = re.compile(r"cổng (\d+)")
_DISTRICT = [sys.executable, "-c", "import sys; from desk_app.district.cli import main; sys.exit(main())"]
_IDLE_MS = 2000
_WORK = """
from desk_app.ui.sync import sync_rounds
sync_rounds._AFTER_START_MS = 3_600_000  # the round begins when the probe says so

def is_ready():
    return program.rounds.known is not None

def opened():
    program.view.go("nav.sync")

def start():
    program.rounds.ended.connect(ended)
    program.rounds.send_now()

def ended():
    QTimer.singleShot(1500, done)  # what arrived is listed and counted after the round

def done():
    status = program.rounds.known
    found["sent"], found["here"] = status.confirmed_events, program.view._tools.services.counts().total
    over()
"""


def measured(folder: Path, _size: int) -> list[Figure]:
    if sys.platform == "win32":
        return []  # the district is stopped by a signal that only others have
    taken = [_once(folder / f"round-{number}") for number in range(_RUNS)]
    return [window_probe.figure("cửa sổ đứng lâu nhất khi gửi, nhận cả ngày", taken)]


def _once(folder: Path) -> Stalls:
    folder.mkdir()
    with _district(folder / "district") as (ask, url):
        with _desk(folder, "colleague", number=2, ago=_A_YEAR_AGO) as colleague:
            _enrol(colleague, ask, url, number=2)
            syncing.synchronise(colleague, progress=lambda _: None, stop=Event())
        with _desk(folder, "ours", number=1, ago=timedelta()) as ours:
            _enrol(ours, ask, url, number=1)
            events = status.status(ours).ours_events
        key = throwaway.key_of(folder, "ours")
        taken = window_probe.stalls(folder / "ours", key, _WORK, idle_ms=_IDLE_MS)
    if (taken.found["sent"], taken.found["here"]) != (events, 2 * _DOSSIERS):
        raise RuntimeError(f"the day did not arrive: {taken.found}")
    return taken


@contextmanager
def _desk(folder: Path, name: str, *, number: int, ago: timedelta) -> Iterator[Desk]:
    with throwaway.opened(folder, name) as desk:
        bulk.load(desk.db, demo_people.dossiers(_DOSSIERS, until=desk.now() - ago, seed=number))
        yield desk


def _enrol(desk: Desk, ask: Any, url: str, *, number: int) -> None:
    told = ask("enrol", "--unit", desk.settings.unit, "--commune", desk.settings.commune, "--desk", str(number))
    enrolling.enrol(desk, told["code"], url=url)
    enrolling.confirm(desk)


@contextmanager
def _district(data: Path) -> Iterator[tuple[Any, str]]:
    """A district that listens, as (ask a command, address)."""
    secret = data.with_suffix(".txt")
    secret.write_text(secrets.token_urlsafe(), "utf-8")
    environment = {**os.environ, "DISTRICT_DATA": str(data), "DISTRICT_PASSPHRASE_FILE": str(secret)}
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

    def ask(*arguments: str) -> Any:
        done = subprocess.run(
            [*_DISTRICT, *arguments, "--json"], env=environment, capture_output=True, check=True, timeout=120
        )
        return json.loads(done.stdout)

    ask("init")
    command = [*_DISTRICT, "serve", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            said = _PORT.search(server.stdout.readline() if server.stdout is not None else "")
            if said is None:
                raise RuntimeError("the district does not say where it listens")
            yield ask, f"https://127.0.0.1:{said[1]}"
        finally:
            server.send_signal(signal.SIGINT)
