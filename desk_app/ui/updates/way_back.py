"""The way back to the version before: what it would do is looked at and said first, then a person confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.errors import DeskError
from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.updates.going_back import WayBack
    from desk_app.services.updates.standing import VersionStanding

_LANE = "update"


class WayBackPart(QWidget):
    """Shown only where there is a version to go back to, or one that waits for its first start."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools, self._services = tools, tools.services.updates
        self._found: VersionStanding | None = None
        self._foreseen: WayBack | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        look = tools.look
        self._ask = button(look, self.tr("Quay về bản trước…"), "updates.back", self._look, icon="refresh-cw")
        self._told = label(role="warn", wraps=True)
        self._told.setAccessibleIdentifier("updates.back.told")
        self._sure = button(look, self.tr("Quay về bản trước"), "updates.back.sure", self._go)
        self._stay = button(look, self.tr("Ở lại bản này"), "updates.back.stay", self._leave)
        for part in (self._ask, self._told, self._sure, self._stay):
            column.addWidget(part)
        self._show_question(is_asked=False)

    def show_standing(self, found: VersionStanding) -> None:
        self._found = found
        self.setVisible(found.is_installed and bool(found.next or found.previous))
        self._ask.setText(self.tr("Thôi dùng bản %s…") % found.next if found.next else self.tr("Quay về bản trước…"))
        self._leave()

    # --- what the buttons do ---------------------------------------------------------------------------------------

    def _look(self) -> None:
        self._tools.jobs.run(
            _LANE,
            self._services.foreseen_apart,
            owner=self,
            done=self._looked,
            failed=self._refused,
        )

    def _looked(self, way: WayBack) -> None:
        self._foreseen = way
        if self._found is not None and self._found.next:
            text = self.tr("Bản %s chưa dùng lần nào sẽ được bỏ đi; máy vẫn chạy bản đang dùng.") % self._found.next
        elif way.puts_copy_back:
            text = self.tr(
                "Dữ liệu được đặt lại như ngay trước khi cập nhật. Từ đó tới nay quầy chưa ghi việc nào nên không mất "
                "gì. Cửa sổ này sẽ đóng; mở lại là bản %s."
            )
            text %= way.version
        else:
            text = self.tr("Dữ liệu giữ nguyên. Lần mở sau chạy bản %s.") % way.version
        self._told.setText(text)
        is_next = self._found is not None and bool(self._found.next)
        self._sure.setText(self.tr("Bỏ bản mới") if is_next else self.tr("Quay về bản trước"))
        self._show_question(is_asked=True)
        self._stay.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        way = self._foreseen
        if way is None:
            return
        if way.puts_copy_back:
            self._services.back_when_closed()
            # Closing keeps what is half filled in; the data are put back when nobody reads them any more.
            self.window().close()
            return
        self._tools.jobs.run(_LANE, self._services.back_apart, owner=self, done=self._gone, failed=self._refused)

    def _gone(self, _: None) -> None:
        is_next = self._found is not None and bool(self._found.next)
        version = self._foreseen.version if self._foreseen is not None else ""
        said = self.tr("Vẫn dùng bản %s.") if is_next else self.tr("Đóng chương trình rồi mở lại để dùng bản %s.")
        self._tools.notices.say(said % version)
        self.show_standing(self._services.standing())

    def _refused(self, error: DeskError) -> None:
        self._leave()
        self._tools.notices.warn_of(error)

    def _leave(self) -> None:
        self._foreseen = None
        self._show_question(is_asked=False)

    def _show_question(self, *, is_asked: bool) -> None:
        self._ask.setVisible(not is_asked)
        for part in (self._told, self._sure, self._stay):
            part.setVisible(is_asked)
