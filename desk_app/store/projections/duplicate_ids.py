"""Two receptions of one id: `domain.history.founding` says which one counts; a person is told of the others.

They are kept, and counted nowhere: a reception counts where it has a row in the list.
"""

from __future__ import annotations

from desk_app.domain.dossiers.dossier import fold
from desk_app.domain.dossiers.events import Recorded
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal.rows import numbered

REASON = "same-dossier"


def flag(db: DeskDatabase, event: Recorded) -> None:
    """Note each reception that does not count, of the id that this reception has."""
    sql = "SELECT count(*) FROM event WHERE dossier = ? AND kind = 'received'"
    ((receptions,),) = db.all(sql, (event.dossier,))
    if receptions < 2:
        return
    dossier = fold(each for _, each in numbered(db, event.dossier))
    for rival in dossier.rivals:
        db.execute(
            "INSERT OR IGNORE INTO set_aside(at, log, seq, reason, body, detail) VALUES(?,?,?,?,'',?)",
            (event.at, bytes.fromhex(rival.log), rival.seq, REASON, dossier.code),
        )


def uncounted(db: DeskDatabase) -> list[tuple[str, str, int]]:
    """Every reception that does not count though it stands in the journal: code of the dossier, log in hex, number."""
    rows = db.all(
        """
        SELECT dossier.code, log.name, event.seq FROM set_aside
        JOIN log ON log.name = set_aside.log
        JOIN event ON event.log = log.id AND event.seq = set_aside.seq AND event.kind = 'received'
        JOIN dossier ON dossier.code = set_aside.detail AND dossier.dossier = event.dossier AND dossier.id <> event.n
        WHERE set_aside.reason = ? ORDER BY 1, 2, 3
        """,
        (REASON,),
    )
    return [(code, name.hex(), seq) for code, name, seq in rows]
