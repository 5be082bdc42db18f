"""What is given to a declaration of the civil status is read out of its PDF again, nothing lost on the way."""

import pypdfium2
import pytest

from desk_app.documents.forms.questions import is_asked
from desk_app.documents.layout.layout import lay_out
from desk_app.documents.output import pdf
from tests.kit.paper import civil_status, papers

FORMS = [form for form in papers.library().all() if form.id in civil_status.DECLARATIONS]
CHOSEN_BY = {"death_paper", "marital_status", "purpose", "requester_kind"}
"""Answers that choose which words stand there and are not among them."""


class Asked(dict):
    """Values that remember what the layout asked for."""

    def __init__(self, values):
        super().__init__(values)
        self.keys_asked = set()

    def get(self, key, default=None):
        self.keys_asked.add(key)
        return super().get(key, default)


def letters(text):
    return "".join(text.split()).casefold()


def read(pages):
    data = pdf.to_pdf(pages, title="Tờ khai", subject="Thử", code=papers.CODE, made_at=papers.RECEIVED_AT)
    with pypdfium2.PdfDocument(data) as document:
        # a word that was too long for its row is torn; pdfium marks the tear
        return letters("".join(document[at].get_textpage().get_text_range() for at in range(len(document)))).replace(
            "\ufffe", ""
        )


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.id}-{form.version}")
@pytest.mark.parametrize("made", [civil_status.full, civil_status.overfull])
def test_all_that_went_in_is_read_out_again(form, made):
    values = Asked(made(form))
    text = read(lay_out(form, values, code=papers.CODE))
    printed = {key: value for key in values.keys_asked if isinstance(value := dict.get(values, key), str) and value}
    assert len(printed) > 15
    missing = [key for key, value in printed.items() if letters(value) not in text and key not in CHOSEN_BY]
    assert missing == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.id}-{form.version}")
def test_every_answer_of_a_full_declaration_has_its_place(form):
    """An answer that no case of the layout prints would be asked for nothing."""
    values = Asked(civil_status.full(form))
    lay_out(form, values, code="")
    given = {field.key for field in form.fields if is_asked(field, values) and not field.role and field.key in values}
    hidden = CHOSEN_BY | {"applicant_is"}
    assert {key for key in given - hidden if not any(asked.startswith(key) for asked in values.keys_asked)} == set()
