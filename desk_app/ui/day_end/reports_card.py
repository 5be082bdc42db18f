"""Reports of a span of days, and the workbook of births for the civil status system: looked at first, then saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout

from desk_app.domain.calendar.typed_day import DaySense
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.record_table import RecordColumn, RecordRow, RecordTable
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.date_field import DateField, ReadDay
from desk_app.ui.widgets.fields import ChoiceInput, Labelled
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.wrap_row import WrapRow

if TYPE_CHECKING:
    from desk_app.domain.report import Report
    from desk_app.services.filing.births import BirthBook

BIRTHS = "births"
"""The choice that is no report but the workbook "158"."""
_MOST_LINES = 60


class ReportsCard(PageCard):
    """`show_wanted(kind, first, last)`; `save_wanted(path)` for what is shown. `opened` gives a dossier's code."""

    show_wanted = Signal(str, object, object)
    save_wanted = Signal(object)
    opened = Signal(str)

    def __init__(self, look: Look, read_day: ReadDay, kinds: Sequence[tuple[str, str]]) -> None:
        super().__init__(self.tr("Báo cáo và sổ nhập"))
        births = (BIRTHS, self.tr("Sổ 158: khai sinh, để nạp vào hệ thống hộ tịch"))
        self.kind = ChoiceInput("day_end.report.kind", self.tr("Báo cáo"), (*kinds, births))
        self.first = DateField("day_end.report.from", self.tr("Từ ngày"), DaySense.ANY, read_day)
        self.last = DateField("day_end.report.to", self.tr("Đến ngày"), DaySense.ANY, read_day)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        self._held = {
            field: Labelled(text, field)
            for text, field in (
                (self.tr("Báo cáo"), self.kind),
                (self.tr("Từ ngày"), self.first),
                (self.tr("Đến ngày"), self.last),
            )
        }
        grid.addWidget(self._held[self.kind], 0, 0, 1, 2)
        grid.addWidget(self._held[self.first], 1, 0)
        grid.addWidget(self._held[self.last], 1, 1)
        self.column.addLayout(grid)
        row = WrapRow()
        self.look = button(look, self.tr("Xem"), "day_end.report.show", self._show, icon="search", kind="primary")
        self.save = button(
            look, self.tr("Lưu bảng tính…"), "day_end.report.save", self._ask_workbook, icon="hard-drive-download"
        )
        self.save_pdf = button(
            look, self.tr("Lưu PDF…"), "day_end.report.save_pdf", self._ask_pdf, icon="hard-drive-download"
        )
        row.show_parts((self.look, self.save, self.save_pdf))
        self.column.addWidget(row)
        self.told = label(wraps=True)
        self.told.setAccessibleIdentifier("day_end.report.told")
        self.column.addWidget(self.told)
        self._table = RecordTable(
            (
                RecordColumn(title=self.tr("Hồ sơ")),
                RecordColumn(title=self.tr("Trẻ"), stretch=3, wraps=True),
                RecordColumn(title=self.tr("Còn thiếu"), stretch=4, wraps=True),
            )
        )
        self.column.addWidget(self._table)
        self._file_name = ""
        for field in (self.kind, self.first, self.last):
            field.changed.connect(self._forget)
        self._forget()

    def begin(self, today: date) -> None:
        """The days are those of this month until a person types others."""
        if self.first.text() or self.last.text():
            return
        self.first.put_iso(today.replace(day=1).isoformat())
        self.last.put_iso(today.isoformat())
        self._forget()

    def show_report(self, made: Report) -> None:
        """What the report says stands on the paper beside; here only how much that is."""
        self.told.setText(self.tr("%d dòng. Xem bản in ở khung bên cạnh.") % len(made.rows))
        self._shown(f"{made.name}.xlsx", has_pdf=True)

    def show_births(self, book: BirthBook, names: Callable[[int], str]) -> None:
        """Each birth with the columns it lacks; `names` gives a row's child."""
        lacking: dict[str, list[str]] = {}
        for (code, _), told in zip(book.lacking, book.told, strict=True):
            lacking.setdefault(code, []).append(told)
        rows = [
            RecordRow(
                cells=(code, names(n), "; ".join(lacking[code]) if code in lacking else self.tr("đủ")),
                name=self.tr("Mở hồ sơ %s") % code,
                identifier=f"day_end.report.row.{code}",
                opens=partial(self.opened.emit, code),
            )
            for n, code in enumerate(book.codes[:_MOST_LINES])
        ]
        self._table.show_rows(rows)
        self._table.setVisible(bool(rows))
        left = len(book.codes) - len(rows)
        parts = [self.tr("%d hồ sơ khai sinh, %d hồ sơ còn thiếu mục.") % (len(book.codes), len(lacking))]
        parts += [self.tr("Bảng dưới cho xem %d hồ sơ đầu; tệp có đủ.") % len(rows)] if left else []
        parts += [self.tr("Công chức hộ tịch tự điền: %s.") % ", ".join(book.by_hand)] if book.by_hand else []
        parts += [self.tr("Chưa xác nhận: %s.") % one for one in book.unsure]
        self.told.setText("\n".join(parts))
        self._shown("so-158-khai-sinh.xlsx", has_pdf=False)

    def say(self, text: str) -> None:
        self.told.setText(text)

    def _shown(self, file_name: str, *, has_pdf: bool) -> None:
        self._file_name = file_name
        self.save.setEnabled(True)
        self.save_pdf.setEnabled(has_pdf)
        self.told.setVisible(True)

    def _forget(self) -> None:
        """Another report is meant: what was shown is not saved for it."""
        self._file_name = ""
        self.save.setEnabled(False)
        self.save_pdf.setEnabled(False)
        self.told.setText("")
        self._table.show_rows(())
        self._table.hide()

    def _show(self) -> None:
        days: list[date] = []
        for field in (self.first, self.last):
            try:
                days.append(date.fromisoformat(field.iso()))
            except ValueError:
                self._held[field].complain(self.tr("cần ngày/tháng/năm"))
                field.setFocus()
                return
        self.show_wanted.emit(self.kind.value(), *days)

    def _ask_workbook(self) -> None:
        self._ask(self._file_name, "xlsx")

    def _ask_pdf(self) -> None:
        self._ask(str(Path(self._file_name).with_suffix(".pdf")), "pdf")

    def _ask(self, name: str, suffix: str) -> None:
        dialog = QFileDialog(self.window(), self.tr("Lưu"), name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.fileSelected.connect(lambda path: self.save_wanted.emit(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
