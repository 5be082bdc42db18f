"""The names under which a form may ask for values; `values.values_of` fills them, `form_check` refuses all others."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.documents.form_records import FormField
from desk_app.domain.person import Person

OFFICE_KEYS = ("name", "commune", "province", "superior", "clerk", "desk", "committee", "address", "place")
DOSSIER_KEYS = (
    "code",
    "barcode",
    "procedure",
    "procedure_title",
    "procedure_code",
    "received_at",
    "due_at",
    "limit",
    "sets",
    "fee",
    "fee_words",
    "return_by",
    "note",
    "components",
)
STEP_KEYS = ("action", "reason", "to", "result", "number", "author", "at", "due_at")
TABLES = ("components", "documents", "fees", "figures", "procedures", "undone")
"""Repeated rows; the last three belong to the report of a day."""
ROW_KEYS = (
    *("n", "name", "originals", "certified", "copies", "pages", "amount", "how"),
    *("ours", "all", "received", "returned", "code", "due", "why"),
)
PERSON_KEYS = (*Person.__struct_fields__, "id_paper")
SUFFIXES = ("upper", "words", "date", "year", "month", "day", "hour", "minute")
"""What may follow a key: capitals; a date or moment in words, or its parts."""


def is_known(key: str, fields: Sequence[FormField]) -> bool:
    """Whether a form with these fields may ask for `key`; roles are the applicant and those its fields name."""
    own = {field.key for field in fields}
    if key in own:
        return True
    base, _, last = key.rpartition(".")
    if last in SUFFIXES and base:
        return is_known(base, fields)
    head, _, rest = key.partition(".")
    if not rest:
        return head in TABLES
    if head == "office":
        return rest in OFFICE_KEYS
    if head == "dossier":
        return rest in DOSSIER_KEYS
    if head == "step":
        return rest in STEP_KEYS
    roles = {"applicant"} | {field.role for field in fields if field.role}
    return head in roles and rest in PERSON_KEYS
