"""The papers of a dossier: drawn in memory from its events and the form versions it was received under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk_app.documents.form_records import Form
from desk_app.domain.dossier import Dossier
from desk_app.domain.events import Printed
from desk_app.domain.permissions import Permission
from desk_app.domain.procedure import Procedure
from desk_app.errors import UnknownFormError
from desk_app.services import reception, reprints
from desk_app.services.accounts import session
from desk_app.services.desk import Desk
from desk_app.services.draft import Draft
from desk_app.store import catalogue, dossiers, journal

_SLIPS = {"slip": reception.SLIP, "slip80": reception.SLIP_80}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper ready for a printer: PDF bytes, its sheet ("A4", "A5", "80mm"), and how many copies are owed."""

    kind: str
    form: str
    version: str
    title: str
    sheet: str
    pages: int
    copies: int
    pdf: bytes


def draw(desk: Desk, code: str, what: str = "all") -> list[Paper]:
    """The papers of a recorded dossier; the same dossier and form version give the same bytes at any time.

    `what`: "slip", "slip80", "forms", "all" (what reception owes) or a form's id. Raises `UnknownDossierError`, and
    `UnknownFormError` for a paper this dossier does not have.
    """
    kept = dossiers.by_code(desk.db, code)
    procedure = catalogue.by_version(desk.db, kept.procedure, kept.procedure_version)
    forms = _wanted(desk, kept, what)
    if not forms and what not in ("all", "forms"):
        raise UnknownFormError(form=what, on="hồ sơ được tiếp nhận")
    changed = reprints.of(desk, kept, procedure, journal.history(desk.db, kept.id))
    marks = {name: one.mark for name, one in changed.items()}
    return [_drawn(kept, procedure, form, mark=marks.get(name_of(form.id), "")) for form in forms]


def name_of(form: str) -> str:
    """What `draw` and the journal call the paper of a form: "slip", "slip80", else the form's id."""
    return next((name for name, slip in _SLIPS.items() if slip == form), form)


def raw(desk: Desk, code: str) -> bytes:
    """The 80 mm slip as ESC/POS bytes for a receipt printer."""
    from desk_app.services import drawing  # noqa: PLC0415 - the PDF library loads after the window is up

    return drawing.to_escpos(draw(desk, code, "slip80")[0].pdf)


def preview(desk: Desk, draft: Draft, what: str = "slip") -> bytes:
    """The paper `draft` would print, as PDF, empty where it prints none such; nothing is recorded."""
    dossier, procedure = reception.unsaved(desk, draft)
    forms = _wanted(desk, dossier, what)
    return _drawn(dossier, procedure, forms[0]).pdf if forms else b""


def titles(desk: Desk, kept: Dossier) -> list[tuple[str, str]]:
    """(name for `draw`, title) of every paper this dossier can print here, declarations first."""
    return [
        (name_of(version.form), form.title)
        for version in kept.forms
        if (form := desk.forms.forms.get((version.form, version.version)))
    ]


def printed(desk: Desk, code: str, papers: Sequence[str], *, copies: int = 1, printer: str = "") -> None:
    """Put in the journal that these papers were printed."""
    with session.deed(desk, Permission.PRINT) as done:
        kept = dossiers.by_code(desk.db, code)
        done.record(Printed(papers=tuple(papers), copies=copies, printer=printer), dossier=kept.id)


def _wanted(desk: Desk, kept: Dossier, what: str) -> list[Form]:
    if what == "all":
        names = [_SLIPS.get(name, name) for name in reception.owed_papers(kept)]
    elif what == "forms":
        names = [version.form for version in kept.forms if version.form not in _SLIPS.values()]
    else:
        names = [_SLIPS.get(what, what)]
    versions = {version.form: version.version for version in kept.forms}
    return [desk.forms.exact(name, versions[name]) for name in names if name in versions]


def _drawn(kept: Dossier, procedure: Procedure, form: Form, *, mark: str = "") -> Paper:
    from desk_app.services import drawing  # noqa: PLC0415 - the PDF library loads after the window is up

    pages, pdf = drawing.drawn(form, kept, procedure, mark=mark)
    return Paper(
        kind=next((name for name, slip in _SLIPS.items() if slip == form.id), "form"),
        form=form.id,
        version=form.version,
        title=form.title,
        sheet=form.paper,
        pages=pages,
        copies=form.copies,
        pdf=pdf,
    )
