"""The forms on this machine, without opening a desk: list, check, preview, coverage, the page to prepare at home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app import places
from desk_app.documents.forms.form import Form, FormLibrary, Problem, check
from desk_app.documents.prepared.prepared_form import is_declaration
from desk_app.domain.papers import USUAL, PaperManner
from desk_app.errors import UnknownFormError
from desk_app.lazy import lazy
from desk_app.services.papers import sample
from desk_app.services.papers.coverage import CASES, FormCoverage, coverage

if TYPE_CHECKING:
    from desk_app.documents.prepared import prepared_page
    from desk_app.services.papers import drawing
else:
    drawing = lazy("desk_app.services.papers.drawing")
    prepared_page = lazy("desk_app.documents.prepared.prepared_page")


def folders(data: str | None) -> list[Path]:
    """The program's forms, and the office's own in its data folder."""
    return [places.forms(), places.data_folder(data) / "forms"]


def listed(where: list[Path]) -> list[Form]:
    """Every version of every form, by id and date."""
    return FormLibrary.load(where).all()


def problems(where: list[Path]) -> list[Problem]:
    """What is wrong in the forms, by file and line."""
    return check(where, lists=[places.forms()])


def languages(where: list[Path]) -> dict[str, str]:
    """The languages that captions of these forms are in: name by code."""
    return FormLibrary.load(where).languages()


def preview(where: list[Path], form_id: str, *, blank: bool, manner: PaperManner = USUAL) -> bytes:
    """The newest version of a form as PDF, with sample people or blank; raises `UnknownFormError`."""
    versions = [form for form in listed(where) if form.id == form_id]
    if not versions:
        raise UnknownFormError(form=form_id, on="hôm nay")
    form = versions[-1]
    dossier, procedure = sample.dossier(form)
    return (
        drawing.blank(form, made_at=dossier.received_at, manner=manner)
        if blank
        else drawing.drawn(form, dossier, procedure, event=sample.step(form), manner=manner)[1]
    )


def page_at_home(where: list[Path], ids: Sequence[str], *, today: date) -> str:
    """The page on which citizens prepare these declarations, each in the version in force today; each once.

    Raises `UnknownFormError`, `PreparedByHandError`, `NothingToPrepareError`.
    """
    library = FormLibrary.load(where)
    return prepared_page.page([library.in_force(name, today.isoformat()) for name in dict.fromkeys(ids)])


def covered(where: list[Path], ids: Sequence[str], *, today: date) -> list[FormCoverage]:
    """How the declarations in force today are filled in, each for every case; all of them without `ids`.

    Raises `UnknownFormError`.
    """
    library = FormLibrary.load(where)
    on = today.isoformat()
    wanted = ids or [name for name in library.ids() if _is_declaration(library, name, on)]
    forms = [library.in_force(name, on) for name in wanted]
    return [coverage(form, case, today=today) for form in forms for case in CASES]


def _is_declaration(library: FormLibrary, name: str, on: str) -> bool:
    """Whether citizens declare something on the form that holds on an ISO day."""
    try:
        return is_declaration(library.in_force(name, on))
    except UnknownFormError:
        return False
