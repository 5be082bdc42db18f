"""A step of making a desk ready: what it is for, its deed, and the way to leave it for later."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from desk_app.services.setup.preparing import SAID, PreparingStep, StepState
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import label

_ROLES = {StepState.DONE: "ok", StepState.LATER: "faint", StepState.OPEN: "warn"}


class StepCard(PageCard):
    """`marked` gives the step's key and how it stands from now on."""

    marked = Signal(str, object)

    def __init__(self, look: Look, step: PreparingStep, number: int, text: str) -> None:
        super().__init__(step.title)
        self.set_number(number)
        self.key = step.key
        self._look = look
        self.column.setSpacing(9)
        self.column.addWidget(label(text, "soft", wraps=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(9)
        self.column.addLayout(self.body)
        self.said: QLabel = label(wraps=True)
        self.said.setAccessibleIdentifier(f"preparing.{step.key}.said")
        self.column.addWidget(self.said)
        self.said.hide()
        self.row = QHBoxLayout()
        self.row.setSpacing(10)
        self.done = button(
            look, self.tr("Tốt, xong bước này"), f"preparing.{step.key}.done", self._is_done, icon="check"
        )
        self.done.setAccessibleName(self.tr("Xong bước %s") % step.title)
        self.later = button(look, self.tr("Để sau"), f"preparing.{step.key}.later", self._is_later)
        self.later.setAccessibleName(self.tr("Để sau bước %s") % step.title)
        self.row.addWidget(self.done)
        self.row.addWidget(self.later)
        self.row.addStretch()
        self.column.addLayout(self.row)
        self.show_state(step.state)

    def show_state(self, state: StepState) -> None:
        self.remark(SAID[state], _ROLES[state])

    def say(self, text: str) -> None:
        """What the deed of this step came to."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _is_done(self) -> None:
        self.marked.emit(self.key, StepState.DONE)

    def _is_later(self) -> None:
        self.marked.emit(self.key, StepState.LATER)
