"""Tables that are read from the frames, behind the reception; they can be made again at any time."""

from __future__ import annotations

DERIVED: dict[str, dict[str, str]] = {
    "dossier_key": {"n": "int", "unit": "text", "id": "text"},
    "dossier": {
        "n": "int",
        "unit": "text",
        "id": "text",
        "code": "text",
        "status": "text",
        "procedure": "text",
        "applicant": "text",
        "id_number": "text",
        "received_at": "int",
        "due_at": "int",
        "returned_at": "int",
        "needs_look": "int",
        "events": "int",
    },
    "event": {"dossier": "int", "log": "int", "seq": "int"},
    "projection_error": {"log": "bytes", "seq": "int", "dossier": "text", "reason": "text", "at": "int"},
    # How many dossiers there are, so that nobody counts them row by row.
    "dossier_tally": {"unit": "text", "status": "text", "n": "int"},
    # The index of names (`district.search.index`): sealed rows, and what is held there of each dossier, as a digest.
    "dossier_word": {"place": "int", "z": "bytes"},
    "dossier_held": {"n": "int", "digest": "bytes", "status": "text"},
    # Dossiers in which a desk queued a message that nobody sent yet.
    "message_waiting": {"n": "int"},
    # Of dossiers that were received with others as one, or went to another desk: the whole, and where the papers are.
    "dossier_place": {
        "n": "int",
        "group_id": "text",
        "place": "int",
        "members": "int",
        "title": "text",
        "desk": "int",
        "way_to": "int",
    },
    # Dossiers suspended for the office's own reasons: their time runs, so they are late when their day has passed.
    "suspension_counting": {"n": "int"},
    # Movements of the money of dossiers, the counted drawers of desks, and messages (`district.money.stored`,
    # `district.messages.stored`): what the pages of money and messages read.
    "payment": {
        "n": "int",
        "place": "int",
        "unit": "text",
        "day": "text",
        "at": "int",
        "desk": "int",
        "way": "text",
        "amount": "int",
        "receipt": "text",
        "line": "text",
    },
    "cash_count": {"unit": "text", "day": "text", "desk": "int", "lamport": "int", "log": "bytes", "body": "text"},
    "message": {
        "n": "int",
        "place": "int",
        "unit": "text",
        "id": "text",
        "about": "text",
        "sending": "text",
        "queued_at": "int",
        "sent_at": "int",
        "failed": "text",
    },
}
"""Columns by table, as in `schema.TABLES`."""

DERIVED_KEYS: dict[str, str] = {
    "dossier_key": "n",
    "dossier": "n",
    "event": "dossier, log, seq",
    "projection_error": "log, seq, dossier",
    "dossier_tally": "unit, status",
    "dossier_word": "place",
    "dossier_held": "n",
    "message_waiting": "n",
    "dossier_place": "n",
    "suspension_counting": "n",
    "payment": "n, place",
    "cash_count": "unit, day, desk",
    "message": "n, place",
}
