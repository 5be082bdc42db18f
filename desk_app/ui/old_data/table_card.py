"""Which table to take in, as what, what of it would be taken, and the buttons that look, take in and stop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout

from desk_app.domain.old_records.record import DOSSIERS, PEOPLE
from desk_app.ui.kit.file_card import FileCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import ChoiceInput, Labelled, NumberInput, ReadLines

if TYPE_CHECKING:
    from desk_app.services.old_data.importing import ImportOutlook

_MOST_LINES = 400


class TableCard(FileCard):
    """`look_wanted`, `take_wanted`, `stop_wanted`; `report_wanted` gives a path. `chosen`: another file is meant."""

    look_wanted = Signal()
    take_wanted = Signal()
    stop_wanted = Signal()
    report_wanted = Signal(object)
    chosen = Signal()

    def __init__(self, look: Look) -> None:
        said = self.tr(
            "Bảng XLSX hoặc CSV. Xem thử trước: chương trình cho xem từng cột đọc thành gì, dòng nào bị từ chối và vì "
            "sao; chưa ghi gì cho đến khi bấm Nhập. Cả lần nhập rút lại được."
        )
        super().__init__(self.tr("Nhập từ bảng của chương trình cũ"), said, "old", self.tr("Tệp bảng"))
        self.kind = ChoiceInput(
            "old.kind", self.tr("Trong bảng là"), ((PEOPLE, self.tr("Người")), (DOSSIERS, self.tr("Hồ sơ cũ")))
        )
        self.sheet = NumberInput("old.sheet", self.tr("Trang tính số"), 999, "1")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.addWidget(self.held, 0, 0)
        grid.addWidget(Labelled(self.tr("Trong bảng là"), self.kind), 0, 1)
        grid.addWidget(Labelled(self.tr("Trang tính số"), self.sheet), 0, 2)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 1)
        self.column.addLayout(grid)
        self.look = button(look, self.tr("Xem thử"), "old.look", self._look, icon="eye")
        self.take = button(
            look, self.tr("Nhập"), "old.take", self._take, kind="primary", icon="check", key="Ctrl+Enter"
        )
        self.stop = button(look, self.tr("Dừng"), "old.stop", self.stop_wanted.emit, icon="x", key="Esc")
        self.save = button(look, self.tr("Lưu báo cáo…"), "old.report", self._ask_report, icon="hard-drive-download")
        file = button(look, self.tr("Chọn tệp…"), "old.choose_file", self._ask_file)
        lines = ReadLines("old.lines", self.tr("Dòng bị từ chối, dòng cần lưu ý"), tall=180)
        self.end_with((file, self.look, self.take, self.save, self.stop), lines)
        self._is_busy = False
        for field in (self.path, self.kind, self.sheet):
            field.changed.connect(self.rest)
        self.path.returnPressed.connect(self._look)
        self.stop.hide()
        self.rest()

    @property
    def is_busy(self) -> bool:
        return self._is_busy

    def rest(self) -> None:
        """Another table: nothing of it is looked at yet."""
        self.held.complain("")
        self.say("")
        self.lines.hide()
        self.save.hide()
        self.chosen.emit()

    def set_busy(self, *, is_busy: bool) -> None:
        """One thing at a time; the buttons stay enabled, for a disabled one gives the cursor away."""
        self._is_busy = is_busy
        self.stop.setVisible(is_busy)
        if is_busy:
            self.say(self.tr("Đang đọc tệp…"))

    def show_progress(self, done: int, total: int) -> None:
        if self._is_busy:
            self.say(self.tr("Đã xem %d trên %d dòng.") % (done, total))

    def show_outlook(self, outlook: ImportOutlook, *, import_id: str = "") -> None:
        """What would be taken in, or with `import_id` what was."""
        counts = self.tr(
            "%d dòng: nhập được %d, từ chối %d, lưu ý %d; %d người đã biết, %d người khác điều đã biết."
        ) % (
            outlook.rows,
            len(outlook.records),
            len(outlook.refused),
            len(outlook.remarks),
            outlook.known,
            outlook.differing,
        )
        if import_id:
            then = self.tr("Đã nhập, mã lần nhập %s.") % import_id
        elif outlook.needs:
            then = self.tr("Cần chọn trước khi nhập: %s.") % "; ".join(outlook.needs)
        else:
            size = max(1, outlook.bytes_sent // 1024)
            then = self.tr("Chưa ghi gì; bấm Nhập để ghi. Khoảng %d KB sẽ gửi lên cấp trên.") % size
        if outlook.is_cut:
            then += self.tr(" Tệp quá dài: phần sau chưa đọc, chia tệp rồi nhập tiếp.")
        self.say(f"{counts} {then}", "warn" if outlook.needs and not import_id else "")
        told = [self.tr("Từ chối — %s") % one for one in outlook.refused[:_MOST_LINES]]
        told += [self.tr("Lưu ý — %s") % one for one in outlook.remarks[:_MOST_LINES]]
        left = len(outlook.refused) + len(outlook.remarks) - len(told)
        if left > 0:
            told.append(self.tr("… còn %d dòng nữa trong báo cáo") % left)
        self.lines.setPlainText("\n".join(told))
        self.lines.setVisible(bool(told))
        self.save.setVisible(bool(told))

    def _look(self) -> None:
        if not self._is_busy:
            self.look_wanted.emit()

    def _take(self) -> None:
        if not self._is_busy:
            self.take_wanted.emit()

    def _ask_file(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Chọn bảng"), self.path.value())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Bảng (*.xlsx *.csv *.txt)"))
        dialog.fileSelected.connect(self._file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _file_chosen(self, path: str) -> None:
        self.path.put(path)
        self.rest()
        self._look()

    def _ask_report(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Lưu báo cáo"), "bao-cao-nhap.xlsx")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.fileSelected.connect(lambda path: self.report_wanted.emit(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
