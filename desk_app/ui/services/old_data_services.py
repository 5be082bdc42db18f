"""What the page of old data, and the copy board, ask of the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.domain.people.person import Person
    from desk_app.services.filing.copy_board import CopyBoard
    from desk_app.services.old_data.importing import ImportDone, ImportOutlook, ImportWish
    from desk_app.services.old_data.memory import OldFind
    from desk_app.services.old_data.taking_back import TakenBack
    from desk_app.store.queries.old_records import OldImport

    Tell = Callable[[int, int], None]
    Stop = Callable[[], bool]


class OldDataServices(Struct, frozen=True, kw_only=True):
    """Those called `…_apart` may be called on a job's thread."""

    look_apart: Callable[[ImportWish, Tell, Stop], ImportOutlook]
    take_in_apart: Callable[[ImportWish, Tell, Stop], ImportDone]
    take_back_apart: Callable[[str], TakenBack]
    write_report_apart: Callable[[ImportOutlook, Path], None]
    stands: Callable[[], list[OldImport]]
    find_apart: Callable[[str], list[OldFind]]
    source_of: Callable[[Person], str]
    board: Callable[[str], CopyBoard]
    has_board: Callable[[str], bool]
