"""How the copies of the district stand: how old the last one is, what hindered the next, whether it has room."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from desk_app.district.admin import settings
from desk_app.district.storage import Session, meta
from desk_app.errors import DeskError

BACKUP_AT = "backup-at"
"""The key under which the moment of the last verified backup stands, UTC ms."""
BACKUP_SIZE = "backup-size"
"""The key under which that copy's bytes stand."""
BACKUP_FAILED = "backup-failed"
"""The key under which stands why the server's last own copy was not made; empty when it was."""
BACKUP_EVERY = 2 * 24 * 3_600_000
NEVER = "Chưa sao lưu lần nào"
_DAY = 86_400_000
_ITSELF = "Muốn máy chủ tự làm mỗi ngày: ghi backup_folder trong district.toml rồi chạy lại desk-district serve."


def remarks(session: Session, folder: Path, *, at: int) -> Iterator[str]:
    """What somebody should do about the copies, a sentence each; `folder` holds the settings, `at` UTC ms."""
    try:
        chosen = settings.read(folder)
    except DeskError:  # told elsewhere
        place = None
    else:
        place = Path(chosen.backup_folder) if chosen.backup_folder else None
    told = meta.text(session, BACKUP_AT)
    how = "" if place else f" {_ITSELF}"
    if not told:
        yield f"{NEVER}: chạy desk-district backup TỆP, cất tệp ở máy khác.{how}"
    elif at - int(told) > BACKUP_EVERY:
        yield f"Đã {(at - int(told)) // _DAY} ngày chưa sao lưu: chạy desk-district backup TỆP.{how}"
    if failed := meta.text(session, BACKUP_FAILED):
        yield f"Máy chủ chưa tự sao lưu được: {failed}"
    if place is not None:
        yield from _room(place, int(meta.text(session, BACKUP_SIZE, "0")))


def _room(place: Path, size: int) -> Iterator[str]:
    if not place.is_dir():
        yield f"Không thấy thư mục sao lưu {place}: cắm lại ổ đĩa, hoặc sửa backup_folder trong district.toml."
        return
    try:
        free = shutil.disk_usage(place).free
    except OSError:
        yield f"Không xem được chỗ trống của thư mục sao lưu {place}: kiểm tra ổ đĩa đó."
        return
    if free < 3 * size:
        left = free // max(size, 1)
        yield f"Ổ đĩa của {place} chỉ còn chỗ cho {left} bản sao lưu nữa: dọn bớt, hoặc đặt backup_folder sang ổ khác."
