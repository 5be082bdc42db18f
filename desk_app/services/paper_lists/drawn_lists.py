"""A list of many dossiers as a paper: drawn from its event, the same at any time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.documents.values import office_values
from desk_app.documents.values.written import put_moment
from desk_app.domain.dossiers.dossier import Dossier, fold
from desk_app.domain.outgoing import list_scans
from desk_app.domain.outgoing import paper_lists as rules
from desk_app.domain.outgoing.list_events import PaperListRow
from desk_app.domain.papers import USUAL, PaperManner
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.services.paper_lists.paper_lists import MadeList
from desk_app.services.papers.papers import Paper, paper_of
from desk_app.store.journal import journal

if TYPE_CHECKING:
    from desk_app.services.papers import drawing
else:
    drawing = lazy("desk_app.services.papers.drawing")


def draw(desk: Desk, made: MadeList, manner: PaperManner = USUAL, *, for_printer: bool = False) -> Paper:
    """The list on its form of the day it was made. What goes to a printer again says so. Raises `UnknownFormError`."""
    said = made.made
    form = desk.forms.exact(said.form.form, said.form.version)
    values: dict[str, object] = {
        **office_values(said.office),
        "number": said.number,
        "receiver": said.receiver,
        "giver": said.giver,
        "count": str(len(said.rows)),
        "barcode": list_scans.barcode(said.list_id),
        "rows": tuple(rules.cells(number, row, _then(desk, row)) for number, row in enumerate(said.rows, 1)),
    }
    put_moment(values, "made_at", made.event.at)
    mark = f"Bản in lần {made.printed + 1}" if for_printer and made.printed else ""
    known = {key: value for key, value in values.items() if value}
    pages, pdf = drawing.filled(form, known, made_at=made.event.at, under=desk.watermark, mark=mark, manner=manner)
    paper = paper_of(desk, form, "steps", kind=said.what, name=said.list_id, pages=pages, pdf=pdf, manner=manner)
    return replace(paper, number=said.number)


def _then(desk: Desk, row: PaperListRow) -> Dossier | None:
    """The dossier as the list knew it; None where its reception was erased."""
    known = rules.known_then(journal.history(desk.db, row.dossier), row.version)
    try:
        return fold(known)
    except ValueError:
        return None
