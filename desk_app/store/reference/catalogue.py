"""Procedures as dated versions. A version is never changed: a dossier keeps the one it was received under."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.procedures.procedure import Procedure
from desk_app.domain.text import text_sort_key
from desk_app.errors import UnknownProcedureError
from desk_app.store.database.database import DeskDatabase

Outcome = Literal["added", "changed", "unchanged"]

# What an office corrected or its district ordered beats what the program ships, and that a list taken from elsewhere.
RANKS = {"linked": -1, "national": 0, "program": 1, "office": 2, "district": 2}
"""What only a bundle of linked procedures says of one of them, anything else that is said of it beats."""

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Procedure)
# "" stands for open ends; ISO dates order as text.
_IN_FORCE = """
    (in_force_from = '' OR in_force_from <= :on) AND (in_force_to = '' OR in_force_to >= :on)
    AND (retired_on = '' OR retired_on > :on)
"""
_BEST_FIRST = "ORDER BY rank DESC, in_force_from DESC, n DESC"


class Choice(Struct, frozen=True, kw_only=True):
    """A procedure as the chooser shows it; `used` counts the dossiers of this desk.

    `source` names who brought it; `is_elsewhere` says that another province made it for itself.
    """

    code: str
    title: str
    name: str
    field_name: str
    used: int
    source: str = ""
    is_elsewhere: bool = False

    @property
    def promulgator(self) -> str:
        """Which province made it for itself ("UBND tỉnh Thanh Hóa"), "" for one of the whole country.

        The national list puts it behind the name, so that two of one name have two titles.
        """
        return self.title.removeprefix(f"{self.name} – ") if self.title.startswith(f"{self.name} – ") else ""


def put(db: DeskDatabase, procedure: Procedure, *, added_at: int, rank: str = "") -> Outcome:
    """Keep a version beside those there are; `rank` "office", "program" or "national" (else the source's own name).

    The same version with other words becomes a version of its own, so that nothing a dossier cites ever changes.
    """
    place = RANKS.get(rank or procedure.source, RANKS["national"])
    outcome, procedure = _beside(db, procedure)
    if outcome == "unchanged":
        back = "UPDATE procedure_version SET retired_on = '' WHERE code = ? AND version = ? AND retired_on <> ''"
        return "changed" if db.execute(back, (procedure.code, procedure.version)).rowcount else outcome
    db.execute(
        """
        INSERT INTO procedure_version(
            code, version, rank, title, name, field_name, body, in_force_from, in_force_to, source, added_at
        ) VALUES(?,?,?,?,?,?,?,?,?,?,?)
        """,
        (
            procedure.code,
            procedure.version,
            place,
            procedure.title,
            procedure.name,
            procedure.field_name,
            _encoder.encode(procedure).decode(),
            procedure.in_force_from,
            procedure.in_force_to,
            procedure.source,
            added_at,
        ),
    )
    return outcome


def compared(db: DeskDatabase, procedure: Procedure) -> Outcome:
    """What `put` would do with this version; writes nothing."""
    return _beside(db, procedure)[0]


def codes_from(db: DeskDatabase, source: str, on: str) -> set[str]:
    """Codes of the procedures that have a version of this source in force on a day (ISO)."""
    sql = f"SELECT code FROM procedure_version WHERE source = :source AND {_IN_FORCE}"
    return {code for (code,) in db.all(sql, {"source": source, "on": on})}


def _beside(db: DeskDatabase, procedure: Procedure) -> tuple[Outcome, Procedure]:
    """How the version stands to those there are, under the name it would be kept by."""
    versions = dict(db.all("SELECT version, body FROM procedure_version WHERE code = ?", (procedure.code,)))
    body = _encoder.encode(procedure).decode()
    if procedure.version in versions and versions[procedure.version] != body:
        mark = hashlib.sha256(body.encode()).hexdigest()[:8]
        procedure = replace(procedure, version=f"{procedure.version}+{mark}")
    if procedure.version in versions:
        return "unchanged", procedure
    return ("changed" if versions else "added"), procedure


def in_force(db: DeskDatabase, code: str, on: str) -> Procedure:
    """The version that holds on a day (ISO): the highest rank, then the newest. Raises `UnknownProcedureError`."""
    found = db.one(
        f"SELECT body FROM procedure_version WHERE code = :code AND {_IN_FORCE} {_BEST_FIRST} LIMIT 1",
        {"code": code, "on": on},
    )
    if found is None:
        raise UnknownProcedureError(code=code, on=on)
    return _decoder.decode(found[0])


def by_version(db: DeskDatabase, code: str, version: str) -> Procedure:
    """The version a dossier was received under. Raises `UnknownProcedureError`."""
    found = db.one("SELECT body FROM procedure_version WHERE code = ? AND version = ?", (code, version))
    if found is None:
        raise UnknownProcedureError(code=code, on=version)
    return _decoder.decode(found[0])


def versions(db: DeskDatabase, code: str) -> list[Procedure]:
    """Every version of a procedure, the one preferred first."""
    rows = db.all(f"SELECT body FROM procedure_version WHERE code = ? {_BEST_FIRST}", (code,))
    return [_decoder.decode(body) for (body,) in rows]


def choices(db: DeskDatabase, on: str) -> list[Choice]:
    """One line for each procedure in force on a day (ISO): most used first, then by name.

    What only a bundle of linked procedures brought is received within the bundle, and not offered by itself.
    """
    used = dict(db.all("SELECT name, dossiers FROM tally WHERE what = 'procedure'"))
    rows = db.all(
        f"SELECT code, title, name, field_name, source FROM procedure_version"
        f" WHERE source <> 'linked' AND {_IN_FORCE} {_BEST_FIRST}",
        {"on": on},
    )
    best: dict[str, Choice] = {}
    for code, title, name, field_name, source in rows:
        if code not in best:
            best[code] = Choice(
                code=code, title=title, name=name, field_name=field_name, used=used.get(code, 0), source=source
            )
    return sorted(best.values(), key=lambda choice: (-choice.used, text_sort_key(choice.title), choice.code))


def retire(db: DeskDatabase, code: str, on: str, *, source: str) -> None:
    """From this day (ISO) the versions of this source hold no more; one put in later does."""
    db.execute(
        "UPDATE procedure_version SET retired_on = ? WHERE code = ? AND source = ? AND retired_on = ''",
        (on, code, source),
    )
