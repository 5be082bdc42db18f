"""What may be done with a dossier next: a button for each step, what the step must be told, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from desk_app.domain.dossiers.steps import Status
from desk_app.domain.dossiers.steps import usual as usual_step
from desk_app.domain.handling.step_offer import split
from desk_app.errors import DeskError
from desk_app.services.dossiers.steps import StepChoice
from desk_app.ui.dossier.step_panel import StepAsks, StepPanel
from desk_app.ui.focus.lone_key import LoneKey
from desk_app.ui.focus.set_down import SetDown
from desk_app.ui.kit.card import PageCard, empty
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets import formats
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.date_field import ReadDay
from desk_app.ui.widgets.wrap_row import WrapRow

if TYPE_CHECKING:
    from desk_app.services.dossiers.taking_back import LastStep

TAKE_BACK = "take-back"
_KEYS = "123456789-="
"""The key of each step in their order: the row of the keyboard, where 0 is for the rest."""
_MORE = "0"


class StepsCard(PageCard):
    """`taken(filled)` with a `StepFilled`.

    The card itself takes the focus after a step: whatever is typed then reaches nothing.
    """

    taken = Signal(object)

    def __init__(self, look: Look, read_day: ReadDay, asks: StepAsks) -> None:
        super().__init__(self.tr("Bước tiếp theo"))
        named(self, "dossier.steps", self.tr("Bước tiếp theo"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._look = look
        self._chosen: StepChoice | None = None
        self._offered: Sequence[StepChoice] = ()
        self._usual: QPushButton | None = None
        self._is_rest_open = False
        self._set_down = SetDown()
        self._numbered: list[QPushButton] = []
        self._lone = LoneKey(_KEYS + _MORE, self)
        self._lone.pressed.connect(self._press_alone)
        self._buttons = WrapRow()
        self.column.addWidget(self._buttons)
        self._more = button(look, self.tr("Khác"), "dossier.step.more", self._turn_rest, kind="ghost", key=_MORE)
        self._rest = WrapRow()
        self.column.addWidget(self._more, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._rest)
        self._rest.hide()
        self.panel = StepPanel(look, read_day, asks)
        self.panel.record_wanted.connect(self._take)
        self.panel.cancel_wanted.connect(self.cancel)
        self.panel.hide()
        self.column.addWidget(self.panel)
        self._back_row = QWidget()
        self._back_row.setProperty("ground", "clear")
        self._back_place = QHBoxLayout(self._back_row)
        self._back_place.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._back_row)

    def show_steps(
        self, code: str, steps: Sequence[StepChoice], last: LastStep | None, status: Status, now: datetime
    ) -> None:
        """The steps that are open now, the usual one marked, two beside it, the rest behind a button.

        Each has a number key. A step half told stays while it is still open. `last` is the step that may be taken back;
        None where there is none.
        """
        self.panel.code = code
        back = self._way_back(last, now) if last is not None else None
        offered = [*steps, back] if back is not None else list(steps)
        if self._chosen is not None and not any(_same(self._chosen, each) for each in offered):
            self.cancel()
        self._offered = offered
        usual = usual_step(status, {each.action for each in steps})
        ordered = sorted(steps, key=lambda each: each.action != usual)
        made = self._numbered = [
            self._button(each, place, is_usual=each.action == usual) for place, each in enumerate(ordered)
        ]
        self._usual = made[0] if usual and made else None
        shown = len(split([each.action for each in ordered], usual)[0])
        self._buttons.show_parts(made[:shown])
        self._buttons.setVisible(bool(made))
        self._rest.show_parts(made[shown:])
        self._more.setVisible(bool(made[shown:]))
        self._rest.setVisible(bool(made[shown:]) and self._is_rest_open)
        ways_back = self._show_back(back)
        stops = [self, *made[:shown], self._more, *made[shown:], *self.panel.stops, *ways_back]
        for first, then in pairwise(stops):
            QWidget.setTabOrder(first, then)
        self.setVisible(bool(offered))

    def press_key(self, event: QKeyEvent) -> bool:
        """A key of the row of numbers that no field took: the step that names it, 0 for the rest; False for others."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._lone.takes(event) and is_plain

    def _press_alone(self, text: str) -> None:
        """What the key means once it stood alone, while the page waits for a step."""
        place = _KEYS.find(text)
        if self._chosen is not None or not self.isVisible():
            return
        if text == _MORE and self._more.isVisibleTo(self):
            self._more.click()
        elif 0 <= place < len(self._numbered):
            self._numbered[place].click()

    def _turn_rest(self) -> None:
        """Show the steps that are seldom taken, or put them away."""
        self._is_rest_open = not self._is_rest_open
        self._rest.setVisible(self._is_rest_open)
        said = self.tr("Ẩn các bước ít dùng") if self._is_rest_open else self.tr("Hiện các bước ít dùng")
        self._more.setAccessibleDescription(said)

    @property
    def chosen_action(self) -> str:
        """The step whose form is open, "" for none."""
        return self._chosen.action if self._chosen is not None else ""

    def choose(self, action: str) -> None:
        """Open the form of this step, where it can still be taken."""
        step = next((each for each in self._offered if each.action == action), None)
        if step is not None:
            self._choose(step)

    def choose_or_usual(self, action: str) -> None:
        """Open the form of this step, or of the usual one where it cannot be taken; one half told stays."""
        if self._chosen is None:
            self.choose(action)
        if self._chosen is None:
            self.press_main()

    @property
    def main_name(self) -> str:
        """What Ctrl+Enter begins or records; "" where nothing is usual."""
        return self.tr("Bước tiếp theo") if self._usual is not None or self._chosen is not None else ""

    def press_main(self) -> None:
        """What Ctrl+Enter means here: confirm, else record what is filled in, else begin the usual step."""
        if self._chosen is not None:
            self.panel.record()
        elif self._usual is not None:
            self._usual.click()

    def cancel(self) -> bool:
        """One step back: from the question to the form, from the form to the buttons; False when there was neither."""
        if self._chosen is None:
            return False
        if self.panel.unask():
            return True
        self._set_down.keep((self.panel.code, self._chosen.action), self.panel)
        self.put_away()
        return True

    def put_away(self) -> None:
        """Close the form, whatever stands in it."""
        self._chosen = None
        focus = QApplication.focusWidget()
        if focus is not None and self.panel.isAncestorOf(focus):
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # before the form goes: else Qt chooses where to
        self.panel.hide()

    def complain(self, error: DeskError) -> None:
        """Mark the field a refusal names."""
        self.panel.complain(error)

    def point_at(self, field: str, text: str) -> None:
        """Say at an input of the step what is asked about it, and go there."""
        self.panel.point_at(field, text)

    def _way_back(self, last: LastStep, now: datetime) -> StepChoice:
        """The latest step, to be taken back like a step of its own."""
        remark = self.tr("%s ghi %s. Rút lại thì hồ sơ trở về «%s»; lịch sử vẫn còn cả hai việc.")
        return StepChoice(
            action=TAKE_BACK,
            label=self.tr("rút lại bước «%s»") % last.label,
            needs_reason=True,
            needs_due=last.needs_due,
            due_on=last.due_on,
            remark=remark % (last.author, formats.moment(last.at, now), last.back_to.label),
        )

    def _show_back(self, back: StepChoice | None) -> list[QWidget]:
        """The button of the way back, if there is one."""
        empty(self._back_place)
        if back is not None:
            made = button(
                self._look,
                back.label[:1].upper() + back.label[1:],
                f"dossier.step.{back.action}",
                partial(self._choose, back),
                kind="ghost",
                icon="arrow-left",
                tall="small",
            )
            self._back_place.addWidget(made)
            self._back_place.addStretch()
            made.show()
        self._back_row.setVisible(back is not None)
        return [made] if back is not None else []

    def _button(self, step: StepChoice, place: int, *, is_usual: bool) -> QPushButton:
        text = step.label[:1].upper() + step.label[1:]
        kind, key = "primary" if is_usual else "", _KEYS[place : place + 1]
        choose = partial(self._choose, step)
        return button(self._look, text, f"dossier.step.{step.action}", choose, kind=kind, key=key)

    def _choose(self, step: StepChoice) -> None:
        self._chosen = step
        self.panel.begin(step)
        self._set_down.give_back((self.panel.code, step.action), self.panel)

    def _take(self) -> None:
        filled = self.panel.filled()
        if self._chosen is not None and filled is not None:
            self.taken.emit(filled)


def _same(one: StepChoice, other: StepChoice) -> bool:
    """The same step, whatever day is offered with it meanwhile."""
    return (one.action, one.label) == (other.action, other.label)
