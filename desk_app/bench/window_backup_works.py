"""The window while its desk is backed up whole and the copy is proved: its event loop's longest stall.

The window is the real one, and the backup runs as it does at a counter: in a process of its own. What the machine gave
to other programs meanwhile is no stall of ours: Linux says how long a thread waited for a processor.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from desk_app.bench import throwaway
from desk_app.bench.measure import Figure
from desk_app.bench.window_works import platform_for_qt
from desk_app.services.backups import restoring
from desk_app.services.desk import office_settings

_PATIENCE_S = 3600
_WINDOW = """
import json, os, sys, time
from desk_app import app
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desk_app.store.keys import vault
from desk_app.ui.backups import backup_work
data, key = sys.argv[1:]
vault.unlock = lambda *_, **__: bytes.fromhex(key)
backup_work.BackupWork.begin = lambda *_: None  # the backup begins when the probe says so

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
    if program.view is None:
        QTimer.singleShot(50, begin)
        return
    QTimer.singleShot(3000, idle)

def idle():
    state["phase"] = "idle"
    QTimer.singleShot(20_000, busy)  # long enough for what the window does by itself every few seconds

def busy():
    state["last"], state["phase"] = here(), "busy"
    program.backups.back_up()
    QTimer.singleShot(100, look)

def look():
    work = program.backups
    if work.doing or work.known is None:
        QTimer.singleShot(100, look)
        return
    state["phase"] = ""
    application.quit()

probe.timeout.connect(tick)
probe.start()
QTimer.singleShot(200, begin)
application.exec()
print("FOUND", json.dumps(found), flush=True)
os._exit(0)
"""


def measured(folder: Path, size: int) -> list[Figure]:
    place, name = folder / "backups of the window", throwaway.filled_name(size)
    place.mkdir()
    with throwaway.filled(folder, size) as desk:
        office_settings.change(desk, "backup_folder", str(place))
    found = _window(folder / name, throwaway.key_of(folder, name))
    if not restoring.points_in(place)[0].is_proved:
        raise RuntimeError("the window made no backup")
    shutil.rmtree(place)
    return [
        Figure(
            work="cửa sổ đứng lâu nhất khi sao lưu toàn bộ và kiểm",
            n=1,
            ours=found["busy"],
            floor=found["idle"],
            unit="ms",
            goal="< 50 ms",
            met=found["busy"] < 50,
        )
    ]


def _window(data: Path, key: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _WINDOW, str(data), key],
        env={**os.environ, "QT_QPA_PLATFORM": platform_for_qt()},
        capture_output=True,
        text=True,
        timeout=_PATIENCE_S,
        check=True,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("FOUND "))
    found: dict[str, float] = json.loads(line.removeprefix("FOUND "))
    return found
