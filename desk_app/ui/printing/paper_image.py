"""Pages of a PDF as images, for showing and for printers that take no PDF. Slow to import, slow to call: in a job."""

from __future__ import annotations

import pypdfium2
from PySide6.QtGui import QImage


def page_images(pdf: bytes, scale: float) -> list[QImage]:
    """Every page; `scale` is pixels per point (300 dpi is 300 / 72)."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        images = []
        for page in document:
            bitmap = page.render(scale=scale, prefer_bgrx=True)
            image = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            ).copy()
            images.append(image)
            page.close()
        return images
    finally:
        document.close()
