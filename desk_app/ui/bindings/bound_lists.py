"""Lists of many dossiers as the window calls them; nothing of it loads before it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.ui.paper_lists.list_services import PaperListServices

if TYPE_CHECKING:
    from desk_app.services.custody import whereabouts
    from desk_app.services.paper_lists import desk_lists, drawn_lists, paper_lists
else:
    desk_lists = lazy("desk_app.services.paper_lists.desk_lists")
    whereabouts = lazy("desk_app.services.custody.whereabouts")
    drawn_lists = lazy("desk_app.services.paper_lists.drawn_lists")
    paper_lists = lazy("desk_app.services.paper_lists.paper_lists")


def bound_lists(desk: Desk, reader: Callable[[], Desk]) -> PaperListServices:
    """`reader` gives a reader of the thread that calls it."""
    return PaperListServices(
        candidates=lambda what: paper_lists.candidates(desk, what),
        candidate=lambda what, code: paper_lists.candidate(desk, what, code),
        make=lambda what, codes, receiver: paper_lists.make(desk, what, codes, receiver),
        every=lambda: paper_lists.every(desk),
        draw_apart=lambda made: drawn_lists.draw(reader(), made, for_printer=True),
        printed=lambda list_id, copies, printer: paper_lists.printed(desk, list_id, copies=copies, printer=printer),
        desks=lambda: whereabouts.others(desk),
        coming=lambda: desk_lists.coming(desk),
        scanned=lambda text: desk_lists.scanned(desk, text),
        listed=lambda made: desk_lists.listed(desk, made),
        awaited=lambda made: desk_lists.awaited(desk, made),
        take=lambda codes, list_id: desk_lists.take(desk, codes, list_id),
    )
