"""What the tables must look like now, without the library that makes them: opening a desk only looks."""

from __future__ import annotations

VERSION = 3
"""How many migrations there are; `PRAGMA user_version` of a database that is up to date."""

# Indexes of projections stand here by themselves: filling a million rows drops them and makes them again after.
PROJECTION_INDEXES = {
    "dossier_code": "CREATE INDEX dossier_code ON dossier(code_key)",
    "dossier_received": "CREATE INDEX dossier_received ON dossier(received_at)",
    "dossier_status": "CREATE INDEX dossier_status ON dossier(status, received_at)",
    "dossier_due": (
        "CREATE INDEX dossier_due ON dossier(due_at, status) WHERE due_at > 0 AND status IN ('received', 'processing')"
    ),
    "dossier_open": "CREATE INDEX dossier_open ON dossier(id_number, procedure) WHERE is_open = 1",
    "person_number": "CREATE INDEX person_number ON person(number, dossier)",
}
SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE search USING fts5("
    "t, content='', contentless_delete=1, detail=none, tokenize=\"ascii tokenchars '_#'\")"
)

# sqlite-utils' transform() drops triggers without a word, so these are made again at the end of every migration run.
TRIGGERS = {
    "event_no_update": (
        "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'event is append-only'); END"
    ),
    "event_no_delete": (
        "CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'event is append-only'); END"
    ),
}
