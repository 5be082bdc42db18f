"""What the buttons of the card «Sao lưu» do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desk_app.ui.backups.backup_card import BackupCard
from desk_app.ui.backups.backup_work import LOOKING_LANE
from desk_app.ui.backups.restore_deed import RestoreDeed
from desk_app.ui.screen_context import Tools


class BackupDeeds(QObject):
    """`shown` gives the page of a restore, `ended` when it may go away again."""

    shown = Signal(object)
    ended = Signal()

    def __init__(self, card: BackupCard, tools: Tools) -> None:
        super().__init__(card)
        self._card, self._tools = card, tools
        self._services, self._work = tools.services.backups, tools.backups
        self._restore = RestoreDeed(tools.look, tools.jobs, tools.notices, self._services.restoring, self)
        self._restore.left.connect(self.ended)
        self._restore.again.connect(self._begin_again)
        card.back_up_wanted.connect(self._work.back_up)
        card.drill_wanted.connect(self._work.drill)
        card.restore_wanted.connect(self._open)
        self._work.changed.connect(self._show)

    def look(self) -> None:
        """How things stand, afresh."""
        self._work.look()
        self._show()

    def leave(self) -> bool:
        """Away from the page of a restore; False where none is there."""
        return self._restore.leave()

    def _show(self) -> None:
        standing, now = self._work.known, self._tools.services.now()
        if standing is None:
            return
        self._card.show_standing(standing, now, self._work.doing)
        if standing.folder and standing.note.made_at and not self._work.doing and self._card.isVisible():
            folder = Path(standing.folder)
            self._tools.jobs.run(
                LOOKING_LANE,
                lambda: self._services.restoring.points_apart(folder),
                owner=self,
                done=lambda points: self._card.show_points(points, self._tools.services.now()),
                failed=lambda _: self._card.show_points((), self._tools.services.now()),
            )

    def _open(self) -> None:
        self.shown.emit(self._restore.page(self._work.known.folder if self._work.known is not None else ""))

    def _begin_again(self) -> None:
        """Closing keeps what is half filled in; the program starts again with what was restored."""
        self._card.window().close()
