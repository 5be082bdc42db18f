"""Papers to a printer: the CUPS queues of services.printing, or Qt's printers where there is no CUPS (Windows).

A slip of 80 mm goes to a receipt printer as raster on both: drivers of such printers cut and scale each in its own way.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from desk_app.errors import NoPrinterError
from desk_app.lazy import lazy
from desk_app.services.papers import printing
from desk_app.services.papers.papers import Paper
from desk_app.services.papers.printing import PrinterError

if TYPE_CHECKING:
    from PySide6 import QtPrintSupport

    from desk_app.ui.printing import paper_image
else:
    QtPrintSupport = lazy("PySide6.QtPrintSupport")
    paper_image = lazy("desk_app.ui.printing.paper_image")

_DPI = 300


def send(papers: Sequence[Paper], *, chosen: Mapping[str, str]) -> str:
    """Print each paper on its own printer, else on that of its sheet, else on the default one; the printers' names.

    Raises `PrinterError` and `NoPrinterError`. Blocks: for a job.
    """
    used: dict[str, None] = {}
    for paper in papers:
        name = paper.printer or chosen.get(paper.sheet) or default_printer()
        if sys.platform == "win32" and paper.sheet != "80mm":
            printing.refuse_paused(name)
            _print_by_qt(paper, name)
        else:
            printing.send(paper, name)
        used[name] = None
    return ", ".join(used)


def default_printer() -> str:
    """The system's default queue, else the first; raises `NoPrinterError`."""
    if sys.platform == "win32":
        name = QtPrintSupport.QPrinterInfo.defaultPrinterName() or next(
            iter(QtPrintSupport.QPrinterInfo.availablePrinterNames()), ""
        )
    else:
        name = next((queue.name for queue in printing.queues()), "")
    if not name:
        raise NoPrinterError
    return name


def available() -> list[str]:
    """The printers of this machine, the default first. Blocks: for a job."""
    if sys.platform == "win32":
        names = QtPrintSupport.QPrinterInfo.availablePrinterNames()
        default = QtPrintSupport.QPrinterInfo.defaultPrinterName()
        return sorted(names, key=lambda name: name != default)
    return [queue.name for queue in printing.queues()]


def trays(printer: str) -> list[str]:
    """The trays of a printer as `Paper.tray` takes them. Blocks: for a job."""
    if sys.platform == "win32":
        made = QtPrintSupport.QPrinter(QtPrintSupport.QPrinterInfo.printerInfo(printer))
        return [source.name for source in made.supportedPaperSources()] if made.isValid() else []
    return printing.trays(printer)


def _print_by_qt(paper: Paper, name: str) -> None:
    printer = QtPrintSupport.QPrinter(QtPrintSupport.QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    if not printer.isValid():
        raise PrinterError(printer=name, why="Windows không thấy máy in này")
    images = paper_image.page_images(paper.pdf, _DPI / 72)
    roll_mm = images[0].height() * 25.4 / _DPI
    prepare(printer, paper, roll_mm)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterError(printer=name, why="Windows từ chối lệnh in")
    for number, image in enumerate(images):
        if number:
            printer.newPage()
        painter.drawImage(printer.paperRect(QtPrintSupport.QPrinter.Unit.DevicePixel).toRect(), image)
    painter.end()


def prepare(printer: QtPrintSupport.QPrinter, paper: Paper, roll_mm: float) -> None:
    """Sheet, tray, sides and copies of the paper; a roll is `roll_mm` long. Raises `PrinterError` for no such tray."""
    kind = QtPrintSupport.QPrinter
    sizes = {"A4": QPageSize(QPageSize.PageSizeId.A4), "A5": QPageSize(QPageSize.PageSizeId.A5)}
    printer.setPageSize(sizes.get(paper.sheet) or QPageSize(QSizeF(80, roll_mm), QPageSize.Unit.Millimeter))
    if paper.landscape:
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    printer.setResolution(_DPI)
    printer.setCopyCount(max(paper.copies, 1))
    printer.setDocName(paper.title)
    sides = {
        "one": kind.DuplexMode.DuplexNone,
        "long": kind.DuplexMode.DuplexLongSide,
        "short": kind.DuplexMode.DuplexShortSide,
    }
    if paper.duplex:
        printer.setDuplex(sides[paper.duplex])
    if paper.tray:
        if paper.tray not in kind.PaperSource.__members__:
            raise PrinterError(printer=printer.printerName(), why=f"máy in không có khay «{paper.tray}»")
        printer.setPaperSource(kind.PaperSource[paper.tray])
