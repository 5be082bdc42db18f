"""The leaflet of the stick: one page, as text and as PDF with the same words."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from installer.known import ROOT

_WORDS = Path(__file__).with_name("leaflet.txt")
_MARGIN, _SIZE, _LEADING = 42.0, 9.6, 12.9
_FONTS = ROOT / "resources" / "fonts"


def text(version: str, sums: Mapping[str, str]) -> str:
    """`sums`: file → SHA-256 in hexadecimal, written in two halves so that a person can compare."""
    lines = [f"   {name}\n      {digest[:32]} {digest[32:]}" for name, digest in sorted(sums.items())]
    words = _WORDS.read_text(encoding="utf-8").replace("@VERSION@", version)
    return words.replace("@SUMS@", "\n".join(lines))


def pdf(words: str) -> bytes:
    """One A4 page, the same bytes every time; refuses what does not fit it."""
    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Tinos-{name}", str(_FONTS / f"Tinos-{name}.ttf")))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle("Bàn Một Cửa: cài từ USB")
    height = A4[1] - _MARGIN
    for line in words.splitlines():
        is_head = line[:1].isdigit() or line.isupper()
        font, indent = ("Tinos-Bold" if is_head else "Tinos-Regular"), (len(line) - len(line.lstrip())) * 3.2
        width = pdfmetrics.stringWidth(line.strip(), font, _SIZE)
        if height < _MARGIN or _MARGIN + indent + width > A4[0] - _MARGIN / 2:
            raise SystemExit(f"Tờ hướng dẫn không vừa một trang: {line}")
        canvas.setFont(font, _SIZE)
        canvas.drawString(_MARGIN + indent, height, line.strip())
        height -= _LEADING if line.strip() else _LEADING / 2
    canvas.showPage()
    canvas.save()
    return out.getvalue()
