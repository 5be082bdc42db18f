"""Leads through bringing a backup back: which ones there are, what the chosen one lacks, the code, what was made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk_app.errors import DeskError, MistypedRecoveryCodeError, WrongRecoveryCodeError
from desk_app.lazy import lazy
from desk_app.ui.backups.backup_work import LOOKING_LANE
from desk_app.ui.jobs import Jobs
from desk_app.ui.look.theme import Look
from desk_app.ui.services.backup_services import RestoreWays
from desk_app.ui.window.notices import Notices, told_to

if TYPE_CHECKING:
    from desk_app.services.backups.backup_point import BackupPoint
    from desk_app.services.backups.restoring import RestoredDesk
    from desk_app.ui.backups import restore_page
    from desk_app.ui.backups.restore_page import RestorePage
else:
    restore_page = lazy("desk_app.ui.backups.restore_page")


class RestoreDeed(QObject):
    """`left` when the page may go away again, `again` when what was restored is wanted."""

    left = Signal()
    again = Signal()

    def __init__(self, look: Look, jobs: Jobs, notices: Notices, ways: RestoreWays, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._jobs, self._notices, self._ways = look, jobs, notices, ways
        self._page: RestorePage | None = None
        self._points: Sequence[BackupPoint] = ()
        self._is_done = False

    def page(self, folder: str) -> RestorePage:
        """A page to show; the backups in `folder`, "" for none, are looked for at once."""
        page = self._page = restore_page.RestorePage(
            self._look, folder, is_over_work=self._ways.newer_events is not None
        )
        page.look_wanted.connect(self._look_there)
        page.which.changed.connect(self._tell_newer)
        page.restore_wanted.connect(self._restore)
        page.leave_wanted.connect(self.leave)
        page.again_wanted.connect(self.again)
        if folder:
            self._look_there(Path(folder))
        return page

    def leave(self) -> bool:
        """Away from the page; False where none is there. One that is done must be followed and stays."""
        if self._page is None or self._is_done:
            return self._page is not None
        self._page = None
        self.left.emit()
        return True

    def _look_there(self, folder: Path) -> None:
        self._jobs.run(LOOKING_LANE, lambda: self._ways.points_apart(folder), owner=self, done=self._found)

    def _found(self, points: Sequence[BackupPoint]) -> None:
        if self._page is not None:
            self._points = points
            self._page.show_points(points, self._ways.now())
            self._tell_newer()

    def _tell_newer(self) -> None:
        """How much of what the desk in use holds is missing in the backup that is chosen."""
        chosen = next((each for each in self._points if self._page and each.stem == self._page.which.value()), None)
        if self._page is not None and chosen is not None and self._ways.newer_events is not None:
            with told_to(self._notices):
                self._page.show_newer(self._ways.newer_events(chosen.events))

    def _restore(self, folder: Path, stem: str, code: str) -> None:
        if self._page is None:
            return
        self._page.set_busy(self.tr("Đang khôi phục, đừng tắt máy…"))
        self._jobs.run(
            LOOKING_LANE,
            lambda: self._ways.restore_apart(folder, stem, code),
            owner=self,
            done=self._restored,
            failed=self._refused,
        )

    def _refused(self, error: DeskError) -> None:
        if self._page is not None:
            self._page.set_busy("")
            if isinstance(error, MistypedRecoveryCodeError | WrongRecoveryCodeError):
                self._page.complain_of_code(self.tr("mã chưa đúng, xem lại tờ đã cất"))
        self._notices.warn_of(error)

    def _restored(self, made: RestoredDesk) -> None:
        self._is_done = True
        if self._page is not None:
            said = self.tr("Đã khôi phục %d hồ sơ, %d tệp kèm theo. Bấm nút dưới đây để dùng dữ liệu này.")
            self._page.show_done(said % (made.point.dossiers, made.files))
