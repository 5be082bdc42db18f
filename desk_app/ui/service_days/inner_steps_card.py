"""The card in which an office sets the inner steps of a procedure: who has a dossier in which order, how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.procedures.inner_step import InnerStep
from desk_app.store.reference.catalogue import Choice
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.fields import ChoiceInput, Labelled, NumberInput, TextInput
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.handling.procedure_steps import SetSteps

_MOST_HALF_DAYS = 400
_USUAL, _REST, _SIGNS = "usual", "rest", "signs"


class InnerStepsCard(PageCard):
    """`chosen` is the code of a procedure; `save_wanted` for what stands in the rows, `reset_wanted` for none of it."""

    chosen = Signal(str)
    save_wanted = Signal()
    reset_wanted = Signal()

    def __init__(self, look: Look, *, refusal: str) -> None:
        super().__init__(self.tr("Quy trình nội bộ của thủ tục"))
        self._rows: list[_StepRow] = []
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
        row = _StepRow(len(self._rows) + 1, step)
        self._rows.append(row)
        self._column.addWidget(row)

    def _show_buttons(self, *, are_wanted: bool) -> None:
        for each in self._buttons:
            each.setVisible(are_wanted and each.parentWidget() is not None)


class _StepRow(QWidget):
    """One step: its name, who has it, half days, and whether it takes the rest of the limit or is the leader's."""

    def __init__(self, number: int, step: InnerStep) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._step = step
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
        self.name.put(step.name)
        self.who.put(step.who)
        self.half_days.put(str(step.half_days or ""))
        self.kind.put(_REST if step.rest else _SIGNS if step.signs else _USUAL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for text, field, share in (
            (self.tr("Bước %d") % number, self.name, 4),
            (self.tr("Ai làm"), self.who, 4),
            (self.tr("Số nửa ngày"), self.half_days, 2),
            (self.tr("Loại"), self.kind, 3),
        ):
            row.addWidget(Labelled(text, field), share)

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
