"""Colours that can be read, fonts that hold every Vietnamese letter, icons that exist."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desk_app import places
from desk_app.ui.look import icons
from desk_app.ui.look.palette import DARK, DARK_TRAINING, LIGHT, LIGHT_TRAINING, TEXT_PAIRS, Palette
from desk_app.ui.look.theme import Look, font, style_sheet
from tests.kit.desk.vietnamese import LETTERS


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "palette", [LIGHT, DARK, LIGHT_TRAINING, DARK_TRAINING], ids=["light", "dark", "light training", "dark training"]
)
def test_every_text_can_be_read_on_its_ground(palette: Palette) -> None:
    weak = {
        (text, ground): round(ratio, 2)
        for text, ground in TEXT_PAIRS
        if (ratio := contrast(getattr(palette, text), getattr(palette, ground))) < 4.5
    }
    weak |= {
        (name, "chip"): round(ratio, 2)
        for name, chip in palette.chips.items()
        if (ratio := contrast(chip.text, chip.ground)) < 4.5
    }
    assert weak == {}


def test_the_style_sheet_names_only_colours_that_exist() -> None:
    for palette in (LIGHT, DARK):
        sheet = style_sheet(palette)
        assert "$" not in sheet
        for file in re.findall(r'url\("([^"]+)"\)', sheet):
            assert (places.program_root() / file).exists() or __import__("pathlib").Path(file).exists()


def test_the_font_holds_every_vietnamese_letter(qapp: QApplication) -> None:
    Look(qapp, "light")
    metrics = QFontMetrics(font())
    assert [letter for letter in [*LETTERS, *"₫–«»·…✓"] if not metrics.inFontUcs4(ord(letter))] == []


def test_figures_are_of_one_width_so_that_codes_and_dates_align(qapp: QApplication) -> None:
    Look(qapp, "light")
    metrics = QFontMetrics(font())
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_every_icon_draws_something(qapp: QApplication) -> None:
    blank = []
    for file in sorted((places.resources() / "icons").glob("*.svg")):
        drawn = QPixmap(24, 24)
        drawn.fill("#FFFFFF")
        painter = QPainter(drawn)
        icons.draw(painter, file.stem, "#000000", drawn.rect().toRectF())
        painter.end()
        image = drawn.toImage().convertToFormat(QImage.Format.Format_RGB32)
        if all(image.pixelColor(x, y).name() == "#ffffff" for x in range(24) for y in range(24)):
            blank.append(file.stem)
    assert blank == []
