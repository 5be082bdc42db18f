"""The forms of an open desk, bound for their screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.ui.services.form_services import FormServices

if TYPE_CHECKING:
    from pathlib import Path

    from desk_app.documents.forms import brought_forms
    from desk_app.domain.office_forms import FormTexts
    from desk_app.services.office_forms import drafts, office_forms
else:
    brought_forms = lazy("desk_app.documents.forms.brought_forms")
    drafts = lazy("desk_app.services.office_forms.drafts")
    office_forms = lazy("desk_app.services.office_forms.office_forms")


def bound_forms(desk: Desk) -> FormServices:
    def texts_of(form_id: str, version: str) -> FormTexts:
        return office_forms.texts_of(desk, form_id, version)[1]

    def draft(file: Path) -> drafts.DraftedTexts:
        return drafts.texts_from(file, desk.forms, today=desk.today())

    return FormServices(
        rows=lambda: office_forms.listed(desk),
        texts_of=texts_of,
        draft_apart=draft,
        problems=lambda texts: brought_forms.problems(texts),  # noqa: PLW0108 - naming it here would load it
        questions=lambda texts: office_forms.questions(texts),  # noqa: PLW0108 - as above
        preview_apart=lambda texts: office_forms.preview(texts, blank=False),
        publish=lambda form_id, texts: office_forms.publish(desk, form_id, texts),
        withdraw=lambda form_id: office_forms.withdraw(desk, form_id),
    )
