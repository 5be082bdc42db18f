"""The window of the manual, beside the work: the page of the screen in front, a search, the sheet of keys, the news."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from desk_app.services.help import manual, news
from desk_app.services.help.manual import ManualPage
from desk_app.ui.look.theme import Look, font
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.fields import TextInput
from desk_app.ui.widgets.labels import label

_SIZE = QSize(940, 660)
_LIST_WIDE = 210
_MARGIN = 40
_AROUND, _BETWEEN = 16, 3
_NEWS = "news"


class HelpWindow(QWidget):
    """Not modal: the work goes on beside it. `print_wanted` asks for the sheet of keys."""

    print_wanted = Signal()
    training_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._around = parent
        self.setWindowTitle(self.tr("Hướng dẫn – Bàn Một Cửa"))
        self.search = TextInput("help.search", self.tr("Tìm trong hướng dẫn"), self.tr("Tìm: gõ vài chữ"))
        self.search.textChanged.connect(self._find)
        self.list = QListWidget()
        self.list.setSpacing(_BETWEEN)
        named(self.list, "help.pages", self.tr("Các trang hướng dẫn"))
        self.list.currentItemChanged.connect(self._show_chosen)
        self.nothing = label(self.tr("Không có trang nào có các chữ này."), "soft", wraps=True)
        self.nothing.hide()
        self.text = QTextBrowser()
        named(self.text, "help.text", self.tr("Nội dung hướng dẫn"))
        self.text.setOpenExternalLinks(False)
        self.text.setFont(font(14))
        self.text.setSearchPaths([str(manual.folder())])
        self.print = button(look, self.tr("In bảng phím tắt"), "help.print", self.print_wanted.emit, icon="printer")
        self.training = button(look, self.tr("Tập huấn…"), "help.training", self.training_wanted.emit, icon="users")
        left = QVBoxLayout()
        left.setSpacing(8)
        for part in (self.search, self.nothing, self.list, self.print, self.training):
            left.addWidget(part)
        held = QWidget()
        held.setProperty("ground", "clear")
        held.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        held.setFixedWidth(_LIST_WIDE)
        row = QHBoxLayout(self)
        row.setSizeConstraint(
            QLayout.SizeConstraint.SetNoConstraint
        )  # the window may be made as small as anybody likes
        row.setContentsMargins(14, 14, 14, 14)
        row.setSpacing(12)
        row.addWidget(held)
        row.addWidget(self.text, 1)
        self._fill(manual.pages())

    def open_at(self, name: str) -> None:
        """The page of this screen, with the cursor in the text: arrows scroll at once."""
        self.search.put("")
        self._fill(manual.pages())
        self._choose(manual.page(name).name)
        self._show_window()

    def open_news(self) -> None:
        """What the versions brought, the newest first."""
        self.search.put("")
        self._fill(manual.pages())
        self._choose(_NEWS)
        self._show_window()

    def offer(self, *, printing: bool, training: bool) -> None:
        """Which deeds there are: before a desk is open nothing can be printed, in training mode is no second one."""
        self.print.setVisible(printing)
        self.training.setVisible(training)

    def shown_page(self) -> str:
        """The name of the page in sight."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if self.list.currentRow() >= 0 else ""

    def _show_window(self) -> None:
        if not self.isVisible():
            around = self._around.screen().availableGeometry().size()
            self.resize(_SIZE.boundedTo(around - QSize(_MARGIN, 2 * _MARGIN)))
        self.show()
        self.activateWindow()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, pages: tuple[ManualPage, ...]) -> None:
        before = self.shown_page()
        self.list.blockSignals(True)
        self.list.clear()
        shown = [(each.title, each.name) for each in pages]
        if not self.search.text().strip():
            shown.append((self.tr("Có gì mới"), _NEWS))
        for title, name in shown:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.nothing.setVisible(not shown)
        if shown and not self._choose(before):
            self.list.setCurrentRow(0)

    def _choose(self, name: str) -> bool:
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentRow(row)
                self._show_chosen()
                return True
        return False

    def _find(self, words: str) -> None:
        self._fill(manual.found(words))

    def _show_chosen(self) -> None:
        name = self.shown_page()
        if not name:
            return
        text = news.in_words(news.every()) if name == _NEWS else manual.page(name).text
        self.text.setMarkdown(text)
        self.text.document().setDocumentMargin(_AROUND)
        self.text.verticalScrollBar().setValue(0)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The keyboard goes back to the work, also where no window manager gives it back."""
        super().closeEvent(event)
        self._around.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.search.hasFocus():
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_F1:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)
