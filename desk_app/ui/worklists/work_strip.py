"""The numbers of the worklists, each a button with the key that opens its list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desk_app.domain.money import dotted
from desk_app.domain.worklists.lists import Worklist
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.labels import restyle


class CountedList(Protocol):
    """A list and how many dossiers stand in it."""

    @property
    def which(self) -> Worklist: ...
    @property
    def number(self) -> int: ...


EVERYTHING = "all"
_GAP = 6
KEYS = {EVERYTHING: "0", **{which.value: str(place) for place, which in enumerate(Worklist, 1)}}
"""The number key of each list."""


def list_of_key(key: int) -> str:
    """The list that this number key opens, "" for none."""
    return next((which for which, digit in KEYS.items() if digit == str(key)), "")


class WorkStrip(QWidget):
    """`wanted` names the list that was pressed. `whole` offers all of them as one list, `without` leaves lists out
    whose number stands elsewhere on the page. `short` shows in one row the lists in which something stands, and the
    whole only where they have no room.
    """

    wanted = Signal(str)

    def __init__(
        self, identifier: str, *, whole: bool = False, short: bool = False, without: Sequence[Worklist] = ()
    ) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._identifier, self._is_short = identifier, short
        self._numbers: dict[str, int] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._words = {which.value: which.label for which in Worklist if which not in without}
        if whole:
            self._words = {EVERYTHING: self.tr("Tất cả"), **self._words}
        elif short:
            self._words[EVERYTHING] = self.tr("Tất cả")
        self._pills = {which: self._pill(which) for which in self._words}
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """The buttons one after the other, each as wide as its words, in as many lines as they need."""
        x, y, high = 0, 0, 0
        shown = self._in_one_row() if self._is_short else list(self._pills)
        for which, pill in self._pills.items():
            pill.setVisible(which in shown)
            if which not in shown:
                continue
            size = pill.sizeHint()
            if x and x + size.width() > self.width():
                x, y = 0, y + high + _GAP
            pill.setGeometry(x, y, size.width(), size.height())
            x, high = x + size.width() + _GAP, size.height()
        if self.height() != y + high:
            self.setFixedHeight(y + high)

    def _in_one_row(self) -> list[str]:
        """The lists in which something stands, as many as fit; behind them the whole where some do not."""
        some = [which for which in self._words if self._numbers.get(which) or self._pills[which].hasFocus()]
        wide = {which: self._pills[which].sizeHint().width() + _GAP for which in self._words}
        if sum(wide[which] for which in some) <= self.width() + _GAP:
            return some
        left, shown = self.width() + _GAP - wide[EVERYTHING], list[str]()
        for which in some:
            left -= wide[which]
            if left >= 0 and which != EVERYTHING:
                shown.append(which)
        return [*shown, EVERYTHING]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in any list."""
        return not any(self._numbers.values())

    def _pill(self, which: str) -> QPushButton:
        made = QPushButton(self)
        made.setProperty("kind", "pill")
        made.setProperty("tall", "small")
        made.setCheckable(True)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(lambda _checked=False: self._pressed(which))
        self._group.addButton(made)
        self._say(made, which, 0)
        return made

    def _pressed(self, which: str) -> None:
        self._pills[which].setChecked(False)
        self.wanted.emit(which)

    def show_counts(self, counts: Sequence[CountedList]) -> None:
        """The numbers as they are now; all of them together is no number, since a dossier may stand in two lists."""
        for each in counts:
            pill = self._pills.get(each.which.value)
            if pill is not None:
                self._say(pill, each.which.value, each.number)
        self._place()

    def check(self, which: str) -> None:
        """Show this list as the one in sight."""
        for name, pill in self._pills.items():
            pill.setChecked(name == which)

    def _say(self, pill: QPushButton, which: str, number: int) -> None:
        words, key = self._words[which], KEYS[which]
        told = f"{words}: {dotted(number)}" if which != EVERYTHING else words
        self._numbers[which] = number
        pill.setText(f"{key}  {told}")
        named(pill, f"{self._identifier}.{which}", told)
        pill.setAccessibleDescription(self.tr("Phím %s") % key)
        restyle(pill, "state", "some" if number else "")
