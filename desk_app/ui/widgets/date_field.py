"""The one field for a day in the whole window: judged when it is left, never while it is being typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from desk_app.domain.calendar import dates
from desk_app.domain.calendar.typed_day import DaySense, TypedDay, told_day
from desk_app.ui.widgets.fields import TextInput

ReadDay = Callable[[str, DaySense], TypedDay]
"""What a typed text means in a field of that sense; never raises."""

_HINT = "dd/mm/yyyy"


class DateField(TextInput):
    """A day as people type it ("4/12", "041226"); shown as dd/MM/yyyy once the field is left.

    Enter on a day that is refused, or that is to be looked at, stays in the field and says why; Enter again takes the
    day that is offered instead, or keeps the clerk's own.
    """

    def __init__(self, identifier: str, name: str, sense: DaySense, read: ReadDay, hint: str = _HINT) -> None:
        super().__init__(identifier, name, hint)
        self._sense, self._read = sense, read
        self._judged: TypedDay | None = None

    def typed(self) -> TypedDay:
        """What the text means now; nothing is shown."""
        return self._read(self.text(), self._sense)

    def value(self) -> str:
        """As it will be shown once the field is left; the text itself where no calendar has it."""
        found = self.typed()
        return dates.shown(found.iso) if found.iso else self.text().strip()

    def iso(self) -> str:
        """ISO, or a year; the text as typed where no calendar has it, so that saving refuses it."""
        return self.typed().iso or self.text().strip()

    def put_iso(self, value: str) -> None:
        self.put(dates.shown(value))

    def put(self, value: str) -> None:
        if value != self.text():
            self._forget()
        super().put(value)

    def judge(self) -> TypedDay:
        """Complete the text and say what is wrong with it; also called before saving."""
        found = self.typed()
        if found.iso and self.text() != dates.shown(found.iso):
            super().put(dates.shown(found.iso))
            self.changed.emit()
        self._judged = found
        if found.refusal:
            self.show_state("error")
            self.noted.emit(found.refusal[:1].upper() + found.refusal[1:] + ".", "error")
        elif found.remark:
            self.show_state("look")
            self.noted.emit(self._remark(found), "warn")
        else:
            self.noted.emit("", "")
            if self.property("state") == "error":
                self.show_state("")
        return found

    def settle(self) -> str:
        return self.judge().refusal

    def take_offer(self) -> bool:
        """Take the day offered instead; False when none is."""
        if self._judged is None or not self._judged.offer:
            return False
        super().put(dates.shown(self._judged.offer))
        self.judge()
        self.changed.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or event.modifiers() & _COMMANDS:
            super().keyPressEvent(event)
            return
        before = self._judged
        if before is not None and self.take_offer():
            self.selectAll()  # the clerk sees the day before Enter leads on
            return
        found = self.judge()
        stays = bool(found.refusal) or (bool(found.remark) and before is None)
        event.setAccepted(stays)
        if stays:
            self.selectAll()

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001 - Qt's signature
        self.judge()  # before the focus moves: a question may appear that comes next
        return super().focusNextPrevChild(next_)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.judge()

    def _remark(self, found: TypedDay) -> str:
        if not found.offer:
            return found.remark + "."
        offer = told_day(date.fromisoformat(found.offer))
        return self.tr("%s. Nhấn Enter ở ô này để lấy %s.") % (found.remark, offer)

    def _told(self) -> None:
        if not self._is_put:
            self._forget()
        super()._told()

    def _forget(self) -> None:
        """A text that changed is not judged yet."""
        if self._judged is not None:
            self._judged = None
            self.noted.emit("", "")
            if self.property("state") in {"error", "look"}:
                self.show_state("")


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
