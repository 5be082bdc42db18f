"""The head of the page of one dossier: its code, where it stands, its procedure, and what may be done at any time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from desk_app.ui.kit.page import PageDeed, PageHead
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.labels import CodeLabel, TwoLineLabel
from desk_app.ui.widgets.status_chip import StatusChip

_CHIP_BELOW = 520


class DossierHead(PageHead):
    """`whole_from` is the width from which the deeds say their names: below it the code needs the room."""

    def __init__(
        self,
        look: Look,
        *,
        leave: Callable[[], object],
        correct: Callable[[], object],
        again: Callable[[], object],
        whole_from: int,
    ) -> None:
        self._first = QHBoxLayout()
        self._code = CodeLabel()
        self._status = StatusChip(look)
        self._procedure = TwoLineLabel("soft")
        self._first.addWidget(self._code)
        self._first.addWidget(self._status)
        self._first.addStretch()
        deeds = (
            PageDeed(
                text=self.tr("Đính chính"),
                identifier="dossier.correct",
                pressed=correct,
                icon="pencil",
                key="Ctrl+E",
                whole_from=whole_from,
            ),
            PageDeed(
                text=self.tr("In lại"),
                identifier="dossier.print_again",
                pressed=again,
                icon="printer",
                key="Ctrl+P",
                kind="primary",
                whole_from=whole_from,
            ),
        )
        super().__init__(look, self._first, note=self._procedure, leave=("dossier.leave", leave), deeds=deeds)

    def show_dossier(self, code: str, mark: tuple[str, str], procedure: str) -> None:
        """`mark` names the colour of the status and what it is called."""
        self._code.setText(code)
        self._status.show_mark(*mark)
        self._procedure.setText(procedure)

    def fit(self, width: int) -> None:
        """On a narrow page the status stands below the code."""
        is_narrow = width < _CHIP_BELOW
        self._first.setDirection(QHBoxLayout.Direction.TopToBottom if is_narrow else QHBoxLayout.Direction.LeftToRight)
        self._first.setSpacing(1 if is_narrow else 12)
