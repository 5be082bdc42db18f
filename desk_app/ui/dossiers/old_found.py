"""Old dossiers that the searched text means, told below the list: a clerk who searches here need not look elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QLineEdit

from desk_app.ui.jobs import Jobs

if TYPE_CHECKING:
    from desk_app.services.old_data.memory import OldFind

_LANE, _AFTER_MS, _SHOWN, _LEAST = "old-in-list", 300, 3, 3


class OldFound(QLabel):
    """Hidden while nothing is searched and where no old dossier fits. `told` gives a find as one line."""

    def __init__(self, box: QLineEdit, find: Callable[[str], list[OldFind]], jobs: Jobs) -> None:
        super().__init__()
        self.setProperty("role", "soft")
        self.setWordWrap(True)
        self.setContentsMargins(16, 8, 16, 8)
        self.setAccessibleIdentifier("dossiers.old")
        self._box, self._find, self._jobs = box, find, jobs
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_AFTER_MS)
        self._rest.timeout.connect(self._ask)
        box.textChanged.connect(self._typed)
        self.hide()

    def _typed(self) -> None:
        self.hide()
        if len(self._box.text().strip()) >= _LEAST:
            self._rest.start()
        else:
            self._rest.stop()

    def _ask(self) -> None:
        text = self._box.text().strip()

        def found(rows: list[OldFind]) -> None:
            if text == self._box.text().strip():
                self._show(rows)

        self._jobs.run(_LANE, lambda: self._find(text), owner=self, done=found)

    def _show(self, rows: list[OldFind]) -> None:
        lines = [one.told for one in rows[:_SHOWN]]
        if len(rows) > _SHOWN:
            lines.append(self.tr("… còn nữa: tìm ở trang «Dữ liệu cũ» (Ctrl+I)"))
        self.setText("\n".join([self.tr("Hồ sơ cũ, nhập từ trước:"), *lines]))
        self.setVisible(bool(rows))
