"""The cards of printing: printer and tray of each sheet, and how each kind of document is printed, each to be tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desk_app.services.settings.print_choices import PrintChoice
from desk_app.services.settings.print_kinds import DOCUMENTS, SHEETS
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.settings.setting_field import SettingField
from desk_app.ui.settings.settings_card import FieldGrid
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import label

_LARGEST = "A4"
_MOST_TRIALS = 20


class _PrintCard(PageCard):
    """`trial_wanted` gives the sheet, the choice as it stands on the screen, and what the page stands for."""

    trial_wanted = Signal(str, object, str)

    def __init__(self, look: Look, title: str, said: str) -> None:
        super().__init__(title)
        self._look = look
        self.column.setSpacing(10)
        self.column.addWidget(label(said, "soft", wraps=True))

    def add_part(self, name: str, fields: Sequence[SettingField], trial: QPushButton, *, columns: int) -> None:
        row = QHBoxLayout()
        row.addWidget(label(name, "section"), 1)
        row.addWidget(trial)
        self.column.addLayout(row)
        self.column.addWidget(FieldGrid(fields, most=columns))


class SheetsCard(_PrintCard):
    """Where each sheet lies."""

    def __init__(self, look: Look, fields: Mapping[str, SettingField]) -> None:
        super().__init__(
            look,
            self.tr("Máy in và khay giấy"),
            self.tr("Mỗi khổ giấy một máy in. In thử dùng đúng lựa chọn đang hiện, kể cả khi chưa lưu."),
        )
        self._fields = fields
        for sheet, name in SHEETS.items():
            mine = [fields[key] for key in (f"printers.{sheet}", f"trays.{sheet}") if key in fields]
            trial = button(
                look,
                self.tr("In thử"),
                f"settings.trial.{sheet}",
                partial(self._try, sheet),
                icon="printer",
                tall="small",
            )
            trial.setAccessibleName(self.tr("In thử %s") % name)
            self.add_part(name[:1].upper() + name[1:], mine, trial, columns=2)

    def choice_of(self, sheet: str) -> PrintChoice:
        """Printer and tray of a sheet as they stand on the screen."""
        tray = self._fields.get(f"trays.{sheet}")
        printer = self._fields[f"printers.{sheet}"].value()
        return PrintChoice(printer=printer, tray=tray.value() if tray is not None else "")

    def _try(self, sheet: str) -> None:
        self.trial_wanted.emit(sheet, self.choice_of(sheet), "")


class DocumentsPrintCard(_PrintCard):
    """How each kind of document is printed."""

    def __init__(self, look: Look, fields: Mapping[str, SettingField], sheets: SheetsCard) -> None:
        super().__init__(
            look,
            self.tr("Cách in từng loại giấy tờ"),
            self.tr("Giấy tờ nào không có máy in riêng thì in ở máy in của khổ giấy."),
        )
        self._fields, self._sheets = fields, sheets
        for document, name in DOCUMENTS.items():
            keys = [f"documents.{document}.{part}" for part in ("printer", "duplex", "copies")]
            if document == "slip":
                keys.insert(0, "slip_paper")
            trial = button(
                look,
                self.tr("In thử"),
                f"settings.trial.{document}",
                partial(self._try, document),
                icon="printer",
                tall="small",
            )
            trial.setAccessibleName(self.tr("In thử: %s") % name)
            self.add_part(name, [fields[key] for key in keys], trial, columns=2)

    def _try(self, document: str) -> None:
        sheet = self._fields["slip_paper"].value() if document == "slip" else _LARGEST
        of_sheet = self._sheets.choice_of(sheet)
        own, duplex, copies = (
            self._fields[f"documents.{document}.{part}"].value() for part in ("printer", "duplex", "copies")
        )
        choice = PrintChoice(
            printer=own or of_sheet.printer,
            tray="" if own else of_sheet.tray,
            duplex=duplex,
            copies=int(copies) if copies.isdecimal() and 0 < int(copies) <= _MOST_TRIALS else 1,
        )
        self.trial_wanted.emit(sheet, choice, DOCUMENTS[document])
