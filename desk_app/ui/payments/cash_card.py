"""The money of the day at its close: what came in by which way, and the drawer counted note by note beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout

from desk_app.domain import money
from desk_app.domain.payments.cash_count import NOTES, CashCount, balance_told
from desk_app.errors import DeskError
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import Labelled, NumberInput, TextInput
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.payments.day_money import DayMoney

_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MOST = 9_999
_ACROSS = 3


class CashCard(PageCard):
    """`counted(notes, opening, reason)`: how many of each note, the change of before in đồng, why it differs.

    What is typed stays when the day is looked over again; it goes when the count is recorded.
    """

    counted = Signal(object, int, str)

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Tiền thu trong ngày"))
        self.setAccessibleIdentifier("day_end.money")
        self._day: DayMoney | None = None
        self._opening = 0
        self._told = label(wraps=True)
        self._told.setAccessibleIdentifier("day_end.money.told")
        self.column.addWidget(self._told)
        self.notes = {
            note: NumberInput(f"day_end.cash.{note}", self.tr("Số tờ %s đ") % money.dotted(note), _MOST, "0")
            for note in NOTES
        }
        self.opening = TextInput("day_end.cash.opening", self.tr("Tiền lẻ có sẵn đầu ngày"))
        self.reason = TextInput("day_end.cash.reason", self.tr("Lý do thừa, thiếu"))
        self._held: dict[str, Labelled] = {
            f"notes.{note}": Labelled(self.tr("%s đ × số tờ") % money.dotted(note), field)
            for note, field in self.notes.items()
        }
        self._held["opening"] = Labelled(self.tr("Tiền lẻ có sẵn đầu ngày"), self.opening)
        self._held["reason"] = Labelled(self.tr("Lý do thừa, thiếu"), self.reason)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        for place, held in enumerate(self._held.values()):
            last = held is self._held["reason"]
            grid.addWidget(held, place // _ACROSS, place % _ACROSS, 1, 2 if last else 1)
        self.column.addLayout(grid)
        self._sum = label(wraps=True)
        self._sum.setAccessibleIdentifier("day_end.cash.sum")
        self.column.addWidget(self._sum)
        self.save = button(look, self.tr("Ghi số đã đếm"), "day_end.cash.save", self._give, icon="check")
        self.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        for field in (*self.notes.values(), self.opening):
            field.changed.connect(self._say_sum)

    def show_money(self, day: DayMoney, opening: int) -> None:
        """`opening` is the change that lay in the drawer when it was counted last."""
        self._day, self._opening = day, opening
        self._told.setText("\n".join(day.lines))
        self.remark(day.ours.balance, "warn" if day.ours.needs_count or day.ours.difference else "ok")
        self.opening.setPlaceholderText(money.dotted(opening))
        self._say_sum()

    def clear(self) -> None:
        """The count is recorded: nothing typed stays."""
        for field in (*self.notes.values(), self.opening, self.reason):
            field.put("")
        for held in self._held.values():
            held.complain("")
        self._say_sum()

    def complain(self, error: DeskError) -> None:
        """Mark the input that a refusal names."""
        held = self._held.get(str(error.facts.get("field", "")))
        if held is not None:
            held.complain(str(error.facts.get("why", "")) or self.tr("cần ghi %s") % error.facts.get("label", ""))
            held.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self) -> dict[int, int]:
        return {note: field.number() for note, field in self.notes.items() if field.number()}

    def _before(self) -> int:
        """Raises `BadFactError`."""
        typed, told = self.opening.value(), self.tr("Tiền lẻ có sẵn đầu ngày")
        return money.sum_typed(typed, field="opening", label=told) if typed.strip() else self._opening

    def _say_sum(self) -> None:
        """What is counted so far, and what that means beside the cash that came in."""
        if self._day is None or not any(field.value() for field in self.notes.values()):
            self._sum.setText("")
            return
        try:
            before = self._before()
        except DeskError:
            before = self._opening
        ours = self._day.ours
        count = CashCount(day="", desk=ours.desk, notes=self._count(), opening=before, expected=ours.cash)
        told = balance_told(count, ours.cash)
        self._sum.setText(self.tr("Đã đếm %s đ. %s.") % (money.dotted(count.counted), told))

    def _give(self) -> None:
        try:
            before = self._before()
        except DeskError as error:
            self._held["opening"].complain(str(error.facts.get("why", "")))
            self.opening.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.counted.emit(self._count(), before, self.reason.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes from note to note, and records behind the last input."""
        stops = [held.field for held in self._held.values()]
        focus = self.focusWidget()
        if event.key() not in _ENTERS or focus not in stops:
            super().keyPressEvent(event)
        elif focus is stops[-1]:
            self._give()
        else:
            stops[stops.index(focus) + 1].setFocus(Qt.FocusReason.TabFocusReason)
