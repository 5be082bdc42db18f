"""Paints a procedure in the list that opens: its name on two lines, below it whose it is, its field and its code."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk_app.store.reference.catalogue import Choice
from desk_app.ui.look.theme import Look, font
from desk_app.ui.widgets.pick_list import PickList

ROW_HEIGHT = 64
_LINES = 2
_WIDE = 560


class ProcedureRows(QStyledItemDelegate):
    """Gets the procedures by code from `show`; draws the lines of one list."""

    def __init__(self, look: Look, shown: PickList) -> None:
        super().__init__(shown)
        self._look, self._list = look, shown
        self._choices: dict[str, Choice] = {}

    def show(self, choices: dict[str, Choice]) -> None:
        self._choices = choices

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(_WIDE, ROW_HEIGHT) if self._choices else super().sizeHint(option, index)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        choice = self._choices.get(str(self._list.value_at(index.row())))
        if choice is None:
            super().paint(painter, option, index)
            return
        painter.save()
        area = QRectF(option.rect).adjusted(10, 5, -10, -5)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(option.rect, self._look.colour("accent_soft"))
        painter.setPen(self._look.colour("text"))
        _draw_name(painter, area, choice.title.removesuffix(f" – {choice.promulgator}"))
        painter.setFont(font(11, QFont.Weight.Medium))
        painter.setPen(self._look.colour("text_soft"))
        below = QRectF(area.x(), area.bottom() - 15, area.width(), 15)
        words = QFontMetricsF(painter.font()).elidedText(facts_of(choice), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


def facts_of(choice: Choice) -> str:
    """ "UBND tỉnh Thanh Hóa · Đất đai · 1.012345"."""
    return " · ".join(part for part in (choice.promulgator, choice.field_name, choice.code) if part)


def _draw_name(painter: QPainter, area: QRectF, name: str) -> None:
    """The name on two lines, the second shortened where even they are too few."""
    face = font(13)
    painter.setFont(face)
    metrics = QFontMetricsF(face)
    layout = QTextLayout(name, face)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    for n in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(area.width())
        rest = name[line.textStart() :]
        is_last = n == _LINES - 1
        cut = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, area.width())
        text = cut if is_last else rest[: line.textLength()].rstrip()
        at = QRectF(area.x(), area.y() + n * metrics.height(), area.width(), metrics.height())
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, text)
    layout.endLayout()
