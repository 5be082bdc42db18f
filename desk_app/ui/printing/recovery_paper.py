"""The recovery code on a sheet of paper, made in memory; nothing of it stays on the disk."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPainterPath, QPdfWriter, QPen

from desk_app.services.papers.papers import Paper
from desk_app.store.keys.recovery_code import groups
from desk_app.ui.look.theme import FAMILY

_ADVICE = (
    "Mã này mở được toàn bộ dữ liệu của quầy khi máy tính hỏng hoặc quên mật khẩu. "
    "Cất trong tủ khóa, không chụp ảnh, không gửi qua mạng."
)


def recovery_paper(code: str, commune: str, desk: int, *, under: str = "") -> Paper:
    """An A5 sheet with the code in large type and what it is for; `under` is a word that lies across it."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter)
    writer.setTitle("Mã khôi phục dữ liệu")
    painter = QPainter(writer)
    width = float(writer.width())
    unit = width / 118  # mm within the margins
    if under:
        _lie_under(painter, under, width, unit)
    lines = (
        (13, QFont.Weight.Bold, "MÃ KHÔI PHỤC DỮ LIỆU BÀN MỘT CỬA"),
        (10, QFont.Weight.Normal, f"UBND {commune}, quầy số {desk}"),
        *((18, QFont.Weight.Bold, group) for group in groups(code)),
        (
            10,
            QFont.Weight.Normal,
            _ADVICE,
        ),
    )
    y = 0.0
    for size, weight, text in lines:
        painter.setFont(QFont(FAMILY, size, weight))
        area = QRectF(0, y, width, 60 * unit)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        taken = painter.boundingRect(area, int(flags), text)
        painter.drawText(area, int(flags), text)
        y += taken.height() + 8 * unit
    painter.end()
    buffer.close()
    return Paper(
        kind="recovery",
        name="recovery",
        form="",
        version="",
        title="Mã khôi phục dữ liệu",
        sheet="A5",
        pages=1,
        copies=1,
        pdf=bytes(data.data()),
    )


def _lie_under(painter: QPainter, word: str, width: float, unit: float) -> None:
    path = QPainterPath()
    path.addText(0, 0, QFont(FAMILY, 46, QFont.Weight.Bold), word)
    scale = width * 0.95 / path.boundingRect().width()
    painter.save()
    painter.setPen(QPen(QColor("#808080"), 0.3 * unit / scale))
    painter.translate(width * 0.1, 120 * unit)
    painter.rotate(-30)
    painter.scale(scale, scale)
    painter.drawPath(path)
    painter.restore()
