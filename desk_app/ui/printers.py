"""Papers to a printer: the CUPS queues of services.printing, or Qt's printers where there is no CUPS (Windows)."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from desk_app.errors import DeskError
from desk_app.lazy import lazy
from desk_app.services import printing
from desk_app.services.papers import Paper
from desk_app.services.printing import PrinterError

if TYPE_CHECKING:
    from PySide6 import QtPrintSupport

    from desk_app.ui import paper_image
else:
    QtPrintSupport = lazy("PySide6.QtPrintSupport")
    paper_image = lazy("desk_app.ui.paper_image")

_DPI = 300


class NoPrinterError(DeskError):
    message = "Máy này chưa có máy in nào."
    remedy = "Cắm và cài máy in, rồi bấm «In lại». Hồ sơ đã được lưu."


def send(papers: Sequence[Paper], *, chosen: Mapping[str, str]) -> str:
    """Print each paper on the printer its sheet is given, else on the default one; the printers' names.

    Raises `PrinterError` and `NoPrinterError`. Blocks: for a job.
    """
    used: dict[str, None] = {}
    for paper in papers:
        name = chosen.get(paper.sheet) or default_printer()
        if sys.platform == "win32":
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


def _print_by_qt(paper: Paper, name: str) -> None:
    printer = QtPrintSupport.QPrinter(QtPrintSupport.QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    if not printer.isValid():
        raise PrinterError(printer=name, why="Windows không thấy máy in này")
    images = paper_image.page_images(paper.pdf, _DPI / 72)
    sizes = {"A4": QPageSize(QPageSize.PageSizeId.A4), "A5": QPageSize(QPageSize.PageSizeId.A5)}
    roll = QPageSize(QSizeF(80, images[0].height() * 25.4 / _DPI), QPageSize.Unit.Millimeter)
    printer.setPageSize(sizes.get(paper.sheet, roll))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    printer.setResolution(_DPI)
    printer.setCopyCount(max(paper.copies, 1))
    printer.setDocName(paper.title)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterError(printer=name, why="Windows từ chối lệnh in")
    for number, image in enumerate(images):
        if number:
            printer.newPage()
        painter.drawImage(printer.paperRect(QtPrintSupport.QPrinter.Unit.DevicePixel).toRect(), image)
    painter.end()
