"""Bytes to a printer of Windows as they are, by its spooler: the commands of a receipt printer, past the driver.

Microsoft, "Sending Data Directly to a Printer" (`OpenPrinterW`, `StartDocPrinterW`, `WritePrinter`); a driver of the
fourth version takes such bytes under the name XPS_PASS.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_KINDS = ("RAW", "XPS_PASS")
_WRONG_KIND = 1804  # ERROR_INVALID_DATATYPE
_PAUSED = 0x1  # PRINTER_STATUS_PAUSED
_STATUS_LEVEL = 6  # PRINTER_INFO_6: the status alone
_PIECE = 1 << 16


class SpoolerError(OSError):
    """What the spooler refused; `winerror` is its number."""

    def __init__(self, call: str, number: int) -> None:
        super().__init__(call)
        self.call, self.number = call, number


class _Document(ctypes.Structure):
    _fields_ = (
        ("pDocName", ctypes.c_wchar_p),
        ("pOutputFile", ctypes.c_wchar_p),
        ("pDatatype", ctypes.c_wchar_p),
    )


class WindowsSpooler:
    """`library` is winspool.drv, `last_error` its last number; a test gives its own."""

    def __init__(self, library: Any = None, last_error: Callable[[], int] | None = None) -> None:
        self._spool = library or ctypes.WinDLL("winspool.drv", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
        self._last_error = last_error or ctypes.get_last_error  # type: ignore[attr-defined,unused-ignore]

    def is_paused(self, printer: str) -> bool:
        """Whether the queue takes jobs and does not print them. Raises `SpoolerError`: there is no such printer."""
        with self._opened(printer) as handle:
            status, needed = ctypes.c_uint32(), ctypes.c_uint32()
            size = ctypes.sizeof(status)
            is_told = self._spool.GetPrinterW(handle, _STATUS_LEVEL, ctypes.byref(status), size, ctypes.byref(needed))
            return bool(is_told and status.value & _PAUSED)

    def send(self, data: bytes, printer: str, title: str) -> None:
        """Queue `data` as one job, whole or not at all. Raises `SpoolerError`."""
        with self._opened(printer) as handle:
            self._begin(handle, title)
            try:
                self._see(self._spool.StartPagePrinter(handle), "StartPagePrinter")
                self._write(handle, data)
                self._see(self._spool.EndPagePrinter(handle), "EndPagePrinter")
            except BaseException:
                self._spool.AbortPrinter(handle)
                raise
            self._see(self._spool.EndDocPrinter(handle), "EndDocPrinter")

    def _begin(self, handle: ctypes.c_void_p, title: str) -> None:
        for kind in _KINDS:
            document = _Document(title, None, kind)
            if self._spool.StartDocPrinterW(handle, 1, ctypes.byref(document)):
                return
            number = self._last_error()
            if number != _WRONG_KIND:
                break
        raise SpoolerError("StartDocPrinterW", number)

    def _write(self, handle: ctypes.c_void_p, data: bytes) -> None:
        written = ctypes.c_uint32()
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            while piece:
                self._see(
                    self._spool.WritePrinter(handle, piece, len(piece), ctypes.byref(written)) and written.value,
                    "WritePrinter",
                )
                piece = piece[written.value :]

    @contextmanager
    def _opened(self, printer: str) -> Iterator[ctypes.c_void_p]:
        handle = ctypes.c_void_p()
        self._see(self._spool.OpenPrinterW(ctypes.c_wchar_p(printer), ctypes.byref(handle), None), "OpenPrinterW")
        try:
            yield handle
        finally:
            self._spool.ClosePrinter(handle)

    def _see(self, is_done: int, call: str) -> None:
        if not is_done:
            raise SpoolerError(call, self._last_error())
