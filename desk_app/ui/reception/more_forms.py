"""Further forms for the dossier being received: any that its procedure does not print by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import Labelled
from desk_app.ui.widgets.labels import label

_MOST = 12


class MoreForms(QWidget):
    """`changed` when a form was added or all were taken away; `offers` gives (id, title) of what may be added."""

    changed = Signal()

    def __init__(self, look: Look, offers: Callable[[], list[tuple[str, str]]]) -> None:
        super().__init__()
        self._offers = offers
        self._titles: dict[str, str] = {}
        self._ids: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.chooser = Chooser("reception.more_forms", self.tr("Thêm mẫu"), self.tr("Gõ tên mẫu cần in thêm"))
        self.chooser.changed.connect(self._add)
        self.chooser.installEventFilter(self)
        column.addWidget(Labelled(self.tr("Thêm mẫu"), self.chooser))
        self._added = label("", wraps=True)
        self._added.setAccessibleIdentifier("reception.more_forms.added")
        column.addWidget(self._added)
        self._none = button(look, self.tr("Bỏ các mẫu đã thêm"), "reception.more_forms.clear", self._drop, icon="x")
        column.addWidget(self._none)
        self.put(())

    def ids(self) -> tuple[str, ...]:
        return self._ids

    def put(self, ids: Sequence[str]) -> None:
        """These are added, no others; says nothing of it."""
        if ids:
            self._learn()
        self._ids = tuple(each for each in ids if each in self._titles)[:_MOST]
        self.chooser.put("")
        self._added.setText("; ".join(self._titles[each] for each in self._ids))
        self._added.setVisible(bool(self._ids))
        self._none.setVisible(bool(self._ids))

    def _learn(self) -> None:
        """Read the forms: only when somebody means to add one, for that takes a moment."""
        self._titles = dict(self._offers())
        self.chooser.offer([(each, f"{title}\t{each}") for each, title in self._titles.items()])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.chooser and event.type() == QEvent.Type.FocusIn:
            self._learn()
        return super().eventFilter(watched, event)

    def _add(self) -> None:
        chosen = self.chooser.value()
        if chosen and chosen not in self._ids:
            self.put((*self._ids, chosen))
            self.changed.emit()

    def _drop(self) -> None:
        self.put(())
        self.chooser.setFocus()
        self.changed.emit()
