"""What other desks handed to this one: ticked by the barcode of its list or by its slips, and taken with one key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.kit.card import PageCard, empty
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.paper_lists.desk_lists import Coming, DossierOnList
    from desk_app.services.paper_lists.paper_lists import MadeList


class ArrivalsCard(PageCard):
    """Hidden while nothing is on its way here. `take_wanted` for what is ticked; `made` is the list scanned last."""

    take_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Quầy khác chuyển đến"))
        self.made: MadeList | None = None
        self._ticks: dict[str, QCheckBox] = {}
        self._told = label(role="soft", wraps=True)
        self._told.setAccessibleIdentifier("paper_lists.arriving.told")
        self.column.addWidget(self._told)
        held = QWidget()
        held.setProperty("ground", "clear")
        self._rows = QVBoxLayout(held)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self.column.addWidget(held)
        deeds = QHBoxLayout()
        take = button(
            look,
            self.tr("Nhận hồ sơ đã đánh dấu"),
            "paper_lists.take",
            self.take_wanted.emit,
            kind="primary",
            icon="check",
            key="Ctrl+Enter",
        )
        every = button(look, self.tr("Đánh dấu tất cả"), "paper_lists.take_all", partial(self._tick_all), icon="check")
        for each in (take, every):
            deeds.addWidget(each)
        deeds.addStretch()
        self.column.addLayout(deeds)
        self.hide()

    @property
    def is_empty(self) -> bool:
        return not self._ticks

    def show_coming(self, rows: Sequence[Coming]) -> None:
        """What is on its way now; what was ticked of it stays ticked."""
        ticked = set(self.ticked())
        self._ticks = {}
        empty(self._rows)
        for number, one in enumerate(rows, 1):
            parts = (one.code, one.applicant, one.procedure, self.tr("từ quầy %d") % one.giver)
            tick = QCheckBox("  ·  ".join(part for part in parts if part))
            named(tick, f"paper_lists.arriving.{number}", tick.text())
            tick.setChecked(one.code in ticked)
            tick.toggled.connect(self._tell)
            self._ticks[one.code] = tick
            self._rows.addWidget(tick)
            tick.show()
        self._tell()
        self.setVisible(bool(rows) and self.parentWidget() is not None)

    def show_list(self, made: MadeList | None, rows: Iterable[DossierOnList]) -> None:
        """A list was scanned: its dossiers are ticked, and what of it is not here is said by name."""
        self.made = made
        for one in rows:
            if one.code in self._ticks:
                self._ticks[one.code].setChecked(True)
        self._tell()

    def tick(self, code: str) -> bool:
        """A slip was scanned; False for a dossier that is not on its way here."""
        if code not in self._ticks:
            return False
        self._ticks[code].setChecked(True)
        return True

    def ticked(self) -> list[str]:
        return [code for code, tick in self._ticks.items() if tick.isChecked()]

    def focus_first(self) -> None:
        """To the first dossier, so that Space takes its mark away."""
        for tick in self._ticks.values():
            tick.setFocus()
            return

    def _tick_all(self) -> None:
        for tick in self._ticks.values():
            tick.setChecked(True)

    def _tell(self) -> None:
        said = self.tr("Quét mã vạch của danh sách hoặc giấy hẹn từng hồ sơ. Đã đánh dấu %d trong %d hồ sơ.")
        self._told.setText(said % (len(self.ticked()), len(self._ticks)))
