"""A new recovery code from the window: drawn in a job, shown once, printed or written to a stick, and typed back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk_app.errors import DeskError, PassphraseNeededError, WrongPassphraseError
from desk_app.lazy import lazy
from desk_app.ui.screen_context import Tools
from desk_app.ui.settings.safety_card import SafetyCard
from desk_app.ui.sync.sync_rounds import LANE
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.ui.setup import recovery_page
else:
    recovery_page = lazy("desk_app.ui.setup.recovery_page")


class CodeRenewal(QObject):
    """`shown` gives the page with the new code, `ended` when it may go away again.

    The code is in memory alone. Until its last group is typed back the old code opens the desk too.
    """

    shown = Signal(object)
    ended = Signal()

    def __init__(self, card: SafetyCard, tools: Tools) -> None:
        super().__init__(card)
        self._card, self._tools = card, tools
        self._services = tools.services.settings
        self._is_running = False
        card.code_wanted.connect(self._draw)

    def look(self) -> None:
        """Whether a code waits to be typed back."""
        with told_to(self._tools.notices):
            self._card.show_open(is_unsettled=self._services.is_code_unsettled())

    def _draw(self, passphrase: str) -> None:
        if self._is_running:
            return
        self._is_running = True
        self._tools.jobs.run(
            LANE,
            lambda: self._services.new_code_apart(passphrase),
            owner=self,
            done=self._drawn,
            failed=self._refused,
            ended=self._over,
        )

    def _over(self) -> None:
        self._is_running = False

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, PassphraseNeededError | WrongPassphraseError):
            self._card.ask_password(self.tr("mật khẩu chưa đúng, gõ lại"))
        self._tools.notices.warn_of(error)

    def _drawn(self, code: str) -> None:
        self._card.forget()
        page = recovery_page.RecoveryPage(
            self._tools.look,
            code,
            is_kept_by_machine=self._services.is_kept_by_machine(),
            ends=self.tr("Dùng mã mới"),
        )
        page.print_wanted.connect(lambda: self._print(code))
        page.file_wanted.connect(lambda folder: self._write(code, folder))
        page.done.connect(self._settle)
        self.shown.emit(page)

    def _settle(self) -> None:
        with told_to(self._tools.notices):
            self._services.settle_code()
            self._tools.notices.say(self.tr("Mã khôi phục mới đã có hiệu lực; mã cũ không mở được nữa, hãy hủy tờ cũ."))
            self.ended.emit()

    def leave(self) -> None:
        """The page goes away before the code was typed back."""
        self._tools.notices.warn(
            self.tr("Chưa gõ lại nhóm cuối: mã cũ và mã mới đều mở được dữ liệu."),
            self.tr("Bấm «Tạo mã khôi phục mới…» để làm lại cho xong."),
        )
        self.ended.emit()

    def _print(self, code: str) -> None:
        paper = self._services.code_paper(code)
        self._tools.jobs.run(
            "printer",
            lambda: self._tools.services.send_apart([paper]),
            owner=self,
            done=lambda printer: self._tools.notices.say(self.tr("Đã gửi mã khôi phục tới %s.") % printer),
            failed=self._not_printed,
        )

    def _not_printed(self, error: DeskError) -> None:
        self._tools.notices.warn(str(error), self.tr("Ghi mã ra USB, hoặc chép ra giấy, rồi cất trong tủ khóa."))

    def _write(self, code: str, folder: Path) -> None:
        self._tools.jobs.run(
            "stick",
            lambda: self._services.write_code_apart(code, folder),
            owner=self,
            done=lambda file: self._tools.notices.say(self.tr("Đã ghi mã khôi phục vào tệp %s.") % file.name),
        )
