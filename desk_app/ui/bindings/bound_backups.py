"""Backups of an open desk, bound for the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.domain.permissions import Permission
from desk_app.errors import DeedNotAllowedError
from desk_app.errors.backups import NoBackupPlaceError
from desk_app.lazy import lazy
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.ui.services.backup_services import BackupServices

if TYPE_CHECKING:
    from desk_app.services.backups import child, pending_desk, restoring, standing
    from desk_app.services.backups.child import BackupChild
    from desk_app.services.backups.restoring import RestoredDesk
else:
    child = lazy("desk_app.services.backups.child")
    pending_desk = lazy("desk_app.services.backups.pending_desk")
    restoring = lazy("desk_app.services.backups.restoring")
    standing = lazy("desk_app.services.backups.standing")


class _Child:
    """The one process of backups, made with its first use."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: BackupChild | None = None

    def get(self) -> BackupChild:
        if self._made is None:
            self._made = child.BackupChild(self._desk.data, self._desk.db.key)
        return self._made

    def stop(self) -> None:
        if self._made is not None:
            self._made.stop()


def bound_backups(desk: Desk) -> BackupServices:
    running = _Child(desk)

    def place() -> Path:
        if not desk.settings.backup_folder:
            raise NoBackupPlaceError
        return Path(desk.settings.backup_folder)

    def restore(named: Path, stem: str, code: str) -> RestoredDesk:
        if not session.may(desk, Permission.OFFICE):
            raise DeedNotAllowedError(deed=Permission.OFFICE.label)
        wanted = restoring.Secret(recovery=code)
        return restoring.restore(named, pending_desk.folder(desk.data), wanted, stem=stem, clock=desk.clock)

    return BackupServices(
        standing_apart=lambda: standing.standing(desk),
        back_up_apart=lambda: running.get().back_up(place()),
        drill_apart=lambda: running.get().drill(place()),
        points_apart=lambda named: restoring.points_in(named),  # noqa: PLW0108 - naming it here would load it
        restore_apart=restore,
        told_of_restore=lambda: standing.told_of_restore(desk),
        newer_events=lambda events: standing.newer_events(desk, events),
        stop=running.stop,
    )
