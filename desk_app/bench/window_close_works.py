"""The window while a day of ten desks is looked over on its page, closed, and its backup is made."""

from __future__ import annotations

from pathlib import Path

from desk_app.bench import ten_desks, throwaway, window_probe
from desk_app.bench.measure import Figure
from desk_app.services.backups import restoring
from desk_app.services.backups.backup_point import INCREMENT
from desk_app.services.desk import office_settings

_RUNS = 3
_IDLE_MS = 5000
_NAME = "day-of-the-window"
_WORK = """
from desk_app.ui.backups import backup_work
from desk_app.ui.printing.preview import Preview
backup_work.BackupWork.begin = lambda self, *_: self.look()  # and not again: the backup is the one of the close

def is_ready():
    return program.backups.known is not None and not program.backups.doing

def opened():
    program.view.go("nav.day_end")  # building a page is the same for every page, whatever the day

def is_settled():
    return bool(program.view.front.findChild(Preview).pages)  # the report, which the page draws last

def start():
    state["day_closed"] = program.backups.day_closed
    program.backups.day_closed = closed
    program.view.front.refresh()
    QTimer.singleShot(4000, close)

def close():
    program.view.front.close_day()

def closed():
    state["day_closed"]()
    QTimer.singleShot(2000, look)

def look():
    if program.backups.doing:
        QTimer.singleShot(100, look)
    else:
        over()
"""


def measured(folder: Path, _size: int) -> list[Figure]:
    place = folder / "backups of the day"
    place.mkdir()
    with throwaway.opened(folder, _NAME) as desk:
        ten_desks.fill(desk)
        office_settings.change(desk, "backup_folder", str(place))
    data, key = folder / _NAME, throwaway.key_of(folder, _NAME)
    taken = [window_probe.stalls(data, key, _WORK, idle_ms=_IDLE_MS) for _ in range(_RUNS)]
    if restoring.points_in(place)[0].kind != INCREMENT:
        raise RuntimeError("the window made no backup after the close")
    return [
        window_probe.figure(
            f"cửa sổ đứng lâu nhất khi kết thúc ngày {ten_desks.DOSSIERS} hồ sơ, {ten_desks.DESKS} quầy, và sao lưu",
            taken,
        )
    ]
