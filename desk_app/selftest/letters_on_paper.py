"""A PDF with every Vietnamese letter in each face, drawn, rastered and compared: a letter without its glyph shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.documents.layout import fonts
from desk_app.documents.layout.marks import Page, Text
from desk_app.documents.output import pdf
from desk_app.selftest.trial import Trial, TrialError

if TYPE_CHECKING:
    from PIL.Image import Image

MARKED = "".join(letter for letter in fonts.VIETNAMESE_LETTERS if not letter.isascii())
"""The 134 letters that ASCII has not: 67 in both cases."""
_NO_GLYPH = "\uf8ff"
"""A private code that the paper fonts give no glyph: drawn as the empty box of a missing letter."""
_CELL, _SIZE, _ROW = 30.0, 18.0, 14
_DPI = 96
_SHOWN = 10


def every_letter() -> Trial:
    """Draws and looks at the letters; names the face and those that are missing or look alike."""
    letters = MARKED + _NO_GLYPH
    pages = [_page(letters, style) for style in fonts.FILES]
    drawn = pdf.to_pdf(pages, title="Tự kiểm tra", subject="", code="", made_at=0)
    if drawn != pdf.to_pdf(pages, title="Tự kiểm tra", subject="", code="", made_at=0):
        raise TrialError("vẽ hai lần ra hai tệp PDF khác nhau")
    for number, (style, file) in enumerate(fonts.FILES.items()):
        lost = missing(pdf.to_image(drawn, page=number, dpi=_DPI), letters)
        if lost:
            raise TrialError(f"phông {file} ({style}) không vẽ được {len(lost)} chữ: {' '.join(lost[:_SHOWN])}")
    return Trial(
        state=f"{len(MARKED)} chữ tiếng Việt × {len(fonts.FILES)} kiểu phông: vẽ ra PDF và nhìn lại đủ, không trùng"
    )


def missing(image: Image, letters: str = MARKED + _NO_GLYPH) -> list[str]:
    """The letters whose cell is empty, shows the box of a missing glyph, or shows what another letter's shows.

    The last of `letters` is the code without a glyph.
    """
    shown = [_cell(image, place) for place in range(len(letters))]
    box = shown[-1]
    first: dict[bytes, str] = {}
    lost = []
    for letter, pixels in zip(letters[:-1], shown[:-1], strict=True):
        if min(pixels) > 200 or pixels == box or pixels in first:
            lost.append(letter)
        first.setdefault(pixels, letter)
    return lost


def _page(letters: str, style: str) -> Page:
    rows = -(-len(letters) // _ROW)
    marks = tuple(
        Text(place % _ROW * _CELL + 6, place // _ROW * _CELL + 22, style, _SIZE, letter)
        for place, letter in enumerate(letters)
    )
    return Page(_ROW * _CELL, rows * _CELL, marks)


def _cell(image: Image, place: int) -> bytes:
    """The pixels of one letter; cells are whole pixels wide, so that the same glyph gives the same bytes."""
    side = round(_CELL * _DPI / 72)
    left, top = place % _ROW * side, place // _ROW * side
    return image.crop((left, top, left + side, top + side)).convert("L").tobytes()
