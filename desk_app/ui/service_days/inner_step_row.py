"""One inner step of a procedure in the card that sets them."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.procedures.inner_step import InnerStep
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import tool
from desk_app.ui.widgets.fields import ChoiceInput, Labelled, NumberInput, TextInput

_MOST_HALF_DAYS = 400
_USUAL, _REST, _SIGNS = "usual", "rest", "signs"
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class InnerStepRow(QWidget):
    """A step: its name, who has it, half days, and whether it takes the rest of the limit or is the leader's.

    `move_wanted(number, by)`: the step of this row shall go up (-1) or down (1).
    """

    move_wanted = Signal(int, int)

    def __init__(self, look: Look, number: int, step: InnerStep) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._step, self._number = step, number
        place = f"inner_steps.{number}"
        self.name = TextInput(f"{place}.name", self.tr("Tên bước %d") % number)
        self.who = TextInput(f"{place}.who", self.tr("Ai làm bước %d") % number)
        self.half_days = NumberInput(
            f"{place}.half_days", self.tr("Số nửa ngày của bước %d") % number, _MOST_HALF_DAYS, "0"
        )
        self.kind = ChoiceInput(
            f"{place}.kind",
            self.tr("Loại bước %d") % number,
            (
                (_USUAL, self.tr("Bước thường")),
                (_REST, self.tr("Phần còn lại của thời hạn")),
                (_SIGNS, self.tr("Lãnh đạo ký")),
            ),
        )
        self._up = tool(look, "arrow-up", self.tr("Chuyển bước %d lên") % number, f"{place}.up", self._go_up)
        self._down = tool(look, "arrow-down", self.tr("Chuyển bước %d xuống") % number, f"{place}.down", self._go_down)
        self._fields = (self.name, self.who, self.half_days, self.kind)
        parts: tuple[QWidget, ...] = (*self._fields, self._up, self._down)
        for part in parts:
            part.installEventFilter(self)
        self._lay()
        self.put(step)

    def _lay(self) -> None:
        """Two lines: in one of them no name could be read."""
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        names, kinds = QHBoxLayout(), QHBoxLayout()
        for line in (names, kinds):
            line.setSpacing(8)
            lines.addLayout(line)
        names.addWidget(Labelled(self.tr("Bước %d") % self._number, self.name), 1)
        names.addWidget(Labelled(self.tr("Ai làm"), self.who), 1)
        kinds.addWidget(Labelled(self.tr("Số nửa ngày"), self.half_days), 2)
        kinds.addWidget(Labelled(self.tr("Loại"), self.kind), 4)
        for arrow in (self._up, self._down):
            kinds.addWidget(arrow, 0, Qt.AlignmentFlag.AlignBottom)

    def put(self, step: InnerStep) -> None:
        """Let the row hold this step."""
        self._step = step
        self.name.put(step.name)
        self.who.put(step.who)
        self.half_days.put(str(step.half_days or ""))
        self.kind.put(_REST if step.rest else _SIGNS if step.signs else _USUAL)

    def step(self) -> InnerStep:
        """The step as the row says it; what else its kind says stays."""
        return replace(
            self._step,
            name=self.name.value().strip(),
            who=self.who.value().strip(),
            half_days=self.half_days.number(),
            rest=self.kind.value() == _REST,
            signs=self.kind.value() == _SIGNS,
        )

    # --- moving ----------------------------------------------------------------------------------------------------

    def show_moves(self, *, up: bool, down: bool) -> None:
        self._up.setEnabled(up)
        self._down.setEnabled(down)

    def place_of_focus(self) -> int:
        """Which input of the row the cursor stands in; the first where it stands in none."""
        focus = self.focusWidget()
        return self._fields.index(focus) if focus in self._fields else 0

    def focus(self, place: int) -> None:
        self._fields[place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_up(self) -> None:
        self.move_wanted.emit(self._number, -1)

    def _go_down(self) -> None:
        self.move_wanted.emit(self._number, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with an arrow moves the step, also where the input would open its list."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _MOVES
            and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
        ):
            self.move_wanted.emit(self._number, _MOVES[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)
