"""Proves the index of names and the counts, in the copy where every frame was read anew (`projection_check`)."""

from __future__ import annotations

from collections.abc import Iterator

from cryptography.exceptions import InvalidTag

from desk_app.district.search.index import HIDDEN, NameIndex, span
from desk_app.district.storage import Session
from desk_app.domain.dossiers.steps import Status

COMPARED = ("dossier_tally", "dossier_word", "dossier_held")
_REMEDY = "chạy desk-district rebuild"


def problems(session: Session, index: NameIndex) -> Iterator[str]:
    """What the storage has otherwise in `found_…` than what was made of its frames, a sentence each."""
    yield from _tally(session)
    yield from _words(session, index)
    held = "SELECT n, digest, status FROM {}dossier_held"
    made, found = held.format(""), held.format("found_")
    wrong = {n for one, other in ((made, found), (found, made)) for n, *_ in session.all(f"{one} EXCEPT {other}")}
    if wrong:
        yield f"Mục lục tìm kiếm: dấu của {len(wrong)} hồ sơ sai; {_REMEDY}."


def _tally(session: Session) -> Iterator[str]:
    rightly = dict(_counts(session, "SELECT unit, status, COUNT(*) FROM dossier GROUP BY unit, status"))
    told = dict(_counts(session, "SELECT unit, status, SUM(n) FROM found_dossier_tally GROUP BY unit, status"))
    for unit, status in sorted(rightly.keys() | told.keys()):
        if rightly.get((unit, status), 0) != told.get((unit, status), 0):
            label = Status(status).label if status in list(Status) else status
            yield f"Số đếm hồ sơ của {unit}, {label}: sai; {_REMEDY}."


def _counts(session: Session, sql: str) -> Iterator[tuple[tuple[str, str], int]]:
    for unit, status, n in session.all(sql):
        yield (unit, status), int(n)


def _words(session: Session, index: NameIndex) -> Iterator[str]:
    session.run("CREATE INDEX found_word ON found_dossier_word(place)")
    segments = " UNION ".join(f"SELECT place >> {HIDDEN} FROM {side}dossier_word" for side in ("", "found_"))  # noqa: S608 - constants
    for (segment,) in session.all(f"{segments} ORDER BY 1"):
        made, found = (
            {
                place: _content(index, place, bytes(z))
                for place, z in session.all(
                    f"SELECT place, z FROM {side}dossier_word WHERE place BETWEEN ? AND ?",  # noqa: S608 - constants
                    span(segment),
                )
            }
            for side in ("", "found_")
        )
        wrong = [place for place in made.keys() | found.keys() if made.get(place) != found.get(place)]
        if wrong:
            yield f"Mục lục tìm kiếm, đoạn {segment + 1}: {len(wrong)} dòng khác các sổ; {_REMEDY}."


def _content(index: NameIndex, place: int, z: bytes) -> bytes | str:
    """What a row says; a word that no row says where it does not open."""
    try:
        return index.unsealed(place, z)
    except InvalidTag:
        return "altered"
