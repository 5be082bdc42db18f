"""The machine under the program: printers, serial ports, the disk of the data and the clock."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.selftest.trial import ItemOutcome, Trial, TrialError
from desk_app.services.catalogue import unit_data
from desk_app.services.maintenance import devices

_FULL, _LOW = 100_000_000, 1_000_000_000
_CLOCKS_APART_S = 120
_SHOWN = 6


def printers() -> Trial:
    """The printers by name; a machine without one prints to PDF, so none is no failure."""
    found = devices.printer_names()
    if not found:
        remedy = (
            "Cắm máy in, thêm máy in trong phần cài đặt của máy tính, rồi chạy lại; chưa có thì vẫn lưu giấy ra PDF."
        )
        return Trial(state="chưa có máy in nào", outcome=ItemOutcome.NOTE, remedy=remedy)
    return Trial(state=_named(found))


def ports() -> Trial:
    """The serial ports by name; a scanner that types like a keyboard needs none."""
    found, closed = devices.serial_ports(), devices.closed_ports()
    if closed:
        remedy = "Cho tài khoản này đọc cổng: sudo usermod -aG dialout $USER, rồi đăng xuất và đăng nhập lại."
        return Trial(state=f"không có quyền đọc {_named(closed)}", outcome=ItemOutcome.NOTE, remedy=remedy)
    return Trial(state=_named(found) if found else "không có; máy quét kiểu bàn phím không cần cổng")


def disk(data: Path) -> Trial:
    """The disk where the data are or will be: written, forced onto the disk, read back, taken away; and its room."""
    folder = next(each for each in (data, *data.parents) if each.is_dir())
    word = secrets.token_bytes(4096)
    path = folder / f".ban-mot-cua-thu-{secrets.token_hex(4)}"
    began = time.monotonic()
    try:
        with path.open("xb") as out:
            out.write(word)
            out.flush()
            os.fsync(out.fileno())
        took = (time.monotonic() - began) * 1000
        if path.read_bytes() != word:
            raise TrialError("đọc lại khác với lúc ghi", "Đĩa có thể hỏng: sao lưu dữ liệu, rồi thay đĩa.")
    except OSError as error:
        remedy = "Chọn thư mục ghi được sau --data, hoặc xin quyền ghi."
        raise TrialError(f"không ghi được vào {folder} ({type(error).__name__})", remedy) from error
    finally:
        path.unlink(missing_ok=True)
    free = shutil.disk_usage(folder).free
    state = f"ghi được vào {folder}, ép xuống đĩa {took:.0f} ms, còn trống {free / 1e9:.1f} GB"
    remedy = "Xóa bớt tệp không cần, hoặc chọn đĩa khác cho dữ liệu."
    if free < _FULL:
        raise TrialError(state, remedy)
    return Trial(
        state=state, outcome=ItemOutcome.NOTE if free < _LOW else ItemOutcome.WELL, remedy=remedy if free < _LOW else ""
    )


def clock(now: datetime) -> Trial:
    """The clock cannot be before the day on which the program's own lists were made, and must run."""
    made = datetime.fromisoformat(unit_data.read_on()).replace(tzinfo=VIETNAM)
    told = f"{now.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    if now < made - timedelta(days=1):
        raise TrialError(f"máy đang để {told}, trước ngày làm ra chương trình ({made:%d/%m/%Y})")
    before, steady = time.time(), time.monotonic()
    time.sleep(0.05)
    if abs((time.time() - before) - (time.monotonic() - steady)) > _CLOCKS_APART_S:
        raise TrialError("đồng hồ nhảy trong lúc kiểm tra")
    if time.localtime().tm_gmtoff != VIETNAM.utcoffset(None).total_seconds():
        remedy = "Chương trình vẫn tính theo giờ Việt Nam; nên đặt múi giờ của máy là Hà Nội, Bangkok (UTC+7)."
        return Trial(state=f"{told} giờ Việt Nam, máy để múi giờ khác", outcome=ItemOutcome.NOTE, remedy=remedy)
    return Trial(state=f"{told}, múi giờ Việt Nam")


def _named(names: list[str]) -> str:
    more = f" và {len(names) - _SHOWN} nữa" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
