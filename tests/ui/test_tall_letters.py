"""The marks of Ê̆, Ế or M̆ are whole wherever the window has room for one line only, at every scale."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import pytest
from PySide6.QtCore import QPoint, QStringListModel, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QListView, QPushButton, QWidget

from desk_app.store.queries.dossiers import DossierRow
from desk_app.ui.dossiers.dossier_model import DossierModel
from desk_app.ui.dossiers.dossier_table import DossierTable
from desk_app.ui.look.theme import Look, font
from desk_app.ui.widgets.labels import ShortLabel

TALL = ["Ê̆", "Ô̆", "Ơ̆", "M̆", "Â̆", "Ế", "Ẫ", "Ằ"]
SCALES = [1.0, 1.5, 2.0]
NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)
BOLD = QFont.Weight.DemiBold


def label(text: str) -> QWidget:
    return QLabel(text)


def short_label(text: str) -> QWidget:
    made = ShortLabel("")
    made.setText(text)
    return made


def line(text: str) -> QWidget:
    return QLineEdit(text)


def choice(text: str) -> QWidget:
    box = QComboBox()
    box.addItem(text)
    return box


def button(text: str) -> QWidget:
    return QPushButton(text)


def pick(text: str) -> QWidget:
    offers = QListView()
    offers.setProperty("picks", True)
    offers.setModel(QStringListModel([text], offers))
    return offers


def row(text: str) -> QWidget:
    table = DossierTable(Look(QApplication.instance(), "light"), DossierModel(lambda _ids: [], lambda: NOW))
    shown = DossierRow(
        id=1,
        dossier="d",
        code="H26.99-281126-0001",
        applicant=text,
        id_number="001203000017",
        phone="",
        procedure="2.000815",
        procedure_name="Chứng thực",
        status="received",
        received_at=1,
        due_at=0,
        returned_at=0,
        clerk="",
        needs_look=False,
    )
    table._dossiers.show_rows([shown])
    table.resize(1000, 200)
    return table


PLACES = {
    "label": (label, QFont.Weight.Normal),
    "short label": (short_label, QFont.Weight.Normal),
    "line": (line, QFont.Weight.Normal),
    "choice": (choice, QFont.Weight.Normal),
    "pick": (pick, QFont.Weight.Normal),
    "button": (button, QFont.Weight.Medium),
    "row": (row, BOLD),
}


def canvas(width: int, height: int, scale: float) -> QImage:
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.white)
    return image


@cache
def sheet() -> str:
    return Look(QApplication.instance(), "light").sheet


def drawn(make: Callable[[str], QWidget], text: str, scale: float) -> QImage:
    """The widget as low as it asks to be, alone on a white ground."""
    widget = make(text)
    around = QWidget()
    around.setStyleSheet(sheet())
    around.setProperty("ground", "surface")
    around.resize(1000, 300)
    widget.setParent(around)
    widget.resize(widget.width() if widget.width() > 700 else 300, widget.sizeHint().height())
    around.show()
    image = canvas(around.width(), around.height(), scale)
    around.render(image, QPoint(0, 0))
    around.close()
    return image


def in_the_open(text: str, weight: QFont.Weight, colour: QColor, scale: float) -> QImage:
    """The same letters with room on every side."""
    image = canvas(300, 200, scale)
    with QPainter(image) as painter:
        painter.setFont(font(weight=weight))
        painter.setPen(colour)
        painter.drawText(100, 100, text)
    return image


def ink_by_row(image: QImage, without: QImage) -> list[int]:
    """What `image` has more than `without`, added up along each row of pixels that holds any of it."""
    rows = []
    for here, bare in zip(lines_of(image), lines_of(without), strict=True):
        if here != bare:
            rows.append(sum(abs(one - other) for one, other in zip(here, bare, strict=True)))
    return [ink for ink in rows if ink > 40]


def lines_of(image: QImage) -> list[bytes]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    wide, data = grey.bytesPerLine(), bytes(grey.constBits())
    return [data[start : start + wide] for start in range(0, len(data), wide)]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("place", PLACES)
def test_no_mark_is_cut_where_there_is_room_for_one_line_only(qapp: QApplication, place: str, scale: float) -> None:
    make, weight = PLACES[place]
    look = Look(qapp, "light")
    cut, bare = {}, drawn(make, " ", scale)
    for letter in TALL:
        here = ink_by_row(drawn(make, letter, scale), bare)
        whole = ink_by_row(in_the_open(letter, weight, look.colour("text"), scale), canvas(300, 200, scale))
        if sum(here) < 0.98 * sum(whole):
            cut[letter] = f"{sum(here)} of {sum(whole)}: {here} of {whole}"
    assert cut == {}
