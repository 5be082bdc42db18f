"""What a clerk has typed and not yet recorded: raw, as it stands in the inputs, so that it can stand there again."""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain.dossiers.events import CardRead
from desk_app.domain.people.person import Person
from desk_app.domain.text import fold


class Unfinished(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page left half filled. `id` is the id of the dossier that it would become, or already belongs to.

    `texts` and `states` are by the identifier of an input: what stands in it ("1" or "" of a box), and how it is
    marked ("scan", "look"). `answers` are the answers to the forms' questions by key, `people` what a card or an
    earlier dossier said beside the inputs, `rows` the originals to certify: name, pages, copies. `forms` are the ids
    of those added to the dossier, `prepared` the answers of a declaration prepared at home, by key.
    """

    id: str
    procedure: str = ""
    people: dict[str, Person] = {}
    answers: dict[str, str] = {}
    texts: dict[str, str] = {}
    states: dict[str, str] = {}
    rows: tuple[tuple[str, str, str], ...] = ()
    card: CardRead | None = None
    forms: tuple[str, ...] = ()
    prepared: dict[str, str] = {}

    @property
    def applicant(self) -> str:
        """Whose page it is, as far as it is typed."""
        known = self.people.get("applicant")
        return " ".join(self.texts.get("reception.full_name", "").split()) or (known.full_name if known else "")


def speaks_of(page: Unfinished, people: tuple[Person, ...]) -> bool:
    """Whether one of these people is named on the page, by a number or, where either side has none, by the name."""
    numbers = {number for person in people for number in (person.id_number, person.old_id_number) if number}
    typed = (*page.texts.values(), *page.answers.values(), *page.prepared.values())
    written = {_digits(text) for text in typed}
    others = list(page.people.values())
    written |= {number for person in others for number in (person.id_number, person.old_id_number)}
    if numbers & written:
        return True
    names = {fold(person.full_name) for person in people if person.full_name}
    said = {fold(text) for text in typed}
    said |= {fold(person.full_name) for person in others if person.full_name}
    return bool(names & said)


def _digits(text: str) -> str:
    return text.replace(" ", "")
