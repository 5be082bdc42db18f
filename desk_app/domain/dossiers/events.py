"""What can happen to a dossier: frozen records, each with a schema version. Nothing here is ever changed in place.

An event is stored and sent as one line of canonical JSON (docs/decisions/0001-event-body.md). The classes below are
its `v`; `KINDS` names them. A kind that this program does not know is kept verbatim and shown as not yet supported.
"""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain.custody.custody_events import CUSTODY_KINDS, CustodyEvent
from desk_app.domain.linked.group import LinkedGroup
from desk_app.domain.messages.message_events import MESSAGE_KINDS, MessageEvent
from desk_app.domain.notices import Notice
from desk_app.domain.organisations.organisation import Organisation
from desk_app.domain.payments.money_events import MONEY_KINDS, MoneyEvent
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Document, Fee


class HandedIn(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A paper the citizen brought: the component's id, what it is called, how many originals, certified, photo."""

    component: str
    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0


class FormVersion(Struct, frozen=True, kw_only=True):
    """A form by id and dated version: what a dossier prints, now and in ten years."""

    form: str
    version: str


class Office(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The office as its papers name it on the day; kept in the event so that a paper drawn again is the same.

    `address` and `phone` are where a citizen finds it and asks; events before 0.4.0 have neither. `bank_bin`,
    `bank_account` and `bank_holder` are the account for its fees (`payments.vietqr`), none before 0.5.0.
    """

    name: str
    commune: str
    province: str = ""
    superior: str = ""
    clerk: str = ""
    desk: int = 1
    address: str = ""
    phone: str = ""
    bank_bin: str = ""
    bank_account: str = ""
    bank_holder: str = ""


class CardRead(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That a card was read, of what kind, which fields came from it, and fields nobody could name (kept raw)."""

    kind: str
    fields: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


class DossierFacts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a reception says of a dossier and a correction may change. Moments are UTC ms; `due_at` 0 for none.

    `people` by role ("applicant" always), `organisations` likewise, none in events before 0.4.0; `fields` are the
    answers to the forms' questions by field key. `channel` is one of `domain.channels`, "" on paper and in events
    before 0.4.0.
    """

    code: str
    procedure: str
    procedure_version: str
    people: dict[str, Person]
    received_at: int
    due_at: int = 0
    office: Office
    fields: dict[str, str] = {}
    components: tuple[HandedIn, ...] = ()
    documents: tuple[Document, ...] = ()
    forms: tuple[FormVersion, ...] = ()
    sets: int = 1
    fee: Fee = Fee()
    return_by: str = "counter"
    note: str = ""
    card: CardRead | None = None
    channel: str = ""
    organisations: dict[str, Organisation] = {}


class Received(DossierFacts, frozen=True, kw_only=True, omit_defaults=True):
    """The dossier exists; `due_at` is 0 when the result is handed over at once.

    `prepared` are the keys ("child.full_name", "birth_place") whose value is as the citizen prepared it at home and
    stood on no card, in the order of their letters; events before 0.4.0 have none. `linked` names the dossiers that
    were received with it as one.
    """

    prepared: tuple[str, ...] = ()
    linked: LinkedGroup | None = None


class Printed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Papers were sent to a printer or written to a file; `papers` are "slip" or form ids."""

    papers: tuple[str, ...]
    copies: int = 1
    printer: str = ""


class ProcedureChosen(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Another procedure for a dossier, in the version and with the forms of the day it was chosen."""

    code: str
    version: str
    forms: tuple[FormVersion, ...] = ()


class Corrected(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Fields were changed after reception. `changes` by path ("fields.x", "people.applicant.phone", "fee.total").

    Numbers are decimal; "due_at" is UTC ms; "components", "documents" and "procedure" are JSON of `HandedIn`s,
    `Document`s and `ProcedureChosen`. `fee` are the lines behind a "fee.total" that the rules reckoned anew.
    """

    changes: dict[str, str]
    reason: str = ""
    fee: Fee | None = None


class StepTaken(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The dossier moved. `action` is a `steps.Action` or a later program's; what it needs is in the other fields.

    `papers` are the forms this step owes, in the version of that day; `office` as it was then; `number` the outgoing
    number of the paper; `fields` what the forms asked, by key. A step without papers has none of these four.
    """

    action: str
    reason: str = ""
    to: str = ""
    due_at: int = 0
    result: str = ""
    collector: Person | None = None
    papers: tuple[FormVersion, ...] = ()
    office: Office | None = None
    number: str = ""
    fields: dict[str, str] = {}


class StepTakenBack(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A step was recorded by mistake: the event cited under "step" counts no longer, and stays in the history.

    A citation, unlike a log and a number, follows an event that has to move to another log. `due_at` is the new due
    moment, UTC ms, where the dossier has none without the step.
    """

    reason: str
    due_at: int = 0


class ConflictSettled(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person looked at two values of one path and chose; cites every value it replaces.

    `fee` are the lines behind the "fee.total" that was chosen, where one of the values had lines.
    """

    path: str
    value: str
    fee: Fee | None = None


class Attached(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file belongs to the dossier: `sha` is SHA-256 in hex, `size` bytes; the file itself travels apart."""

    sha: str
    size: int
    type: str
    name: str
    component: str = ""


class Founded(Struct, frozen=True, kw_only=True):
    """The district says which of several receptions of one id it had first, as `dossiers.founding.digest_of` names it.

    Only where the id itself proves nothing, and only the district's word counts.
    """

    reception: str


class OfficeChanged(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all desks of the commune hold alike was changed: JSON text by key of the settings
    ("address", "hours.hand_out"). It is of no dossier.

    Of each key the event with the latest stamp holds, on every desk; a key that a program does not know is kept for
    one that does.
    """

    values: dict[str, str]


class OldRecordsBrought(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of what one import brought of the time before this program. It is of no dossier, and receives none.

    `import_id` (16 characters) is the same for all parts, `what` is "people" or "dossiers", `source` the file's name,
    `total` how many records the import has. `columns` name the facts, each row has a text for each of them
    (`domain.old_records` names them; a column that a program does not know is kept for one that does).
    `brought_at` (UTC ms) is when the import was, where the district says again what stays of a part of which somebody
    was erased; `total` is then less, and the least that any part says holds.
    """

    import_id: str
    what: str
    source: str = ""
    total: int = 0
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    brought_at: int = 0


class OldRecordsTakenBack(Struct, frozen=True, kw_only=True):
    """An import of old records counts no longer, on no desk, in whatever order its parts and this event come."""

    import_id: str


Payload = (
    Received
    | Printed
    | Corrected
    | StepTaken
    | StepTakenBack
    | ConflictSettled
    | Attached
    | CustodyEvent
    | Founded
    | MessageEvent
    | OfficeChanged
    | OldRecordsBrought
    | OldRecordsTakenBack
    | MoneyEvent
)
OF_NO_DOSSIER = OfficeChanged | OldRecordsBrought | OldRecordsTakenBack
"""What desks record that belongs to no dossier."""

KINDS: dict[str, type[Payload]] = {
    "received": Received,
    "printed": Printed,
    "corrected": Corrected,
    "step": StepTaken,
    "step_taken_back": StepTakenBack,
    "settled": ConflictSettled,
    "attached": Attached,
    **CUSTODY_KINDS,
    "founded": Founded,
    **MESSAGE_KINDS,
    "office": OfficeChanged,
    "old_records": OldRecordsBrought,
    "old_records_back": OldRecordsTakenBack,
    **MONEY_KINDS,
}
KIND_OF = {payload: kind for kind, payload in KINDS.items()}
SCHEMA_VERSION = 1

Stamp = tuple[int, str]
"""(lamport, first 4 bytes of the log in hex): orders events of all desks without trusting a clock."""


class Recorded(Struct, frozen=True, kw_only=True):
    """An event as it stands in the journal. `log` is hex, `at` UTC ms, `clock_offset` s, `seen` stamps by path.

    `author` is the name that papers show, `actor` the id of that person's account at the log's desk: "" where an
    earlier version wrote, and for the district.
    `claim` says what speaks for one of several receptions of an id (`dossiers.founding`); it is no part of the line.
    `payload` is None for a kind this program does not know; `dossier` is "" for `OF_NO_DOSSIER` and for a notice of
    the district.
    """

    log: str
    seq: int
    dossier: str
    kind: str
    lamport: int
    at: int
    clock_offset: int
    author: str
    actor: str = ""
    seen: dict[str, tuple[Stamp, ...]]
    payload: Payload | Notice | None
    claim: int = 0

    @property
    def stamp(self) -> Stamp:
        return (self.lamport, self.log[:8])
