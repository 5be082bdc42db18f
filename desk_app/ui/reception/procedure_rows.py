"""Paints a procedure in the list that opens: its name on two lines, below it whose it is, its field and its code.

Beside it stands what is otherwise with it today: a hold at reception, a service day.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desk_app.domain.holds.hold import HoldWeight
from desk_app.store.reference.catalogue import Choice
from desk_app.ui.look.theme import Look, font
from desk_app.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from desk_app.services.service_days.procedure_marks import ProcedureMark

ROW_HEIGHT = 64
_LINES = 2
_WIDE = 560
_PICTURE, _GAP = 13.0, 8.0
_MARK_FONT = partial(font, 11, QFont.Weight.DemiBold)
_MARKS = {
    HoldWeight.REFUSE: ("lock-keyhole", "error"),
    HoldWeight.WARN: ("triangle-alert", "warn"),
    None: ("calendar", "link"),
}
"""Picture and tone of a mark, by the weight of a hold; of a service day alone."""


class ProcedureRows(QStyledItemDelegate):
    """Gets the procedures by code from `show`; draws the lines of one list."""

    def __init__(self, look: Look, shown: PickList) -> None:
        super().__init__(shown)
        self._look, self._list = look, shown
        self._choices: dict[str, Choice] = {}
        self._marks: Mapping[str, ProcedureMark] = {}

    def mark(self, marks: Mapping[str, ProcedureMark]) -> None:
        """What stands beside procedures, by their codes."""
        self._marks = marks

    def show(self, choices: dict[str, Choice]) -> None:
        self._choices = choices

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        if self._choices:
            return QSize(_WIDE, ROW_HEIGHT)
        wide = self._mark_width(self._mark_at(index))
        return super().sizeHint(option, index) + QSize(round(wide), 0)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        choice, mark = self._choices.get(str(self._list.value_at(index.row()))), self._mark_at(index)
        if choice is None:
            super().paint(painter, option, index)
            if mark is not None:
                self._paint_beside(painter, option, mark)
            return
        painter.save()
        area = QRectF(option.rect).adjusted(10, 5, -10, -5)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(option.rect, self._look.colour("accent_soft"))
        painter.setPen(self._look.colour("text"))
        _draw_name(painter, area, choice.title.removesuffix(f" – {choice.promulgator}"))
        painter.setFont(font(11, QFont.Weight.Medium))
        painter.setPen(self._look.colour("text_soft"))
        beside = self._mark_width(mark)
        below = QRectF(area.x(), area.bottom() - 15, area.width() - beside, 15)
        words = QFontMetricsF(painter.font()).elidedText(facts_of(choice), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)
        if mark is not None:
            self._draw_mark(painter, QRectF(below.right(), below.y(), beside, 15), mark)
        painter.restore()

    def _mark_at(self, index: QModelIndex | QPersistentModelIndex) -> ProcedureMark | None:
        return self._marks.get(str(self._list.value_at(index.row())))

    @staticmethod
    def _mark_width(mark: ProcedureMark | None) -> float:
        """How much room a mark takes with its picture."""
        return QFontMetricsF(_MARK_FONT()).horizontalAdvance(mark.words) + _PICTURE + 2 * _GAP if mark else 0.0

    def _paint_beside(self, painter: QPainter, option: QStyleOptionViewItem, mark: ProcedureMark) -> None:
        """At the right of a line that the style painted, over whatever of its name reaches there."""
        area = QRectF(option.rect).adjusted(0, 1, -6, -1)
        wide = min(self._mark_width(mark), area.width())
        is_over = option.state & QStyle.StateFlag.State_MouseOver
        ground = "accent_soft" if option.state & QStyle.StateFlag.State_Selected else "hover" if is_over else "surface"
        painter.save()
        place = QRectF(area.right() - wide, area.y(), wide, area.height())
        painter.fillRect(place, self._look.colour(ground))
        self._draw_mark(painter, place, mark)
        painter.restore()

    def _draw_mark(self, painter: QPainter, area: QRectF, mark: ProcedureMark) -> None:
        picture, tone = _MARKS[mark.weight]
        top = area.center().y() - _PICTURE / 2
        self._look.draw_icon(painter, picture, tone, QRectF(area.x() + _GAP, top, _PICTURE, _PICTURE))
        painter.setFont(_MARK_FONT())
        painter.setPen(self._look.colour(tone))
        words = area.adjusted(_GAP + _PICTURE + _GAP / 2, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, mark.words)


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
