"""For which procedures a form prints by itself: picked from the list, written into the form's own text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.procedures.form_procedures import procedures_in, with_procedures
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import Labelled
from desk_app.ui.widgets.labels import label


class ProceduresField(QWidget):
    """`picked` gives the form.toml as it is after a procedure was added, or taken out by picking it again."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.chooser = Chooser("forms.procedure", self.tr("In khi tiếp nhận thủ tục"), self.tr("Gõ vài chữ để chọn"))
        self.chooser.changed.connect(self._picked)
        column.addWidget(Labelled(self.tr("In khi tiếp nhận thủ tục"), self.chooser))
        self.told = label("", "soft", wraps=True)
        self.told.setAccessibleIdentifier("forms.procedures")
        column.addWidget(self.told)
        self._titles: dict[str, str] = {}
        self._head = ""

    def offer(self, procedures: Sequence[tuple[str, str]]) -> None:
        """The procedures there are, (code, title)."""
        self._titles = dict(procedures)
        self.show_head(self._head)

    def show_head(self, head: str) -> None:
        """Say which procedures this form.toml names."""
        self._head = head
        bound = procedures_in(head)
        mark = self.tr("đang in mẫu này, chọn để bỏ")
        entries = [
            (code, f"{title} · {mark}\t{code}" if code in bound else f"{title}\t{code}")
            for code, title in self._titles.items()
        ]
        self.chooser.offer(entries)
        named = [f"{self._titles.get(code, self.tr('không có thủ tục này ở đây'))} ({code})" for code in bound]
        self.told.setText(
            self.tr("In cùng hồ sơ: %s.") % "; ".join(named)
            if named
            else self.tr("Chưa in cùng thủ tục nào; ở trang Tiếp nhận vẫn thêm được bằng tay.")
        )

    def _picked(self) -> None:
        code = self.chooser.value()
        if not code:
            return
        bound = procedures_in(self._head)
        codes = [each for each in bound if each != code] if code in bound else [*bound, code]
        self.chooser.put("")
        self.picked.emit(with_procedures(self._head, codes))
