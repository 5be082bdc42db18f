"""Labels, rules and icons, styled by role in resources/style."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from desk_app.ui.look.theme import Look


def label(text: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """A label; `role` is one of the text_role values of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("text_role", role)
    made.setWordWrap(wraps)
    return made


def rule() -> QFrame:
    made = QFrame()
    made.setProperty("rule", True)
    made.setFixedHeight(1)
    return made


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet asks about, and let it look again."""
    if (widget.property(name) or "") != value:  # style() makes PySide build all of QStyle
        widget.setProperty(name, value)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished) and _has_sheet(widget):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def _has_sheet(widget: QWidget) -> bool:
    """Whether a style sheet has looked at it: a part in the making is looked at when it comes into a window."""
    outermost = widget.window()
    return bool(outermost.styleSheet()) or outermost.parentWidget() is not None


class ShortLabel(QLabel):
    """A label that shortens its text to the room it has; the whole text is its name and its tool tip."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setProperty("text_role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        short = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if short != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)


class TwoLineLabel(ShortLabel):
    """A label of one or two lines; the second is shortened, so that a long name never takes the page."""

    def __init__(self, role: str) -> None:
        super().__init__(role)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        metrics, text = self.fontMetrics(), self.text()
        return metrics.lineSpacing() * (1 + (" " in text and metrics.horizontalAdvance(text) > width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        shown = in_two_lines(self.text(), self.fontMetrics(), self.width())
        self.setToolTip(self.text() if shown.replace("\n", " ") != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, shown)


def in_two_lines(text: str, metrics: QFontMetrics, room: int) -> str:
    """Words of `text` on one line of `room` pixels, or on two of which the second is shortened."""
    words = text.split(" ")
    more = range(2, len(words) + 1)
    first = 1 + bisect_right(more, room, key=lambda many: metrics.horizontalAdvance(" ".join(words[:many])))
    head = metrics.elidedText(" ".join(words[:first]), Qt.TextElideMode.ElideRight, room)
    rest = metrics.elidedText(" ".join(words[first:]), Qt.TextElideMode.ElideRight, room)
    return f"{head}\n{rest}" if rest else head


class CodeLabel(QLabel):
    """The code just given or open. Several pages have one; only the one in sight is "dossier.code" from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("text_role", "big-code")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setAccessibleIdentifier("dossier.code")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.setAccessibleIdentifier("")


class Picture(QWidget):
    """An icon that is no button. With `ground` it stands on a coloured square."""

    def __init__(self, look: Look, name: str, colour: str, size: int = 18, *, ground: str = "", box: int = 0) -> None:
        super().__init__()
        self._look = look
        self._name, self._colour, self._ground = name, colour, ground
        self._size = size
        self.setFixedSize(QSize(box or size, box or size))
        look.changed.connect(self.update)

    def show_as(self, name: str, colour: str, ground: str = "") -> None:
        self._name, self._colour, self._ground = name, colour, ground
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour(self._ground))
            painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        margin = (self.width() - self._size) / 2
        self._look.draw_icon(painter, self._name, self._colour, QRectF(margin, margin, self._size, self._size))
