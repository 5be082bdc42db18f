"""The forms on this machine, without opening a desk: list, check, preview."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from desk_app import places
from desk_app.documents.form import Form, FormLibrary, Problem, check
from desk_app.errors import DeskError
from desk_app.services import sample


class UnknownFormError(DeskError):
    message = "Không có biểu mẫu «{form}»."
    remedy = "Xem các biểu mẫu đang có: desk-app forms list."


def folders(data: str | None) -> list[Path]:
    """The program's forms, and the office's own in its data folder."""
    return [places.forms(), places.data_folder(data) / "forms"]


def listed(where: list[Path]) -> list[Form]:
    """Every version of every form, by id and date."""
    return FormLibrary.load(where).all()


def problems(where: list[Path]) -> list[Problem]:
    """What is wrong in the forms, by file and line."""
    return check(where)


def preview(where: list[Path], form_id: str, *, blank: bool) -> bytes:
    """The newest version of a form as PDF, with sample people or blank; raises `UnknownFormError`."""
    from desk_app.documents import pdf
    from desk_app.documents.layout import lay_out
    from desk_app.documents.values import values_of

    versions = [form for form in listed(where) if form.id == form_id]
    if not versions:
        raise UnknownFormError(form=form_id)
    form = versions[-1]
    dossier, procedure = sample.dossier(form)
    values = {} if blank else values_of(dossier, procedure)
    pages = lay_out(form, values, code="" if blank else dossier.code)
    made_at = int(datetime(2026, 1, 5, tzinfo=UTC).timestamp() * 1000)
    return pdf.to_pdf(pages, title=form.title, subject=form.title, code=dossier.code, made_at=made_at)
