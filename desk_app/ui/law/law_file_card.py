"""Which file of law to take in, what it would change, and the button that takes it in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desk_app.ui.kit.file_card import FileCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import ReadLines

if TYPE_CHECKING:
    from desk_app.services.catalogue.law_files import LawChanges

_MOST_LINES = 400


class LawFileCard(FileCard):
    """`look_wanted` and `take_wanted` give the path; a file is looked at before it can be taken in."""

    look_wanted = Signal(object)
    take_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        said = self.tr(
            "Danh mục thủ tục quốc gia (thư mục có catalogue.jsonl), lịch nghỉ (CSV, TOML) hoặc đơn vị hành chính "
            "(JSON, CSV). Chương trình tự nhận ra, cho xem sẽ đổi gì, rồi mới ghi."
        )
        super().__init__(self.tr("Nhập dữ liệu mới"), said, "law", self.tr("Tệp hoặc thư mục"))
        self.column.addWidget(self.held)
        self.look = button(look, self.tr("Xem sẽ đổi gì"), "law.look", self._look, icon="eye")
        self.take = button(
            look, self.tr("Nhập"), "law.take", self._take, kind="primary", icon="check", key="Ctrl+Enter"
        )
        file = button(look, self.tr("Chọn tệp…"), "law.choose_file", self._ask_file)
        folder = button(look, self.tr("Chọn thư mục…"), "law.choose_folder", self._ask_folder)
        lines = ReadLines("law.lines", self.tr("Từng thay đổi"), tall=300)
        self.end_with((file, folder, self.look, self.take), lines)
        self._asked = self._looked_at = ""
        self._is_busy = False
        self.path.changed.connect(self.rest)
        self.path.returnPressed.connect(self._look)
        self.rest()

    def rest(self) -> None:
        """Nothing is looked at yet."""
        self._looked_at = ""
        self.held.complain("")
        self.say("")
        self.lines.hide()
        self.lines.setPlainText("")

    def set_busy(self, *, is_busy: bool) -> None:
        """One thing at a time; the buttons stay enabled, for a disabled one gives the cursor away."""
        self._is_busy = is_busy
        if is_busy:
            self.say(self.tr("Đang đọc…"))

    def show_changes(self, changes: LawChanges, *, done: bool) -> None:
        """What would change, or after `done` what did; not where another path was typed meanwhile."""
        if self._asked != self.path.value():
            self.rest()
            return
        self._looked_at = "" if done else self._asked
        kinds = {
            "catalogue": self.tr("Danh mục thủ tục"),
            "procedure": self.tr("Tệp thủ tục của cơ quan"),
            "holidays": self.tr("Lịch nghỉ"),
            "units": self.tr("Đơn vị hành chính"),
        }
        counts = self.tr("thêm %d, sửa %d, giữ nguyên %d, hết hiệu lực %d, chưa hiểu %d") % (
            len(changes.added),
            len(changes.changed),
            changes.unchanged,
            len(changes.retired),
            len(changes.not_understood),
        )
        then = self.tr("Đã ghi.") if done else self.tr("Chưa ghi gì; bấm Nhập để ghi.")
        if changes.is_nothing:
            then = self.tr("Không có gì mới.")
        self.say(f"{kinds[changes.kind]}: {counts}. {then}")
        self.lines.setPlainText("\n".join(self._told(changes)))
        self.lines.setVisible(bool(self.lines.toPlainText()))

    def refuse(self, why: str) -> None:
        self.say(why, "error")
        self.lines.hide()

    def take_now(self) -> None:
        """Take in what was looked at; first look at it where nobody did."""
        self._take()

    def _told(self, changes: LawChanges) -> list[str]:
        told = [*changes.remarks]
        told += [self.tr("Chưa hiểu — %s: %s") % each for each in changes.not_understood]
        for word, lines in (
            (self.tr("Thêm"), changes.added),
            (self.tr("Sửa"), changes.changed),
            (self.tr("Hết hiệu lực"), changes.retired),
        ):
            told += _some(word, lines)
        return told

    def _look(self) -> None:
        if (place := self._asked_for()) is not None:
            self.look_wanted.emit(place)

    def _take(self) -> None:
        if (place := self._asked_for()) is not None:
            (self.take_wanted if self._looked_at == self._asked else self.look_wanted).emit(place)

    def _asked_for(self) -> Path | None:
        if self._is_busy:
            return None
        self._asked = self.path.value()
        return self.place()

    def _ask_file(self) -> None:
        self._ask(QFileDialog.FileMode.ExistingFile)

    def _ask_folder(self) -> None:
        self._ask(QFileDialog.FileMode.Directory)

    def _ask(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self.window(), self.tr("Chọn dữ liệu luật"), self.path.value())
        dialog.setFileMode(mode)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.path.put(path)
        self.rest()
        self._look()


def _some(word: str, lines: Iterable[str]) -> list[str]:
    listed = [f"{word} — {line}" for line in lines]
    return listed if len(listed) <= _MOST_LINES else [*listed[:_MOST_LINES], f"… ({len(listed) - _MOST_LINES})"]
