"""What the screens share; made once in the composition root."""

from __future__ import annotations

from msgspec import Struct

from desk_app.ui.jobs import Jobs
from desk_app.ui.notices import Notices
from desk_app.ui.printing import Printing
from desk_app.ui.rounds import Rounds
from desk_app.ui.theme import Look
from desk_app.ui.window_services import WindowServices


class Tools(Struct, frozen=True, kw_only=True):
    """Look, services, jobs, notices, printing and the rounds of sync, handed to every screen."""

    look: Look
    services: WindowServices
    jobs: Jobs
    notices: Notices
    printing: Printing
    rounds: Rounds
