"""What the window asks of the worklists, the ratios of what was late, and of telling the citizen."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.domain.dossiers.dossier import Dossier
    from desk_app.services.messages.calling import ToTell
    from desk_app.services.worklists.late_ratios import RatioLine
    from desk_app.services.worklists.worklists import WorkCount


class WorkServices(Struct, frozen=True, kw_only=True):
    """Those called `…_apart` may be called on a job's thread.

    `late_elsewhere` counts what is late and with another desk; `first_list` is the list in which the dossier of a row
    stands first, "" for none.
    `contact(code, outcome, note)` records what came of telling the citizen; `slip_shown` that the slip was scanned
    while the result waits.
    """

    counts: Callable[[], Sequence[WorkCount]]
    late_elsewhere: Callable[[], int]
    stream_ids_apart: Callable[[str], Iterator[array[int]]]
    first_list: Callable[[int], str]
    ratios_apart: Callable[[date, date], Sequence[RatioLine]]
    to_tell: Callable[[Dossier], ToTell]
    contact: Callable[[str, str, str], Dossier]
    slip_shown: Callable[[str], bool]
