"""The classic mistakes that something said after reception brings into a dossier: the rules asked before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.dossiers.changes import with_values
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.fact_paths import FactPath
from desk_app.domain.mistakes import classic
from desk_app.domain.mistakes.against_memory import CERTIFIER
from desk_app.domain.mistakes.mistake import Mistake, SaidCase
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers.shown_values import label, questions_of
from desk_app.services.papers import step_papers
from desk_app.services.reception import remarks


def of_correction(desk: Desk, kept: Dossier, changes: Mapping[str, str]) -> tuple[Mistake, ...]:
    """What these changes (by path, as a record keeps them) make wrong that was not wrong before."""
    return _brought(desk, kept, with_values(kept, changes))


def of_step(desk: Desk, kept: Dossier, action: str, fields: Mapping[str, str]) -> tuple[Mistake, ...]:
    """What the answers given at a step (by key) make wrong, and whether the certifier named there may certify."""
    asked = step_papers.asked_by_step(desk, kept.procedure, action)
    after = with_values(kept, {FactPath.of_key(key).text: text for key, text in fields.items()})
    found = _brought(desk, kept, after, fields.get(CERTIFIER, ""))
    return tuple(each if each.field in asked or CERTIFIER not in asked else _at_certifier(each) for each in found)


def _at_certifier(mistake: Mistake) -> Mistake:
    """What is said of somebody of the dossier stands at the input that names the certifier."""
    return replace(mistake, field=CERTIFIER)


def refuse(desk: Desk, kept: Dossier, found: Iterable[Mistake]) -> None:
    """Raises `BadFactError` for the first mistake that cannot be."""
    questions = questions_of(desk, kept)
    labels = {FactPath.parse(path).key: label(path, questions) for path in questions}
    remarks.refuse(found, labels)


def _brought(desk: Desk, before: Dossier, after: Dossier, certifier: str = "") -> tuple[Mistake, ...]:
    was = {*_found(desk, before)}
    return tuple(each for each in _found(desk, after, certifier) if each not in was)


def _found(desk: Desk, kept: Dossier, certifier: str = "") -> tuple[Mistake, ...]:
    """Judged by the day of the reception, as the reception was."""
    questions = questions_of(desk, kept).values()
    procedure = procedure_versions.procedure_of(desk, kept)
    case = SaidCase(
        people=kept.people,
        fields=kept.answers,
        today=day_in_vietnam(kept.received_at),
        procedure=kept.procedure,
        lists={field.key: field.choices for field in questions if field.free and field.choices},
        asked=frozenset(field.key for field in questions if field.ask),
    )
    certifiers = (certifier,) if certifier and remarks.is_certification(procedure) else ()
    return (*classic.mistakes(case), *remarks.of_earlier(desk, case, certifiers, besides=kept.id))
