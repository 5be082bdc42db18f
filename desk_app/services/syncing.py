"""Exchanging with the district and with other desks: how it stands, one round, sticks there and back.

What sends and receives is loaded when first used: the network and the signatures have no part in opening the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from desk_app.domain.permissions import Permission
from desk_app.services.accounts import session
from desk_app.services.desk import Desk
from desk_app.services.sync_records import Announcement, Exchanged, SetAsideLine, StickOut, SyncStatus
from desk_app.services.sync_status import status, waiting_events
from desk_app.store import announcements, set_aside, settings

if TYPE_CHECKING:
    from desk_app.sync.rounds import Progress

__all__ = [
    "Announcement",
    "Exchanged",
    "SetAsideLine",
    "StickOut",
    "SyncStatus",
    "apart",
    "export_stick",
    "import_stick",
    "mark_announcements_seen",
    "settle_set_aside",
    "status",
    "synchronise",
    "waiting_events",
]


def synchronise(
    desk: Desk, *, progress: Callable[[Progress], None], stop: Event, url: str = "", with_files: bool = True
) -> Exchanged:
    """One round with the district over the line; may be called on a job's thread (it opens its own connection).

    `progress` is called on that thread; `stop` ends the round within about a second, and what was exchanged until then
    stays. `url` asks elsewhere than the district's card says. Raises `NotEnrolledError`, and the errors of the line
    (`NoDistrictError`, `OfflineError` …); each leaves a state from which the next call goes on.
    """
    from desk_app.services import sync_rounds  # noqa: PLC0415 - the network loads when something is sent

    with apart(desk) as own:
        return sync_rounds.over_the_line(own, progress=progress, stop=stop, url=url, with_files=with_files)


def export_stick(desk: Desk, folder: Path, *, to_desk: int = 0, with_files: bool = False) -> Exchanged:
    """Write what the district does not hold yet as one file into `folder`; nothing counts as sent before its answer.

    `to_desk` writes for that desk of the commune instead. Raises the stick's errors (full, read-only, pulled out …).
    """
    from desk_app.services import sync_rounds  # noqa: PLC0415 - as above

    with apart(desk) as own:
        return sync_rounds.out_on_stick(own, folder, to_desk=to_desk, with_files=with_files)


def import_stick(desk: Desk, folder: Path) -> Exchanged:
    """Take in every file on the stick that is for this desk: the district's answers, colleagues' work.

    Raises the stick's errors where no file could be taken in; a file that could not beside others is told in `told`.
    """
    from desk_app.services import sync_rounds  # noqa: PLC0415 - as above

    with apart(desk) as own:
        return sync_rounds.in_from_stick(own, folder)


def settle_set_aside(desk: Desk, n: int) -> None:
    """A person has seen to what was put aside; it is told no more."""
    with session.deed(desk, Permission.EXCHANGE):
        set_aside.settle(desk.db, n)


def mark_announcements_seen(desk: Desk) -> None:
    """The clerk has read what the district told."""
    with session.deed(desk, Permission.EXCHANGE):
        for each in announcements.all(desk.db):
            announcements.mark_seen(desk.db, each.log, each.seq)


@contextmanager
def apart(desk: Desk) -> Iterator[Desk]:
    """The same desk over a writing connection of its own, for work on another thread."""
    own = replace(desk, db=desk.db.writer(), lock=None)
    try:
        yield own
        came = settings.get(own.db)
        if came != desk.settings:  # another desk of the commune changed what all desks hold alike
            desk.settings = came
            desk.forget_law()
    finally:
        desk.clock_offset = own.clock_offset
        own.db.close()
