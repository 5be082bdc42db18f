"""The card in which an office sets the inner steps of a procedure: who has a dossier in which order, how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.procedures.inner_step import InnerStep
from desk_app.store.reference.catalogue import Choice
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.service_days.inner_step_row import InnerStepRow
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import Labelled
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.handling.procedure_steps import SetSteps


class InnerStepsCard(PageCard):
    """`chosen` is the code of a procedure; `save_wanted` for what stands in the rows, `reset_wanted` for none of it."""

    chosen = Signal(str)
    save_wanted = Signal()
    reset_wanted = Signal()

    def __init__(self, look: Look, *, refusal: str) -> None:
        super().__init__(self.tr("Quy trình nội bộ của thủ tục"))
        self._look = look
        self._rows: list[InnerStepRow] = []
        self.procedure = Chooser("inner_steps.procedure", self.tr("Thủ tục"), self.tr("Gõ vài chữ để tìm"))
        self.procedure.changed.connect(lambda: self.chosen.emit(self.procedure.value()))
        self._told = label(role="faint", wraps=True)
        self._told.setAccessibleIdentifier("inner_steps.told")
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self._wrong = label(role="warn", wraps=True)
        self._wrong.setAccessibleIdentifier("inner_steps.wrong")
        self.column.addWidget(Labelled(self.tr("Thủ tục"), self.procedure))
        self.column.addWidget(self._told)
        self.column.addLayout(self._column)
        self.column.addWidget(self._wrong)
        more = button(look, self.tr("Thêm bước"), "inner_steps.add", self._add_row, icon="plus")
        save = button(
            look, self.tr("Lưu quy trình"), "inner_steps.save", self.save_wanted.emit, kind="primary", icon="check"
        )
        reset = button(look, self.tr("Dùng lại quy trình chung"), "inner_steps.reset", self.reset_wanted.emit)
        self._buttons = (more, save, reset)
        row = QHBoxLayout()
        for each in self._buttons:
            each.setEnabled(not refusal)
            row.addWidget(each)
        row.addStretch()
        self.column.addLayout(row)
        self._show_buttons(are_wanted=False)
        self.complain("")

    def offer(self, choices: Sequence[Choice]) -> None:
        self.procedure.offer([("", ""), *((each.code, f"{each.title}\t{each.name}") for each in choices)])

    def show_steps(self, found: SetSteps | None) -> None:
        """The steps of a procedure; None before one is chosen."""
        self.complain("")
        while self._rows:
            gone = self._rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._show_buttons(are_wanted=found is not None)
        if found is None:
            self._told.setText(self.tr("Chọn thủ tục để xem và sửa các bước. Hồ sơ đã nhận giữ quy trình cũ."))
            return
        self._told.setText(
            self.tr("Quy trình %s. Bỏ trống tên là bỏ bước; đổi thì hồ sơ nhận từ lúc lưu mới theo.")
            % (found.told or self.tr("chung"))
            + self.tr(" Alt+↑, Alt+↓ chuyển bước lên, xuống.")
        )
        for step in found.steps:
            self._add(step)

    def steps(self) -> tuple[InnerStep, ...]:
        """What the rows say; a row without a name is no step, a new one has no id yet."""
        return tuple(step for row in self._rows if (step := row.step()).name)

    def complain(self, why: str) -> QWidget:
        self._wrong.setText(why)
        self._wrong.setVisible(bool(why))
        return self._rows[0].name if self._rows else self.procedure

    def _add_row(self) -> None:
        self._add(InnerStep(id="", name=""))
        self._rows[-1].name.setFocus()

    def _add(self, step: InnerStep) -> None:
        row = InnerStepRow(self._look, len(self._rows) + 1, step)
        row.move_wanted.connect(self._move)
        self._rows.append(row)
        self._column.addWidget(row)
        row.show()  # Enter, which chose the procedure, leads on into the rows: Qt itself shows them a moment later
        for each in self._rows:
            each.show_moves(up=each is not self._rows[0], down=each is not self._rows[-1])

    def _move(self, number: int, by: int) -> None:
        """The step of this row and its neighbour change places; the cursor goes along."""
        here, there = number - 1, number - 1 + by
        if not 0 <= there < len(self._rows):
            return
        moved, other = self._rows[here], self._rows[there]
        place = moved.place_of_focus()
        mine, its = moved.step(), other.step()
        other.put(mine)
        moved.put(its)
        other.focus(place)

    def _show_buttons(self, *, are_wanted: bool) -> None:
        for each in self._buttons:
            each.setVisible(are_wanted and each.parentWidget() is not None)
