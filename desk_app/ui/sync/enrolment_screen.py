"""Making this desk known to its district: a code, its QR or a stick; then two people compare six digits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent

from desk_app.errors import DeskError
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.screen_context import Tools
from desk_app.ui.sync.enrol_cards import AskCard, CompareCard
from desk_app.ui.sync.sync_rounds import LANE
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.services.sync.enrolling import EnrolmentOffer

_WIDE = 604


class EnrolmentPage(CardColumn):
    """`enrolled` once a person agreed that both screens show the same digits."""

    enrolled = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__(widest=_WIDE)
        self._tools = tools
        self._services = tools.services.sync
        self._ask = AskCard(tools.look)
        self._ask.code_given.connect(self._over_the_line)
        self._ask.stick_asked.connect(self._out_on_stick)
        self._ask.stick_answered.connect(self._in_from_stick)
        self._compare = CompareCard(tools.look)
        self._compare.agreed.connect(self._agree)
        self._compare.differed.connect(self._differ)
        self._compare.hide()
        self.show_cards((self._ask, self._compare))

    def resume(self) -> None:
        """Where enrolment stands: an answer waits for its digits, or nothing was asked yet.

        Asked at every change of the rounds: the cursor moves only where another card comes in sight.
        """
        with told_to(self._tools.notices):
            offer = self._services.offered()
            if offer is not None:
                if self._compare.isHidden():
                    self._show_offer(offer)
            elif self._ask.isHidden():
                self._show_asking()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._compare.isHidden():
            self._compare.begin()
        elif not self._ask.is_begun():
            self._ask.begin()

    def take_scan(self, text: str) -> None:
        if not self._ask.isHidden():
            self._ask.take_scan(text)

    # --- asking ----------------------------------------------------------------------------------------------------

    def _over_the_line(self, code: str, url: str) -> None:
        self._busy()
        self._tools.jobs.run(
            LANE,
            lambda: self._services.enrol_apart(code, url),
            owner=self,
            done=self._show_offer,
            failed=self._refused,
            ended=self._idle,
        )

    def _out_on_stick(self, code: str, folder: Path) -> None:
        self._busy()
        self._tools.jobs.run(
            LANE,
            lambda: self._services.ask_on_stick_apart(code, folder),
            owner=self,
            done=self._written,
            failed=self._refused,
            ended=self._idle,
        )

    def _in_from_stick(self, folder: Path) -> None:
        self._busy()
        self._tools.jobs.run(
            LANE,
            lambda: self._services.answer_from_stick_apart(folder),
            owner=self,
            done=self._show_offer,
            failed=self._refused,
            ended=self._idle,
        )

    def _busy(self) -> None:
        self._ask.set_busy(is_busy=True)

    def _idle(self) -> None:
        self._ask.set_busy(is_busy=False)

    def _written(self, file: Path) -> None:
        self._tools.notices.say(
            self.tr("Đã ghi %s. Mang USB lên cấp trên, rồi mang về bấm «Đọc trả lời từ USB».") % file.name
        )

    def _refused(self, error: DeskError) -> None:
        self._tools.notices.warn_of(error)
        self.resume()
        if not self._ask.isHidden():
            self._ask.code.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- comparing -------------------------------------------------------------------------------------------------

    def _show_offer(self, offer: EnrolmentOffer) -> None:
        self._compare.show_offer(offer)
        self._ask.hide()
        self._compare.show()
        self._compare.begin()

    def _show_asking(self) -> None:
        self._compare.hide()
        self._ask.show()
        self._ask.begin()

    def _agree(self) -> None:
        with told_to(self._tools.notices):
            self._services.confirm()
            self._tools.notices.say(self.tr("Đã ghép quầy này với cấp trên. Hồ sơ bắt đầu được gửi."))
            self.enrolled.emit()
            return
        self.resume()

    def _differ(self) -> None:
        with told_to(self._tools.notices):
            self._services.decline()
            self._tools.notices.warn(
                self.tr("Đã dừng: hai bên hiện số khác nhau, có thể có người đứng giữa."),
                self.tr("Gọi điện cho cấp trên, xin mã ghép mới rồi ghép lại. Chưa có gì được gửi đi."),
            )
            self._ask.forget()
            self._show_asking()
