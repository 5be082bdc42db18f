"""Reading a citizen's card, and holding it against what the desk already knows of the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from desk_app.domain.calendar import dates
from desk_app.domain.organisations.organisation import Organisation, answers_of, from_answers
from desk_app.domain.people import identity_card
from desk_app.domain.people.identity_card import Card
from desk_app.domain.people.person import LABELS, Person
from desk_app.domain.text import fold
from desk_app.services.catalogue import countries
from desk_app.services.desk.desk import Desk
from desk_app.services.old_data import memory
from desk_app.store.queries import organisations, people

_COMPARED = ("full_name", "born_on", "sex", "residence", "old_id_number", "id_issued_on")
_ON_CARD = (
    *("id_number", "old_id_number", "full_name", "born_on", "sex", "residence", "id_issued_on"),
    *("document_number", "issuing_country"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field where the card and the desk's memory disagree; values as they show on the screen.

    `by_card`: the card's value is taken until the clerk chooses; a doubted one never replaces what is known.
    """

    field: str
    label: str
    known: str
    scanned: str
    by_card: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CardScan:
    """A card, the person on it completed with what is known (phone, ethnicity …), and where they disagree.

    `on_card` is what the card alone says; `person` has what is known where the card's value is doubted. `source` says
    which import they are known from, where no dossier names them; `old` are their dossiers of the time before.
    """

    card: Card
    on_card: Person
    person: Person
    known: Person | None
    differences: tuple[Difference, ...]
    from_card: tuple[str, ...]
    warnings: tuple[str, ...]
    source: str = ""
    old: tuple[str, ...] = ()


def scan(desk: Desk, text: str) -> CardScan:
    """Read `text` of a QR code or MRZ; nothing is recorded. Raises the errors of `identity_card.read`."""
    card = identity_card.read(text)
    on_card = identity_card.as_person(card, today=desk.today(), countries=countries.names())
    known = people.by_id_number(desk.db, card.id_number)
    person = _completed(on_card, known, card)
    return CardScan(
        card=card,
        on_card=on_card,
        person=person,
        known=known,
        differences=_differences(known, on_card, card) if known else (),
        from_card=tuple(name for name in _ON_CARD if getattr(on_card, name) == getattr(person, name) != ""),
        warnings=(*card.warnings, *identity_card.warnings_today(card, today=desk.today())),
        source=memory.source_of(desk, known) if known else "",
        old=memory.dossiers_of(desk, person),
    )


def known_person(desk: Desk, id_number: str) -> Person | None:
    """Who carries this ID number, if an earlier dossier knew them."""
    return people.by_id_number(desk.db, id_number)


def known_organisation(desk: Desk, number: str) -> Organisation | None:
    """The organisation of this number, if an earlier dossier knew it."""
    return organisations.by_number(desk.db, number)


def completed_organisations(desk: Desk, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers with what the desk knows of the organisations whose number is among them; what is said stays."""
    said, _ = from_answers(answers)
    known = {role: known_organisation(desk, each.number) for role, each in said.items() if each.number}
    return answers_of({role: each for role, each in known.items() if each is not None}) | dict(answers)


def find_people(desk: Desk, text: str, limit: int = 8) -> list[Person]:
    """People of earlier dossiers whose name or number matches what the clerk types."""
    return people.find(desk.db, text, limit=limit)


def _completed(on_card: Person, known: Person | None, card: Card) -> Person:
    if known is None:
        return on_card
    doubted = card.suspect - {"id_number"}
    gaps = {
        name: getattr(known, name)
        for name in Person.__struct_fields__
        if getattr(known, name) and (not getattr(on_card, name) or name in doubted)
    }
    return replace(on_card, **gaps)


def _differences(known: Person, on_card: Person, card: Card) -> tuple[Difference, ...]:
    found = []
    for name in _COMPARED:
        before, now = getattr(known, name), getattr(on_card, name)
        if card.kind.startswith("mrz") and name == "full_name":
            before, now = fold(before), fold(now)  # a zone carries no marks; the desk's memory does
        if before and now and _told_apart(before, now):
            found.append(
                Difference(
                    field=name,
                    label=LABELS[name],
                    known=_shown(name, before),
                    scanned=_shown(name, now),
                    by_card=name not in card.suspect,
                )
            )
    return tuple(found)


def _told_apart(before: str, now: str) -> bool:
    return " ".join(before.casefold().split()) != " ".join(now.casefold().split())


def _shown(name: str, value: str) -> str:
    return dates.shown(value) if name in ("born_on", "id_issued_on") else value
