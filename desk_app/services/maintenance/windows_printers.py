"""The printers of a Windows machine, asked of its spooler: the terminal has no Qt that could be asked."""

from __future__ import annotations

import ctypes
from typing import Any

_LOCAL_AND_CONNECTED = 0x2 | 0x4  # PRINTER_ENUM_LOCAL, PRINTER_ENUM_CONNECTIONS
_LEVEL = 4  # PRINTER_INFO_4: names and attributes, read from the registry without asking each printer


class _PrinterInfo(ctypes.Structure):
    _fields_ = (
        ("pPrinterName", ctypes.c_wchar_p),
        ("pServerName", ctypes.c_wchar_p),
        ("Attributes", ctypes.c_uint32),
    )


def names(spooler: Any = None) -> list[str]:
    """The printers, the default first. Raises `OSError` where the spooler does not answer."""
    spool = spooler or ctypes.WinDLL("winspool.drv", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    needed, count = ctypes.c_uint32(), ctypes.c_uint32()
    ask = (_LOCAL_AND_CONNECTED, None, _LEVEL)
    spool.EnumPrintersW(*ask, None, 0, ctypes.byref(needed), ctypes.byref(count))
    if not needed.value:
        return []
    room = ctypes.create_string_buffer(needed.value)
    if not spool.EnumPrintersW(*ask, room, needed, ctypes.byref(needed), ctypes.byref(count)):
        raise OSError("EnumPrintersW")
    found = (_PrinterInfo * count.value).from_buffer(room)
    default = _default(spool)
    return sorted((each.pPrinterName for each in found), key=lambda name: name != default)


def _default(spool: Any) -> str:
    size = ctypes.c_uint32()
    spool.GetDefaultPrinterW(None, ctypes.byref(size))
    if not size.value:
        return ""
    room = ctypes.create_unicode_buffer(size.value)
    return room.value if spool.GetDefaultPrinterW(room, ctypes.byref(size)) else ""
