"""Where a form comes from: one that is there already, or the file of an official text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.wrap_row import WrapRow

if TYPE_CHECKING:
    from desk_app.services.office_forms.office_forms import FormRow


class FormSourceCard(PageCard):
    """`form_wanted` gives "id version", `draft_wanted` the path of a text, `back_wanted` the id to take back."""

    form_wanted = Signal(str)
    draft_wanted = Signal(object)
    back_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Chọn mẫu hoặc lập mẫu mới"))
        self.forms = Chooser("forms.form", self.tr("Mẫu đang có"), self.tr("Gõ tên mẫu"))
        self.forms.changed.connect(self._chosen)
        self.column.addWidget(Labelled(self.tr("Mẫu đang có"), self.forms))
        self.path = TextInput("forms.path", self.tr("Văn bản có chỗ chấm"), self.tr("Tệp .docx hoặc .txt"))
        self.path.returnPressed.connect(self.ask_draft)
        self._held = Labelled(self.tr("Văn bản có chỗ chấm"), self.path)
        self.column.addWidget(self._held)
        row = WrapRow()
        self.back = button(look, self.tr("Thu hồi mẫu đang chọn"), "forms.withdraw", self._ask_back, icon="trash-2")
        row.show_parts(
            (
                button(look, self.tr("Chọn tệp…"), "forms.choose_file", self._ask_file),
                button(
                    look, self.tr("Lập bản thảo"), "forms.draft", self.ask_draft, icon="file-plus-2", key="Ctrl+Enter"
                ),
                self.back,
            )
        )
        self.column.addWidget(row)
        self.state = label("", "soft", wraps=True)
        self.state.setAccessibleIdentifier("forms.state")
        self.column.addWidget(self.state)
        self._rows: Sequence[FormRow] = ()
        self.say("")

    def offer(self, rows: Sequence[FormRow]) -> None:
        """The forms there are, the office's own first."""
        self._rows = rows
        whose = {"office": self.tr("của cơ quan"), "program": self.tr("của chương trình"), "folder": self.tr("máy này")}
        back = self.tr("đã thu hồi")
        entries = []
        for row in rows:
            state = f" · {back}" if row.state == "out" else ""
            name = f"{row.id} {row.version}"
            entries.append((name, f"{row.title} · {whose[row.origin]}{state}\t{name}"))
        self.forms.offer(entries)
        self.see_choice()

    def see_choice(self) -> None:
        """Only an office's form that is in use can be taken back."""
        self.back.setVisible(self.row() is not None and self._is_ours(self.row()))

    def row(self) -> FormRow | None:
        """The chosen form."""
        chosen = self.forms.value()
        return next((row for row in self._rows if f"{row.id} {row.version}" == chosen), None)

    def say(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def ask_draft(self) -> None:
        """Make a draft of the file that is named."""
        text = self.path.value().strip().strip('"')
        self._held.complain("" if text else self.tr("chọn tệp hoặc gõ đường dẫn"))
        if text:
            self.draft_wanted.emit(Path(text).expanduser())
        else:
            self.path.setFocus()

    def _chosen(self) -> None:
        self.see_choice()
        if self.forms.value():
            self.form_wanted.emit(self.forms.value())

    def _ask_back(self) -> None:
        if (row := self.row()) is not None:
            self.back_wanted.emit(row.id)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Chọn văn bản"), self.path.value())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.path.put)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @staticmethod
    def _is_ours(row: FormRow | None) -> bool:
        return row is not None and row.origin == "office" and row.state == "in"
