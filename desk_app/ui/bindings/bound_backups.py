"""Backups of an open desk, bound for the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.errors import DeedNotAllowedError
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Clock, Desk
from desk_app.ui.services.backup_services import BackupServices, RestoreWays

if TYPE_CHECKING:
    from desk_app.domain import permissions
    from desk_app.errors import backups
    from desk_app.services.accounts import session
    from desk_app.services.backups import child, pending_desk, restoring, standing
    from desk_app.services.backups.child import BackupChild
    from desk_app.services.backups.restoring import RestoredDesk
else:
    child = lazy("desk_app.services.backups.child")
    pending_desk = lazy("desk_app.services.backups.pending_desk")
    restoring = lazy("desk_app.services.backups.restoring")
    standing = lazy("desk_app.services.backups.standing")
    permissions = lazy("desk_app.domain.permissions")
    backups = lazy("desk_app.errors.backups")
    session = lazy("desk_app.services.accounts.session")


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


def restore_ways(data: Path, clock: Clock) -> RestoreWays:
    """What is brought back lies beside `data`, and takes its place with the next opening."""

    def restore(named: Path, stem: str, code: str) -> RestoredDesk:
        secret = restoring.Secret(recovery=code)
        return restoring.restore(named, pending_desk.folder(data), secret, stem=stem, clock=clock)

    return RestoreWays(
        points_apart=lambda named: restoring.points_in(named),  # noqa: PLW0108 - naming it here would load it
        restore_apart=restore,
        now=lambda: clock().astimezone(VIETNAM),
    )


def bound_backups(desk: Desk) -> BackupServices:
    running = _Child(desk)

    def place() -> Path:
        if not desk.settings.backup_folder:
            raise backups.NoBackupPlaceError
        return Path(desk.settings.backup_folder)

    beside = restore_ways(desk.data, desk.clock)

    def restore(named: Path, stem: str, code: str) -> RestoredDesk:
        if not session.may(desk, permissions.Permission.OFFICE):
            raise DeedNotAllowedError(deed=permissions.Permission.OFFICE.label)
        return beside.restore_apart(named, stem, code)

    return BackupServices(
        standing_apart=lambda: standing.standing(desk),
        back_up_apart=lambda: running.get().back_up(place()),
        prove_apart=lambda: running.get().prove(place()),
        drill_apart=lambda: running.get().drill(place()),
        restoring=RestoreWays(
            points_apart=beside.points_apart,
            restore_apart=restore,
            now=beside.now,
            newer_events=lambda events: standing.newer_events(desk, events),
        ),
        drill_offered=lambda: standing.drill_offered(desk),
        told_of_restore=lambda: standing.told_of_restore(desk),
        break_off=lambda: running.get().break_off(),
        stop=running.stop,
    )
