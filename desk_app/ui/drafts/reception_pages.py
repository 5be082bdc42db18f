"""The reception form as a page that can be kept, and a kept page put back into the form."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from desk_app.domain.dossiers.unfinished import Unfinished
from desk_app.domain.people.person import Person
from desk_app.ui.drafts import entered
from desk_app.ui.reception.form import ReceptionForm

# Answers, procedure, originals and the card's differences are kept by what they mean, not by their inputs.
_BY_MEANING = (
    "reception.field.",
    "reception.procedure",
    "reception.document.",
    "reception.difference",
    "reception.home.",
)
_FEE = "reception.fee"
_NUMBER = "reception.id_number"
_NOBODY = Person(full_name="")


def page_of(form: ReceptionForm) -> Unfinished:
    """What is entered, raw."""
    beside = form.beside
    texts = entered.texts(form.body, but=_BY_MEANING)
    if not form.due.is_fee_typed:
        texts.pop(_FEE, None)
    people = {role: person for role, person in beside.people.items() if person != _NOBODY}
    if form.applicant.base != _NOBODY:
        people["applicant"] = form.applicant.base
    return replace(
        beside,
        procedure=form.procedure.code(),
        people=people,
        texts=texts,
        states=entered.states(form.body, but=_BY_MEANING),
        rows=form.documents.rows(),
    )


def is_empty(page: Unfinished) -> bool:
    """Whether nothing but the procedure is chosen."""
    return not (page.people or page.answers or page.texts or page.rows or page.card or page.prepared)


def put_back(form: ReceptionForm, page: Unfinished, known: Collection[str]) -> None:
    """Show a kept page; a procedure that is no longer `known` is left to be chosen."""
    form.begin(page.procedure if page.procedure in known else "")
    entered.begin(form.body, anew=True)
    form.take_beside(page)
    form.applicant.put(page.people.get("applicant", _NOBODY))
    if page.rows:
        form.documents.put_rows(page.rows)
    entered.put_texts(form.body, page.texts, last=(_NUMBER,))
    form.refresh_wanted.emit()  # questions and papers of the procedure are there from now on
    entered.put_texts(form.body, page.texts, last=(_NUMBER,))
    entered.put_states(form.body, page.states)
    form.changed.emit()
