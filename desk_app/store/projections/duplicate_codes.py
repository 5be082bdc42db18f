"""Two dossiers of one code, as happens where a desk was cloned: both are kept, found and flagged for a person."""

from __future__ import annotations

from desk_app.domain.dossiers.events import Received, Recorded
from desk_app.domain.dossiers.numbering import payload as code_key
from desk_app.store.database.database import DeskDatabase

REASON = "same-code"


def is_taken(db: DeskDatabase, code: str) -> bool:
    return db.one("SELECT 1 FROM dossier WHERE code_key = ? AND code = ?", (code_key(code), code)) is not None


def _others(db: DeskDatabase, code: str, dossier: str, which: str) -> list[str]:
    """Other dossiers of this code."""
    sql = f"SELECT dossier FROM dossier WHERE code_key = ? AND code = ? AND dossier <> ? {which}"
    return [other for (other,) in db.all(sql, (code_key(code), code, dossier))]


def is_flagged(db: DeskDatabase, code: str) -> bool:
    """Whether nobody has yet looked at the dossiers of this code."""
    sql = f"SELECT 1 FROM set_aside WHERE reason = '{REASON}' AND detail = ? AND settled = 0"
    return db.one(sql, (code,)) is not None


def flagged(db: DeskDatabase) -> set[str]:
    """All codes of which `is_flagged` is true."""
    return {code for (code,) in db.all(f"SELECT detail FROM set_aside WHERE reason = '{REASON}' AND settled = 0")}


def flag(db: DeskDatabase, event: Recorded, received: Received) -> list[str]:
    """Note that this reception has a code that others have; ids of those to be shown anew, its own among them.

    Those that are shown as ones to look at already stay as they are: a thousand of one code would else be a million.
    """
    if not _others(db, received.code, event.dossier, "LIMIT 1"):
        return []
    db.execute(
        "INSERT OR IGNORE INTO set_aside(at, log, seq, reason, body, detail) VALUES(?,?,?,?,'',?)",
        (event.at, bytes.fromhex(event.log), event.seq, REASON, received.code),
    )
    return [event.dossier, *_others(db, received.code, event.dossier, "AND needs_look = 0 ORDER BY id")]
