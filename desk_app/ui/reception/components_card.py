"""The papers of the procedure: ticked is handed in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk_app.domain.dossiers.events import HandedIn
from desk_app.domain.procedures.procedure import Component, ComponentUse
from desk_app.services.reception.draft import handed_in
from desk_app.ui.kit.card import PageCard
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.labels import label


class ComponentRow(QWidget):
    """A box with a name that wraps; a check box of Qt's own would cut it off."""

    def __init__(self, component: Component, page: str = "reception") -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.component = component
        self.box = QCheckBox()
        named(self.box, f"{page}.component.{component.id}", component.name)
        self.box.setChecked(component.default)
        shown = self.tr("%s (xuất trình)") % component.name if component.use is ComponentUse.SHOW else component.name
        self._name: QLabel = label(shown, wraps=True)
        self._name.setCursor(Qt.CursorShape.PointingHandCursor)
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 3, 0, 1)
        texts.setSpacing(1)
        texts.addWidget(self._name)
        if component.condition:
            texts.addWidget(label(component.condition, "faint", wraps=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.box.isEnabled() and self.rect().contains(event.position().toPoint()):
            self.box.toggle()
        event.accept()


class ComponentsCard(PageCard):
    """`changed` when a box was ticked or cleared."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Thành phần hồ sơ"))
        named(self, "reception.components", self.tr("Thành phần hồ sơ"))
        self._presence = label(wraps=True)
        self._presence.setAccessibleIdentifier("reception.presence")
        self._presence.hide()
        self.column.addWidget(self._presence)
        self._rows_layout = QVBoxLayout()
        self._rows_layout.setSpacing(3)
        self.column.addLayout(self._rows_layout)
        self._rows: list[ComponentRow] = []
        self._shown: Sequence[Component] | None = None

    def show_components(self, components: Sequence[Component]) -> None:
        """The list of a procedure with its usual ticks; the same list again keeps the clerk's."""
        if components == self._shown:
            return
        self._shown = components
        while (item := self._rows_layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._rows = []
        for component in components:
            if component.use is ComponentUse.NOTE:
                self._rows_layout.addWidget(label(component.name, "faint", wraps=True))
                continue
            row = ComponentRow(component)
            row.box.toggled.connect(self._toggled)
            self._rows.append(row)
            self._rows_layout.addWidget(row)
        self._count()

    def show_presence(self, said: Sequence[str]) -> None:
        """Who must be there, who signs and before whom."""
        self._presence.setText("\n".join(said))
        self._presence.setVisible(bool(said))

    def forget(self) -> None:
        """The next list starts with its usual ticks, even when it is the same."""
        self._shown = None

    def complain(self, why: str) -> QWidget | None:
        """Say what is to be looked at; the first box, None where there is none."""
        self.remark(why, "error")
        return self._rows[0].box if self._rows else None

    def ticked(self) -> tuple[HandedIn, ...]:
        return tuple(handed_in(row.component) for row in self._rows if row.box.isChecked())

    def _toggled(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        self.remark(self.tr("%d/%d giấy tờ") % (sum(row.box.isChecked() for row in self._rows), len(self._rows)))
