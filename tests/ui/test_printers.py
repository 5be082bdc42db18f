"""Printing through Qt, as on Windows: copies, sides, tray and sheet are set; and whose printer is used."""

from __future__ import annotations

import gc
from io import BytesIO
from types import SimpleNamespace

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from desk_app.services.papers.printing import PrinterError
from desk_app.ui.printing import paper_image, printers
from tests.unit.services.papers.test_printing_choices import a_paper


class Recorder(QPrinter):
    """Qt's engine for PDF forgets the sides."""

    sides: QPrinter.DuplexMode | None = None

    def setDuplex(self, duplex: QPrinter.DuplexMode) -> None:
        self.sides = duplex


@pytest.fixture
def printer(qapp: QApplication) -> Recorder:
    made = Recorder(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    return made


def test_qt_is_told_copies_sides_tray_and_sheet(printer: Recorder) -> None:
    printers.prepare(printer, a_paper(sheet="A5", copies=3, duplex="short", tray="Lower"), 100)
    assert printer.copyCount() == 3
    assert printer.sides is QPrinter.DuplexMode.DuplexShortSide
    assert printer.paperSource() is QPrinter.PaperSource.Lower
    assert printer.pageLayout().pageSize().name() == "A5"


def test_qt_is_told_nothing_of_what_was_left_to_the_printer(printer: Recorder) -> None:
    printers.prepare(printer, a_paper(), 100)
    assert (printer.copyCount(), printer.sides) == (1, None)


def test_a_tray_that_is_not_there_is_said(printer: Recorder) -> None:
    with pytest.raises(PrinterError, match="không có khay «Khay 9»"):
        printers.prepare(printer, a_paper(tray="Khay 9"), 100)


@pytest.mark.parametrize("system", ["linux", "win32"])
def test_a_paper_goes_to_its_own_printer_then_to_that_of_its_sheet(
    monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    sent: list[tuple[str, str]] = []
    way = (
        "desk_app.ui.printing.printers._print_by_qt" if system == "win32" else "desk_app.services.papers.printing.send"
    )
    monkeypatch.setattr(way, lambda paper, name: sent.append((paper.title, name)))
    monkeypatch.setattr("desk_app.services.papers.printing.refuse_paused", lambda _name: None)
    monkeypatch.setattr(printers, "sys", SimpleNamespace(platform=system))
    monkeypatch.setattr(printers, "default_printer", lambda: "Mặc định")
    papers = [a_paper(title="1", printer="Riêng"), a_paper(title="2"), a_paper(title="3", sheet="A5")]
    assert printers.send(papers, chosen={"A4": "Khổ A4"}) == "Riêng, Khổ A4, Mặc định"
    assert sent == [("1", "Riêng"), ("2", "Khổ A4"), ("3", "Mặc định")]


def test_a_page_is_drawn_into_its_image_as_it_is_drawn_elsewhere() -> None:
    """No copy of the page is made, which would hold up the window meanwhile; the image keeps its own memory."""
    ink = Canvas(sheet := BytesIO(), pagesize=(300, 200))
    ink.drawString(40, 100, "Xã Tây Đằng")
    ink.save()
    pdf = sheet.getvalue()
    (image,) = paper_image.page_images(pdf, 2.2)
    bitmap = pypdfium2.PdfDocument(pdf)[0].render(scale=2.2, prefer_bgrx=True)
    gc.collect()
    assert (image.width(), image.height()) == (bitmap.width, bitmap.height)
    assert bytes(image.bits()) == bytes(bitmap.buffer)
