"""What hangs on this machine: printers, serial ports, and whether this account may read them. Needs no desk, no Qt."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.services.papers import printing

if TYPE_CHECKING:
    from serial.tools import list_ports

    from desk_app.services.maintenance import windows_printers
else:
    list_ports = lazy("serial.tools.list_ports")
    windows_printers = lazy("desk_app.services.maintenance.windows_printers")


def printer_names() -> list[str]:
    """The printers of this machine, the default first. Blocks: for a job."""
    if sys.platform == "win32":
        return windows_printers.names()
    return [queue.name for queue in printing.queues()]


def serial_ports() -> list[str]:
    """The serial ports of this machine: a scanner in serial mode is one of them."""
    return [port.device for port in list_ports.comports()]


def closed_ports() -> list[str]:
    """The serial ports that this account may not read and write; Windows asks no right for them."""
    return (
        [] if sys.platform == "win32" else [port for port in serial_ports() if not os.access(port, os.R_OK | os.W_OK)]
    )
