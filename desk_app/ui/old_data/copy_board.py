"""The copy board: a small window over all others that lays one blank after the other on the clipboard.

It stays in sight while another program has the focus. Each paste over there lays the next blank by itself: the other
program asks for the text, and the board hears it (`paste_watch`). Its keys work while it has the focus itself, and a
click on its buttons leaves the focus in the other program where the platform lets a window take none (Windows, X11;
Wayland gives no program that right). What lies on the clipboard is a citizen's: it is taken away after a while and at
the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.look.theme import Look
from desk_app.ui.old_data.laid_text import LaidText
from desk_app.ui.old_data.paste_watch import PasteWatch
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.filing.copy_board import CopyBoard

KEPT_MS = 90_000
"""So long a blank lies on the clipboard: time to find the place in the other program."""
_WIDE = 470
_TELL_OF_PASTES = frozenset({"xcb", "windows"})
"""Platforms where a program behind may own the clipboard and hears who takes from it. Wayland lets only the window in
front lay something there, so the next blank would never arrive.
"""
_KEYS = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Escape})


class CopyBoardWindow(QWidget):
    """`clipboard` gets the texts; nothing of the board outlives it there."""

    def __init__(self, look: Look, board: CopyBoard, clipboard: QClipboard, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        parent.installEventFilter(self)
        self.setWindowTitle(self.tr("Bảng chép: %s") % board.title)
        named(self, "board", self.tr("Bảng chép"))
        self._board, self._clipboard = board, clipboard
        self._at = -1
        self._laid: LaidText | None = None
        self.watch = PasteWatch(self)
        self.watch.pasted.connect(self._pasted)
        self.watch.watched.connect(self._watched)
        self._clearing = QTimer(self)
        self._clearing.setSingleShot(True)
        self._clearing.setInterval(KEPT_MS)
        self._clearing.timeout.connect(self._take_away)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        column.addWidget(label(f"{board.code} → {board.system}", "soft", wraps=True))
        if not board.verified:
            unsure = self.tr("Thứ tự ô chưa đối chiếu với màn hình thật: xem nhãn trước khi dán.")
            column.addWidget(label(unsure, "warn", wraps=True))
        self.place = label(role="section", wraps=True)
        self.place.setAccessibleIdentifier("board.place")
        self.laid = label(wraps=True)
        self.laid.setAccessibleIdentifier("board.laid")
        self.next = label(role="soft", wraps=True)
        self.next.setAccessibleIdentifier("board.next")
        self.pasted = label(role="soft", wraps=True)
        self.pasted.setAccessibleIdentifier("board.pasted")
        for each in (self.place, self.laid, self.next, self.pasted):
            column.addWidget(each)
        row = QHBoxLayout()
        row.addWidget(button(look, self.tr("Ô trước"), "board.back", self.back, icon="arrow-left", key="←"))
        row.addWidget(
            button(look, self.tr("Ô tiếp"), "board.forward", self.forward, kind="primary", icon="arrow-right", key="→")
        )
        row.addWidget(button(look, self.tr("Xong"), "board.done", self.close, icon="x", key="Esc"))
        column.addLayout(row)
        self.stays = QCheckBox(self.tr("Bấm chuột ở đây mà con trỏ vẫn ở chương trình kia"))
        named(self.stays, "board.stays", self.stays.text())
        self.stays.toggled.connect(self._leave_focus)
        column.addWidget(self.stays)
        self.follows = QCheckBox(self.tr("Dán xong thì tự sang ô tiếp"))
        named(self.follows, "board.follows", self.follows.text())
        column.addWidget(self.follows)
        self._layout = column
        can_follow = QGuiApplication.platformName() in _TELL_OF_PASTES
        self.follows.setEnabled(can_follow)
        self.follows.setChecked(can_follow)
        if not can_follow:
            self.pasted.setText(self.tr("Hệ này không báo khi chương trình khác dán: bấm «Ô tiếp» hoặc phím →."))
        self.forward()

    def forward(self) -> None:
        """The next blank that has something; past the last one the clipboard is empty again."""
        self._lay(next((n for n in range(self._at + 1, self._count) if self._text(n)), self._count))

    def back(self) -> None:
        """The blank before that has something; the first one stays."""
        before = next((n for n in range(self._at - 1, -1, -1) if self._text(n)), None)
        self._lay(self._at if before is None else before)

    @property
    def _count(self) -> int:
        return len(self._board.entries)

    def _text(self, place: int) -> str:
        return self._board.entries[place].text if 0 <= place < self._count else ""

    def _lay(self, place: int) -> None:
        self._show_place(place)
        self._fit()

    def _fit(self) -> None:
        self.resize(_WIDE, self._layout.totalHeightForWidth(_WIDE))  # a long label breaks into lines

    def _show_place(self, place: int) -> None:
        self._at = place
        if place >= self._count:
            self._take_away()
            self.place.setText(self.tr("Đã hết các ô."))
            self.next.setText("")
            return
        text = self._text(place)
        self._laid = LaidText(text, self.watch.begin())
        self._clipboard.setMimeData(self._laid)
        self._clearing.start()
        self.place.setText(self.tr("Ô %d/%d: %s") % (place + 1, self._count, self._board.entries[place].label))
        self.laid.setText(self.tr("Đang chép: %s") % text)
        skipped = [each.label for each in self._board.entries[place + 1 :]]
        after = next((n for n in range(place + 1, self._count) if self._text(n)), self._count)
        empty = skipped[: after - place - 1]
        told = self.tr("Tiếp: %s") % self._board.entries[after].label if after < self._count else self.tr("Ô cuối.")
        self.next.setText(f"{told} {self.tr('Bỏ qua ô trống: %s') % ', '.join(empty)}" if empty else told)

    def _take_away(self) -> None:
        """Empty the clipboard, unless somebody else has put something there."""
        self._clearing.stop()
        self.watch.end()
        if self._laid is not None and self._clipboard.mimeData() is self._laid:
            self._clipboard.clear()
        self._laid = None
        self.laid.setText(self.tr("Không còn gì của bảng này để dán."))

    def _pasted(self) -> None:
        """The other program took what lay there: the next blank, where a person wants that."""
        if self.follows.isChecked():
            self.pasted.setText(self.tr("Đã dán: %s") % self._board.entries[self._at].label)
            self.forward()

    def _watched(self) -> None:
        """Some program reads the clipboard by itself: what it takes is no paste."""
        self.follows.setChecked(False)
        said = self.tr("Có chương trình khác tự đọc bảng tạm, nên không tự sang ô: bấm «Ô tiếp» hoặc phím →.")
        self.pasted.setText(said if self.follows.isEnabled() else self.pasted.text())
        self._fit()

    def _leave_focus(self, stays: bool) -> None:  # noqa: FBT001 - Qt's own signal
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus, stays)
        self.show()  # changing a flag hides a window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The board ends with the window it belongs to, and nothing stays on the clipboard."""
        if event.type() == QEvent.Type.Close and watched is self.parent():
            self.close()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """The window behind has keys of its own; those of the board are the board's while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deeds = {
            Qt.Key.Key_Right: self.forward,
            Qt.Key.Key_Down: self.forward,
            Qt.Key.Key_Left: self.back,
            Qt.Key.Key_Up: self.back,
            Qt.Key.Key_Escape: self.close,
        }
        deed = deeds.get(Qt.Key(event.key()))
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._take_away()
        super().closeEvent(event)
