"""Handing papers to a printer of this machine: a CUPS queue takes the PDF itself, a receipt printer takes raster.

Where there is no CUPS (Windows) the window prints through Qt instead; this module then knows no queue.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass

from desk_app.errors import DeskError
from desk_app.services.papers import Paper

_PATIENCE = 20


class PrinterError(DeskError):
    message = "Chưa in được tới máy in «{printer}»: {why}."
    remedy = "Kiểm tra máy in (nguồn, giấy, dây), rồi bấm «In lại». Hồ sơ đã được lưu."


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


def send(paper: Paper, printer: str) -> None:
    """Queue the paper on its own sheet size, unscaled; a receipt goes out as raster. Raises `PrinterError`.

    Without `media` CUPS centres an A5 slip on A4.
    """
    if paper.sheet == "80mm":
        from desk_app.services import drawing  # noqa: PLC0415 - the PDF library loads after the window is up

        send_raw(drawing.to_escpos(paper.pdf), printer)
        return
    if shutil.which("lp") is None:
        raise PrinterError(printer=printer, why="máy này chưa cài hệ thống in CUPS")
    command = ["lp", "-d", printer, "-n", str(max(paper.copies, 1)), "-t", paper.title]
    command += ["-o", f"media={paper.sheet}", "-o", "print-scaling=none", "-"]
    _queued(command, paper.pdf, printer)


def send_raw(data: bytes, printer: str) -> None:
    """Send printer commands as they are: to "host:port" over TCP, else to a queue; raises `PrinterError`."""
    host, colon, port = printer.rpartition(":")
    if colon and port.isdecimal():
        try:
            with socket.create_connection((host, int(port)), timeout=_PATIENCE) as line:
                line.sendall(data)
        except OSError as error:
            raise PrinterError(printer=printer, why="không kết nối được tới máy in") from error
        return
    if shutil.which("lp") is None:
        raise PrinterError(printer=printer, why="máy này chưa cài hệ thống in CUPS")
    _queued(["lp", "-d", printer, "-o", "raw", "-"], data, printer)


def _queued(command: list[str], data: bytes, printer: str) -> None:
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise PrinterError(printer=printer, why="hệ thống in không trả lời") from error
    if done.returncode:
        raise PrinterError(printer=printer, why="hệ thống in từ chối lệnh in")


def _asked(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_PATIENCE, check=False, env=_plain_locale(), text=True
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout if done.returncode == 0 else ""


def _plain_locale() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}
