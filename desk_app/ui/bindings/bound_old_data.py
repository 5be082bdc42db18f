"""Old data and filing elsewhere as the window calls them; nothing of it loads before it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.ui.services.old_data_services import OldDataServices

if TYPE_CHECKING:
    from desk_app.services.filing import copy_board
    from desk_app.services.old_data import importing, memory, report, taking_back
    from desk_app.services.old_data.importing import ImportOutlook
    from desk_app.services.papers import paper_files
else:
    copy_board = lazy("desk_app.services.filing.copy_board")
    importing = lazy("desk_app.services.old_data.importing")
    memory = lazy("desk_app.services.old_data.memory")
    report = lazy("desk_app.services.old_data.report")
    taking_back = lazy("desk_app.services.old_data.taking_back")
    paper_files = lazy("desk_app.services.papers.paper_files")


def bound_old_data(desk: Desk, reader: Callable[[], Desk]) -> OldDataServices:
    """The services over the open desk; `reader` gives the read-only one of the calling thread."""

    def write_report(outlook: ImportOutlook, path: Path) -> None:
        paper_files.write_file(path, report.as_workbook(outlook))

    return OldDataServices(
        look_apart=lambda wish, tell, stop: importing.look(reader(), wish, tell=tell, stop=stop),
        take_in_apart=lambda wish, tell, stop: importing.take_in(desk, wish, tell=tell, stop=stop),
        take_back_apart=lambda import_id: taking_back.take_back(desk, import_id),
        write_report_apart=write_report,
        stands=lambda: importing.stands(desk),
        find_apart=lambda text: memory.find_dossiers(reader(), text),
        source_of=lambda person: memory.source_of(desk, person),
        board=lambda code: copy_board.board(desk, code),
        has_board=lambda procedure: copy_board.has_board(procedure),  # noqa: PLW0108 - naming it here would load it
    )
