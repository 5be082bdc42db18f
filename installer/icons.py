"""The program's icon in every size that desktops ask for, drawn from installer/linux/files/ban-mot-cua.svg.

usage: python -m installer.icons FOLDER      writes ban-mot-cua-SIZE.png and ban-mot-cua.ico
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from installer.known import ROOT

DRAWING = ROOT / "installer" / "linux" / "files" / "ban-mot-cua.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
_OF_WINDOWS = (16, 24, 32, 48, 64, 256)


def drawn(size: int) -> Image.Image:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    with tempfile.TemporaryDirectory() as folder:
        image.save(f"{folder}/drawn.png")
        with Image.open(f"{folder}/drawn.png") as picture:
            return picture.convert("RGBA")


def write(folder: Path) -> None:
    """The same bytes every time: no time and no program's name goes into the files."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {size: drawn(size) for size in SIZES}
    for size, picture in pictures.items():
        picture.save(folder / f"ban-mot-cua-{size}.png", "PNG", optimize=True)
    largest = pictures[256]
    others = [pictures[size] for size in _OF_WINDOWS if size != 256]
    sizes = [(size, size) for size in _OF_WINDOWS]
    largest.save(folder / "ban-mot-cua.ico", "ICO", sizes=sizes, append_images=others)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv[:1])
    write(Path(sys.argv[1]))
