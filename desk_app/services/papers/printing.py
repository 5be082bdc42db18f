"""Handing papers to a printer of this machine: a CUPS queue takes the PDF itself, a receipt printer takes raster.

Where there is no CUPS (Windows) the window prints sheets through Qt, and this module knows no queue; a receipt printer
gets its raster from here on both, there by the spooler of Windows.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from desk_app import places
from desk_app.errors import DeskError
from desk_app.lazy import lazy
from desk_app.services.papers.papers import Paper

if TYPE_CHECKING:
    from desk_app.documents.output import thermal
    from desk_app.services.papers import windows_spooler
else:
    windows_spooler = lazy("desk_app.services.papers.windows_spooler")
    thermal = lazy("desk_app.documents.output.thermal")

_PATIENCE = 20
_SIDES = {"one": "one-sided", "long": "two-sided-long-edge", "short": "two-sided-short-edge"}
_NO_CUPS = "máy này chưa cài hệ thống in CUPS"
_NO_SHEETS_ON_WINDOWS = "trên Windows, giấy A4 và A5 chỉ in được từ cửa sổ chương trình"
_JOB = "Giấy tiếp nhận khổ 80 mm"
_NOT_ACCEPTING = "hàng đợi in đang không nhận lệnh in"


class PrinterError(DeskError):
    message = "Chưa in được tới máy in «{printer}»: {why}."
    remedy = "Kiểm tra máy in (nguồn, giấy, dây), rồi bấm «In lại». Hồ sơ đã được lưu."


class PrintRefusedError(PrinterError):
    """`reason` is what the print system says, without anything of the paper."""

    remedy = "Xem máy in trong phần cài đặt của máy tính, rồi bấm «In lại». Hồ sơ đã được lưu."

    def __init__(self, *, printer: str, reason: str) -> None:
        super().__init__(printer=printer, why="hệ thống in từ chối lệnh in")
        if reason:
            self.remedy = f"Hệ thống in cho biết: {reason}. {self.remedy}"


class PrinterPausedError(PrinterError):
    message = "Hàng đợi của máy in «{printer}» đang tạm dừng; chưa gửi gì tới máy in."
    remedy = "Cho máy in chạy tiếp trong phần cài đặt máy in của máy tính, rồi bấm «In lại». Hồ sơ đã được lưu."


@dataclass(frozen=True, slots=True)
class Printer:
    """A print queue of this machine."""

    name: str
    is_default: bool


def queues() -> list[Printer]:
    """The CUPS queues of this machine, the default first; empty where CUPS is absent or does not answer."""
    if shutil.which("lpstat") is None:
        return []
    names = _asked(["lpstat", "-e"]).split()
    default = _asked(["lpstat", "-d"]).rpartition(": ")[2].strip()
    found = [Printer(name, name == default) for name in names]
    return sorted(found, key=lambda printer: not printer.is_default)


def paused() -> list[str]:
    """The queues that take jobs and do not print them; empty where CUPS is absent or does not answer."""
    if shutil.which("lpstat") is None:
        return []
    words = [line.split() for line in _asked(["lpstat", "-p"]).splitlines()]
    return [each[1] for each in words if len(each) > 2 and each[0] == "printer" and each[2] == "disabled"]


def trays(printer: str) -> list[str]:
    """The trays of a CUPS queue, as it calls them; empty where it has no choice or is not known."""
    if not printer or ":" in printer or shutil.which("lpoptions") is None:
        return []
    told = _asked(["lpoptions", "-p", printer, "-l"]).splitlines()
    slots = next((line.partition(":")[2].split() for line in told if line.startswith("InputSlot")), [])
    return [slot.removeprefix("*") for slot in slots]


def send(paper: Paper, printer: str) -> None:
    """Queue the paper on its own sheet size, tray and sides, unscaled, in all its copies. Raises `PrinterError`.

    Without `media` CUPS centres an A5 slip on A4. A receipt goes out as raster, which knows no copies: so each is sent.
    """
    if paper.sheet == "80mm":
        send_raw(thermal.to_escpos(paper.pdf) * max(paper.copies, 1), printer)
        return
    if shutil.which("lp") is None:
        raise PrinterError(printer=printer, why=_NO_SHEETS_ON_WINDOWS if sys.platform == "win32" else _NO_CUPS)
    command = ["lp", "-d", printer, "-n", str(max(paper.copies, 1)), "-t", paper.title]
    command += ["-o", f"media={paper.sheet}", "-o", "print-scaling=none"]
    if paper.duplex:
        command += ["-o", f"sides={_SIDES[paper.duplex]}"]
    if paper.tray:
        command += ["-o", f"InputSlot={paper.tray}"]
    _queued([*command, "-"], paper.pdf, printer)


def send_raw(data: bytes, printer: str, *, spooler: windows_spooler.WindowsSpooler | None = None) -> None:
    """Send printer commands as they are: to "host:port" over TCP, else to a queue; raises `PrinterError`.

    On Windows, or with a `spooler`, the queue is one of Windows.
    """
    host, colon, port = printer.rpartition(":")
    if colon and port.isdecimal():
        try:
            with socket.create_connection((host, int(port)), timeout=_PATIENCE) as line:
                line.sendall(data)
        except OSError as error:
            raise PrinterError(printer=printer, why="không kết nối được tới máy in") from error
        return
    if spooler is not None or sys.platform == "win32":
        _spooled(spooler or windows_spooler.WindowsSpooler(), data, printer)
        return
    if shutil.which("lp") is None:
        raise PrinterError(printer=printer, why=_NO_CUPS)
    _queued(["lp", "-d", printer, "-o", "raw", "-"], data, printer)


def refuse_paused(printer: str, spooler: windows_spooler.WindowsSpooler | None = None) -> None:
    """Of a printer of Windows: raises `PrinterPausedError`, and `PrinterError` where there is none of this name."""
    try:
        if (spooler or windows_spooler.WindowsSpooler()).is_paused(printer):
            raise PrinterPausedError(printer=printer)
    except windows_spooler.SpoolerError as error:
        raise PrinterError(printer=printer, why="Windows không thấy máy in này") from error


def _spooled(spooler: windows_spooler.WindowsSpooler, data: bytes, printer: str) -> None:
    refuse_paused(printer, spooler)
    try:
        spooler.send(data, printer, _JOB)
    except windows_spooler.SpoolerError as error:
        raise PrintRefusedError(printer=printer, reason=f"{error.call}, mã lỗi Windows {error.number}") from error


def _queued(command: list[str], data: bytes, printer: str) -> None:
    """Ask the queue first: one that stands still takes a job without printing it."""
    _refuse_standing(printer)
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_PATIENCE, check=False, env=_plain_locale()
        )
    except subprocess.TimeoutExpired as error:
        raise PrinterError(printer=printer, why="hệ thống in không trả lời") from error
    if done.returncode:
        titles = [word for flag, word in pairwise(command) if flag == "-t"]
        raise PrintRefusedError(printer=printer, reason=_reason(done.stderr.decode("utf-8", "replace"), titles))


def _refuse_standing(printer: str) -> None:
    if shutil.which("lpstat") is None:
        return
    states = _asked(["lpstat", "-p", printer]).splitlines()
    if any(line.startswith(f"printer {printer} disabled") for line in states):
        raise PrinterPausedError(printer=printer)
    takes = _asked(["lpstat", "-a", printer]).splitlines()
    if any(line.startswith(f"{printer} not accepting") for line in takes):
        raise PrintRefusedError(printer=printer, reason=_NOT_ACCEPTING)


def _reason(told: str, titles: list[str]) -> str:
    """What `lp` says, without the title of the paper."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    said = (lines[-1] if lines else "").removeprefix("lp: ").removeprefix("Error - ").rstrip(".")
    for title in titles:
        said = said.replace(title, "…") if title else said
    if "not accepting" in said:
        return _NOT_ACCEPTING
    if "does not exist" in said or "unknown destination" in said.lower():
        return "máy này không có hàng đợi in tên đó"
    return said[:120]


def _asked(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_PATIENCE, check=False, env=_plain_locale(), text=True
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout if done.returncode == 0 else ""


def _plain_locale() -> dict[str, str]:
    return {**places.environment_of_children(), "LC_ALL": "C"}
