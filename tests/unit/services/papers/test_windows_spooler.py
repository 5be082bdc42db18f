"""The slip of 80 mm through the spooler of Windows: the very bytes, as one job, past the driver."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from desk_app.services.papers import printing
from desk_app.services.papers.printing import PrinterError, PrinterPausedError, PrintRefusedError
from desk_app.services.papers.windows_spooler import WindowsSpooler, _Document
from tests.unit.services.papers.test_printing_choices import a_paper

_NO_SUCH_PRINTER, _WRONG_KIND, _REFUSED = 1801, 1804, 5


class Winspool:
    """winspool.drv with one queue: takes `most` bytes at once, and the kinds of data that its driver knows."""

    def __init__(self, *, kinds: tuple[str, ...] = ("RAW",), status: int = 0, most: int = 1000) -> None:
        self.jobs: list[tuple[str, str, bytes]] = []
        self.aborted = self.handles = 0
        self.refuses: set[str] = set()
        self.error = 0
        self._kinds, self._status, self._most = kinds, status, most
        self._job = ("", "", b"")

    def OpenPrinterW(self, name: Any, handle: Any, _access: object) -> int:
        self.error = _NO_SUCH_PRINTER
        handle._obj.value = 7
        self.handles += name.value == "XP-80"
        return name.value == "XP-80"

    def ClosePrinter(self, _handle: object) -> int:
        self.handles -= 1
        return 1

    def GetPrinterW(self, _handle: object, level: int, room: Any, size: int, _needed: object) -> int:
        assert (level, size) == (6, 4)
        room._obj.value = self._status
        return 1

    def StartDocPrinterW(self, _handle: object, _level: int, document: Any) -> int:
        told = document._obj
        self.error = _WRONG_KIND
        self._job = (told.pDocName, told.pDatatype, b"")
        return told.pDatatype in self._kinds

    def StartPagePrinter(self, _handle: object) -> int:
        return 1

    def WritePrinter(self, _handle: object, data: bytes, size: int, written: Any) -> int:
        self.error = _REFUSED
        if "WritePrinter" in self.refuses:
            return 0
        written._obj.value = min(size, self._most)
        self._job = (*self._job[:2], self._job[2] + data[: written._obj.value])
        return 1

    def EndPagePrinter(self, _handle: object) -> int:
        return 1

    def EndDocPrinter(self, _handle: object) -> int:
        self.jobs.append(self._job)
        return 1

    def AbortPrinter(self, _handle: object) -> int:
        self.aborted += 1
        return 1


def spooler(winspool: Winspool) -> WindowsSpooler:
    return WindowsSpooler(winspool, lambda: winspool.error)


@pytest.mark.parametrize("kinds", [("RAW",), ("XPS_PASS",)])
def test_the_bytes_go_to_the_queue_as_they_are_in_one_job(kinds: tuple[str, ...]) -> None:
    winspool = Winspool(kinds=kinds)
    data = bytes(range(256)) * 600  # more than is written at once

    printing.send_raw(data, "XP-80", spooler=spooler(winspool))

    ((title, kind, told),) = winspool.jobs
    assert told == data
    assert kind == kinds[0] and title
    assert winspool.handles == winspool.aborted == 0


def test_a_printer_that_windows_does_not_know_is_said() -> None:
    with pytest.raises(PrinterError, match="Windows không thấy"):
        printing.send_raw(b"x", "Máy lạ", spooler=spooler(Winspool()))


def test_a_queue_that_stands_still_gets_nothing() -> None:
    winspool = Winspool(status=1)
    with pytest.raises(PrinterPausedError):
        printing.send_raw(b"x", "XP-80", spooler=spooler(winspool))
    assert winspool.jobs == [] and winspool.handles == 0


def test_a_job_cut_half_way_is_thrown_away_and_said() -> None:
    winspool = Winspool()
    winspool.refuses.add("WritePrinter")
    with pytest.raises(PrintRefusedError) as caught:
        printing.send_raw(b"x", "XP-80", spooler=spooler(winspool))
    assert winspool.jobs == [] and winspool.aborted == 1 and winspool.handles == 0
    assert "WritePrinter" in caught.value.remedy and str(_REFUSED) in caught.value.remedy


def test_a_driver_that_takes_neither_kind_is_said_with_the_number_of_windows() -> None:
    with pytest.raises(PrintRefusedError) as caught:
        printing.send_raw(b"x", "XP-80", spooler=spooler(Winspool(kinds=())))
    assert str(_WRONG_KIND) in caught.value.remedy


def test_a_slip_of_80_mm_goes_there_in_all_its_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    winspool = Winspool()
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("desk_app.documents.output.thermal.to_escpos", lambda _pdf: b"slip;")
    monkeypatch.setattr(
        "desk_app.services.papers.windows_spooler.WindowsSpooler", lambda: WindowsSpooler(winspool, lambda: 0)
    )

    printing.send(a_paper(sheet="80mm", copies=2), "XP-80")

    assert [told for _, _, told in winspool.jobs] == [b"slip;slip;"]


def test_the_record_for_windows_has_its_three_words() -> None:
    assert ctypes.sizeof(_Document) == 3 * ctypes.sizeof(ctypes.c_void_p)
