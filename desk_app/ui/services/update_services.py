"""What the page of new versions asks of the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.services.updates.going_back import WayBack
    from desk_app.services.updates.standing import VersionStanding
    from desk_app.services.updates.taking_in import NewVersion


class UpdateServices(Struct, frozen=True, kw_only=True):
    """Those called `…_apart` may be called on a job's thread. `back_apart` goes back where the data stay as they are,
    `back_when_closed` when the window has closed the data.
    """

    standing: Callable[[], VersionStanding]
    look_apart: Callable[[Path], NewVersion]
    take_apart: Callable[[NewVersion], None]
    foreseen_apart: Callable[[], WayBack]
    back_apart: Callable[[], None]
    back_when_closed: Callable[[], None]
