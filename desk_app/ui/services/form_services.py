"""What the page of forms asks of the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.documents.forms.form_check import Problem
    from desk_app.domain.office_forms import FormTexts
    from desk_app.services.office_forms.drafts import DraftedTexts
    from desk_app.services.office_forms.office_forms import FormRow, PublishedForm


class FormServices(Struct, frozen=True, kw_only=True):
    """Those called `…_apart` may be called on a job's thread."""

    rows: Callable[[], list[FormRow]]
    texts_of: Callable[[str, str], FormTexts]
    draft_apart: Callable[[Path], DraftedTexts]
    problems: Callable[[FormTexts], list[Problem]]
    questions: Callable[[FormTexts], list[str]]
    preview_apart: Callable[[FormTexts], bytes]
    publish: Callable[[str, FormTexts], PublishedForm]
    withdraw: Callable[[str], list[str]]
