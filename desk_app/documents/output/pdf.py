"""Pages of marks → PDF bytes, the same bytes each time; and PDF → pixels, for the preview and the receipt printer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC
from threading import Lock
from typing import TYPE_CHECKING

from reportlab import rl_config
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfgen.canvas import Canvas

from desk_app.documents.layout.fonts import BOLD, REGULAR
from desk_app.documents.layout.marks import Bars, Box, Leader, Mark, Matrix, Page, Rule, Text
from desk_app.documents.output.pdf_font import FixedSubsetFont, pdf_fonts
from desk_app.documents.output.watermark import watermark
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.lazy import lazy

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image
else:
    pypdfium2 = lazy("pypdfium2")

rl_config.useA85 = 0  # compressed streams stay binary: smaller, quicker, and no printer needs text

_AUTHOR = "Bàn Một Cửa"
_DOT = 0.75
_drawing = Lock()
"""reportlab's fonts are shared by all threads, and a font belongs to one document at a time."""


def to_pdf(pages: Sequence[Page], *, title: str, subject: str, code: str, made_at: int, under: str = "") -> bytes:
    """The pages as one PDF file with embedded fonts, dated `made_at` (UTC ms): drawing again gives the same bytes.

    `under` is a word that lies across every page.
    """
    made = in_vietnam(made_at).astimezone(UTC)
    buffer = io.BytesIO()
    with _drawing:
        styles = pdf_fonts()
        canvas = Canvas(buffer, pageCompression=1, invariant=1, lang="vi-VN", initialFontName=styles[REGULAR].fontName)
        canvas.setTitle(title)
        canvas.setSubject(subject)
        canvas.setKeywords(code)
        canvas.setAuthor(_AUTHOR)
        canvas.setCreator(_AUTHOR)
        canvas.setDateFormatter(lambda *_: f"{made:D:%Y%m%d%H%M%S}Z")
        for page in pages:
            canvas.setPageSize((page.width, page.height))
            if under:
                canvas.addLiteral(watermark(page, under, canvas, styles[BOLD]))
            canvas.addLiteral(_content(page, canvas, styles))
            canvas.showPage()
        canvas.save()
    return buffer.getvalue()


def joined(papers: Sequence[bytes]) -> bytes:
    """All pages of these PDF files as one, for the screen; b"" for none. What is printed goes file by file."""
    if len(papers) < 2:
        return papers[0] if papers else b""
    with _drawing, pypdfium2.PdfDocument.new() as whole:
        for paper in papers:
            with pypdfium2.PdfDocument(paper) as document:
                whole.import_pages(document)
        buffer = io.BytesIO()
        whole.save(buffer)
        return buffer.getvalue()


def to_image(pdf: bytes, *, page: int = 0, dpi: float = 96) -> Image:
    """One page as grey pixels. Opens a document of its own, so threads may each draw theirs one after another."""
    with _drawing, pypdfium2.PdfDocument(pdf) as document:
        # a hair smaller: rounding up 1184.0000001 pixels would stretch every bar off its dots
        image: Image = document[page].render(scale=dpi / 72 * (1 - 1e-6), grayscale=True).to_pil()
        return image.copy()


def _content(page: Page, canvas: Canvas, styles: dict[str, FixedSubsetFont]) -> str:
    """The page's content stream: all text in one text object, marks of a kind in one path."""
    kinds: dict[type[Mark], list[Mark]] = {}
    for mark in page.marks:
        kinds.setdefault(type(mark), []).append(mark)
    flip = page.height
    parts = [_texts(kinds.pop(Text, []), flip, canvas, styles)]
    parts += _leaders(kinds.pop(Leader, []), flip)
    parts += _rules(kinds.pop(Rule, []), flip)
    parts += [_box(mark, flip) for mark in kinds.pop(Box, []) if isinstance(mark, Box)]
    parts += [_bars(mark, flip) for mark in kinds.pop(Bars, []) if isinstance(mark, Bars)]
    parts += [_matrix(mark, flip) for mark in kinds.pop(Matrix, []) if isinstance(mark, Matrix)]
    return "\n".join(parts)


