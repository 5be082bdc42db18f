"""The window while its desk is backed up whole and the copy is proved; the backup runs as it does at a counter."""

from __future__ import annotations

import shutil
from pathlib import Path

from desk_app.bench import throwaway, window_probe
from desk_app.bench.measure import Figure
from desk_app.services.backups import restoring
from desk_app.services.desk import office_settings

_IDLE_MS = 20_000  # long enough for what the window does by itself every few seconds
_WORK = """
from desk_app.ui.backups import backup_work
backup_work.BackupWork.begin = lambda *_: None  # the backup begins when the probe says so

def is_ready():
    return True

def opened():
    pass

def start():
    program.backups.back_up()
    QTimer.singleShot(100, look)

def look():
    work = program.backups
    if work.doing or work.known is None:
        QTimer.singleShot(100, look)
    else:
        over()
"""


def measured(folder: Path, size: int) -> list[Figure]:
    place, name = folder / "backups of the window", throwaway.filled_name(size)
    place.mkdir()
    with throwaway.filled(folder, size) as desk:
        office_settings.change(desk, "backup_folder", str(place))
    taken = window_probe.stalls(folder / name, throwaway.key_of(folder, name), _WORK, idle_ms=_IDLE_MS)
    if not restoring.points_in(place)[0].is_proved:
        raise RuntimeError("the window made no backup")
    shutil.rmtree(place)
    return [window_probe.figure("cửa sổ đứng lâu nhất khi sao lưu toàn bộ và kiểm", [taken])]
