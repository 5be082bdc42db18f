"""What the window asks of lists of many dossiers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.services.paper_lists.desk_lists import Coming, DossierOnList, TakenOver
    from desk_app.services.paper_lists.paper_lists import Candidate, MadeList
    from desk_app.services.papers.papers import Paper


class PaperListServices(Struct, frozen=True, kw_only=True):
    """`candidates(what)`, `candidate(what, code)`, `make(what, codes, receiver)`, `printed(list_id, copies, printer)`.

    Between desks: `desks` are the numbers of the others, `coming` what they handed to this one, `scanned(text)` the
    list of a barcode (None for any other text), `listed` how each of its dossiers stands, `awaited` what of it nobody
    took; `take(codes, list_id)`.

    `draw_apart` is for a job's thread and draws for a printer; all others belong to the window's own thread.
    """

    candidates: Callable[[str], list[Candidate]]
    candidate: Callable[[str, str], Candidate]
    make: Callable[[str, Sequence[str], str], MadeList]
    every: Callable[[], list[MadeList]]
    draw_apart: Callable[[MadeList], Paper]
    printed: Callable[[str, int, str], None]
    desks: Callable[[], list[int]]
    coming: Callable[[], list[Coming]]
    scanned: Callable[[str], MadeList | None]
    listed: Callable[[MadeList], list[DossierOnList]]
    awaited: Callable[[MadeList], list[DossierOnList]]
    take: Callable[[Sequence[str], str], TakenOver]
