"""The longest stall of the window's event loop: the real window in a process of its own, idle first, then at work.

What the machine gave to other programs meanwhile is no stall of ours: Linux says how long a thread waited for a
processor. Where it does not, the figure holds on a quiet machine only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from msgspec import Struct

from desk_app.bench.measure import Figure
from desk_app.bench.window_works import platform_for_qt

MOST_MS = 50.0
_PATIENCE_S = 3600
_WINDOW = """
import json, os, sys, time
from desk_app import app
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desk_app.store.keys import vault
data, key, idle_ms = sys.argv[1:]
vault.unlock = lambda *_, **__: bytes.fromhex(key)
found = {"idle": 0.0, "busy": 0.0, "cpu": 0.0}
state = {"phase": "", "last": 0.0, "cpu": 0.0}

def here():
    try:
        with open("/proc/thread-self/schedstat") as told:
            waited = int(told.read().split()[1])
    except OSError:
        waited = 0
    return time.perf_counter() - waited / 1e9

def tick():
    now, cpu = here(), time.thread_time()
    if state["phase"]:
        found[state["phase"]] = max(found[state["phase"]], (now - state["last"]) * 1000)
        found["cpu"] = max(found["cpu"], (cpu - state["cpu"]) * 1000)
    state["last"], state["cpu"] = now, cpu

def begin():
    if program.view is None or not is_ready():
        QTimer.singleShot(50, begin)
        return
    opened()
    settle()

def settle():
    QTimer.singleShot(*((3000, idle) if is_settled() else (50, settle)))

def is_settled():
    return True

def idle():
    tick()
    state["phase"] = "idle"
    QTimer.singleShot(int(idle_ms), busy)

def busy():
    tick()
    state["phase"] = "busy"
    found["cpu"] = 0.0
    start()

def over():
    tick()
    state["phase"] = ""
    application.quit()

# What is measured says: is_ready() whether the window stands as it must, opened() where to go then, start() the work,
# and calls over() when it is done. It may say is_settled(), whether the opened page shows all it reads, find() more,
# and hold back what the window would begin by itself.
WORK

application = QApplication([])
program = app.Program(application, app.options().parse_args(["--data", data]))
program.start()
probe = QTimer(interval=2)
probe.timeout.connect(tick)
probe.start()
QTimer.singleShot(200, begin)
application.exec()
print("FOUND", json.dumps(found), flush=True)
os._exit(0)
"""


class Stalls(Struct, frozen=True, kw_only=True):
    """The longest stall in ms while nothing happens and at work, and what else the work found. `cpu` is the most that
    the window's thread itself reckoned between two looks at work (ms): what is beyond it, it waited.
    """

    idle: float
    busy: float
    cpu: float
    found: dict[str, float]


def stalls(data: Path, key: str, work: str, *, idle_ms: int) -> Stalls:
    """Open the desk in `data` in a window and run `work`, Python text as `_WINDOW` asks for it."""
    done = subprocess.run(
        [sys.executable, "-c", _WINDOW.replace("WORK", work, 1), str(data), key, str(idle_ms)],
        env={**os.environ, "QT_QPA_PLATFORM": platform_for_qt()},
        stdout=subprocess.PIPE,
        text=True,
        timeout=_PATIENCE_S,
        check=True,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("FOUND "))
    found: dict[str, float] = json.loads(line.removeprefix("FOUND "))
    return Stalls(idle=found.pop("idle"), busy=found.pop("busy"), cpu=found.pop("cpu"), found=found)


def figure(work: str, taken: list[Stalls]) -> Figure:
    """The worst of them; the floor is the window that does nothing."""
    ours = max(each.busy for each in taken)
    return Figure(
        work=work,
        n=len(taken),
        ours=ours,
        floor=max(each.idle for each in taken),
        unit="ms",
        goal=f"< {MOST_MS:g} ms",
        met=ours < MOST_MS,
    )
