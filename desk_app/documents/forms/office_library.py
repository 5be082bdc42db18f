"""The library of forms with those that the office published: read with bounds, never in place of the program's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from desk_app.documents.forms.form import FormLibrary
from desk_app.documents.forms.form_files import form_of
from desk_app.domain.office_forms import OfficeForm
from desk_app.errors import DamagedFormError


def with_office(
    library: FormLibrary, held: Iterable[OfficeForm], bound: Mapping[str, tuple[str, ...]], *, lists: Sequence[Path]
) -> FormLibrary:
    """The library and these forms. One under an id that the library has, and one taken back, is only drawn again for
    dossiers that were received under it.
    """
    forms, problems, retired = dict(library.forms), list(library.problems), set(library.retired)
    taken = set(library.ids())
    for each in held:
        if (each.id, each.version) in library.forms:
            continue
        try:
            form = form_of(each.id, each.version, each.texts.head, each.texts.layout, lists=lists, toml=_name(each))
        except DamagedFormError as error:
            problems.append(str(error))
            continue
        forms[each.id, each.version] = form
        if each.is_out or each.id in taken:
            retired.add((each.id, each.version))
    return FormLibrary(forms, tuple(problems), retired=frozenset(retired), bound=dict(bound))


def _name(form: OfficeForm) -> str:
    return f"{form.id} ({form.version})"
