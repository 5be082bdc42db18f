"""What the eye would find wrong with a window, found by its geometry: cut texts, parts outside, parts on each other.

Qt counts in pixels before scaling, so a screen of 1366×768 at 150 % is a window of 910×512.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QToolButton,
    QWidget,
)

from desk_app.domain.dossiers.steps import Status
from desk_app.ui.dossiers.dossier_model import ListColumn
from desk_app.ui.dossiers.dossier_table import DossierTable
from desk_app.ui.look.palette import LATE
from desk_app.ui.widgets.labels import Picture, ShortLabel
from desk_app.ui.widgets.status_chip import StatusChip
from desk_app.ui.window.side_bar import Emblem, PlaceButton

SCREENS = ((1024, 720), (1366, 768), (1920, 1080))
SCALES = (1.0, 1.5, 2.0)
SIZES = tuple((int(wide / scale), int(high / scale)) for wide, high in SCREENS for scale in SCALES)
SMALL, SMALLEST, USUAL = (1024, 720), (512, 360), (1366, 768)
_PARTS = (QLabel, QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, StatusChip, Picture, Emblem)
_SLACK = 1
_CHIP_MARGIN, _CELL_MARGIN = 34, 20


def faults(window: QWidget) -> list[str]:
    """What is wrong with what shows, each in words that name the widget."""
    found = [f"the news lie over {name}" for name in under_the_news(window)]
    for part in window.findChildren(QWidget):
        if part.isVisible() and part.width() and not _is_qts_own(part):
            found.extend(f"{_name(part)}: {fault}" for fault in _faults_of(part))
    return found


def _faults_of(part: QWidget) -> Iterator[str]:
    if isinstance(part, _PARTS):
        yield from _outside(part)
    if isinstance(part, QLabel):
        yield from _cut_label(part)
    elif isinstance(part, QPushButton | QCheckBox) and part.text() and not isinstance(part, PlaceButton):
        yield from _cut_button(part)
    elif isinstance(part, DossierTable):
        yield from _cut_cells(part)
    elif isinstance(part, QScrollArea):
        yield from _cut_sideways(part)
    if not isinstance(part, QAbstractItemView | QLineEdit | QScrollBar | QPlainTextEdit):
        yield from _overlaps(part)


def _cut_label(part: QLabel) -> Iterator[str]:
    if isinstance(part, ShortLabel) or not part.text() or not part.pixmap().isNull():
        return
    if part.hasHeightForWidth():
        needed = part.heightForWidth(part.width())
        if needed > part.height() + _SLACK:
            yield f"needs {needed} px of height, has {part.height()}"
        longest = max(map(part.fontMetrics().horizontalAdvance, part.text().split()), default=0)
    else:
        longest = max(map(part.fontMetrics().horizontalAdvance, part.text().split("\n")))
        if part.fontMetrics().height() * (part.text().count("\n") + 1) > part.height() + 2 * _SLACK:
            yield f"too low: {part.height()} px"
    if longest > part.width() + _SLACK:
        yield f"needs {longest} px of width, has {part.width()}"


def _cut_button(part: QPushButton | QCheckBox) -> Iterator[str]:
    beside = 0 if part.icon().isNull() else part.iconSize().width() + 4
    lines = part.text().replace("&", "").split("\n")
    needed = max(map(part.fontMetrics().horizontalAdvance, lines)) + beside + 8
    if needed > part.width() + _SLACK:
        yield f"needs {needed} px of width, has {part.width()}"
    if part.fontMetrics().height() * len(lines) > part.height() + _SLACK:
        yield f"too low: {part.height()} px"


def _cut_cells(table: DossierTable) -> Iterator[str]:
    metrics = table._delegate._metrics
    if not table.model().rowCount():
        return
    wide = table.columnWidth(ListColumn.STATUS) - _CELL_MARGIN
    marks = [table._delegate.chip_text(mark, wide) for mark in (*(status.value for status in Status), LATE)]
    cells = [(ListColumn.STATUS, "chip", text, _CHIP_MARGIN) for text in marks]
    cells.append((ListColumn.CODE, "medium", "H26.99-281126-0000", 0))
    cells.extend((column, "strong", "28/11/2026", 0) for column in (ListColumn.RECEIVED, ListColumn.DUE))
    for column, face, text, margin in cells:
        room = table.columnWidth(column) - _CELL_MARGIN - margin
        if not table.isColumnHidden(column) and metrics[face].horizontalAdvance(text) > room:
            yield f"no room for «{text}»: {room} px"
    if sum(table.columnWidth(column) for column in ListColumn if not table.isColumnHidden(column)) > table.width() + 2:
        yield "columns run out of the table"


def _cut_sideways(area: QScrollArea) -> Iterator[str]:
    """What is scrolled up and down must have its whole width in sight."""
    inside = area.widget()
    if inside is not None and inside.width() > area.viewport().width() + _SLACK:
        yield f"wider ({inside.width()} px) than the page ({area.viewport().width()})"


def _outside(part: QWidget) -> Iterator[str]:
    """Up to the page that scrolls, every widget around must hold the whole part."""
    around = part.parentWidget()
    while around is not None and not part.isWindow():
        place = QRect(part.mapTo(around, QPoint(0, 0)), part.size())
        scrolls = isinstance(around.parentWidget(), QAbstractScrollArea)
        room = around.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
        if scrolls:
            if place.left() < room.left() or place.right() > room.right():
                yield f"cut at the side of the scrolled page: {place.left()}–{place.right()} of {room.right()}"
            return
        if not room.contains(place):
            yield f"{_box(place)} is outside {_name(around)} of {around.width()}×{around.height()}"
            return
        if around.isWindow():
            return
        around = around.parentWidget()


def _overlaps(parent: QWidget) -> Iterator[str]:
    inside = [
        each
        for each in parent.children()
        if isinstance(each, QWidget)
        and each.isVisible()
        and not each.isWindow()
        and not isinstance(each, QScrollBar | QSplitterHandle)
        and each.objectName() != "strip"
        and each.width()
        and each.height()
    ]
    for one, other in combinations(inside, 2):
        shared = one.geometry().intersected(other.geometry())
        if shared.width() > _SLACK and shared.height() > _SLACK:
            yield f"{_name(one)} {_box(one.geometry())} lies on {_name(other)} {_box(other.geometry())}"


def _is_qts_own(part: QWidget) -> bool:
    return part.objectName().startswith("qt_") or isinstance(part.parentWidget(), QComboBox | QToolButton)


def _name(part: QWidget) -> str:
    told = getattr(part, "text", lambda: "")() if isinstance(part, QLabel | QAbstractButton) else ""
    kind = type(part).__name__
    return (
        f"{kind} {part.accessibleIdentifier() or part.objectName()} «{told[:40]}»"
        if told
        else (f"{kind} {part.accessibleIdentifier() or part.objectName()}")
    )


def _box(place: QRect) -> str:
    return f"{place.x()},{place.y()} {place.width()}×{place.height()}"


def under_the_news(window: QWidget) -> list[str]:
    """Fields, buttons and texts that the strip hides."""
    (strip,) = window.findChildren(QFrame, "strip")
    if not strip.isVisible():
        return []
    place = QRect(strip.mapTo(window, QPoint(0, 0)), strip.size())
    return [
        _name(part)
        for part in window.findChildren(QWidget)
        if isinstance(part, (*_PARTS, QAbstractItemView))
        and part.isVisible()
        and not strip.isAncestorOf(part)
        and not part.visibleRegion().isEmpty()
        and place.intersects(part.visibleRegion().boundingRect().translated(part.mapTo(window, QPoint(0, 0))))
    ]
