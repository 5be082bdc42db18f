"""Finding a dossier from whatever a clerk types: part of a name, initials, a few digits, a code, a procedure, a day.

The index proposes, Python verifies; what counts as found is `Reading.matches`, the index only makes it fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from desk_app.domain.dossiers.named_people import NamedPerson
from desk_app.domain.dossiers.numbering import payload as code_key
from desk_app.domain.name_words import name_words, words_of
from desk_app.domain.text import fold
from desk_app.store.database.database import DeskDatabase
from desk_app.store.projections.projections import SEARCH_BASE, others_in
from desk_app.store.queries import dossiers
from desk_app.store.queries.dossiers import DossierRow
from desk_app.store.queries.search_text import Reading, Titles, of_procedure, readings

_FIRST_PAGE, _PAGE = 40, 200
_CODE_LIKE = re.compile(r"[A-Za-z]+\d[\w.\-/]*")
_LETTERS = re.compile(r"[^\W\d_]{2}")
__all__ = ["readings", "search"]


def search(db: DeskDatabase, text: str, *, limit: int = 20) -> list[DossierRow]:
    """Dossiers the text means: those whose applicant's name begins with it first, then newest first; at most `limit`.

    Words of a procedure's title find its dossiers too, after those of people who are called so.
    """
    text = text.strip()
    if _CODE_LIKE.fullmatch(text):
        found = _by_code(db, text, limit)
        if found:
            return found
    titles = _titles(db) if _LETTERS.search(text) else ()
    for reading in readings(text, titles):
        found = list(_found(db, reading, limit))
        if found:
            phrase = " ".join(reading.words)
            found.sort(key=lambda row: not " ".join(name_words(row.applicant)).startswith(phrase))
            return _with_procedure(db, found, of_procedure(text, titles) if reading.words else None, limit)
    return []


def applicants(db: DeskDatabase, text: str, *, limit: int) -> list[DossierRow]:
    """Dossiers whose applicant, or whose code, the text means; whom else they name does not count."""
    for reading in readings(text.strip()):
        found = list(_found(db, reading, limit, only_applicants=True))
        if found:
            return found
    return []


def _with_procedure(db: DeskDatabase, found: list[DossierRow], reading: Reading | None, limit: int) -> list[DossierRow]:
    if reading is None or len(found) >= limit:
        return found
    here = {row.id for row in found}
    more = [row for row in _found(db, reading, limit) if row.id not in here]
    return [*found, *more[: limit - len(found)]]


def _titles(db: DeskDatabase) -> Titles:
    """The titles of the procedures that have dossiers here."""
    rows = db.all(
        "SELECT DISTINCT v.code, v.title, v.name FROM procedure_version v"
        " JOIN tally t ON t.what = 'procedure' AND t.name = v.code"
    )
    return [(code, words) for code, *names in rows for words in dict.fromkeys(map(words_of, names))]


def _found(db: DeskDatabase, reading: Reading, limit: int, *, only_applicants: bool = False) -> Iterator[DossierRow]:
    after, page = 0, _FIRST_PAGE
    left = limit
    while left:
        proposed = db.all(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?",
            (reading.terms, after, page),
        )
        rows = dossiers.rows(db, [SEARCH_BASE - number for (number,) in proposed])
        unlike = [row.id for row in rows if not reading.matches(row)]
        others = {} if only_applicants or not unlike else _others(db, unlike)
        astray = {number for number in unlike if number not in others}
        for row in rows:
            named = others.get(row.id)
            if left and row.id not in astray and (named is None or reading.matches(row, named)):
                left -= 1
                yield row
        if len(proposed) < page:
            return
        after, page = proposed[-1][0], _PAGE


def _others(db: DeskDatabase, ids: list[int]) -> dict[int, tuple[NamedPerson, ...]]:
    """The further people of those of these dossiers that name some."""
    marks = ",".join("?" * len(ids))
    kept = db.all(f"SELECT dossier, people FROM further_people WHERE dossier IN ({marks})", ids)
    return {number: others_in(people) for number, people in kept}


def _by_code(db: DeskDatabase, text: str, limit: int) -> list[DossierRow]:
    """Codes that begin with what was typed, the newest day and number first."""
    key = code_key(fold(text))
    rows = db.all(
        "SELECT id FROM dossier WHERE code_key >= ? AND code_key < ? ORDER BY code_key DESC LIMIT ?",
        (key, key + "~", limit),
    )
    return dossiers.rows(db, [number for (number,) in rows])
