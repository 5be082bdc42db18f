"""Setting one thing of a dossier right: which, the new value, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from desk_app.errors import DeskError
from desk_app.ui.dossier.correction_inputs import Around, CorrectionInput, input_for
from desk_app.ui.focus.set_down import SetDown
from desk_app.ui.kit.card import PageCard, empty
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import Labelled, TextInput
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.dossiers.corrections import Correctable

_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CorrectionCard(PageCard):
    """`corrected(changes, reason)`, the changes by path; hidden until somebody wants to set something right."""

    corrected = Signal(object, str)

    def __init__(self, around: Around) -> None:
        super().__init__(self.tr("Đính chính"))
        self._around = around
        self._found: dict[str, Correctable] = {}
        self._input: CorrectionInput | None = None
        self._set_down = SetDown()
        self._code = ""
        look = around.look
        self.which = Chooser("dossier.correct.field", self.tr("Mục cần sửa"), self.tr("Gõ vài chữ để lọc"))
        self.which.changed.connect(self._show_input)
        self.reason = TextInput("dossier.correct.reason", self.tr("Lý do đính chính"))
        self._which_held = Labelled(self.tr("Mục cần sửa"), self.which)
        self._reason_held = Labelled(self.tr("Lý do"), self.reason, required=True)
        self._place = QVBoxLayout()
        self._before = label(role="faint", wraps=True)
        self.column.addWidget(self._which_held)
        self.column.addLayout(self._place)
        self.column.addWidget(self._before)
        self.column.addWidget(self._reason_held)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._save = button(
            look, self.tr("Lưu đính chính"), "dossier.correct.save", self._give, kind="primary", icon="check"
        )
        row.addWidget(self._save)
        row.addWidget(button(look, self.tr("Thôi"), "dossier.correct.cancel", self.cancel))
        row.addStretch()
        self.column.addLayout(row)
        self.hide()

    def begin(self, code: str, found: Sequence[Correctable]) -> None:
        """Offer these of the dossier; nothing is chosen yet."""
        self._code = code
        self._found = {each.path: each for each in found}
        self.which.offer([(each.path, _named(each)) for each in found])
        self.which.put("")
        self.reason.put("")
        self._which_held.complain("")
        self._reason_held.complain("")
        self._show_input()
        self.show()
        self._set_down.give_back(self._about(), self)
        self.which.setFocus(Qt.FocusReason.TabFocusReason)

    def cancel(self) -> bool:
        """Put the card away; False when it was not there."""
        was_open = not self.isHidden()
        if was_open:
            self._set_down.keep(self._about(), self)
        self.put_away()
        return was_open

    def put_away(self) -> None:
        """Close the card; what stands in it is recorded or wanted no more."""
        self.hide()

    def _about(self) -> tuple[str, list[tuple[str, str]]]:
        """The dossier and everything that stands in it: no other one like it, and not this one once it changed."""
        return self._code, [(each.path, each.value) for each in self._found.values()]

    def complain(self, error: DeskError) -> None:
        """Mark what a refusal names."""
        why = str(error.facts.get("why", "")) or self.tr("cần xem lại")
        if error.facts.get("field") == "reason":
            self._reason_held.complain(self.tr("chưa nhập"))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._input is not None:
            self._input.complain(why)
        else:
            self._which_held.complain(why)
            self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, field: str, text: str) -> None:
        """Say what is asked about the value, and go there; `field` may be another one that the value does not fit."""
        del field
        if self._input is not None:
            self._input.complain(text)

    def _show_input(self) -> None:
        """The input the chosen thing is given with; none while nothing is chosen."""
        chosen = self._found.get(self.which.value())
        empty(self._place)
        self._input = None
        self._save.setEnabled(chosen is not None)
        self._before.setVisible(chosen is not None)
        if chosen is not None:
            self._input = input_for(chosen, self._around)
            self._place.addWidget(self._input)
            self._input.show()
            self._before.setText(self.tr("Hiện tại: %s") % (chosen.shown or self.tr("(để trống)")))
            # Not at once: the Enter that chose it is still under way, and would go on from there.
            if self.which.hasFocus():
                QTimer.singleShot(0, self, self._focus_value)

    def _focus_value(self) -> None:
        if self._input is not None and self._input.stops:
            self._input.stops[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _give(self) -> None:
        if self._input is not None and self._input.settle():
            self.corrected.emit(self._input.changes(), self.reason.value().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        stops = [stop for stop in (self._input.stops if self._input is not None else []) if stop.isVisible()]
        if event.key() not in _ENTERS:
            super().keyPressEvent(event)
        elif focus in stops:
            is_list = isinstance(focus, QCheckBox)
            after = [] if is_list else stops[stops.index(focus) + 1 :]
            (after[0] if after else self.reason).setFocus(Qt.FocusReason.TabFocusReason)
        elif focus is self.reason:
            self._give()
        else:
            super().keyPressEvent(event)


def _named(each: Correctable) -> str:
    return f"{each.label} ({each.whose})" if each.whose else each.label
