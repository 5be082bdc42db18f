"""The page before the desk is open: a card in the middle of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desk_app.ui.focus.sight import bring_in_sight
from desk_app.ui.kit.card import PageCard
from desk_app.ui.widgets.labels import label
from desk_app.ui.window.side_bar import Emblem

_WIDE = 470
_AROUND = 9


class DoorPage(QWidget):
    """A titled card in the middle of the window; `column` is where its content goes."""

    help_page = "unlock"
    """The page of the manual that F1 opens."""

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card = PageCard(roomy=True)
        card.setFixedWidth(_WIDE)
        self.column = card.column
        head = QHBoxLayout()
        head.setSpacing(13)
        head.addWidget(Emblem())
        head.addWidget(label(title, "title", wraps=True), 1)
        self.column.addLayout(head)
        self.text = label(text, "soft", wraps=True)
        self.column.addWidget(self.text)
        self.text.setVisible(bool(text))  # only now: shown without a parent it would be a window of its own
        body = QWidget()
        body.setProperty("ground", "clear")
        middle = QVBoxLayout(body)
        middle.addStretch()
        middle.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch()
        self._card, self._body = card, body
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self.fit)
        self._scrolling = QTimer(self, singleShot=True, interval=0)
        self._scrolling.timeout.connect(self._keep_in_sight)
        card.installEventFilter(self)
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)

    def say(self, text: str) -> None:
        self.text.setText(text)
        self.text.setVisible(bool(text))

    def fit(self) -> None:
        """As wide as the widest line that may not be broken, as high as the texts need; the rest is scrolled to."""
        asked = [part.minimumSizeHint().width() for part in self._card.findChildren(QLabel) if not part.wordWrap()]
        around = [self.column.contentsMargins(), self._card.contentsMargins()]
        beside = sum(each.left() + each.right() for each in around)
        room = self.width() - 2 * _AROUND - self._scroll.verticalScrollBar().sizeHint().width()
        self._card.setFixedWidth(max(min(_WIDE, room), max(asked, default=0) + beside))
        layout = self._card.layout()
        if layout is not None:
            layout.activate()
            self._card.setMinimumHeight(layout.totalHeightForWidth(self._card.width()))
        self._body.updateGeometry()
        self._scrolling.start()

    def _keep_in_sight(self) -> None:
        """The field in use stays in sight when the card grows or shrinks."""
        field: QWidget | None = self.focusWidget()
        if field is not None:
            bring_in_sight(field)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fitting.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._card and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
            self._fitting.start()  # once more, when the parts in the parts know what they need
        return False
