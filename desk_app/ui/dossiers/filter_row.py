"""The filters over the list of dossiers, as many as there is room for, and how many dossiers the list holds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.labels import label

_SPACING = 6
_COUNT = 96
_SPARE = ("elsewhere", "arriving", "look", "returned", "received", "awaiting", "ready", "late")
"""What goes first where the window is narrow; a tile, the side bar or a key lists most of them too."""

_OF_DESKS = ("arriving", "elsewhere")


class FilterRow(QWidget):
    """`wanted` names the filter that was pressed."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 12, 9)
        row.setSpacing(_SPACING)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._pills: dict[str, QPushButton] = {}
        self._is_shared = False
        for which, text in (
            ("all", self.tr("Tất cả")),
            ("received", self.tr("Mới tiếp nhận")),
            ("processing", self.tr("Đang xử lý")),
            ("awaiting", self.tr("Chờ bổ sung")),
            ("ready", self.tr("Chờ trả")),
            ("late", self.tr("Quá hạn")),
            ("returned", self.tr("Đã trả")),
            ("look", self.tr("Cần xem lại")),
            ("arriving", self.tr("Chờ nhận")),
            ("elsewhere", self.tr("Quầy khác giữ")),
        ):
            pill = self._pills[which] = QPushButton(text)
            pill.setProperty("kind", "pill")
            pill.setCheckable(True)
            pill.setCursor(Qt.CursorShape.PointingHandCursor)
            named(pill, f"dossiers.filter.{which}", self.tr("Lọc: %s") % text)
            pill.clicked.connect(lambda _checked=False, which=which: self.wanted.emit(which))
            self._group.addButton(pill)
            row.addWidget(pill)
        self._pills["all"].setChecked(True)
        row.addStretch()
        self.count = label(role="faint")
        self.count.setAccessibleIdentifier("dossiers.count")
        row.addWidget(self.count)

    def check(self, which: str) -> bool:
        """Show this filter as the one in use; "" for none. Answers whether another one was."""
        before = self._group.checkedButton()
        self._group.setExclusive(False)
        for name, pill in self._pills.items():
            pill.setChecked(name == which)
        self._group.setExclusive(True)
        self._show_what_fits(self.width())
        return before is not self._pills.get(which)

    def nothing_in(self, which: str) -> str:
        """What is said where this filter lists no dossier."""
        said = {
            "all": self.tr("Chưa có hồ sơ nào ở đây. Bấm F2 để tiếp nhận hồ sơ."),
            "late": self.tr("Không có hồ sơ nào quá hạn."),
            "ready": self.tr("Không có kết quả nào chờ trả."),
            "awaiting": self.tr("Không có hồ sơ nào chờ bổ sung."),
            "look": self.tr("Không có hồ sơ nào cần xem lại."),
            "arriving": self.tr("Không có hồ sơ nào quầy khác chuyển đến."),
            "elsewhere": self.tr("Không quầy nào khác đang giữ hồ sơ chưa xong."),
        }
        return said.get(which, self.tr("Không có hồ sơ nào ở mục này."))

    def show_desks(self, *, is_shared: bool) -> None:
        """Whether the commune has other desks: a lone one is not asked where its dossiers are."""
        if is_shared is not self._is_shared:
            self._is_shared = is_shared
            self._show_what_fits(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_what_fits(event.size().width())

    def _show_what_fits(self, width: int) -> None:
        room = width - 26 - _COUNT
        wide = {which: pill.sizeHint().width() + _SPACING for which, pill in self._pills.items()}
        for which in () if self._is_shared else _OF_DESKS:
            self._pills[which].setVisible(self._pills[which].isChecked())
            if not self._pills[which].isChecked():
                wide.pop(which)
        for which in _SPARE:
            if which not in wide:
                continue
            fits = sum(wide.values()) <= room
            self._pills[which].setVisible(fits)
            if not fits:
                wide.pop(which)
