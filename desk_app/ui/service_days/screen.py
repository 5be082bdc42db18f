"""The page of service days and held procedures: those there are, and the cards that set and end them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desk_app.domain.permissions import Permission
from desk_app.errors import DeskError
from desk_app.ui.focus import tab_order
from desk_app.ui.focus.sight import bring_in_sight
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.page import PageHead, ScreenPage
from desk_app.ui.kit.record_table import RecordColumn, RecordRow, RecordTable
from desk_app.ui.screen_context import Tools
from desk_app.ui.service_days.day_card import ServiceDayCard
from desk_app.ui.service_days.hold_card import HoldCard, HoldEndCard
from desk_app.ui.service_days.inner_steps_card import InnerStepsCard
from desk_app.ui.widgets.columns import ColumnRow
from desk_app.ui.window.notices import Notice, told_to

if TYPE_CHECKING:
    from desk_app.domain.procedures.inner_step import InnerStep
    from desk_app.services.service_days.holds import HoldRow
    from desk_app.services.service_days.service_days import ServiceDayRow

_NARROW = 900


class ServiceDaysScreen(ScreenPage):
    """A day or a hold that is pressed in its list comes into the card below it."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._services = tools.services.days
        can_change = tools.services.may(Permission.OFFICE)
        refusal = "" if can_change else self.tr("Tài khoản này không được đổi; người quản trị mới đổi được.")
        columns = (RecordColumn(stretch=1), RecordColumn(role="soft"))
        self._days = RecordTable(columns, nothing=self.tr("Chưa có ngày phục vụ nào."))
        self._holds = RecordTable(columns, nothing=self.tr("Không có thủ tục nào tạm dừng tiếp nhận."))
        self.day = ServiceDayCard(tools.look, tools.services.read_day, refusal=refusal)
        self.hold = HoldCard(tools.look, tools.services.read_day, refusal=refusal)
        self.end = HoldEndCard(tools.look)
        self.steps = InnerStepsCard(tools.look, refusal=refusal if not tools.services.may(Permission.LAW) else "")
        self.steps.chosen.connect(self._show_steps)
        self.steps.save_wanted.connect(lambda: self._save_steps(self.steps.steps()))
        self.steps.reset_wanted.connect(lambda: self._save_steps(()))
        self.day.save_wanted.connect(self._save_day)
        self.day.end_wanted.connect(self._end_day)
        self.day.new_wanted.connect(self._new_day)
        self.hold.save_wanted.connect(self._save_hold)
        self.hold.new_wanted.connect(self._new_hold)
        self.end.end_wanted.connect(self._end_hold)
        row = ColumnRow(narrow=_NARROW)
        for side, cards in (
            (row.left, (self._listed(self.tr("Ngày phục vụ"), self._days), self.day)),
            (
                row.right,
                (self._listed(self.tr("Thủ tục tạm dừng tiếp nhận"), self._holds), self.end, self.hold, self.steps),
            ),
        ):
            for card in cards:
                side.addWidget(card)
            side.addStretch()
        head = PageHead(
            tools.look, self.tr("Ngày phục vụ và tạm dừng tiếp nhận"), leave=("service_days.leave", self.left.emit)
        )
        self.compose(CardColumn((row,)), above=(head,))
        self._begin_hold()
        self.steps.show_steps(None)

    @staticmethod
    def _listed(title: str, table: RecordTable) -> PageCard:
        card = PageCard(title)
        card.column.addWidget(table)
        return card

    # --- showing ---------------------------------------------------------------------------------------------------

    def arrive(self, _place: str) -> None:
        self.read_again()
        self.day.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def read_again(self) -> None:
        with told_to(self._tools.notices):
            choices = self._tools.services.choices()
            for card in (self.day, self.hold):
                card.procedures.offer(choices)
            self.steps.offer(choices)
            self._days.show_rows([self._day_row(row) for row in self._services.days()])
            self._holds.show_rows([self._hold_row(row) for row in self._services.holds()])

    show_arrivals = read_again

    def _day_row(self, row: ServiceDayRow) -> RecordRow:
        states = {
            "in_force": self.tr("hôm nay") if row.is_today else self.tr("đang áp dụng"),
            "coming": self.tr("sắp áp dụng"),
            "over": self.tr("đã ngừng"),
            "example": self.tr("ví dụ, chưa dùng"),
        }
        whose = self.tr(" · cấp trên đặt") if row.origin == "district" else ""
        told = " · ".join(part for part in (row.day.title, row.day.when, row.day.citation) if part)
        return RecordRow(
            cells=(told + whose, states[row.state]),
            opens=lambda: self._open_day(row),
            identifier=f"service_days.row.{row.day.id}",
            name=told,
        )

    def _hold_row(self, row: HoldRow) -> RecordRow:
        states = {
            "standing": row.hold.weight.label,
            "coming": self.tr("sắp tạm dừng"),
            "over": self.tr("đã hết hạn"),
            "ended": self.tr("đã kết thúc"),
        }
        told = self._told(row)
        return RecordRow(
            cells=(told, states[row.state]),
            opens=lambda: self._open_hold(row),
            identifier=f"holds.row.{row.hold.id}",
            name=told,
        )

    def _told(self, row: HoldRow) -> str:
        hold = row.hold
        what = ", ".join(hold.procedures) or self.tr("mọi thủ tục")
        ended = self.tr("; kết thúc: %s") % hold.ended_why if hold.ended_on else ""
        return self.tr("%s: %s, %s, do %s đặt%s") % (what, hold.reason, hold.span, row.by, ended)

    def _with_earlier(self, row: HoldRow) -> list[str]:
        return [self._told(row), *(self.tr("Trước đó, %s.") % said.told for said in row.earlier)]

    def _open_day(self, row: ServiceDayRow) -> None:
        self.day.put(row.day, can_end=row.origin == "commune" and row.state in {"in_force", "coming"})
        self.day.number.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_in_sight(self.day.number)

    def _open_hold(self, row: HoldRow) -> None:
        if row.is_district or row.state in {"ended", "over"}:
            self._begin_hold()
            self._tools.notices.post(Notice(text=" ".join(self._with_earlier(row)), tone="info"))
            return
        self.end.show_hold(row.hold, "\n".join(self._with_earlier(row)))
        self.hold.edit(row.hold)
        self.deeds_changed.emit()
        self.end.why.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_in_sight(self.end.why)

    # --- doing -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        self._save_day()

    def main_name(self) -> str:
        return self.tr("Lưu thay đổi") if self.hold.shown is not None else self.tr("Tạm dừng")

    def main_deed(self) -> None:
        self._save_hold()

    def escape(self) -> bool:
        if self.hold.shown is not None:
            self._new_hold()
            return True
        return False

    def _save_day(self) -> None:
        self.day.be_content()
        with told_to(self._tools.notices, self._complain_of(self.day.complain)):
            day = self.day.day()
            new_id = day.id or self._services.new_day_id(day.kind)
            kept = self._services.put_day(replace(day, id=new_id))
            self.day.put(kept, can_end=True)
            self._done(self.tr("Đã lưu %s.") % kept.title)

    def _end_day(self) -> None:
        if self.day.shown is not None:
            with told_to(self._tools.notices):
                ended = self._services.end_day(self.day.shown.id)
                self.day.put(None)
                self._done(self.tr("Từ hôm nay ngừng %s; vẫn còn trong danh sách.") % ended.title)

    def _new_day(self) -> None:
        self.day.put(None)
        self.day.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_hold(self) -> None:
        """A blank card for a hold, and none that could be ended."""
        self.end.show_hold(None, "")
        self.hold.begin(f"{self._tools.services.now():%Y-%m-%d}")
        self.deeds_changed.emit()

    def _new_hold(self) -> None:
        self._begin_hold()
        self.hold.procedures.adds.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_hold(self) -> None:
        self.hold.be_content()
        shown = self.hold.shown
        with told_to(self._tools.notices, self._complain_of(self.hold.complain)):
            if shown is None:
                kept, said = self._services.add_hold(self.hold.hold()), self.tr("Đã đặt tạm dừng: %s.")
            else:
                kept = self._services.change_hold(shown.id, self.hold.hold())
                said = self.tr("Đã sửa lần tạm dừng: %s. Điều đã đặt trước đó vẫn còn trong lịch sử.")
            self._new_hold()
            self._done(said % kept.reason)

    def _end_hold(self, why: str) -> None:
        if self.end.hold is not None:
            with told_to(self._tools.notices, lambda _error: self._go_to(self.end.complain(self.tr("chưa nhập")))):
                self._services.end_hold(self.end.hold.id, why)
                self._new_hold()
                self._done(self.tr("Đã kết thúc lần tạm dừng."))

    def _show_steps(self, code: str) -> None:
        with told_to(self._tools.notices):
            self.steps.show_steps(self._services.inner_steps(code) if code else None)

    def _save_steps(self, steps: Sequence[InnerStep]) -> None:
        """Without any, the common ones hold again."""
        code = self.steps.procedure.value()
        with told_to(self._tools.notices, self._complain_of(lambda _field, why: self.steps.complain(why))):
            self._services.put_inner_steps(code, steps)
            self._show_steps(code)
            self.steps.procedure.setFocus(Qt.FocusReason.OtherFocusReason)
            self._done(self.tr("Đã lưu quy trình nội bộ; hồ sơ đã nhận giữ quy trình cũ."))

    def _complain_of(self, complain: Callable[[str, str], QWidget | None]) -> Callable[[DeskError], None]:
        def said(error: DeskError) -> None:
            why = str(error.facts.get("why", "")) or self.tr("chưa nhập")
            self._go_to(complain(str(error.facts.get("field", "")), why))

        return said

    @staticmethod
    def _go_to(field: QWidget | None) -> None:
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_in_sight(field)

    def _done(self, said: str) -> None:
        self.read_again()
        self._tools.rounds.recorded()
        self._tools.notices.post(
            Notice(text=said, remedy=self.tr("Các quầy khác của xã nhận được ở lần gửi nhận tới."))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a button or a row, and leads on from anything else."""
        focus = self.focusWidget()
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or focus is self.end.why:
            super().keyPressEvent(event)
        elif isinstance(focus, QPushButton):
            focus.click()
        else:
            tab_order.move(self.window(), forwards=True)
