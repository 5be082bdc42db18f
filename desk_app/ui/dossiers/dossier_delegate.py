"""Paints the rows of the list. Fonts, colours and shortened texts are made once: 46 ms a screen becomes 25."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desk_app.store.queries.dossiers import DossierRow
from desk_app.ui.dossiers.dossier_model import DossierModel, Index, ListColumn
from desk_app.ui.look.palette import LATE
from desk_app.ui.look.theme import Look, font

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_BOTTOM = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
_TEXTS_KEPT = 4000
_CHIP = 34
"""Around the text of a chip, its dot included; px."""


class DossierDelegate(QStyledItemDelegate):
    """Reads whole rows from the model; `hovered` is the row under the mouse, -1 for none.

    `has_keys`: the list has the focus, and the chosen row shows it.

    `is_chosen` tells of a row whether it is selected: asking the option for its state would make PySide build every
    enumeration of QStyle, a twentieth of the way to the first sight of the list.
    """

    def __init__(self, look: Look, model: DossierModel, is_chosen: Callable[[Index], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.hovered = -1
        self.has_keys = False
        self._is_chosen = is_chosen
        self._look, self._model = look, model
        self._fonts = {
            "plain": font(),
            "medium": font(weight=QFont.Weight.Medium),
            "strong": font(weight=QFont.Weight.DemiBold),
            "small": font(12),
            "chip": font(12, QFont.Weight.DemiBold),
        }
        self._metrics = {name: QFontMetrics(each) for name, each in self._fonts.items()}
        self._texts: dict[tuple[str, str, int], str] = {}
        self._colours: dict[str, QColor] = {}
        look.changed.connect(self._colours.clear)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = self._model.row(index.row())
        area: QRect = option.rect
        column = ListColumn(index.column())
        chosen = self._is_chosen(index)
        ground = "selected" if chosen else "hover" if self.hovered == index.row() else "surface"
        painter.fillRect(area, self._colour(ground))
        if chosen and column is ListColumn.CODE:
            bar = "accent" if self.has_keys else "border_strong"
            painter.fillRect(QRect(area.x(), area.y(), 3, area.height()), self._colour(bar))
        line = "accent" if chosen and self.has_keys else "border"
        painter.fillRect(QRect(area.x(), area.bottom(), area.width(), 1), self._colour(line))
        if row is None:
            return
        inner = area.adjusted(12, 0, -8, 0)
        mark = self._model.mark(row)
        if column is ListColumn.APPLICANT:
            self._paint_applicant(painter, inner, row)
        elif column is ListColumn.STATUS:
            self._paint_chip(painter, inner, mark)
        elif column is ListColumn.CODE:
            self._paint_code(painter, inner, row)
        elif column is ListColumn.DUE and mark == LATE:
            self._write(painter, inner, _MIDDLE, "strong", "error", self._model.text(row, column))
        else:
            colour = "text" if column is ListColumn.PROCEDURE else "text_soft"
            self._write(painter, inner, _MIDDLE, "plain", colour, self._model.text(row, column))

    def _paint_code(self, painter: QPainter, area: QRect, row: DossierRow) -> None:
        if not row.remark:
            self._write(painter, area, _MIDDLE, "medium", "link", row.code)
            return
        self._write(painter, area.adjusted(0, 4, 0, 0), _TOP, "medium", "link", row.code)
        self._write(painter, area.adjusted(0, 0, 0, -6), _BOTTOM, "small", "text_faint", row.remark)

    def _paint_applicant(self, painter: QPainter, area: QRect, row: DossierRow) -> None:
        if not row.id_number:
            self._write(painter, area, _MIDDLE, "strong", "text", row.applicant)
            return
        kind = self.tr("CCCD") if len(row.id_number) == 12 else self.tr("Giấy tờ")
        self._write(painter, area.adjusted(0, 4, 0, 0), _TOP, "strong", "text", row.applicant)
        self._write(painter, area.adjusted(0, 0, 0, -6), _BOTTOM, "small", "text_faint", f"{kind} {row.id_number}")

    def chip_text(self, mark: str, wide: int) -> str:
        """The label of a status, its short one where the whole has no room in a cell `wide` px wide."""
        text = self._model.mark_label(mark)
        fits = self._metrics["chip"].horizontalAdvance(text) + _CHIP <= wide
        return text if fits else self._model.short_label(mark)

    def _paint_chip(self, painter: QPainter, area: QRect, mark: str) -> None:
        chip = self._look.palette.chips[mark]
        text = self.chip_text(mark, area.width())
        wide = min(self._metrics["chip"].horizontalAdvance(text) + _CHIP, area.width())
        spot = QRectF(area.x(), area.center().y() - 11, wide, 23)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(chip.ground))
        painter.drawRoundedRect(spot, 11.5, 11.5)
        painter.setBrush(self._colour(chip.text))
        painter.drawEllipse(QRectF(spot.x() + 10, spot.center().y() - 3.2, 6.4, 6.4))
        painter.setFont(self._fonts["chip"])
        painter.setPen(self._colour(chip.text))
        painter.drawText(spot.adjusted(22, 0, -4, 0), _MIDDLE, text)
        painter.restore()

    def _write(
        self, painter: QPainter, area: QRect, align: Qt.AlignmentFlag, face: str, colour: str, text: str
    ) -> None:
        key = (face, text, area.width())
        short = self._texts.get(key)
        if short is None:
            if len(self._texts) > _TEXTS_KEPT:
                self._texts.clear()
            short = self._metrics[face].elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            self._texts[key] = short
        painter.setFont(self._fonts[face])
        painter.setPen(self._colour(colour))
        painter.drawText(area, align, short)

    def _colour(self, name: str) -> QColor:
        kept = self._colours.get(name)
        if kept is None:
            kept = self._colours[name] = self._look.colour(name)
        return kept
