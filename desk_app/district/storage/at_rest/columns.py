"""Which columns of the tables hold what belongs to a person or is a secret. Every column is in one of the two lists.

A sealed value cannot be searched, sorted or compared by the database; a column that must be is clear, with its reason.
In the embedded storage whole pages are encrypted; this list is for PostgreSQL, whose machine others run.
"""

from __future__ import annotations

_NAME = "drawn at random or counted; says nothing of a person"
_DIGEST = "a digest; gives nothing back"
_MOMENT = "a moment; the lists are sorted by it"
_COUNT = "a number of bytes, events or tries"
_STATE = "a word out of a short list of the program's own"
_UNIT = "the code of a commune, which is public"
_PUBLIC = "public keys and what they signed; every desk has them"
_PROOF = "proves the chain of a log; holds no word of it"

CLEAR: dict[str, dict[str, str]] = {
    "log": {
        "log": _NAME,
        "n": _NAME,
        "kid": _NAME,
        "scope": _UNIT,
        "seq": _COUNT,
        "head": _PROOF,
        "lamport": _COUNT,
        "receptions": _COUNT,
        "safe": _COUNT,
        "is_open": _STATE,
        "began_at": _MOMENT,
    },
    "frame": {
        "log": _NAME,
        "first": _COUNT,
        "last": _COUNT,
        "prev": _PROOF,
        "head": _PROOF,
        "signature": _PROOF,
        "received_at": _MOMENT,
        "projected": _STATE,
    },
    "device": {
        "kid": _NAME,
        "keys": _PUBLIC,
        "certificate": _PUBLIC,
        "role": _STATE,
        "unit": _UNIT,
        "desk": _COUNT,
        "name": "the name of a commune, which is public",
        "status": _STATE,
        "enrolled_at": _MOMENT,
        "seen_at": _MOMENT,
        "clock_offset": _COUNT,
        "app": "the version of a program",
        "host": "the name of an office's machine",
        "digits": "six digits that two screens showed once; they open nothing",
        "ahead": _COUNT,
    },
    "slot": {"slot": _DIGEST},
    "quarantine": {
        "digest": _DIGEST,
        "at": _MOMENT,
        "sender": _NAME,
        "author": _NAME,
        "log": _NAME,
        "first": _COUNT,
        "last": _COUNT,
        "prev8": _PROOF,
        "signature": _PROOF,
        "reason": _STATE,
        "settled_at": _MOMENT,
    },
    "redaction": {"log": _NAME, "seq": _COUNT, "hash": _PROOF, "at": _MOMENT},
    "blob": {
        "scope": _UNIT,
        "sha": "the SHA-256 that desks ask for a file by; who has the same file can tell that it is here",
        "size": _COUNT,
        "have": _COUNT,
        "at": _MOMENT,
    },
    "blob_piece": {"scope": _UNIT, "sha": "as in blob", "start": _COUNT},
    "account": {"name": "an officer's sign-in name, looked for at each sign-in", "role": _STATE, "added_at": _MOMENT},
    "visit": {"token": _DIGEST, "name": "as in account", "until": _MOMENT},
    "meta": {"key": "names of the program's own", "value": "facts of the district itself: moments, marks, public keys"},
    "lockout": {
        "account": _DIGEST,
        "address": _DIGEST,
        "tries": _COUNT,
        "last_at": _MOMENT,
        "until": _MOMENT,
    },
    "audit": {
        "n": _COUNT,
        "at": _MOMENT,
        "account": "as in account; rows are looked for by it",
        "deed": _STATE,
        "hash": _PROOF,
    },
    "dossier_key": {"n": _NAME, "unit": _UNIT, "id": _NAME},
    "dossier": {
        "n": _NAME,
        "unit": _UNIT,
        "id": _NAME,
        "code": "looked for by its parts; tells unit, day and number, nothing of the applicant",
        "status": "a word out of a short list; lists are narrowed by it",
        "procedure": "the public code of a procedure",
        "received_at": _MOMENT,
        "due_at": _MOMENT,
        "returned_at": _MOMENT,
        "needs_look": _STATE,
        "events": _COUNT,
    },
    "event": {"dossier": _NAME, "log": _NAME, "seq": _COUNT},
    "projection_error": {
        "log": _NAME,
        "seq": _COUNT,
        "dossier": _NAME,
        "reason": "the name of a kind of failure, never its words",
        "at": _MOMENT,
    },
    "dossier_tally": {"unit": _UNIT, "status": _STATE, "n": _COUNT},
    "dossier_word": {
        "place": "a count of segments, and an HMAC under a key that is not here",
        "z": "sealed by the index itself, in both storages alike (docs/decisions/0119)",
    },
    "message_waiting": {"n": _NAME},
    "suspension_counting": {"n": _NAME},
    "dossier_place": {
        "n": _NAME,
        "group_id": _NAME,
        "place": _COUNT,
        "members": _COUNT,
        "title": "what a procedure is called, which is public",
        "desk": _COUNT,
        "way_to": _COUNT,
    },
    "payment": {
        "n": _NAME,
        "place": _COUNT,
        "unit": _UNIT,
        "day": _MOMENT,
        "at": _MOMENT,
        "desk": _COUNT,
        "way": _STATE,
        "amount": "a fee in đồng, which is public; the sums of a day are made of it",
        "receipt": _STATE,
    },
    "cash_count": {
        "unit": _UNIT,
        "day": _MOMENT,
        "desk": _COUNT,
        "lamport": _COUNT,
        "log": _NAME,
    },
    "message": {
        "n": _NAME,
        "place": _COUNT,
        "unit": _UNIT,
        "id": _DIGEST,
        "about": _STATE,
        "sending": _STATE,
        "queued_at": _MOMENT,
        "sent_at": _MOMENT,
    },
    "dossier_held": {"n": _NAME, "digest": "an HMAC under a key that is not here", "status": _STATE},
}

SEALED: dict[str, dict[str, str]] = {
    "frame": {"z": "what the desks recorded: everybody's names, numbers, addresses"},
    "device": {"reason": "free text of the person who revoked a desk"},
    "slot": {"body": "the key that lets a machine enrol"},
    "quarantine": {"z": "what a desk recorded"},
    "redaction": {
        "before": "with the hash of an erased event it would let a guess of that event be confirmed",
        "reason": "free text of the person who had an event erased",
    },
    "blob_piece": {"data": "scanned papers"},
    "account": {"secret": "the hash of a password, which could be guessed at leisure"},
    "audit": {"address": "where an officer sat", "asked": "what an officer looked for"},
    "payment": {"line": "who took the money, the receipt, notes and reasons as somebody typed them"},
    "cash_count": {"body": "who counted a drawer, and why it does not balance"},
    "message": {"failed": "why a message did not arrive, as somebody typed it"},
    "dossier": {"applicant": "a person's name", "id_number": "a person's number"},
}
