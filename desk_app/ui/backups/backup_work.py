"""Backups by themselves: looked after once a minute, made when due and after the close of a day, told when amiss.

The work is done in a process of its own; a thread waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desk_app.errors import DeskError, StoppedError
from desk_app.ui.jobs import Jobs
from desk_app.ui.services.backup_services import BackupServices
from desk_app.ui.window.notices import Notice, Notices, told_to

if TYPE_CHECKING:
    from desk_app.services.backups.child import ChildBackup, ChildDrill
    from desk_app.services.backups.standing import BackupStanding

LANE, LOOKING_LANE = "backup", "backups looked at"
"""What waits for the process, maybe for minutes; and looks at the place meanwhile."""
_LOOK_AGAIN_MS = 60_000


class BackupWork(QObject):
    """`known` is how the backups stood at the last look, `doing` what runs now in words, "" for nothing."""

    changed = Signal()

    def __init__(self, services: BackupServices, jobs: Jobs, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._jobs, self._notices = services, jobs, notices
        self.known: BackupStanding | None = None
        self.doing = ""
        self._settings_wanted: Callable[[], None] | None = None
        self._is_first, self._is_stopped = True, False
        self._is_proving = False
        self._waiting: bool | None = None
        self._next: Callable[[], None] | None = None
        self._failure = ""
        self._looking = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._looking.timeout.connect(self.look)

    def begin(self, settings_wanted: Callable[[], None]) -> None:
        """From now on; `settings_wanted` leads to the page where the place is chosen."""
        self._settings_wanted = settings_wanted
        self._looking.start()
        self.look()

    def stop(self) -> None:
        """The program ends: a backup that runs is no backup."""
        self._is_stopped = True
        self._looking.stop()
        self._services.stop()

    def look(self) -> None:
        if not self.doing and not self._is_stopped:
            self._jobs.run(LOOKING_LANE, self._services.standing_apart, owner=self, done=self._looked)

    def day_closed(self) -> None:
        """The day is closed: back it up, where a place is chosen; after what runs now."""
        if self.known is not None and self.known.folder:
            self._back_up(is_asked=False)

    def back_up(self) -> None:
        """A person asks for one now."""
        self._back_up(is_asked=True)

    def drill(self) -> None:
        if self.doing:
            return
        self._begin(self.tr("Đang diễn tập khôi phục…"))
        self._jobs.run(
            LANE, self._services.drill_apart, owner=self, done=self._drilled, failed=self._refused, ended=self._over
        )

    # --- what comes of it ------------------------------------------------------------------------------------------

    def _back_up(self, *, is_asked: bool) -> None:
        """One at a time: a proof gives way and goes on later, behind anything else this backup waits."""
        if self._is_stopped:
            return
        if self.doing:
            self._waiting = is_asked or bool(self._waiting)
            if self._is_proving:
                self._services.break_off()
            return
        self._begin(self.tr("Đang sao lưu…"))
        self._jobs.run(
            LANE,
            self._services.back_up_apart,
            owner=self,
            done=partial(self._made, is_asked),
            failed=self._refused if is_asked else self._refused_unasked,
            ended=self._over,
        )

    def _prove(self, *, is_asked: bool) -> None:
        self._is_proving = True
        self._begin(self.tr("Đang kiểm bản sao lưu, chưa kiểm xong…"))
        self._jobs.run(
            LANE,
            self._services.prove_apart,
            owner=self,
            done=partial(self._told, is_asked),
            failed=self._refused if is_asked else self._refused_unasked,
            ended=self._over,
        )

    def _looked(self, standing: BackupStanding) -> None:
        self.known = standing
        self.changed.emit()
        is_told, self._is_first = self._is_first and self._tell(standing), False
        if standing.is_drill_to_offer and not is_told:
            self._offer_drill()
        if standing.is_due:
            self._back_up(is_asked=False)
        elif standing.is_proof_due and not self.doing:
            self._prove(is_asked=False)

    def _tell(self, standing: BackupStanding) -> bool:
        """At the start: that the desk was restored, or what is amiss with backups; whether anything was told."""
        text, remedy = self._services.told_of_restore()
        if text:
            self._notices.warn(text, remedy)
            return True
        if standing.folder and standing.remarks and not standing.is_due and not standing.is_drill_to_offer:
            first = standing.remarks[0]
            self._notices.warn(first.text, first.remedy, offer=self.tr("Mở Cài đặt"), act=self._settings_wanted)
            return True
        return False

    def _offer_drill(self) -> None:
        """Once a month, also in a window that stays open for weeks."""
        with told_to(self._notices):
            self._services.drill_offered()
        drilled = self.known is not None and bool(self.known.drilled_at)
        self._notices.post(
            Notice(
                text=self.tr("Đã hơn một tháng chưa diễn tập khôi phục từ bản sao lưu.")
                if drilled
                else self.tr("Chưa lần nào thử khôi phục từ bản sao lưu."),
                remedy=self.tr("Diễn tập chạy trong thư mục tạm, không đụng tới dữ liệu đang dùng."),
                tone="info",
                offer=self.tr("Diễn tập"),
                act=self.drill,
            )
        )

    def _made(self, is_asked: bool, made: ChildBackup) -> None:  # noqa: FBT001 - bound by partial
        self._failure = ""
        if made.is_proved or not made.to_prove:
            self._told(is_asked, made)
        elif is_asked:
            self._notices.say(self.tr("Đã chép %d hồ sơ, chưa kiểm xong: đang mở lại và kiểm.") % made.dossiers)
        self._next = partial(self._prove, is_asked=is_asked and not made.is_proved) if made.to_prove else None

    def _told(self, is_asked: bool, made: ChildBackup) -> None:  # noqa: FBT001 - bound by partial
        self._failure = ""
        if is_asked:
            said = self.tr("Đã sao lưu %d hồ sơ, %d tệp kèm theo; đã mở lại bản vừa ghi và kiểm, khớp.")
            self._notices.say(said % (made.dossiers, made.files))

    def _drilled(self, drill: ChildDrill) -> None:
        last = drill.lines[-1] if drill.lines else ""
        text = self.tr("Diễn tập khôi phục: %s") % last
        remedy = self.tr("Báo cáo: %s") % drill.report
        self._notices.post(Notice(text=text, remedy=remedy, tone="ok" if drill.is_ok else "warn", stays=True))

    def _refused(self, error: DeskError) -> None:
        if not isinstance(error, StoppedError):
            self._notices.warn_of(error)

    def _refused_unasked(self, error: DeskError) -> None:
        """Told once: the place may be away the whole day."""
        if str(error) != self._failure and not isinstance(error, StoppedError):
            self._failure = str(error)
            self._notices.warn_of(error)

    def _begin(self, doing: str) -> None:
        self.doing = doing
        self.changed.emit()

    def _over(self) -> None:
        self.doing, self._is_proving = "", False
        waiting, next_step = self._waiting, self._next
        self._waiting = self._next = None
        if self._is_stopped:
            return
        if waiting is not None:
            self._back_up(is_asked=waiting)
        elif next_step is not None:
            next_step()
        else:
            self.changed.emit()
            self.look()
