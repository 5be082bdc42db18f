"""Cards of the sync page that tell: what was set aside and why, and what the district announces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.calendar import dates
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets import formats
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import Picture, label

if TYPE_CHECKING:
    from desk_app.services.sync.records import Announcement, SetAsideLine


class SetAsideCard(PageCard):
    """`settled` gives the number of what a person has seen to, `opened` the code of its dossier."""

    settled = Signal(int)
    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Để riêng, cần xem"), self.tr("Không có gì phải để riêng."))
        self._look = look
        self.setAccessibleIdentifier("sync.set_aside")

    def show_lines(self, lines: Sequence[SetAsideLine], now: datetime, *, coming_back: int = 0) -> None:
        """`coming_back` events stand aside until the next exchange; nobody has to see to them."""
        rows: list[QWidget] = [self._coming_back(coming_back)] if coming_back else []
        self.list_again(rows + [self._row(line, now) for line in lines])

    def _coming_back(self, count: int) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", "warn")
        column = QVBoxLayout(panel)
        column.setContentsMargins(12, 9, 10, 9)
        what = label(self.tr("%s đang để riêng, chưa mất") % formats.events(count), "section", wraps=True)
        what.setAccessibleIdentifier("sync.set_aside.coming_back")
        column.addWidget(what)
        column.addWidget(label(self.tr("Lần gửi sau chương trình tự nối lại; chưa phải làm gì."), wraps=True))
        return panel

    def _row(self, line: SetAsideLine, now: datetime) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", "warn")
        row = QHBoxLayout(panel)
        row.setContentsMargins(12, 9, 10, 9)
        row.setSpacing(10)
        row.addWidget(Picture(self._look, "triangle-alert", "warn", 18), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(3)
        what = label(line.what, "section", wraps=True)
        what.setAccessibleIdentifier(f"sync.set_aside.{line.n}")
        texts.addWidget(what)
        texts.addWidget(label(line.remedy, wraps=True))
        texts.addLayout(self._deeds(line, now))
        row.addLayout(texts, 1)
        return panel

    def _deeds(self, line: SetAsideLine, now: datetime) -> QHBoxLayout:
        look = self._look
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        deeds.addWidget(label(formats.moment(line.at, now), wraps=True), 1)
        if line.code:
            identifier = f"sync.set_aside.{line.n}.open"
            code = line.code
            deeds.addWidget(button(look, self.tr("Mở hồ sơ"), identifier, lambda: self.opened.emit(code), tall="small"))
        identifier = f"sync.set_aside.{line.n}.settle"
        n = line.n
        deeds.addWidget(
            button(look, self.tr("Đã xem xong"), identifier, lambda: self.settled.emit(n), icon="check", tall="small")
        )
        return deeds


class AnnouncementsCard(PageCard):
    """The newest first; `read` when the clerk has read them."""

    read = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Thông báo của cấp trên"), self.tr("Chưa có thông báo nào."))
        self.setAccessibleIdentifier("sync.announcements")
        self._seen = button(
            look, self.tr("Đã đọc"), "sync.announcements.read", self.read.emit, icon="check", tall="small"
        )
        self.add_deed(self._seen)

    def show_announcements(self, found: Sequence[Announcement], now: datetime) -> None:
        self._seen.setVisible(any(not each.seen for each in found))
        newest_first = sorted(found, key=lambda each: each.at, reverse=True)
        self.list_again([self._row(each, now) for each in newest_first])

    def _row(self, each: Announcement, now: datetime) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", "plain" if each.seen else "fresh")
        column = QVBoxLayout(panel)
        column.setContentsMargins(13, 9, 13, 10)
        column.setSpacing(3)
        title = label(each.title, "section", wraps=True)
        title.setAccessibleIdentifier(f"sync.announcement.{each.n}")
        column.addWidget(title)
        if each.text:
            column.addWidget(label(each.text, wraps=True))
        until = self.tr(" · có hiệu lực đến %s") % dates.shown(each.until) if each.until else ""
        column.addWidget(label(formats.moment(each.at, now) + until, "faint"))
        return panel
