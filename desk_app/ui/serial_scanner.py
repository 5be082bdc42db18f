"""A scanner in serial mode (USB-COM): the way that keeps every letter, whatever the input method does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desk_app.errors import DeskError

_BAUD = 9600
_PATIENCE = 0.2


class ScannerPortError(DeskError):
    message = "Không mở được máy quét ở cổng {port}."
    remedy = "Kiểm tra dây máy quét và tên cổng; vẫn có thể quét qua bàn phím hoặc dán nội dung mã."


def ports() -> list[str]:
    """The serial ports of this machine."""
    from serial.tools import list_ports  # noqa: PLC0415 - few desks need it

    return [port.device for port in list_ports.comports()]


def lines(port: str, is_stopped: Callable[[], bool]) -> Iterator[str]:
    """Every scan of the port, as it comes, until `is_stopped`; raises `ScannerPortError`. Blocks: for a job."""
    import serial  # noqa: PLC0415 - few desks need it

    try:
        with serial.Serial(port, _BAUD, timeout=_PATIENCE) as line:
            waiting = b""
            while not is_stopped():
                part = line.read(line.in_waiting or 1)
                waiting += part
                *whole, waiting = waiting.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
                if not part and waiting:
                    whole.append(waiting)  # a scanner set to send no ending
                    waiting = b""
                yield from (text for each in whole if (text := decoded(each).strip()))
    except (serial.SerialException, OSError) as error:
        raise ScannerPortError(port=port) from error


def decoded(data: bytes) -> str:
    """UTF-8, else the Windows code page of Vietnamese, as readers of the first cards send it."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1258", errors="replace")
