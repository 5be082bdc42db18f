"""The window: CPU until it can be used, against a bare main window of the same Qt; and memory with the desk full.

Each counts from the beginning of its process until it is painted, ours with the list of dossiers in it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from desk_app.bench import throwaway
from desk_app.bench.measure import Figure, ratio_figure

_RUNS = 7
_TOLD = """
import json, os, re, resource, sys
from PySide6.QtCore import QTimer

PAINTED_MS = 25  # a window that shows paints itself within 5 ms of waiting, and waiting costs nothing

def tell():  # and end: how long a window takes to close is its own matter
    used = resource.getrusage(resource.RUSAGE_SELF)
    try:  # ru_maxrss also counts the parent this process was forked from
        peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
    except OSError:
        peak = used.ru_maxrss
    print("USED", json.dumps([used.ru_utime + used.ru_stime, peak]), flush=True)
    os._exit(0)
"""
_BARE = (
    """
from PySide6.QtWidgets import QApplication, QMainWindow
"""
    + _TOLD
    + """
application = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
QTimer.singleShot(PAINTED_MS, tell)
application.exec()
"""
)
_OURS = (
    """
from desk_app import app
from PySide6.QtWidgets import QApplication
from desk_app.store.keys import vault
"""
    + _TOLD
    + """
data, key, wanted = sys.argv[1:]
vault.unlock = lambda *_, **__: bytes.fromhex(key)  # how long a key slot takes is its own matter

application = QApplication([])
program = app.Program(application, app.options().parse_args(["--data", data]))
program.start()
watch = QTimer()

def look():
    if program.view is not None and program.view.dossiers.table.model().rowCount() >= int(wanted):
        watch.stop()
        QTimer.singleShot(PAINTED_MS, tell)

watch.timeout.connect(look)
watch.start(2)
application.exec()
"""
)


def measured(folder: Path, size: int) -> list[Figure]:
    if sys.platform == "win32":
        return []  # no process accounting of this kind there; the ratio is taken on the machines that build
    data = throwaway.made(folder, "window")
    key = throwaway.key_of(folder, "window")
    ours, floor = [], []
    for _ in range(_RUNS):
        ours.append(_used(_OURS, str(data), key, "0")[0])
        floor.append(_used(_BARE)[0])
    throwaway.filled(folder, size).close()
    name = throwaway.filled_name(size)
    full, full_key = folder / name, throwaway.key_of(folder, name)
    memory = max(_used(_OURS, str(full), full_key, str(size))[1] for _ in range(2))
    start = ratio_figure(
        "cửa sổ dùng được",
        statistics.median(ours) * 1000,
        statistics.median(floor) * 1000,
        runs=_RUNS,
        unit="ms CPU",
        at_most=2.2,
    )
    kept = Figure(
        work=f"bộ nhớ khi mở {size} hồ sơ", n=2, ours=memory / 1024, unit="MB", goal="< 250 MB", met=memory / 1024 < 250
    )
    return [start, kept]


def _used(script: str, *arguments: str) -> tuple[float, float]:
    """CPU seconds and peak KiB of a process of its own that runs `script`."""
    environment = {**os.environ, "QT_QPA_PLATFORM": platform_for_qt()}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling every module at every start is no user's start
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("USED "))
    cpu, peak = json.loads(line.removeprefix("USED "))
    return cpu, peak


def platform_for_qt() -> str:
    """What is set, else the screen, else memory."""
    if chosen := os.environ.get("QT_QPA_PLATFORM"):
        return chosen
    has_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return "xcb" if has_screen else "offscreen"
