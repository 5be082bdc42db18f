"""A declaration prepared at home, as the desk reads it: whose form it is, which procedures take it, what it answers.

Nobody signed it. What it says fills blanks, is marked "khai trước", and is checked with the papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from desk_app.documents.prepared import dictionaries
from desk_app.documents.prepared.prepared_form import form_of_number, prepared_questions
from desk_app.domain.calendar.typed_day import recorded_day
from desk_app.domain.dossiers.fact_paths import APPLICANT, is_paper_number, kind_of
from desk_app.domain.linked.bundle import SOURCE
from desk_app.domain.people import paper_number
from desk_app.domain.people.person import Person, role_name
from desk_app.domain.prepared import home_people, part_digits, prepared_answers
from desk_app.domain.prepared.gathered_parts import GatheredParts, PartsGatherer
from desk_app.errors import BadFactError, PreparedNoProcedureError, PreparedUnknownFormError
from desk_app.services.desk.desk import Desk
from desk_app.services.linked import offered
from desk_app.services.reception.draft import Draft


class PreparedDeclaration(Struct, frozen=True, kw_only=True):
    """What one declaration says. `procedures` are the codes of those here whose declaration it is, most used first.

    `remarks` are sentences for the clerk: whom the citizen does not know, that the form has a newer version.
    """

    form: str
    title: str
    procedures: tuple[str, ...]
    answers: dict[str, str]
    remarks: tuple[str, ...] = ()


def gathered(gatherer: PartsGatherer, text: str) -> GatheredParts:
    """Take the part in `text` in. Raises `PreparedDamagedError`, `PreparedNewerError`."""
    return gatherer.add(part_digits.read_part(text), part_digits.bare(text))


def declaration(desk: Desk, parts: GatheredParts) -> PreparedDeclaration:
    """The whole declaration that the parts carry; records nothing.

    Raises `PreparedUnknownFormError`, `PreparedNoProcedureError`, `PreparedDamagedError`, `PreparedNewerError`.
    """
    part = parts.part
    form = form_of_number(desk.forms.all(), part.form)
    if form is None:
        raise PreparedUnknownFormError
    said = prepared_answers.decoded(parts.answers, prepared_questions(form), dictionaries.words(part.dictionary))
    procedures = _procedures(desk, form.id)
    if not procedures:
        raise PreparedNoProcedureError(form=form.title)
    remarks = [f"Khai trước nói chưa rõ: {role_name(role).lower()}." for role in home_people.unknown_people(said)]
    newest = {each.id: each.version for each in desk.forms.newest(desk.today().isoformat())}
    if newest.get(form.id) != form.version:
        remarks.append("Bản khai theo mẫu cũ: mục nào nay không hỏi thì không lấy.")
    return PreparedDeclaration(
        form=form.id, title=form.title, procedures=tuple(procedures), answers=said, remarks=tuple(remarks)
    )


def _procedures(desk: Desk, form_id: str) -> list[str]:
    """The procedures here whose declaration the form is: those it names itself, else those that name it."""
    on = desk.today().isoformat()
    choices = offered.choices(desk)
    named = {code for form in desk.forms.all() if form.id == form_id for code in form.head.procedures}
    own = [choice.code for choice in choices if choice.code in named]
    single = [choice.code for choice in choices if choice.source != SOURCE]  # a bundle may lack a procedure here
    return own or [code for code in single if form_id in offered.in_force(desk, code, on).forms]


def applicant_of(said: Mapping[str, str], today: date) -> Person:
    """What was prepared of whoever comes to the desk, as a record keeps it; a day that cannot be is left out."""
    found = home_people.facts_by_role(said).get(APPLICANT, {})
    for name, value in list(found.items()):
        if is_paper_number(name):
            found[name] = paper_number.tidied(value)
        elif kind_of(name) == "date":
            try:
                found[name] = recorded_day(value, name, today)
            except BadFactError:
                del found[name]
    return replace(Person(full_name=""), **found)


def taken(desk: Desk, draft: Draft, said: PreparedDeclaration) -> Draft:
    """The draft with the declaration beside it, and the gaps of the applicant filled; nothing is replaced."""
    applicant = draft.people.get(APPLICANT) or Person(full_name="")
    applicant = home_people.filled(applicant, home_people.facts_of(applicant_of(said.answers, desk.today())))
    return replace(draft, prepared=said.answers, people={**draft.people, APPLICANT: applicant})
