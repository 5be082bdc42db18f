"""A scanner in serial mode (USB-COM): the way that keeps every letter, whatever the input method does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from desk_app.domain.people import scan_envelope
from desk_app.domain.people.scan_envelope import Extent
from desk_app.domain.prepared import part_digits
from desk_app.domain.prepared.part_digits import PreparedExtent
from desk_app.errors import DeskError
from desk_app.lazy import lazy

if TYPE_CHECKING:
    import serial
    from serial.tools import list_ports
else:
    serial = lazy("serial")
    list_ports = lazy("serial.tools.list_ports")

_BAUD = 9600
_PATIENCE = 0.2
_QUIET_SLIP, _QUIET_CARD, _QUIET_REST = 2, 3, 15
"""How many reads without a byte end a scan that has no ending: a slip's code, a whole card, a part of anything."""
_SLIP = re.compile(r"(?=.*[A-Za-z])[\w.\-/|]{8,}")


class ScannerPortError(DeskError):
    message = "Không mở được máy quét ở cổng {port}."
    remedy = "Kiểm tra dây máy quét và tên cổng; vẫn có thể quét qua bàn phím hoặc dán nội dung mã."


def ports() -> list[str]:
    """The serial ports of this machine."""
    return [port.device for port in list_ports.comports()]


def lines(port: str, is_stopped: Callable[[], bool], *, baud: int = _BAUD) -> Iterator[str]:
    """Every scan of the port, as it comes, until `is_stopped`; raises `ScannerPortError`. Blocks: for a job.

    A card comes whole, however slow the line is and wherever it breaks; one whose end never comes is given as it is.
    """
    try:
        with serial.Serial(port, baud, timeout=_PATIENCE) as line:
            pieces = SerialPieces()
            while not is_stopped():
                part = line.read(line.in_waiting or 1)
                yield from pieces.take(part) if part else pieces.quiet()
    except (serial.SerialException, OSError) as error:
        raise ScannerPortError(port=port) from error


class SerialPieces:
    """Puts the bytes of a line together to scans: by their grammar and ending, by silence only where both say nothing.

    A line break inside a card is part of it. The bytes are read as letters only when a scan is complete.
    """

    def __init__(self) -> None:
        self._data = b""
        self._silent = 0

    def take(self, part: bytes) -> list[str]:
        """The scans that these bytes complete."""
        self._silent = 0
        self._data += part
        found: list[str] = []
        while (ended := self._ended()) is not None:
            found.append(ended)
        return [text for text in found if text]

    def quiet(self) -> list[str]:
        """What is given up waiting for, after one more read without a byte."""
        text = decoded(self._data).strip()
        self._silent += 1
        if not text or self._silent < _patience_for(text):
            return []
        self._data = b""
        return [text]

    def _ended(self) -> str | None:
        """The first scan whose ending is there; None while none is."""
        data = self._data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        at = data.find(b"\n")
        while at >= 0:
            text = decoded(data[:at]).strip()
            how_much = _extent(text)
            if how_much is not Extent.PART:
                self._data = data[at + 1 :]
                return text if scan_envelope.extent(text) is Extent.NONE else scan_envelope.unwrapped(text).strip()
            at = data.find(b"\n", at + 1)
        return None


def _extent(text: str) -> Extent:
    """How much of a card there is, or of a declaration prepared at home."""
    prepared = part_digits.extent(text)
    if prepared is PreparedExtent.NONE:
        return scan_envelope.extent(text)
    return Extent.PART if prepared is PreparedExtent.PART else Extent.WHOLE


def _patience_for(text: str) -> int:
    how_much = _extent(text)
    if how_much in {Extent.ENOUGH, Extent.WHOLE}:
        return _QUIET_CARD
    return _QUIET_SLIP if how_much is Extent.NONE and _SLIP.fullmatch(text) else _QUIET_REST


def decoded(data: bytes) -> str:
    """UTF-8, else the Windows code page of Vietnamese, as readers of the first cards send it."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1258", errors="replace")
