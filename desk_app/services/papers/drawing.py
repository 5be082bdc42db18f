"""Drawing a form with a dossier's facts as PDF. Imports the PDF library: import this module late."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.documents.forms.form_records import Form
from desk_app.documents.layout.layout import lay_out
from desk_app.documents.output import pdf
from desk_app.documents.values import told_on, values_of
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.papers import USUAL, PaperManner
from desk_app.domain.procedures.procedure import Procedure
from desk_app.domain.training import training_desk


def drawn(
    form: Form,
    dossier: Dossier,
    procedure: Procedure,
    *,
    event: Recorded | None = None,
    mark: str = "",
    manner: PaperManner = USUAL,
    under: str = "",
) -> tuple[int, bytes]:
    """How many pages, and the PDF: the same bytes for the same dossier, form version, step and mark.

    `event` is the step that owes the paper, None for the reception. What bears a code of training mode says so across
    the page, whoever draws it; `under` says it of papers that have no code yet.
    """
    values = told_on(form, values_of(dossier, procedure, event), procedure)
    pages = lay_out(form, values, code=dossier.code, mark=mark, manner=manner)
    made_at = event.at if event is not None else dossier.received_at
    under = under or training_desk.watermark_of(dossier.code)
    about = procedure.name
    drawn_pdf = pdf.to_pdf(pages, title=form.title, subject=about, code=dossier.code, made_at=made_at, under=under)
    return len(pages), drawn_pdf


def filled(
    form: Form,
    values: Mapping[str, object],
    *,
    made_at: int,
    under: str = "",
    mark: str = "",
    manner: PaperManner = USUAL,
) -> tuple[int, bytes]:
    """As `drawn`, for a paper that is about no single dossier; `made_at` UTC ms."""
    pages = lay_out(form, values, code="", mark=mark, manner=manner)
    drawn_pdf = pdf.to_pdf(pages, title=form.title, subject=form.title, code="", made_at=made_at, under=under)
    return len(pages), drawn_pdf


def blank(form: Form, *, made_at: int, manner: PaperManner = USUAL) -> bytes:
    """The form with dotted lines only; `made_at` UTC ms."""
    pages = lay_out(form, {}, code="", manner=manner)
    return pdf.to_pdf(pages, title=form.title, subject=form.title, code="", made_at=made_at)
