"""The tables as the versions up to 0.5.0 made them, as migrations; what was released is never changed here."""

from __future__ import annotations

from sqlite_utils import Database, Migrations, utils

from desk_app.store.database import driver
from desk_app.store.database.schema import PROJECTION_INDEXES, SEARCH_TABLE
from desk_app.store.database.sync_tables import SYNC_TABLES

if vars(utils)["sqlite3"] is not driver.sqlcipher3:
    raise RuntimeError("sqlite_utils was imported before desk_app.store.database.driver")

steps = Migrations("desk")


@steps()
def m001_journal(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE log(
            id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, is_own INTEGER NOT NULL,
            head BLOB NOT NULL, last_seq INTEGER NOT NULL, lamport INTEGER NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE UNIQUE INDEX log_own ON log(is_own) WHERE is_own = 1")
    db.execute(
        """
        CREATE TABLE event(
            n INTEGER PRIMARY KEY, log INTEGER NOT NULL REFERENCES log(id), seq INTEGER NOT NULL,
            dossier TEXT NOT NULL, kind TEXT NOT NULL, lamport INTEGER NOT NULL, at INTEGER NOT NULL,
            clock_offset INTEGER NOT NULL, author TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL,
            UNIQUE(log, seq)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX event_dossier ON event(dossier)")


@steps()
def m002_projections(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE dossier(
            id INTEGER PRIMARY KEY, dossier TEXT NOT NULL, code TEXT NOT NULL, code_key TEXT NOT NULL,
            applicant TEXT NOT NULL, id_number TEXT NOT NULL, phone TEXT NOT NULL, procedure TEXT NOT NULL,
            procedure_version TEXT NOT NULL, status TEXT NOT NULL, received_at INTEGER NOT NULL,
            due_at INTEGER NOT NULL, returned_at INTEGER NOT NULL, clerk TEXT NOT NULL,
            needs_look INTEGER NOT NULL, is_open INTEGER NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE person(
            dossier INTEGER NOT NULL, role TEXT NOT NULL, number TEXT NOT NULL,
            PRIMARY KEY(dossier, role, number)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE tally(
            what TEXT NOT NULL, name TEXT NOT NULL, dossiers INTEGER NOT NULL, PRIMARY KEY(what, name)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute(SEARCH_TABLE)
    for index in PROJECTION_INDEXES.values():
        db.execute(index)


@steps()
def m003_settings(db: Database) -> None:
    db.execute("CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
    db.execute(
        """
        CREATE TABLE number_used(
            n INTEGER PRIMARY KEY, day TEXT NOT NULL, number INTEGER NOT NULL, UNIQUE(day, number)
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE day(
            date TEXT PRIMARY KEY, body TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE procedure_version(
            n INTEGER PRIMARY KEY, code TEXT NOT NULL, version TEXT NOT NULL, rank INTEGER NOT NULL,
            title TEXT NOT NULL, name TEXT NOT NULL, field_name TEXT NOT NULL, body TEXT NOT NULL,
            in_force_from TEXT NOT NULL, in_force_to TEXT NOT NULL, retired_on TEXT NOT NULL DEFAULT '',
            source TEXT NOT NULL, added_at INTEGER NOT NULL,
            UNIQUE(code, version)
        ) STRICT
        """
    )


@steps()
def m004_sync(db: Database) -> None:
    for statement in SYNC_TABLES:
        db.execute(statement)
    db.execute(PROJECTION_INDEXES["dossier_look"].replace("INDEX", "INDEX IF NOT EXISTS", 1))  # m002 may have made it
    db.execute(
        "UPDATE log SET receptions = (SELECT count(*) FROM event WHERE event.log = log.id AND event.kind = 'received')"
    )


@steps()
def m005_draft(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE draft(
            id TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, dropped_at INTEGER NOT NULL DEFAULT 0,
            body TEXT NOT NULL, PRIMARY KEY(id, kind)
        ) STRICT, WITHOUT ROWID
        """
    )


@steps()
def m006_units(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE unit_change(
            code TEXT NOT NULL, in_force_from TEXT NOT NULL, body TEXT NOT NULL, source TEXT NOT NULL,
            added_at INTEGER NOT NULL, PRIMARY KEY(code, in_force_from)
        ) STRICT, WITHOUT ROWID
        """
    )


@steps()
def m007_further_people(db: Database) -> None:
    db.execute("CREATE TABLE further_people(dossier INTEGER PRIMARY KEY, people TEXT NOT NULL) STRICT")
    # Dossiers up to `last` are still indexed as an earlier version did it; store/queries/search_debt.py works them off.
    db.execute("CREATE TABLE search_debt(id INTEGER PRIMARY KEY CHECK(id = 1), last INTEGER NOT NULL) STRICT")
    db.execute("INSERT INTO search_debt SELECT 1, max(id) FROM dossier HAVING count(*) > 0")


@steps()
def m008_accounts(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE account(
            id TEXT PRIMARY KEY, name TEXT NOT NULL, roles TEXT NOT NULL, added_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE access(
            n INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, deed TEXT NOT NULL, dossier TEXT NOT NULL
        ) STRICT
        """
    )


@steps()
def m009_register(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE register_line(
            dossier INTEGER PRIMARY KEY, first_due_at INTEGER NOT NULL, result TEXT NOT NULL, fee INTEGER,
            sets INTEGER NOT NULL, return_by TEXT NOT NULL, apologies INTEGER NOT NULL, completions INTEGER NOT NULL,
            forwarded_at INTEGER NOT NULL, ready_at INTEGER NOT NULL, ended_at INTEGER NOT NULL
        ) STRICT
        """
    )
    # Every dossier so far is owed its line; search is written anew on the way.
    db.execute("DELETE FROM search_debt")
    db.execute("INSERT INTO search_debt SELECT 1, max(id) FROM dossier HAVING count(*) > 0")


@steps()
def m010_office(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE office_fact(
            key TEXT PRIMARY KEY, value TEXT NOT NULL, lamport INTEGER NOT NULL, log TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )


@steps()
def m011_proofs(db: Database) -> None:
    # What others have signed of the journal: the district's receipts as they came, the seals on day reports.
    db.execute(
        """
        CREATE TABLE receipt(
            day INTEGER PRIMARY KEY, at INTEGER NOT NULL, signed BLOB NOT NULL, recipient BLOB NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE day_seal(
            log BLOB NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, day TEXT NOT NULL, PRIMARY KEY(log, seq, hash)
        ) STRICT, WITHOUT ROWID
        """
    )


@steps()
def m012_old_records(db: Database) -> None:
    # What imports brought of the time before this program: never received here, so never among the dossiers.
    db.execute(
        """
        CREATE TABLE old_import(
            id TEXT PRIMARY KEY, what TEXT NOT NULL, source TEXT NOT NULL, rows INTEGER NOT NULL,
            total INTEGER NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL, taken_back_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE old_record(
            id INTEGER PRIMARY KEY, import TEXT NOT NULL, what TEXT NOT NULL, line INTEGER NOT NULL,
            number TEXT NOT NULL, old_number TEXT NOT NULL, code_key TEXT NOT NULL, words TEXT NOT NULL,
            facts TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX old_record_import ON old_record(import)")
    db.execute("CREATE INDEX old_record_number ON old_record(number) WHERE number <> ''")
    db.execute("CREATE INDEX old_record_old_number ON old_record(old_number) WHERE old_number <> ''")
    db.execute("CREATE INDEX old_record_code ON old_record(code_key) WHERE code_key <> ''")
    db.execute("CREATE INDEX old_record_words ON old_record(words, what)")


@steps()
def m013_channel(db: Database) -> None:
    # What came before came on paper: nothing else could be said.
    db.execute("ALTER TABLE register_line ADD COLUMN channel TEXT NOT NULL DEFAULT ''")


@steps()
def m014_program(db: Database) -> None:
    # Which program made these tables, the oldest that may write into them, and the oldest that has since: its `schema`.
    db.execute(
        """
        CREATE TABLE program(
            id INTEGER PRIMARY KEY CHECK(id = 1), schema INTEGER NOT NULL, name TEXT NOT NULL,
            oldest INTEGER NOT NULL, oldest_name TEXT NOT NULL, wrote INTEGER NOT NULL
        ) STRICT
        """
    )
