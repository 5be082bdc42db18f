"""The papers of a dossier: drawn in memory from its events and the form versions it was received under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgspec import Struct

from desk_app.documents.forms.form_records import Form
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Printed, StepTaken
from desk_app.domain.dossiers.steps import ACTIONS
from desk_app.domain.papers import (
    LINKED_SLIPS,
    USUAL,
    OwedPaper,
    PaperManner,
    name_of,
    owed_at_reception,
    owed_by,
    papers_of,
    sheet_for,
)
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures.procedure import Procedure
from desk_app.errors import UnknownFormError
from desk_app.lazy import lazy
from desk_app.services.accounts import session
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.linked import whole
from desk_app.services.papers import reprints
from desk_app.services.reception import reception
from desk_app.services.reception.draft import Draft
from desk_app.services.settings.print_choices import choice_for
from desk_app.store.journal import journal
from desk_app.store.queries import dossiers

if TYPE_CHECKING:
    from desk_app.documents.output import pdf, thermal
    from desk_app.services.papers import drawing
else:
    pdf = lazy("desk_app.documents.output.pdf")
    thermal = lazy("desk_app.documents.output.thermal")
    drawing = lazy("desk_app.services.papers.drawing")


DRAFT = "NHÁP"
"""On every page of what is not recorded yet."""
OWED = "owed"
"""For `draw`: what the latest step owes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper ready for a printer: PDF bytes, its sheet ("A4", "A5", "80mm"), and how many copies are owed.

    `name` is what a print of it is recorded under, `number` its outgoing number, `landscape` that its pages lie on
    their side. `printer`, `tray` and `duplex` are
    what the desk chose for such a paper, "" for the default (`services.settings.print_choices`).
    """

    kind: str
    name: str
    form: str
    number: str = ""
    version: str
    title: str
    sheet: str
    pages: int
    copies: int
    pdf: bytes
    landscape: bool = False
    printer: str = ""
    tray: str = ""
    duplex: str = ""


class ListedPaper(Struct, frozen=True, kw_only=True):
    """A paper of a dossier as lists show it: how often printed, and whether it says something else since."""

    paper: OwedPaper
    form: Form
    step: str
    printed: int
    is_stale: bool

    @property
    def number(self) -> str:
        """The outgoing number; "" for none."""
        return self.paper.number


def listed(desk: Desk, code: str) -> list[ListedPaper]:
    """Every paper that this dossier owes or can print, in the order of what owes it. Raises `UnknownDossierError`."""
    kept = dossiers.by_code(desk.db, code)
    procedure = procedure_versions.procedure_of(desk, kept)
    changed = reprints.of(desk, kept, procedure, journal.history(desk.db, kept.id))
    return [
        ListedPaper(
            paper=paper,
            form=form,
            step=_step_of(paper),
            printed=kept.prints.get(paper.name, 0),
            is_stale=paper.name in changed and changed[paper.name].is_stale,
        )
        for paper in papers_of(kept)
        if (form := desk.forms.forms.get((paper.form.form, paper.form.version)))
    ]


def draw(
    desk: Desk, code: str, what: str = "all", manner: PaperManner = USUAL, *, for_printer: bool = False
) -> list[Paper]:
    """The papers of a recorded dossier; the same dossier and form version give the same bytes at any time.

    `what`: "slip", "slip80", "forms", "all" (what reception owes), "owed" (what the latest step owes), or the name of a
    paper (`OwedPaper`). What goes to a printer a second time says so: "Bản in lần 2" (`for_printer`). Raises
    `UnknownDossierError`, and `UnknownFormError` for a paper this dossier does not have.
    """
    kept = dossiers.by_code(desk.db, code)
    procedure = procedure_versions.procedure_of(desk, kept)
    wanted = _wanted(kept, what, slip=_slip_of(desk))
    if not wanted and what not in ("all", "forms", OWED):
        raise UnknownFormError(form=what, on="hồ sơ được tiếp nhận")
    printed_before = reprints.of(desk, kept, procedure, journal.history(desk.db, kept.id))
    marks = {
        paper.name: one.mark_of_print() if for_printer and _is_counted(desk, paper) else one.mark
        for paper in wanted
        if (one := printed_before.get(paper.name))
    }
    drawn = [_drawn(desk, kept, procedure, paper, mark=marks.get(paper.name, ""), manner=manner) for paper in wanted]
    if what in ("all", "forms"):
        further = (
            _drawn(desk, other, procedure_versions.procedure_of(desk, other), paper, manner=manner)
            for other, paper in whole.further_declarations(desk, kept)
        )
        slips = [paper for paper in drawn if paper.kind != "form"]
        drawn = [*(paper for paper in drawn if paper.kind == "form"), *further, *slips]
    return drawn


def _is_counted(desk: Desk, paper: OwedPaper) -> bool:
    """Whether each print is counted on the paper: slips and papers of steps.

    A declaration is the citizen's, and words of certification, which only some procedures owe, stand on the citizen's
    own papers.
    """
    form = desk.forms.forms.get((paper.form.form, paper.form.version))
    return paper.is_slip or (paper.event is not None and form is not None and not form.head.procedures)


def draw_of_step(desk: Desk, kept: Dossier) -> list[Paper]:
    """The papers that the latest step of the dossier owes."""
    if kept.last_turn is None:
        return []
    procedure = procedure_versions.procedure_of(desk, kept)
    return [_drawn(desk, kept, procedure, paper) for paper in owed_by(kept, kept.last_turn)]


def raw(desk: Desk, code: str) -> bytes:
    """The 80 mm slip as ESC/POS bytes for a receipt printer."""
    return thermal.to_escpos(draw(desk, code, "slip80")[0].pdf)


def preview(desk: Desk, draft: Draft, what: str = "slip", manner: PaperManner = USUAL) -> bytes:
    """The papers `draft` would print, as one PDF marked a draft, empty where it prints none such; nothing is recorded.

    Of a bundle the declarations of all its dossiers, each once; its slip is one.
    """
    found: dict[str, bytes] = {}
    for dossier, procedure in reception.unsaved_parts(desk, draft):
        for paper in _wanted(dossier, what):
            if paper.name not in found:
                found[paper.name] = _drawn(desk, dossier, procedure, paper, mark=DRAFT, manner=manner).pdf
    return pdf.joined(list(found.values()))


def titles(desk: Desk, kept: Dossier) -> list[tuple[str, str]]:
    """(name for `draw`, title) of every paper this dossier can print here, declarations first, those of steps last."""
    return [
        (paper.name, form.title)
        for paper in papers_of(kept)
        if (form := desk.forms.forms.get((paper.form.form, paper.form.version)))
    ]


def printed(desk: Desk, code: str, papers: Sequence[str], *, copies: int = 1, printer: str = "") -> None:
    """Put in the journal that these papers were printed."""
    with session.deed(desk, Permission.PRINT) as done:
        kept = dossiers.by_code(desk.db, code)
        for id_, names in whole.printed_for(desk, kept, papers):
            done.record(Printed(papers=names, copies=copies, printer=printer), dossier=id_)


def _slip_of(desk: Desk) -> str:
    """The slip this desk hands out: on A5, or on the roll where it has a printer for that alone."""
    return "slip80" if desk.settings.slip_paper == "80mm" else "slip"


def _wanted(kept: Dossier, what: str, *, slip: str = "slip") -> list[OwedPaper]:
    have = papers_of(kept)
    if what == "all":
        has = {paper.name for paper in have}
        owed = tuple(slip if name == "slip" and slip in has else name for name in owed_at_reception(kept))
    elif what == "forms":
        owed = tuple(paper.name for paper in have if paper.event is None and not paper.is_slip)
    elif what == OWED:
        return list(owed_by(kept, kept.last_turn)) if kept.last_turn is not None else []
    else:
        owed = (name_of(what),)
    return [paper for name in owed for paper in have if paper.name == name]


def _drawn(
    desk: Desk, kept: Dossier, procedure: Procedure, paper: OwedPaper, *, mark: str = "", manner: PaperManner = USUAL
) -> Paper:
    form = desk.forms.exact(paper.form.form, paper.form.version)
    if form.id in LINKED_SLIPS and kept.code and mark != DRAFT:
        kept = whole.slip_of(desk, kept)
        procedure = procedure_versions.procedure_of(desk, kept)
    pages, done = drawing.drawn(
        form, kept, procedure, event=paper.event, mark=mark, manner=manner, under=desk.watermark
    )
    is_slip = paper.is_slip
    document = "slip" if is_slip else "steps" if paper.event is not None else "forms"
    kind = paper.name if is_slip else "form"
    made = paper_of(desk, form, document, kind=kind, name=paper.name, pages=pages, pdf=done, manner=manner)
    return replace(made, number=paper.number)


def paper_of(
    desk: Desk,
    form: Form,
    document: str,
    *,
    kind: str,
    name: str,
    pages: int,
    pdf: bytes,
    manner: PaperManner = USUAL,
) -> Paper:
    """A drawn form ready for the printer that this desk chose for `document` ("slip", "steps", "forms", "reports").

    A slip set large is on a sheet that the printer of slips may not hold: it prints as declarations do.
    """
    sheet = sheet_for(form.paper, manner)
    choice = choice_for(desk.settings, document if sheet == form.paper else "forms", sheet, owed=form.copies)
    return Paper(
        kind=kind,
        name=name,
        form=form.id,
        version=form.version,
        title=form.title,
        sheet=sheet,
        pages=pages,
        copies=choice.copies,
        pdf=pdf,
        landscape=form.head.landscape,
        printer=choice.printer,
        tray=choice.tray,
        duplex=choice.duplex,
    )


def _step_of(paper: OwedPaper) -> str:
    """What the clerk calls what owes the paper."""
    payload = paper.event.payload if paper.event is not None else None
    if not isinstance(payload, StepTaken):
        return "tiếp nhận"
    rule = ACTIONS.get(payload.action)
    return rule.label if rule else payload.action
