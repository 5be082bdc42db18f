"""Where a card and the desk's memory disagree: the clerk takes the one or the other, field by field or all at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.services.reception.cards import Difference
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.labels import Picture, label


class Differences(QFrame):
    """The card's values are taken at first, doubted ones not. `chosen(field, by_card)` when the clerk changes that.

    `decided` when one button chose for all of them.
    """

    chosen = Signal(str, bool)
    decided = Signal()

    def __init__(self, look: Look, place: str, *, of_home: bool = False) -> None:
        """`place` begins the identifier of every part; `of_home`: what differs was prepared at home, not on a card."""
        super().__init__()
        self._place, self._of_home = place, of_home
        self._shown: tuple[Difference, ...] = ()
        self.setProperty("panel", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Picture(look, "triangle-alert", "warn", 18))
        self._head = label("", "section", wraps=True)
        head.addWidget(self._head, 1)
        by_card, as_known = partial(self._choose_all, by_card=True), partial(self._choose_all, by_card=False)
        head.addWidget(
            button(
                look,
                self.tr("Theo bản khai cả") if of_home else self.tr("Theo thẻ cả"),
                f"{place}.differences.card",
                by_card,
                tall="small",
            )
        )
        head.addWidget(button(look, self.tr("Giữ như cũ"), f"{place}.differences.known", as_known, tall="small"))
        column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column.addLayout(self._rows)
        self._boxes: list[QCheckBox] = []
        self.hide()

    def show_differences(self, found: Sequence[Difference], whose: str = "") -> None:
        """Those of one card; `whose` names the role where it is not the applicant's."""
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        said = self.tr("Thẻ khác với hồ sơ trước. Đánh dấu mục lấy theo thẻ:")
        if self._of_home:
            said = self.tr("Bản khai trước khác với điều đang ghi. Đánh dấu mục lấy theo bản khai:")
        self._head.setText(f"{whose}: {said[:1].lower()}{said[1:]}" if whose else said)
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._boxes = []
        for each in found:
            self._rows.addWidget(self._row(each))
        self.setVisible(bool(found))

    @property
    def first_box(self) -> QCheckBox | None:
        """The first row's box; None where nothing differs."""
        return self._boxes[0] if self._boxes else None

    def _row(self, each: Difference) -> QWidget:
        row = QWidget()
        row.setProperty("ground", "clear")
        inner = QHBoxLayout(row)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(9)
        box = QCheckBox()
        box.setChecked(each.by_card)
        said = self.tr("%s: trước «%s», trên thẻ «%s»") % (each.label, each.known, each.scanned)
        if self._of_home:
            said = self.tr("%s: đang ghi «%s», khai trước «%s»") % (each.label, each.known, each.scanned)
        named(box, f"{self._place}.difference.{each.field}", said)
        box.toggled.connect(lambda by_card, field=each.field: self.chosen.emit(field, by_card))
        inner.addWidget(box)
        inner.addWidget(label(said, wraps=True), 1)
        self._boxes.append(box)
        return row

    def _choose_all(self, *, by_card: bool) -> None:
        for box in self._boxes:
            box.setChecked(by_card)
        self.decided.emit()
