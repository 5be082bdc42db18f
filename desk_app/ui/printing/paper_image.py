"""Pages of a PDF as images, for showing and for printers that take no PDF. Slow to import, slow to call: in a job."""

from __future__ import annotations

from ctypes import c_ubyte

import pypdfium2
from PySide6.QtGui import QImage


def page_images(pdf: bytes, scale: float) -> list[QImage]:
    """Every page; `scale` is pixels per point (300 dpi is 300 / 72)."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_image(page, scale) for page in document]
    finally:
        document.close()


def _image(page: pypdfium2.PdfPage, scale: float) -> QImage:
    """The page drawn into the image's own memory: a copy of 10 MB would hold up every other thread meanwhile."""
    images = []

    def bitmap_in_image(width: int, height: int, *, format: int, rev_byteorder: bool) -> pypdfium2.PdfBitmap:  # noqa: A002
        image = QImage(width, height, QImage.Format.Format_RGB32)
        images.append(image)
        memory = (c_ubyte * image.sizeInBytes()).from_buffer(image.bits())
        return pypdfium2.PdfBitmap.new_native(
            width, height, format, rev_byteorder=rev_byteorder, buffer=memory, stride=image.bytesPerLine()
        )

    page.render(scale=scale, prefer_bgrx=True, bitmap_maker=bitmap_in_image).close()
    page.close()
    return images[0]
