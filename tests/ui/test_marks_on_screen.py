"""The face of the window sets the mark of Ê̆, Ơ̆ or M̆ over its own letter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter

from desk_app import places
from desk_app.ui.look import theme

SIZE = 100


@pytest.fixture
def face(qapp):
    for file in sorted((places.resources() / "fonts").glob("Inter-*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    return theme.font


def ink(font, text):
    """A picture of 300 × 300 pixels with the text on it."""
    image = QImage(300, 300, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setFont(font)
        painter.drawText(100, 200, text)
    return image


def box(dark):
    xs = [x for x, _ in dark]
    ys = [y for _, y in dark]
    return min(xs), min(ys), max(xs), max(ys)


def dark(image):
    return {(x, y) for y in range(300) for x in range(300) if image.pixelColor(x, y).lightness() < 128}


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.DemiBold])
@pytest.mark.parametrize("letter", ["Ê̆", "Ơ̆", "M̆", "m̆", "ô̆"])
def test_the_mark_stands_over_its_own_letter_in_the_window(face, weight, letter):
    font = face(SIZE, weight)
    base = dark(ink(font, letter[0]))
    left, top, right, _ = box(base)
    mark = box(dark(ink(font, letter)) - base)
    assert abs((mark[0] + mark[2]) / 2 - (left + right) / 2) <= 0.06 * SIZE
    assert mark[3] <= top + (0.3 * SIZE if letter[0] == "Ơ" else 0)
