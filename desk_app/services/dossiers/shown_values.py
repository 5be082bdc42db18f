"""What was changed of a dossier, in words a clerk reads: labels, values, and the difference between two lists."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.documents.forms.form_records import FormField
from desk_app.domain import channels
from desk_app.domain.calendar import dates
from desk_app.domain.calendar.moments import shown_moment
from desk_app.domain.dossiers import changes
from desk_app.domain.dossiers.course import moment_of
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import HandedIn, ProcedureChosen
from desk_app.domain.dossiers.fact_paths import (
    APPLICANT,
    CHANNEL,
    COMPONENTS,
    DOCUMENTS,
    DUE,
    FEE,
    OF_DOSSIER,
    PROCEDURE,
    RETURN_BY,
    FactPath,
)
from desk_app.domain.handling.ways_back import WAYS_BACK
from desk_app.domain.people.person import role_name
from desk_app.domain.procedures.procedure import Document, fee_stated
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import catalogue

NOTHING = "(để trống)"


def questions_of(desk: Desk, kept: Dossier) -> dict[str, FormField]:
    """By path, what the dossier's forms ask."""
    found: dict[str, FormField] = {}
    for version in kept.forms:
        form = desk.forms.forms.get((version.form, version.version))
        for field in form.fields if form else ():
            found.setdefault(FactPath.of_key(field.key).text, field)
    return found


def label(path: str, questions: Mapping[str, FormField]) -> str:
    """What a clerk calls the thing at this path."""
    question = questions.get(path)
    return question.label if question and path not in OF_DOSSIER else FactPath.parse(path).label


def whose(path: str, questions: Mapping[str, FormField]) -> str:
    """Of whom a person's fact is, where the label alone could be anybody's; "" for the dossier's own."""
    fact = FactPath.parse(path)
    if fact.role in ("", APPLICANT):
        return ""
    question = questions.get(path)
    return (question.section if question else "") or role_name(fact.role)


def shown(desk: Desk, path: str, value: str) -> str:
    """A value as it is kept → as a clerk reads it."""
    if path == DUE and moment_of(value):
        return shown_moment(moment_of(value))
    if path == FEE and (fee := fee_stated(value)) is not None:
        return fee.told()
    if path == CHANNEL:
        return channels.told(value)
    if path == RETURN_BY:
        return WAYS_BACK.get(value, value)
    if path == COMPONENTS and (papers := changes.components_of(value)) is not None:
        return "; ".join(map(_paper, papers)) or "không có giấy tờ nào"
    if path == DOCUMENTS and (originals := changes.documents_of(value)) is not None:
        return "; ".join(map(_original, originals)) or "không có giấy tờ nào"
    if path == PROCEDURE and (chosen := changes.procedure_of(value)) is not None:
        return _procedure(desk, chosen)
    return dates.shown(value)


def difference(desk: Desk, path: str, old: str, new: str) -> str:
    """ "16 → 17"; of the papers handed in only those that came or went, for the list may be long."""
    before, after = changes.components_of(old), changes.components_of(new)
    if path == COMPONENTS and before is not None and after is not None:
        gone = [f"bỏ «{_paper(paper)}»" for paper in before if paper not in after]
        come = [f"thêm «{_paper(paper)}»" for paper in after if paper not in before]
        return ", ".join(gone + come) or "đổi thứ tự"
    return f"{shown(desk, path, old) or NOTHING} → {shown(desk, path, new) or NOTHING}"


def _paper(paper: HandedIn) -> str:
    counts = ((paper.originals, "bản chính"), (paper.certified, "chứng thực"), (paper.copies, "bản chụp"))
    told = [f"{count} {kind}" for count, kind in counts if count]
    usual = paper.originals == 1 and len(told) == 1
    return paper.name if usual or not told else f"{paper.name} ({', '.join(told)})"


def _original(paper: Document) -> str:
    return f"{paper.name} ({paper.pages} trang × {paper.copies} bản)"


def _procedure(desk: Desk, chosen: ProcedureChosen) -> str:
    """Its title here; its code where this desk does not know it."""
    known = catalogue.versions(desk.db, chosen.code)
    exact = [one for one in known if one.version == chosen.version]
    return (exact or known)[0].title if known else chosen.code
