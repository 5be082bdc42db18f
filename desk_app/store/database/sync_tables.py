"""The tables that syncing needs, as they were first released: migration m004 makes them; never changed here."""

from __future__ import annotations

SYNC_TABLES = (
    # Who writes a log; how much of it the district has confirmed, and has in a verified backup.
    "ALTER TABLE log ADD COLUMN author BLOB",
    "ALTER TABLE log ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE log ADD COLUMN safe INTEGER NOT NULL DEFAULT 0",
    # Receptions are counted as they come: counting them among a million events would take seconds.
    "ALTER TABLE log ADD COLUMN receptions INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE log ADD COLUMN confirmed_receptions INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE checkpoint(
        log INTEGER NOT NULL REFERENCES log(id), seq INTEGER NOT NULL, signature BLOB NOT NULL, PRIMARY KEY(log, seq)
    ) STRICT, WITHOUT ROWID
    """,
    # Events of this desk's log that the district's copy of the log lacks at their places. `n` is the number that the
    # event had in this journal; the event gets the same number again. `settled` is 0 while the event waits, 1 when the
    # event stands in its place again, 2 when this desk appended the event to the log `anew`, 3 when the event was given
    # up. `until` is the newest number of this journal at the moment of appending.
    """
    CREATE TABLE orphan(
        id INTEGER PRIMARY KEY, n INTEGER NOT NULL, log INTEGER NOT NULL REFERENCES log(id), seq INTEGER NOT NULL,
        dossier TEXT NOT NULL, kind TEXT NOT NULL, lamport INTEGER NOT NULL, at INTEGER NOT NULL,
        clock_offset INTEGER NOT NULL, author TEXT NOT NULL, body TEXT NOT NULL, hash BLOB NOT NULL,
        settled INTEGER NOT NULL DEFAULT 0, anew INTEGER REFERENCES log(id), until INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE INDEX orphan_event ON orphan(log, seq)",
    "CREATE INDEX orphan_waiting ON orphan(n) WHERE settled = 0",
    "CREATE INDEX orphan_dossier ON orphan(dossier) WHERE settled = 0",
    """
    CREATE TABLE redaction(
        log BLOB NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, before BLOB NOT NULL,
        PRIMARY KEY(log, seq, hash)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE device(
        kid BLOB PRIMARY KEY, certificate BLOB NOT NULL, unit TEXT NOT NULL, desk INTEGER NOT NULL,
        name TEXT NOT NULL, revoked INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT ''
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE sync_state(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE set_aside(
        n INTEGER PRIMARY KEY, at INTEGER NOT NULL, log BLOB NOT NULL, seq INTEGER NOT NULL, reason TEXT NOT NULL,
        body TEXT NOT NULL, detail TEXT NOT NULL, settled INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE UNIQUE INDEX set_aside_once ON set_aside(log, seq, reason, detail)",
    "CREATE INDEX set_aside_open ON set_aside(reason, detail) WHERE settled = 0",
    """
    CREATE TABLE announcement(
        log BLOB NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, author TEXT NOT NULL, title TEXT NOT NULL,
        text TEXT NOT NULL, until TEXT NOT NULL, seen INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(log, seq)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE secret(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID",
    # Which files a dossier has is a projection; what of a file is here and over there is not.
    """
    CREATE TABLE attachment(
        dossier INTEGER NOT NULL, place INTEGER NOT NULL, sha TEXT NOT NULL, size INTEGER NOT NULL,
        type TEXT NOT NULL, name TEXT NOT NULL, component TEXT NOT NULL, PRIMARY KEY(dossier, place)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX attachment_sha ON attachment(sha)",
    """
    CREATE TABLE file(
        n INTEGER PRIMARY KEY, sha TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, type TEXT NOT NULL,
        here INTEGER NOT NULL, confirmed INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
)
