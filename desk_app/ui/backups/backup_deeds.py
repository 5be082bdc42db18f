"""What the buttons of the card «Sao lưu» do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk_app.errors import DeskError, MistypedRecoveryCodeError, WrongRecoveryCodeError
from desk_app.lazy import lazy
from desk_app.ui.backups.backup_card import BackupCard
from desk_app.ui.backups.backup_work import LANE
from desk_app.ui.screen_context import Tools
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.services.backups.backup_point import BackupPoint
    from desk_app.services.backups.restoring import RestoredDesk
    from desk_app.ui.backups import restore_page
    from desk_app.ui.backups.restore_page import RestorePage
else:
    restore_page = lazy("desk_app.ui.backups.restore_page")


class BackupDeeds(QObject):
    """`shown` gives the page of a restore, `ended` when it may go away again."""

    shown = Signal(object)
    ended = Signal()

    def __init__(self, card: BackupCard, tools: Tools) -> None:
        super().__init__(card)
        self._card, self._tools = card, tools
        self._services, self._work = tools.services.backups, tools.backups
        self._page: RestorePage | None = None
        self._is_done = False
        card.back_up_wanted.connect(self._work.back_up)
        card.drill_wanted.connect(self._work.drill)
        card.restore_wanted.connect(self._open)
        self._work.changed.connect(self._show)

    def look(self) -> None:
        """How things stand, afresh."""
        self._work.look()
        self._show()

    def leave(self) -> bool:
        """Away from the page of a restore; False where none is there, or where it is done and must be followed."""
        if self._page is None or self._is_done:
            return self._page is not None
        self._page = None
        self.ended.emit()
        return True

    def _show(self) -> None:
        standing, now = self._work.known, self._tools.services.now()
        if standing is None:
            return
        self._card.show_standing(standing, now, self._work.doing)
        if standing.folder and standing.note.made_at and not self._work.doing and self._card.isVisible():
            folder = Path(standing.folder)
            self._tools.jobs.run(
                LANE,
                lambda: self._services.points_apart(folder),
                owner=self,
                done=lambda points: self._card.show_points(points, self._tools.services.now()),
                failed=lambda _: self._card.show_points((), self._tools.services.now()),
            )

    # --- bringing one back -----------------------------------------------------------------------------------------

    def _open(self) -> None:
        folder = self._work.known.folder if self._work.known is not None else ""
        page = self._page = restore_page.RestorePage(self._tools.look, folder)
        page.look_wanted.connect(self._look_there)
        page.restore_wanted.connect(self._restore)
        page.leave_wanted.connect(self.leave)
        page.again_wanted.connect(self._begin_again)
        self.shown.emit(page)
        if folder:
            self._look_there(Path(folder))

    def _look_there(self, folder: Path) -> None:
        self._tools.jobs.run(LANE, lambda: self._services.points_apart(folder), owner=self, done=self._found)

    def _found(self, points: list[BackupPoint]) -> None:
        if self._page is not None:
            self._page.show_points(points, self._tools.services.now())
            with told_to(self._tools.notices):
                self._page.show_newer(self._services.newer_events(points[0].events))

    def _restore(self, folder: Path, stem: str, code: str) -> None:
        if self._page is None:
            return
        self._page.set_busy(self.tr("Đang khôi phục, đừng tắt máy…"))
        self._tools.jobs.run(
            LANE,
            lambda: self._services.restore_apart(folder, stem, code),
            owner=self,
            done=self._restored,
            failed=self._refused,
        )

    def _refused(self, error: DeskError) -> None:
        if self._page is not None:
            self._page.set_busy("")
            if isinstance(error, MistypedRecoveryCodeError | WrongRecoveryCodeError):
                self._page.complain_of_code(self.tr("mã chưa đúng, xem lại tờ đã cất"))
        self._tools.notices.warn_of(error)

    def _restored(self, made: RestoredDesk) -> None:
        self._is_done = True
        if self._page is not None:
            said = self.tr("Đã khôi phục %d hồ sơ, %d tệp kèm theo. Bấm nút dưới đây để dùng dữ liệu này.")
            self._page.show_done(said % (made.point.dossiers, made.files))

    def _begin_again(self) -> None:
        """Closing keeps what is half filled in; the program starts again with what was restored."""
        self._card.window().close()
