"""The window while a whole day goes to the district and a colleague's whole day comes: its event loop's longest stall.

Two desks and a district of their own on this machine; the window is the real one, and the round runs in its jobs. What
the machine gave to other programs meanwhile is no stall of ours: Linux says how long a thread waited for a processor.
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

from desk_app.bench import throwaway
from desk_app.bench.measure import Figure
from desk_app.bench.window_works import platform_for_qt
from desk_app.services.desk.desk import Desk
from desk_app.services.setup import demo_people
from desk_app.services.sync import enrolling, status, syncing
from desk_app.store.journal import bulk

_DOSSIERS = 730  # with their steps about 1,480 events: the day of the protocol's budget
_A_YEAR_AGO = timedelta(days=400)  # the colleague's codes are of other days: two desks never give one code
_RUNS = 3
_PORT = re.compile(r"cổng (\d+)")
_DISTRICT = [sys.executable, "-c", "import sys; from desk_app.district.cli import main; sys.exit(main())"]
_WINDOW = """
import json, os, sys, time
from desk_app import app
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desk_app.store.keys import vault
from desk_app.ui.sync import sync_rounds
data, key, wanted = sys.argv[1:]
vault.unlock = lambda *_, **__: bytes.fromhex(key)
sync_rounds._AFTER_START_MS = 3_600_000  # the round begins when the probe says so

application = QApplication([])
program = app.Program(application, app.options().parse_args(["--data", data]))
program.start()
found = {"idle": 0.0, "busy": 0.0}
state = {"phase": "", "last": 0.0}
probe = QTimer(interval=2)

def here():
    try:
        with open("/proc/thread-self/schedstat") as told:
            waited = int(told.read().split()[1])
    except OSError:
        waited = 0
    return time.perf_counter() - waited / 1e9

def tick():
    now = here()
    if state["phase"]:
        found[state["phase"]] = max(found[state["phase"]], (now - state["last"]) * 1000)
    state["last"] = now

def begin():
    if program.view is None or program.rounds.known is None:
        QTimer.singleShot(50, begin)
        return
    program.view.go("nav.sync")
    QTimer.singleShot(1500, idle)

def idle():
    state["phase"] = "idle"
    QTimer.singleShot(2000, busy)

def busy():
    state["phase"] = ""
    program.rounds.ended.connect(ended)
    QTimer.singleShot(0, start)

def start():
    state["last"], state["phase"] = here(), "busy"
    program.rounds.send_now()

def ended():
    QTimer.singleShot(1500, done)  # what arrived is listed and counted after the round

def done():
    status = program.rounds.known
    found["sent"], found["here"] = status.confirmed_events, program.view._tools.services.counts().total
    application.quit()

probe.timeout.connect(tick)
probe.start()
QTimer.singleShot(200, begin)
application.exec()
print("FOUND", json.dumps(found), flush=True)
os._exit(0)
"""


def measured(folder: Path, _size: int) -> list[Figure]:
    if sys.platform == "win32":
        return []  # the district is stopped by a signal that only others have
    stalls = [_once(folder / f"round-{number}") for number in range(_RUNS)]
    worst, idle = max(busy for busy, _ in stalls), max(idle for _, idle in stalls)
    return [
        Figure(
            work="cửa sổ đứng lâu nhất khi gửi, nhận cả ngày",
            n=_RUNS,
            ours=worst,
            floor=idle,
            unit="ms",
            goal="< 50 ms",
            met=worst < 50,
        )
    ]


def _once(folder: Path) -> tuple[float, float]:
    """Longest stall in ms during the round and while nothing happens."""
    folder.mkdir()
    with _district(folder / "district") as (ask, url):
        with _desk(folder, "colleague", number=2, ago=_A_YEAR_AGO) as colleague:
            _enrol(colleague, ask, url, number=2)
            syncing.synchronise(colleague, progress=lambda _: None, stop=Event())
        with _desk(folder, "ours", number=1, ago=timedelta()) as ours:
            _enrol(ours, ask, url, number=1)
            events = status.status(ours).ours_events
        found = _window(folder / "ours", throwaway.key_of(folder, "ours"))
    if (found["sent"], found["here"]) != (events, 2 * _DOSSIERS):
        raise RuntimeError(f"the day did not arrive: {found}")
    return found["busy"], found["idle"]


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


def _window(data: Path, key: str) -> dict[str, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": platform_for_qt()}
    done = subprocess.run(
        [sys.executable, "-c", _WINDOW, str(data), key, "0"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("FOUND "))
    found: dict[str, float] = json.loads(line.removeprefix("FOUND "))
    return found
