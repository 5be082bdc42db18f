"""Which program made the tables, and which may write into them: a program that is older than the data asks here."""

from __future__ import annotations

from msgspec import Struct

from desk_app import __version__
from desk_app.errors import NewerDeskError
from desk_app.store.database import schema
from desk_app.store.database.driver import OperationalError
from desk_app.store.database.open_tables import OpenTables


class TablesMadeBy(Struct, frozen=True):
    """`schema` counts the migrations of `program`, which made the tables; `oldest` those of the oldest program that
    may write, `wrote` those of the oldest program that has written since.
    """

    schema: int
    program: str
    oldest: int
    oldest_program: str
    wrote: int


def made_by(db: OpenTables) -> TablesMadeBy | None:
    """None where the tables do not say: a program before 0.5.0 made them, or one that says it otherwise."""
    try:
        row = db.one("SELECT schema, name, oldest, oldest_name, wrote FROM program WHERE id = 1")
    except OperationalError:
        return None
    return TablesMadeBy(*row) if row else None


def refuse_newer(db: OpenTables) -> None:
    """Raises `NewerDeskError` where tables made by a later program do not let this one write."""
    made = made_by(db)
    ((version,),) = db.all("PRAGMA user_version")
    if made is None or made.schema != version or made.oldest > schema.VERSION:
        raise NewerDeskError(by=made.program if made and made.schema == version else "mới hơn", mine=__version__)


def enter_newer(db: OpenTables, *, readonly: bool) -> None:
    """Tables of a later program that allow it: note that this older one writes. Raises `NewerDeskError`.

    What the later program keeps besides of a dossier, this one does not write: the note tells the later one so.
    """
    refuse_newer(db)
    if not readonly and db.one("SELECT 1 FROM program WHERE wrote > ?", (schema.VERSION,)):
        db.execute("UPDATE program SET wrote = ?", (schema.VERSION,))


def owe_what_older_wrote(db: OpenTables) -> None:
    """After an older program wrote here, every dossier is owed what only this program's tables keep of it."""
    if db.one("SELECT 1 FROM program WHERE wrote >= ?", (schema.VERSION,)):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute("DELETE FROM search_debt")
        db.execute("INSERT INTO search_debt SELECT 1, max(id) FROM dossier HAVING count(*) > 0")
        db.execute("UPDATE program SET wrote = ?", (schema.VERSION,))
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise
