"""How a desk's machine stands, with a desk or without: printer, scanner, key store, input method, stick."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app import __version__, keyrings
from desk_app.errors import DataFolderMissingError, DeskError, KeyStoreLockedError, NoDeskError, NoKeyStoreError
from desk_app.lazy import lazy
from desk_app.services.desk import input_method
from desk_app.services.maintenance import devices, usb_drives
from desk_app.services.maintenance.checks import Finding
from desk_app.services.papers import printing

if TYPE_CHECKING:
    import grp
else:
    grp = lazy("grp", windows=False)

_LOW_SPACE = 1_000_000_000
_PORT_GROUP = "dialout"
_WITHOUT_STORE = "Dùng được: mỗi lần mở quầy gõ mật khẩu đã đặt; giữ kỹ mật khẩu và mã khôi phục đã in."


def of_no_desk(error: DeskError, data: Path) -> list[Finding]:
    """What can be said where no desk opens: why, the program and the disk on which the data are or would be."""
    folder = next(each for each in (data, *data.parents) if each.is_dir())
    free = shutil.disk_usage(folder).free
    is_low = free < _LOW_SPACE
    state = "chưa có quầy nào ở máy này" if isinstance(error, NoDeskError | DataFolderMissingError) else str(error)
    return [
        Finding(subject="Chương trình", state=f"{__version__}, Python {platform.python_version()}, {sys.platform}"),
        Finding(subject="Dữ liệu", state=state, remedy=error.remedy),
        Finding(
            subject="Chỗ trống trên đĩa",
            state=f"{free / 1e9:.1f} GB",
            remedy="Đĩa sắp đầy: xóa bớt tệp không cần, hoặc chọn đĩa khác." if is_low else "",
        ),
    ]


def of_machine(environ: Mapping[str, str], system: str) -> Iterator[Finding]:
    """What hangs on the machine, each with what to do where it does not work. Blocks while printers and keys answer."""
    yield _printers()
    yield _scanner(system)
    yield _key_store()
    method = input_method.of_desktop(environ, system)
    yield Finding(subject="Bộ gõ tiếng Việt", state=method.state, remedy=method.remedy)
    yield _sticks()


def _printers() -> Finding:
    subject = "Máy in"
    try:
        names = devices.printer_names()
    except OSError:
        remedy = "Bật dịch vụ Print Spooler của Windows, rồi chạy lại."
        return Finding(subject=subject, state="dịch vụ in không trả lời", remedy=remedy)
    if not names:
        remedy = "Cắm máy in và thêm máy in trong phần cài đặt của máy tính; chưa có thì lưu giấy ra PDF."
        return Finding(subject=subject, state="chưa có máy in nào", remedy=remedy)
    told = ", ".join(names)
    still = printing.paused()
    if still:
        remedy = "Cho máy in chạy tiếp trong phần cài đặt máy in của máy tính."
        return Finding(subject=subject, state=f"{told}; đang tạm dừng: {', '.join(still)}", remedy=remedy)
    return Finding(subject=subject, state=told)


def _scanner(system: str) -> Finding:
    """A scanner in serial mode is a port; on Linux an account reads it as a member of a group, or by udev's uaccess."""
    subject = "Máy quét"
    ports, closed = devices.serial_ports(), devices.closed_ports()
    if closed:
        return Finding(subject=subject, state=f"không có quyền đọc {', '.join(closed)}", remedy=_port_remedy(closed[0]))
    if ports:
        return Finding(subject=subject, state=f"cổng {', '.join(ports)}: đọc được")
    state = "không có cổng nối tiếp; máy quét kiểu bàn phím không cần cổng"
    if system.startswith("linux") and not _is_in_session(_PORT_GROUP):
        state += f"; tài khoản chưa thuộc nhóm {_PORT_GROUP} (chỉ cần cho máy quét cổng COM)"
    return Finding(subject=subject, state=state)


def _port_remedy(port: str) -> str:
    """What opens the port: the rule of the package (uaccess) at the next plugging, else the group it belongs to."""
    group = _group_of(port)
    if _is_member(group) and not _is_in_session(group):
        return f"Tài khoản đã thuộc nhóm {group} nhưng phiên này chưa biết: đăng xuất rồi đăng nhập lại."
    return (
        "Rút máy quét ra cắm lại (gói cài đặt có luật uaccess cho người đang ngồi máy); vẫn không được thì chạy: "
        f"sudo usermod -aG {group} $USER, rồi đăng xuất và đăng nhập lại."
    )


def _group_of(port: str) -> str:
    try:
        return grp.getgrgid(Path(port).stat().st_gid).gr_name
    except (OSError, KeyError):
        return _PORT_GROUP


def _is_member(group: str) -> bool:
    """Whether the account was put into the group, also if that holds only from the next login on."""
    try:
        return environment_user() in grp.getgrnam(group).gr_mem
    except KeyError:
        return False


def _is_in_session(group: str) -> bool:
    if os.geteuid() == 0:
        return True
    try:
        return grp.getgrnam(group).gr_gid in os.getgroups()
    except KeyError:
        return False


def environment_user() -> str:
    """The account's name as the login gave it; "" where a service runs without one."""
    return os.environ.get("USER", "") or os.environ.get("LOGNAME", "")


def _key_store() -> Finding:
    subject = "Kho khóa"
    try:
        return Finding(subject=subject, state=f"{keyrings.trusted().label}: cất và lấy lại được khóa thử")
    except NoKeyStoreError:
        return Finding(subject=subject, state="máy này không có kho khóa", remedy=_WITHOUT_STORE)
    except KeyStoreLockedError as error:
        return Finding(subject=subject, state="đang khóa", remedy=error.remedy)


def _sticks() -> Finding:
    """The sticks that are plugged in, with their room."""
    subject = "USB"
    found = usb_drives.plugged_in()
    if not found:
        return Finding(subject=subject, state="chưa cắm USB nào")
    shut = [each for each in found if not os.access(each, os.W_OK)]
    if shut:
        remedy = "Gạt khóa ghi trên USB, hoặc dùng USB khác."
        return Finding(subject=subject, state=f"chỉ đọc được: {', '.join(shut)}", remedy=remedy)
    return Finding(subject=subject, state=", ".join(f"{each} ({_room(each)})" for each in found))


def _room(folder: str) -> str:
    try:
        return f"còn {shutil.disk_usage(folder).free / 1e9:.1f} GB"
    except OSError:
        return "không đọc được"
