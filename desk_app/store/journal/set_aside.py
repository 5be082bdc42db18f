"""What could not be taken as it came, kept with its reason until a person has seen it; it never stops the rest.

Reasons: "same-code", "same-dossier", "bad-event", "unknown-kind", "unknown-base", "revoked", "lost-word",
"fork", "lost-tail", "history-altered", "history-inserted", "history-removed", "history-shifted",
"not-theirs", "not-its-owner".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from desk_app.domain.dossiers.numbering import payload as code_key
from desk_app.lazy import lazy
from desk_app.store.database.database import DeskDatabase

if TYPE_CHECKING:
    from desk_app.store.journal import rows
    from desk_app.store.projections import duplicate_codes
else:
    rows = lazy("desk_app.store.journal.rows")
    duplicate_codes = lazy("desk_app.store.projections.duplicate_codes")


class SetAside(Struct, frozen=True, kw_only=True):
    """One thing set aside; `n` names it, `log` has 16 bytes, `detail` is the code or whatever the reason needs."""

    n: int
    at: int
    log: bytes
    seq: int
    reason: str
    body: str
    detail: str


def put(db: DeskDatabase, at: int, log: bytes, seq: int, reason: str, body: str = "", detail: str = "") -> None:
    """Set aside once: the same thing again changes nothing, also after a person has settled it."""
    db.execute(
        "INSERT OR IGNORE INTO set_aside(at, log, seq, reason, body, detail) VALUES(?,?,?,?,?,?)",
        (at, log, seq, reason, body, detail),
    )


def all(db: DeskDatabase) -> list[SetAside]:  # noqa: A001 - read as set_aside.all(db)
    """What nobody has settled yet, the oldest first."""
    found = db.all("SELECT n, at, log, seq, reason, body, detail FROM set_aside WHERE settled = 0 ORDER BY n")
    return [_read(row) for row in found]


def _read(row: tuple[Any, ...]) -> SetAside:
    n, at, log, seq, reason, body, detail = row
    return SetAside(n=n, at=at, log=log, seq=seq, reason=reason, body=body, detail=detail)


def ever_of(db: DeskDatabase, detail: str) -> list[SetAside]:
    """What was ever set aside with this detail, whether somebody has settled it or not, the oldest first."""
    found = db.all("SELECT n, at, log, seq, reason, body, detail FROM set_aside WHERE detail = ? ORDER BY n", (detail,))
    return [_read(row) for row in found]


def settle(db: DeskDatabase, n: int) -> None:
    """A person has seen it. Of dossiers with one code, all notes at once, and their flags go. Inside `unit_of_work`."""
    found = db.one("SELECT reason, detail FROM set_aside WHERE n = ?", (n,))
    db.execute("UPDATE set_aside SET settled = 1 WHERE n = ?", (n,))
    if found is None or found[0] != duplicate_codes.REASON:
        return
    code = found[1]
    db.execute("UPDATE set_aside SET settled = 1 WHERE reason = ? AND detail = ?", (duplicate_codes.REASON, code))
    for (dossier,) in db.all("SELECT dossier FROM dossier WHERE code_key = ? AND code = ?", (code_key(code), code)):
        rows.project(db, dossier)
