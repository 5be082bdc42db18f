"""What the window asks of the program about backups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.services.backups.backup_point import BackupPoint
    from desk_app.services.backups.child import ChildBackup, ChildDrill
    from desk_app.services.backups.restoring import RestoredDesk
    from desk_app.services.backups.standing import BackupStanding


class RestoreWays(Struct, frozen=True, kw_only=True):
    """What bringing a backup back needs; `newer_events` None where there is no desk yet that could lose any."""

    points_apart: Callable[[Path], list[BackupPoint]]
    restore_apart: Callable[[Path, str, str], RestoredDesk]
    now: Callable[[], datetime]
    newer_events: Callable[[int], int] | None = None


class BackupServices(Struct, frozen=True, kw_only=True):
    """Those called `…_apart` may be called on a job's thread. `break_off` ends a proof that runs; `stop` ends whatever
    runs, for good.
    """

    standing_apart: Callable[[], BackupStanding]
    back_up_apart: Callable[[], ChildBackup]
    prove_apart: Callable[[], ChildBackup]
    drill_apart: Callable[[], ChildDrill]
    restoring: RestoreWays
    drill_offered: Callable[[], None]
    told_of_restore: Callable[[], tuple[str, str]]
    break_off: Callable[[], None]
    stop: Callable[[], None]
