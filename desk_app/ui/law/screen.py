"""The page of law as data: what this desk goes by, and new procedures, days off and units taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from desk_app.errors import DeskError
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.page import PageDeed, PageHead, ScreenPage
from desk_app.ui.law.law_file_card import LawFileCard
from desk_app.ui.screen_context import Tools
from desk_app.ui.sync.sync_rounds import LANE
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import label
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.services.catalogue.law_files import LawChanges


class LawScreen(ScreenPage):
    """Shows the state of the law here; reading and writing run in the lane of the rounds, which writes too."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._services = tools.services.law
        self.file = LawFileCard(tools.look)
        self.file.look_wanted.connect(self._look)
        self.file.take_wanted.connect(self._take)
        cards = CardColumn((self._state_card(), self.file))
        forms = PageDeed(
            text=self.tr("Biểu mẫu"),
            identifier="law.forms_page",
            pressed=lambda: self.place_wanted.emit("nav.forms"),
            icon="pencil",
            key="Ctrl+M",
        )
        days = PageDeed(
            text=self.tr("Ngày phục vụ"),
            identifier="law.service_days_page",
            pressed=lambda: self.place_wanted.emit("nav.service_days"),
            icon="calendar",
            key="Ctrl+W",
        )
        self.compose(cards, above=(PageHead(tools.look, self.tr("Dữ liệu luật"), deeds=(forms, days)),))

    def _state_card(self) -> PageCard:
        card = PageCard(self.tr("Quầy đang dùng"))
        self._state = label(wraps=True)
        self._state.setAccessibleIdentifier("law.state")
        card.column.addWidget(self._state)
        self._forms = label(role="warn", wraps=True)
        self._forms.setAccessibleIdentifier("law.forms")
        card.column.addWidget(self._forms)
        self._new_name = label(role="warn", wraps=True)
        self._new_name.setAccessibleIdentifier("law.new_name")
        self._adopt = button(
            self._tools.look, self.tr("Lấy tên mới cho giấy tờ từ nay"), "law.adopt", self._take_name, icon="check"
        )
        row = QHBoxLayout()
        row.addWidget(self._new_name, 1)
        row.addWidget(self._adopt)
        card.column.addLayout(row)
        return card

    def read_again(self) -> None:
        self.refresh()

    def main_name(self) -> str:
        return self.tr("Nhập dữ liệu")

    def main_deed(self) -> None:
        """Take in the file that was looked at."""
        self.file.take_now()

    def refresh(self) -> None:
        """Say anew what this desk goes by."""
        with told_to(self._tools.notices):
            state = self._services.state()
            self._state.setText(
                self.tr("Thủ tục: %s.\nLịch nghỉ: %s.\nĐơn vị hành chính: %s.")
                % (state.procedures, state.holidays, state.units)
            )
            self._forms.setText(state.forms)
            self._forms.setVisible(bool(state.forms))
            self._new_name.setText(state.new_name)
            self._new_name.setVisible(bool(state.new_name))
            self._adopt.setVisible(bool(state.new_name))

    def _look(self, place: Path) -> None:
        self.file.set_busy(is_busy=True)
        self._tools.jobs.run(
            LANE,
            lambda: self._services.look_apart(place),
            owner=self,
            done=self._looked,
            failed=self._refused,
            ended=self._ended,
        )

    def _take(self, place: Path) -> None:
        self.file.set_busy(is_busy=True)
        self._tools.jobs.run(
            LANE,
            lambda: self._services.take_in_apart(place),
            owner=self,
            done=self._taken,
            failed=self._refused,
            ended=self._ended,
        )

    def _looked(self, changes: LawChanges) -> None:
        self.file.show_changes(changes, done=False)

    def _taken(self, changes: LawChanges) -> None:
        self._services.forget()
        self.file.show_changes(changes, done=True)
        self._tools.notices.say(self.tr("Đã nhập dữ liệu luật."))
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self.file.refuse(f"{error} {error.remedy}")

    def _ended(self) -> None:
        self.file.set_busy(is_busy=False)

    def _take_name(self) -> None:
        with told_to(self._tools.notices):
            said = self._services.adopt()
            self._tools.notices.say(self.tr("Đã lấy tên mới: %s.") % said)
            self.settings_changed.emit()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.file.path.setFocus(Qt.FocusReason.OtherFocusReason)
