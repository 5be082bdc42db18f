"""The names under which a form may ask for values; `values.values_of` fills them, `form_check` refuses all others."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.documents.forms.form_records import FormField, FormTable
from desk_app.domain.organisations import organisation
from desk_app.domain.organisations.organisation import Organisation
from desk_app.domain.people.person import Person

OFFICE_KEYS = (
    "name",
    "commune",
    "province",
    "superior",
    "clerk",
    "desk",
    "committee",
    "address",
    "place",
    "province_name",
    "street",
    "phone",
    "contact",
)
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
    "messages",
    "components",
    "presence",
    "exemption",
    "payment",
    "payment_account",
    "payment_note",
)
LINKED_KEYS = (
    *("title", "due_at", "fee", "fee_words", "payment", "payment_note"),
    *(f"{n}.{key}" for n in range(1, 9) for key in ("code", "name", "due", "barcode", "caption")),
)
"""Of dossiers that were received as one: the title, when the last is due, what all cost; each with code and due."""
STEP_KEYS = (
    "action",
    "reason",
    "to",
    "result",
    "number",
    "author",
    "at",
    "due_at",
    "until",
    "due_before",
    "due_then",
    "stage",
    "lapsed",
    "handed",
    "item_code",
    "paper_of_authority",
)
COLLECTOR = "collector"
"""Who takes the result: known to every form."""
TABLES = ("components", "documents", "fees", "linked", "defects", "results", "course")
"""Repeated rows of a dossier; a form of another kind declares its own (`[[table]]`)."""
ROW_KEYS = (
    *(
        "n",
        "name",
        "originals",
        "certified",
        "copies",
        "pages",
        "amount",
        "how",
        "wrong",
        "kind",
        "number",
        "code",
        "due",
    ),
    *("between", "at", "until", "held", "outcome", "remark"),
)
PERSON_KEYS = (*Person.__struct_fields__, "id_paper", "identity", "personal_number")
SUFFIXES = ("upper", "words", "date", "year", "month", "day", "hour", "minute")
"""What may follow a key: capitals; a date or moment in words, or its parts."""


def is_known(key: str, fields: Sequence[FormField], tables: Sequence[FormTable] = ()) -> bool:
    """Whether a form with these fields and tables may ask for `key`; roles are the applicant and its fields'."""
    own = {field.key for field in fields}
    if key in own:
        return True
    base, _, last = key.rpartition(".")
    if last in SUFFIXES and base:
        return is_known(base, fields, tables)
    head, _, rest = key.partition(".")
    if not rest:
        return head in TABLES or any(head == table.key for table in tables)
    if head == "office":
        return rest in OFFICE_KEYS
    if head == "dossier":
        return rest in DOSSIER_KEYS
    if head == "linked":
        return rest in LINKED_KEYS
    if head == "step":
        return rest in STEP_KEYS
    if organisation.is_role(head):
        return rest in Organisation.__struct_fields__
    roles = {"applicant", COLLECTOR} | {field.role for field in fields if field.role}
    return head in roles and rest in PERSON_KEYS
