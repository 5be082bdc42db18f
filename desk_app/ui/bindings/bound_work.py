"""The worklists and what citizens are told, bound for the window; nothing of it loads before it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.services.worklists import worklists
from desk_app.ui.worklists.work_services import WorkServices

if TYPE_CHECKING:
    from desk_app.services.messages import calling
    from desk_app.services.worklists import late_ratios
else:
    calling = lazy("desk_app.services.messages.calling")
    late_ratios = lazy("desk_app.services.worklists.late_ratios")


def bound_work(desk: Desk, reader: Callable[[], Desk]) -> WorkServices:
    """The services over the open desk; `reader` gives the read-only one of the calling thread."""
    return WorkServices(
        counts=lambda: worklists.counts(desk),
        late_elsewhere=lambda: worklists.late_elsewhere(desk),
        stream_ids_apart=lambda which: worklists.stream_ids(reader(), which),
        first_list=lambda number: worklists.first_list(desk, number),
        ratios_apart=lambda first, last: late_ratios.lines(reader(), first, last),
        to_tell=lambda dossier: calling.to_tell(desk, dossier),
        contact=lambda code, outcome, note: calling.contact(desk, code, outcome, note=note),
        slip_shown=lambda code: calling.slip_was_shown(desk, code),
    )