def _texts(marks: Sequence[Mark], flip: float, canvas: Canvas, styles: dict[str, FixedSubsetFont]) -> str:
    document = canvas._doc  # noqa: SLF001 - reportlab keys a font's subsets by this object and gives no other way to it
    parts = ["BT"]
    font_now, spread_now = "", 0.0
    for mark in marks:
        if not isinstance(mark, Text):
            continue
        font = styles[mark.font]
        parts.append(f"1 0 0 1 {mark.x:.2f} {flip - mark.y:.2f} Tm")
        if mark.spread != spread_now:
            spread_now = mark.spread
            parts.append(f"{spread_now:.3f} Tw")
        for subset, encoded in font.splitString(mark.text, document):
            chosen = f"{font.getSubsetInternalName(subset, document)} {mark.size:.4g} Tf"
            if chosen != font_now:
                font_now = chosen
                parts.append(chosen)
            parts.append(f"({escapePDF(encoded)}) Tj")
    parts.append("ET")
    return "\n".join(parts)


def _leaders(marks: Sequence[Mark], flip: float) -> list[str]:
    """Round dots: a dash of no length with round caps; a dash pattern begins anew with every stretch of a path."""
    by_pitch: dict[float, list[str]] = {}
    for mark in marks:
        if isinstance(mark, Leader):
            y = flip - mark.y
            # a little further than the last dot: rounding must not lose it
            stretch = f"{mark.x1:.3f} {y:.2f} m {mark.x2 + mark.pitch * 0.05:.3f} {y:.2f} l"
            by_pitch.setdefault(mark.pitch, []).append(stretch)
    return [f"q 1 J {_DOT} w [0 {pitch:.6f}] 0 d {' '.join(stretches)} S Q" for pitch, stretches in by_pitch.items()]


def _rules(marks: Sequence[Mark], flip: float) -> list[str]:
    by_thickness: dict[float, list[str]] = {}
    for mark in marks:
        if isinstance(mark, Rule):
            stretch = f"{mark.x1:.2f} {flip - mark.y1:.2f} m {mark.x2:.2f} {flip - mark.y2:.2f} l"
            by_thickness.setdefault(mark.thickness, []).append(stretch)
    return [f"q 2 J {thick} w {' '.join(stretches)} S Q" for thick, stretches in by_thickness.items()]


def _box(box: Box, flip: float) -> str:
    side, x, y = box.side, box.x, flip - box.y - box.side
    path = f"q 0.7 w {x:.2f} {y:.2f} {side:.2f} {side:.2f} re S"
    if box.ticked:
        points = [(0.18, 0.52), (0.42, 0.22), (0.86, 0.84)]
        (x1, y1), (x2, y2), (x3, y3) = [(x + right * side, y + up * side) for right, up in points]
        path += f" 1 J 1 j 1.3 w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l {x3:.2f} {y3:.2f} l S"
    return path + " Q"


def _bars(bars: Bars, flip: float) -> str:
    """One path, one fill: bars filled one by one are snapped to pixels one by one, and no longer decode."""
    path = " ".join(f"{at} 0 {wide} 1 re" for at, wide in bars.runs)
    y = flip - bars.y - bars.height
    return f"q {bars.module:.5f} 0 0 {bars.height:.4f} {bars.x:.4f} {y:.4f} cm {path} f Q"


def _matrix(matrix: Matrix, flip: float) -> str:
    last = len(matrix.rows) - 1
    path = " ".join(f"{at} {last - row} {wide} 1 re" for row, runs in enumerate(matrix.rows) for at, wide in runs)
    y = flip - matrix.y - (last + 1) * matrix.module
    return f"q {matrix.module:.5f} 0 0 {matrix.module:.5f} {matrix.x:.4f} {y:.4f} cm {path} f Q"
