"""The two texts of a form being written: what stands on paper, and its law and questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QTabWidget

from desk_app.domain.office_forms import FormTexts
from desk_app.ui.forms.marked_text import MarkedText
from desk_app.ui.forms.procedures_field import ProceduresField
from desk_app.ui.kit.card import PageCard
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.documents.forms.form_check import Problem

_AFTER_MS = 350


class FormTextsCard(PageCard):
    """`changed` comes a moment after the last key."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Nội dung mẫu"))
        self.id = TextInput("forms.id", self.tr("Mã mẫu của cơ quan"), self.tr("ví dụ don-xin-xac-nhan"))
        self.held = Labelled(self.tr("Mã mẫu của cơ quan"), self.id)
        self.column.addWidget(self.held)
        self.procedures = ProceduresField()
        self.procedures.picked.connect(self._bind)
        self.column.addWidget(self.procedures)
        self.layout_text = MarkedText("forms.layout", self.tr("Chữ trên giấy"))
        self.head_text = MarkedText("forms.head", self.tr("Văn bản, khổ giấy và câu hỏi"))
        self._tabs = QTabWidget()
        named(self._tabs, "forms.texts", self.tr("Hai phần của mẫu"))
        self._tabs.addTab(self.layout_text, self.tr("Chữ trên giấy"))
        self._tabs.addTab(self.head_text, self.tr("Văn bản và câu hỏi"))
        self.column.addWidget(self._tabs)
        self.mistakes = label("", "error", wraps=True)
        self.mistakes.setAccessibleIdentifier("forms.mistakes")
        self.column.addWidget(self.mistakes)
        self._delay = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._delay.timeout.connect(self.changed)
        for text in (self.layout_text, self.head_text):
            text.textChanged.connect(self._delay.start)
        self.changed.connect(lambda: self.procedures.show_head(self.head_text.toPlainText()))

    def _bind(self, head: str) -> None:
        self.head_text.put(head)
        self._delay.stop()
        self.changed.emit()

    def texts(self) -> FormTexts:
        return FormTexts(head=self.head_text.toPlainText(), layout=self.layout_text.toPlainText())

    def put(self, form_id: str, texts: FormTexts) -> None:
        """Another form."""
        self.id.put(form_id)
        self.held.complain("")
        self.layout_text.put(texts.layout)
        self.head_text.put(texts.head)
        self._delay.stop()
        self.changed.emit()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Each below its line, and all of them below the texts."""
        by_file: dict[str, dict[int, str]] = {"layout.txt": {}, "form.toml": {}}
        for each in problems:
            lines = by_file.setdefault(each.file, {})
            lines[each.line] = f"{lines[each.line]}; {each.problem}" if each.line in lines else each.problem
        self.layout_text.mark(by_file["layout.txt"])
        self.head_text.mark(by_file["form.toml"])
        parts = {"layout.txt": self.tr("chữ trên giấy"), "form.toml": self.tr("văn bản và câu hỏi")}
        told = [self.tr("%s, dòng %d: %s") % (parts.get(one.file, one.file), one.line, one.problem) for one in problems]
        self.mistakes.setText("\n".join(told[:6]))
        self.mistakes.setVisible(bool(told))

    def show_part(self, file: str) -> None:
        """Bring the text in front in which a mistake is."""
        self._tabs.setCurrentWidget(self.head_text if file == "form.toml" else self.layout_text)
