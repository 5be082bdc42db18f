"""Pages before the desk is open: a card in the middle that says one thing or asks a few."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desk_app.ui.focus.sight import bring_in_sight
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import Picture, label, restyle
from desk_app.ui.widgets.password_input import PasswordCard
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


def _refusal(look: Look, said: QLabel, remedy: str) -> QFrame:
    """What a page says went wrong, and what to do, in the colours of a warning, with its sign."""
    panel = QFrame()
    panel.setProperty("panel", "error")
    row = QHBoxLayout(panel)
    row.setContentsMargins(12, 9, 12, 9)
    row.setSpacing(10)
    row.addWidget(Picture(look, "triangle-alert", "error", 20), 0, Qt.AlignmentFlag.AlignTop)
    texts = QVBoxLayout()
    texts.setSpacing(3)
    restyle(said, "text_role", "section")
    said.setAccessibleIdentifier("door.refusal")
    texts.addWidget(said)
    texts.addWidget(label(remedy, wraps=True))
    row.addLayout(texts, 1)
    return panel


class RefusedPage(DoorPage):
    """The desk does not open; `again` tries once more."""

    again = Signal()

    def __init__(self, look: Look, message: str, remedy: str) -> None:
        super().__init__(self.tr("Chưa mở được dữ liệu"), message)
        self.column.addWidget(_refusal(look, self.text, remedy))
        retry = button(look, self.tr("Thử lại"), "door.again", self.again.emit, kind="primary", tall="medium")
        self.column.addWidget(retry)


class UnlockPage(DoorPage):
    """Asks the passphrase, or the recovery code that was printed. `given(passphrase, recovery)`: one of them is "".

    `wrong` names what was wrong, "passphrase" or "recovery": that is told as a warning, and the cursor is there.
    """

    given = Signal(str, str)

    def __init__(self, look: Look, message: str, remedy: str, *, wrong: str = "") -> None:
        super().__init__(self.tr("Mở khóa dữ liệu"), message)
        more = _refusal(look, self.text, remedy) if wrong else label(remedy, "faint", wraps=True)
        self.column.addWidget(more)
        password = PasswordCard(look, "unlock.passphrase", self.tr("Mật khẩu"))
        self.passphrase = password.first
        self.recovery = TextInput("unlock.recovery", self.tr("Mã khôi phục"), self.tr("Mã đã in khi cài đặt"))
        self.column.addWidget(password)
        self.column.addWidget(Labelled(self.tr("Hoặc mã khôi phục"), self.recovery))
        self.column.addWidget(
            button(look, self.tr("Mở"), "unlock.open", self._give, kind="primary", icon="lock-keyhole", tall="medium")
        )

        self._first = self.recovery if wrong == "recovery" else self.passphrase
        if wrong:
            self._first.show_state("error")
            self._first.setAccessibleDescription(message)

    def _give(self) -> None:
        self.given.emit(self.passphrase.value(), self.recovery.value().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._give()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)
