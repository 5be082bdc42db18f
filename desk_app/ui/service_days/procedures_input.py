"""Which procedures a rule is for: chosen one after the other from the list; none chosen is every procedure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.store.reference.catalogue import Choice
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label


class ProceduresInput(QWidget):
    """A box that adds a procedure, the codes that can be edited, and below them what they are called."""

    changed = Signal()

    def __init__(self, place: str) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._names: dict[str, str] = {}
        self.adds = Chooser(
            f"{place}.add_procedure", self.tr("Thêm thủ tục"), self.tr("Gõ vài chữ để tìm, Enter để thêm")
        )
        self.codes = TextInput(f"{place}.procedures", self.tr("Mã các thủ tục"), self.tr("Để trống: mọi thủ tục"))
        self._told = label(role="faint", wraps=True)
        self._told.setAccessibleIdentifier(f"{place}.procedures.names")
        self._held = Labelled(self.tr("Mã các thủ tục"), self.codes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Labelled(self.tr("Thêm thủ tục"), self.adds))
        column.addWidget(self._held)
        column.addWidget(self._told)
        self.adds.changed.connect(self._add)
        self.codes.changed.connect(self._tell)
        self._tell()

    def offer(self, choices: Sequence[Choice]) -> None:
        self._names = {each.code: each.title for each in choices}
        self.adds.offer([("", ""), *((each.code, f"{each.title}\t{each.name}") for each in choices)])
        self._tell()

    def value(self) -> tuple[str, ...]:
        """The codes, each once, in their order."""
        return tuple(dict.fromkeys(self.codes.value().replace(",", " ").replace(";", " ").split()))

    def put(self, codes: Sequence[str]) -> None:
        self.codes.put(", ".join(codes))
        self._tell()

    def complain(self, why: str) -> QWidget:
        self._held.complain(why)
        return self.codes

    def _add(self) -> None:
        if code := self.adds.value():
            self.put((*self.value(), code) if code not in self.value() else self.value())
            self.adds.put("")
            self.changed.emit()

    def _tell(self) -> None:
        codes = self.value()
        named = "; ".join(self._names.get(code, self.tr("%s (không có)") % code) for code in codes)
        self._told.setText(named or self.tr("Mọi thủ tục."))
