"""What the screens share; made once in the composition root."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from desk_app.ui.backups.backup_work import BackupWork
from desk_app.ui.jobs import Jobs
from desk_app.ui.look.theme import Look
from desk_app.ui.printing.printing import Printing
from desk_app.ui.scanning.port_listener import PortListener
from desk_app.ui.services.window_services import WindowServices
from desk_app.ui.sync.sync_rounds import Rounds
from desk_app.ui.window.notices import Notices


class HelpWays(Struct, frozen=True, kw_only=True):
    """What a page asks of the help: the manual's page for what is in sight, the news, the sheet of keys on paper.

    `tell_news` posts once what an update brought; `start_training` opens the window of training mode beside this one.
    """

    open_here: Callable[[], None]
    open_news: Callable[[], None]
    print_keys: Callable[[], None]
    tell_news: Callable[[], None]
    start_training: Callable[[], None]


class Tools(Struct, frozen=True, kw_only=True):
    """Look, services, jobs, notices, printing, the rounds of sync, backups and the scanner's port, for every screen."""

    look: Look
    services: WindowServices
    jobs: Jobs
    notices: Notices
    printing: Printing
    rounds: Rounds
    backups: BackupWork
    scanner: PortListener
    helps: HelpWays
