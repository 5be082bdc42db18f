"""The head and the foot of the reception page: which code comes next, how to scan, and the buttons that save."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button, shorten
from desk_app.ui.widgets.labels import Picture, ShortLabel, label

_HINT_FROM, _KEY_FROM = 1000, 520
_FORMS = ((True, True, True), (False, True, True), (False, False, True), (False, False, False))
"""Whether the foot names keys, has all its buttons, and has the hand-over: the fullest that fits."""


class ReceptionHead(QWidget):
    """Title, expected code, and the ways to scan. `paste_wanted` for text that another program read."""

    paste_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._is_open = True
        self._title = label(role="title")
        self._subtitle = ShortLabel("soft")
        self._subtitle.setAccessibleIdentifier("reception.expected_code")
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._subtitle)
        self._hint = QFrame()
        self._hint.setProperty("panel", "scan")
        hint = QHBoxLayout(self._hint)
        hint.setContentsMargins(12, 9, 14, 9)
        hint.setSpacing(9)
        hint.addWidget(Picture(look, "scan-line", "link", 20))
        hint.addWidget(label(self.tr("Quét thẻ căn cước hoặc mã khai trước, thông tin sẽ tự điền")))
        self._paste = button(
            look,
            self.tr("Dán mã"),
            "reception.paste_scan",
            self.paste_wanted.emit,
            icon="clipboard-paste",
            key="Ctrl+Shift+V",
            tall="medium",
        )
        self._paste.setToolTip(self.tr("Dán nội dung mã QR mà điện thoại hay chương trình khác đã đọc"))
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 10, 22, 8)
        row.setSpacing(10)
        row.addLayout(texts, 1)
        row.addWidget(self._hint)
        row.addWidget(self._paste)

    def tell(self, subtitle: str) -> None:
        self._subtitle.setText(subtitle)

    def set_open(self, *, is_open: bool) -> None:
        """Whether a dossier is being entered, or the one just saved is shown."""
        self._is_open = is_open
        self._title.setText(self.tr("Tiếp nhận hồ sơ mới") if is_open else self.tr("Đã tiếp nhận hồ sơ"))
        self._paste.setEnabled(is_open)
        self._show_hint()

    def _show_hint(self) -> None:
        self._hint.setVisible(self._is_open and self.width() >= _HINT_FROM)
        shorten(self._paste, "whole" if self.width() >= _KEY_FROM else "name")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_hint()


class ReceptionActions(QFrame):
    """`leave_wanted`, `park_wanted`, `clear_wanted`, `save_wanted`, `print_wanted`."""

    leave_wanted = Signal()
    park_wanted = Signal()
    clear_wanted = Signal()
    save_wanted = Signal()
    print_wanted = Signal()
    hand_over_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("actions")
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 9, 22, 9)
        row.setSpacing(10)
        leave = button(look, self.tr("Danh sách"), "reception.leave", self.leave_wanted.emit, kind="ghost", key="Esc")
        self._park = button(
            look, self.tr("Để sau"), "reception.park", self.park_wanted.emit, kind="ghost", key="Ctrl+N"
        )
        self._park.setToolTip(self.tr("Giữ lại hồ sơ đang nhập dở, tiếp người khác trước"))
        self._clear = button(look, self.tr("Xóa trắng"), "reception.clear", self.clear_wanted.emit, kind="ghost")
        self._save = button(
            look,
            self.tr("Lưu"),
            "reception.save",
            self.save_wanted.emit,
            icon="check",
            key="Ctrl+S",
            tall="medium",
        )
        self.save_and_print = button(
            look,
            self.tr("Lưu và in"),
            "reception.save_and_print",
            self.print_wanted.emit,
            kind="primary",
            icon="printer",
            key="F9",
            tall="medium",
        )
        self._hand_over = button(
            look, self.tr("Lưu, trả ngay"), "reception.save_and_hand_over", self.hand_over_wanted.emit, key="F10"
        )
        self._hand_over.setToolTip(self.tr("Lưu hồ sơ và trả kết quả ngay, không in giấy hẹn"))
        self._offers_hand_over = False
        self._hand_over.hide()
        row.addWidget(leave)
        row.addWidget(self._park)
        row.addWidget(self._clear)
        row.addStretch()
        row.addWidget(self._hand_over)
        row.addWidget(self._save)
        row.addWidget(self.save_and_print)
        self._row, self._spare = row, (leave, self._clear)
        buttons = (leave, self._park, self._clear, self._hand_over, self._save, self.save_and_print)
        self._said = {each: each.text() for each in buttons}

    def offer_hand_over(self, *, offered: bool) -> None:
        """Whether the result of this procedure may be handed over at once."""
        self._offers_hand_over = offered
        self._fit()

    def _fit(self) -> None:
        """Say less where the window is narrow: first no keys, then only what saves or puts off.

        Where there is no room for the hand-over at once, the box that says the same names its key.
        """
        for has_keys, has_all, has_hand_over in _FORMS:
            for each, said in self._said.items():
                each.setText(said if has_keys else said.rpartition("   ")[0] or said)
            for spare in self._spare:
                spare.setVisible(has_all)
            self._hand_over.setVisible(self._offers_hand_over and has_hand_over)
            shown = [each for each in self._said if not each.isHidden()]
            wide = sum(each.sizeHint().width() + self._row.spacing() for each in shown)
            if wide + 2 * self._row.contentsMargins().left() <= self.width():
                break
        self._row.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_open(self, *, is_open: bool) -> None:
        for part in (self._hand_over, self._park, self._clear, self._save, self.save_and_print):
            part.setEnabled(is_open)
