"""The tables, as migrations. Each is applied once, whole or not at all; what was released is never changed here."""

from __future__ import annotations

from sqlite_utils import Database

from desk_app import __version__
from desk_app.errors import NewerFileError
from desk_app.store.database.first_migrations import steps
from desk_app.store.database.schema import (
    OLDEST_WRITER,
    OLDEST_WRITER_PROGRAM,
    OUTGOING_INDEXES,
    PROJECTION_INDEXES,
    TRIGGERS,
    VERSION,
    WORK_DUE,
    WORK_INDEXES,
    WORK_TABLE,
)


@steps()
def m015_worklists(db: Database) -> None:
    db.execute(WORK_TABLE)
    for index in WORK_INDEXES:
        db.execute(index)
    db.execute(
        PROJECTION_INDEXES["dossier_due_all"].replace("INDEX", "INDEX IF NOT EXISTS", 1)
    )  # m002 may have made it
    db.execute("ALTER TABLE register_line ADD COLUMN unit TEXT NOT NULL DEFAULT ''")
    # Every dossier so far is owed its line; search is written anew on the way.
    db.execute("DELETE FROM search_debt")
    db.execute("INSERT INTO search_debt SELECT 1, max(id) FROM dossier HAVING count(*) > 0")


@steps()
def m016_placements(db: Database) -> None:
    # At which desk each open dossier is and to which it is on the way; which dossiers were received as one.
    db.execute("CREATE TABLE held(dossier INTEGER PRIMARY KEY, desk INTEGER NOT NULL, way_to INTEGER NOT NULL) STRICT")
    db.execute("CREATE INDEX held_desk ON held(desk)")
    db.execute("CREATE INDEX held_way ON held(way_to) WHERE way_to <> 0")
    db.execute(
        "CREATE TABLE linked(dossier INTEGER PRIMARY KEY, group_id TEXT NOT NULL, place INTEGER NOT NULL,"
        " members INTEGER NOT NULL, title TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX linked_group ON linked(group_id)")
    # Every dossier so far is owed its rows; search is written anew on the way.
    db.execute("DELETE FROM search_debt")
    db.execute("INSERT INTO search_debt SELECT 1, max(id) FROM dossier HAVING count(*) > 0")


@steps()
def m017_at_work(db: Database) -> None:
    # A dossier that lies with the leader for signature is at work too. The index of before stays for older programs.
    db.execute(
        "CREATE INDEX IF NOT EXISTS dossier_at_work ON dossier(due_at, status)"
        " WHERE due_at > 0 AND status IN ('received', 'processing', 'awaiting_signature')"
    )


@steps()
def m018_payment(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE payment(
            dossier INTEGER NOT NULL, place INTEGER NOT NULL, at INTEGER NOT NULL, day TEXT NOT NULL,
            desk INTEGER NOT NULL, way TEXT NOT NULL, amount INTEGER NOT NULL, receipt TEXT NOT NULL,
            line TEXT NOT NULL, PRIMARY KEY(dossier, place)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX payment_day ON payment(day, desk)")
    db.execute("CREATE INDEX payment_receipt ON payment(receipt) WHERE receipt <> ''")


@steps()
def m019_outgoing(db: Database) -> None:
    for statement in OUTGOING_INDEXES:
        db.execute(statement)


@steps()
def m020_counting_suspensions(db: Database) -> None:
    # Of a dossier suspended for the office's own reasons the time runs: what is late is read from work_line alone.
    db.execute("ALTER TABLE work_line ADD COLUMN counts INTEGER NOT NULL DEFAULT 0")
    db.execute("DROP INDEX work_due")
    db.execute(WORK_DUE)
    db.execute("DROP INDEX IF EXISTS dossier_at_work")
    # Every open dossier has a line at once, so that none is missing among the late until its own is written.
    db.execute(
        "INSERT OR IGNORE INTO work_line SELECT id, status, due_at, received_at, '', 0, 0, 0 FROM dossier"
        " WHERE is_open = 1"
    )
    db.execute("DELETE FROM search_debt")
    db.execute("INSERT INTO search_debt SELECT 1, max(id) FROM dossier HAVING count(*) > 0")


@steps()
def m021_file_stamps(db: Database) -> None:
    # Which blocks of attached files changed, kept by triggers: a backup need not read a million rows to know.
    db.execute("CREATE TABLE file_stamp(block INTEGER PRIMARY KEY, stamp BLOB NOT NULL) STRICT")


def refuse_newer(db: Database) -> None:
    """Raises `NewerFileError` when a later program has been here."""
    known = {step.name for step in steps.pending(db)} | {step.name for step in steps.applied(db)}
    ours = {step.name for step in steps._migrations}  # noqa: SLF001 - the library has no public list of names
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if known - ours or version > VERSION:
        raise NewerFileError


def bring_up_to_date(db: Database) -> None:
    """Apply what is pending, in one transaction that keeps other programs out; then see that the triggers stand."""
    pending = steps.pending(db)
    if not pending and set(TRIGGERS) <= {trigger.name for trigger in db.triggers}:
        return
    db.conn.execute("BEGIN EXCLUSIVE")
    try:
        steps.apply(db)
        for name, trigger in TRIGGERS.items():
            db.execute(f"DROP TRIGGER IF EXISTS {name}")
            db.execute(trigger)
        (applied,) = db.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()
        db.execute(f"PRAGMA user_version={applied}")
        if db.table("program").exists():
            db.execute(
                "INSERT OR REPLACE INTO program VALUES(1, ?, ?, ?, ?, ?)",
                [VERSION, __version__, OLDEST_WRITER, OLDEST_WRITER_PROGRAM, VERSION],
            )
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise
