import subprocess
import sys

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from desk_app import places
from desk_app.documents.layout import fonts

SIGNS = "0123456789()[]/.,;:–—“”‘’…•₫№°×²§→«»"


@pytest.mark.parametrize("style", fonts.FILES)
def test_every_style_has_every_vietnamese_letter_and_sign(style):
    widths = fonts.face(style).widths
    assert [letter for letter in fonts.VIETNAMESE_LETTERS + SIGNS if not widths.get(ord(letter))] == []


def test_all_letters_are_counted():
    marked = [letter for letter in fonts.VIETNAMESE_LETTERS if not letter.isascii()]
    assert len(marked) == 134


@pytest.mark.parametrize("style", fonts.FILES)
def test_our_widths_are_reportlabs(style):
    theirs = TTFont(f"check-{style}", str(places.resources() / "fonts" / fonts.FILES[style]))
    for letter in fonts.VIETNAMESE_LETTERS + SIGNS + "Hồ sơ số 12":
        assert fonts.width(letter, style, 1000) == pytest.approx(theirs.stringWidth(letter, 1000), abs=1)


def test_characters_without_a_glyph_are_named_once():
    assert fonts.missing_characters("Nguyễn ☃漢☃ (0123) – 8.000 ₫\n") == "☃漢"
    assert fonts.missing_characters("Nguye\u0302\u0303n") == ""
    assert fonts.missing_characters("plain") == ""


def test_measuring_needs_neither_reportlab_nor_barcodes():
    code = (
        "import sys; from desk_app.documents import values; from desk_app.documents.forms import form;"
        "from desk_app.documents.layout import layout; from desk_app import places;"
        "form.FormLibrary.load([places.forms()]);"
        "print([name for name in ('reportlab', 'barcode', 'zxingcpp', 'pypdfium2', 'PIL') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
