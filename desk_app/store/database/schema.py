"""What the tables must look like now, without the library that makes them: opening a desk only looks."""

from __future__ import annotations

VERSION = 21
"""How many migrations there are; `PRAGMA user_version` of a database that is up to date."""

OLDEST_WRITER, OLDEST_WRITER_PROGRAM = 14, "0.5.0"
"""The oldest program that may write data of this one: its `VERSION`, and its number as a person reads it.

A migration that only adds leaves it as it is: new tables, columns with a default, indexes, and of projections only what
`projections.index_anew` fills. Any other migration raises both to its own.
"""

# Indexes of projections stand here by themselves: filling a million rows drops them and makes them again after.
PROJECTION_INDEXES = {
    "dossier_code": "CREATE INDEX dossier_code ON dossier(code_key)",
    "dossier_received": "CREATE INDEX dossier_received ON dossier(received_at)",
    "dossier_status": "CREATE INDEX dossier_status ON dossier(status, received_at)",
    "dossier_due": (
        "CREATE INDEX dossier_due ON dossier(due_at, status) WHERE due_at > 0 AND status IN ('received', 'processing')"
    ),
    "dossier_due_all": "CREATE INDEX dossier_due_all ON dossier(due_at) WHERE due_at > 0",
    "dossier_look": "CREATE INDEX dossier_look ON dossier(received_at) WHERE needs_look = 1",
    "dossier_open": "CREATE INDEX dossier_open ON dossier(id_number, procedure) WHERE is_open = 1",
    "person_number": "CREATE INDEX person_number ON person(number, dossier)",
}
WORK_TABLE = """
    CREATE TABLE work_line(
        dossier INTEGER PRIMARY KEY, status TEXT NOT NULL, due_at INTEGER NOT NULL, since_at INTEGER NOT NULL,
        untold TEXT NOT NULL, queued_at INTEGER NOT NULL, in_hand_at INTEGER NOT NULL
    ) STRICT
"""
# Of open dossiers only, so they stay small: filling a million rows need not drop them.
WORK_INDEXES = (
    "CREATE INDEX work_due ON work_line(due_at, status) WHERE due_at > 0",
    "CREATE INDEX work_since ON work_line(status, since_at, due_at)",
    "CREATE INDEX work_untold ON work_line(untold, since_at, queued_at) WHERE untold <> ''",
    "CREATE INDEX work_in_hand ON work_line(in_hand_at) WHERE in_hand_at > 0",
)
# The suspensions for the office's own reasons are late too, so this index takes the place of the first of those.
WORK_DUE = "CREATE INDEX work_due ON work_line(due_at, status, counts) WHERE due_at > 0"
# Outgoing numbers and lists of many dossiers are read from the journal itself, by these narrow indexes of it.
OUTGOING_INDEXES = (
    """CREATE INDEX event_number ON event(
        at, json_extract(body, '$.v.number'), json_extract(body, '$.v.papers'), json_extract(body, '$.v.form')
    ) WHERE kind IN ('step', 'paper_list') AND instr(body, '"number":"') > 0""",
    "CREATE INDEX event_paper_list ON event(at) WHERE kind IN ('paper_list', 'paper_list_printed')",
)
SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE search USING fts5("
    "t, content='', contentless_delete=1, detail=none, tokenize=\"ascii tokenchars '_#'\")"
)

FILE_BLOCK = 2048
"""Rows of the table `file`, by their numbers, that share a stamp: a change of any of them gives it another one."""
_FILE_ROW = "{0}.n, {0}.sha, {0}.size, {0}.type, {0}.here, {0}.confirmed"


def _stamped(row: str) -> str:
    """SQL that gives the block of this row another stamp. What happens at a conflict the outer statement would say, so
    there is none.
    """
    block = f"({row}.n - 1) / {FILE_BLOCK}"
    return f"DELETE FROM file_stamp WHERE block = {block}; INSERT INTO file_stamp VALUES({block}, randomblob(16));"


# sqlite-utils' transform() drops triggers without a word, so these are made again at the end of every migration run.
TRIGGERS = {
    # The district can have a citizen's data erased. Only then may the body of an event change: to "#" and the event's
    # hash, which keeps the chain whole. No other update of an event is allowed.
    "event_no_update": """
        CREATE TRIGGER event_no_update BEFORE UPDATE ON event WHEN NOT (
            new.n = old.n AND new.log = old.log AND new.seq = old.seq AND new.hash = old.hash
            AND new.body = '#' || lower(hex(old.hash)) AND new.kind = 'redacted' AND new.dossier = ''
            AND new.lamport = 0 AND new.at = 0 AND new.clock_offset = 0 AND new.author = ''
            AND EXISTS (
                SELECT 1 FROM redaction JOIN log ON log.name = redaction.log
                WHERE log.id = old.log AND redaction.seq = old.seq AND redaction.hash = old.hash
            )
        ) BEGIN SELECT raise(ABORT, 'event is append-only'); END
    """,
    # An event may be deleted only when the table `orphan` holds the same event, waiting for its new place.
    "event_no_delete": """
        CREATE TRIGGER event_no_delete BEFORE DELETE ON event WHEN NOT EXISTS (
            SELECT 1 FROM orphan
            WHERE orphan.log = old.log AND orphan.seq = old.seq AND orphan.n = old.n AND orphan.hash = old.hash
            AND orphan.body = old.body AND orphan.settled = 0
        ) BEGIN SELECT raise(ABORT, 'event is append-only'); END
    """,
    "access_no_delete": (
        "CREATE TRIGGER access_no_delete BEFORE DELETE ON access BEGIN SELECT raise(ABORT, 'access is kept'); END"
    ),
    "access_no_update": (
        "CREATE TRIGGER access_no_update BEFORE UPDATE ON access BEGIN SELECT raise(ABORT, 'access is kept'); END"
    ),
    "orphan_no_delete": (
        "CREATE TRIGGER orphan_no_delete BEFORE DELETE ON orphan BEGIN SELECT raise(ABORT, 'orphan is kept'); END"
    ),
    "orphan_no_update": """
        CREATE TRIGGER orphan_no_update BEFORE UPDATE ON orphan WHEN NOT (
            new.id = old.id AND new.n = old.n AND new.log = old.log AND new.seq = old.seq AND new.hash = old.hash
            AND (new.settled = old.settled OR old.settled = 0)
            AND (new.body = old.body OR new.body = '#' || lower(hex(old.hash)))
        ) BEGIN SELECT raise(ABORT, 'orphan is kept'); END
    """,
    # A backup carries the blocks of attached files whose stamp is not that of its base (decision 0234).
    "file_stamp_insert": f"CREATE TRIGGER file_stamp_insert AFTER INSERT ON file BEGIN {_stamped('new')} END",
    "file_stamp_update": (
        f"CREATE TRIGGER file_stamp_update AFTER UPDATE ON file WHEN ({_FILE_ROW.format('old')}) IS NOT"
        f" ({_FILE_ROW.format('new')}) BEGIN {_stamped('old')} {_stamped('new')} END"
    ),
    "file_stamp_delete": f"CREATE TRIGGER file_stamp_delete AFTER DELETE ON file BEGIN {_stamped('old')} END",
}
