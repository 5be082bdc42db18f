"""What can happen to a dossier: frozen records, each with a schema version. Nothing here is ever changed in place.

An event is stored and sent as one line of canonical JSON (docs/decisions/0001-event-body.md). The classes below are
its `v`; `KINDS` names them. A kind that this program does not know is kept verbatim and shown as not yet supported.
"""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain.custody.custody_events import CUSTODY_KINDS, CustodyEvent
from desk_app.domain.dossiers.commune_events import OfficeChanged, OldRecordsBrought, OldRecordsTakenBack
from desk_app.domain.dossiers.dossier_facts import CardRead, DossierFacts, FormVersion, HandedIn, Office
from desk_app.domain.linked.group import LinkedGroup
from desk_app.domain.messages.message_events import MESSAGE_KINDS, MessageEvent
from desk_app.domain.notices import Notice
from desk_app.domain.outgoing.list_events import LIST_KINDS, ListEvent
from desk_app.domain.payments.money_events import MONEY_KINDS, MoneyEvent
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Fee

__all__ = [
    "KINDS",
    "KIND_OF",
    "OF_NO_DOSSIER",
    "SCHEMA_VERSION",
    "Attached",
    "CardRead",
    "ConflictSettled",
    "Corrected",
    "Defect",
    "DossierFacts",
    "FormVersion",
    "Founded",
    "HandedIn",
    "Noted",
    "Office",
    "OfficeChanged",
    "OldRecordsBrought",
    "OldRecordsTakenBack",
    "Payload",
    "Printed",
    "ProcedureChosen",
    "Received",
    "Recorded",
    "Stamp",
    "StepTaken",
    "StepTakenBack",
]


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


class Defect(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is wrong with one paper: the component's id, "" for a paper outside the list; its name; what to mend."""

    component: str = ""
    name: str
    wrong: str


class StepTaken(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The dossier moved. `action` is a `steps.Action` or a later program's; what it needs is in the other fields.

    `papers` are the forms this step owes, in the version of that day; `office` as it was then; `number` the outgoing
    number of the paper; `fields` what the forms asked, by key. A step without papers has none of these four. Papers
    that stay with the office need no `office` where it is the reception's: they are drawn with that one.

    The rest is written since 0.5.0. `inner` is the id of the procedure's inner step that `to` has until `until` (UTC
    ms). `defects` are what a completion must bring. `signer`, `decided_on` (ISO day) and `file` (SHA-256 in hex of an
    `Attached`) belong to the `result`. `handed` is how a result left: "counter", "authorised" with the
    `paper_of_authority`, "post" with the `item_code`, "home". `cause` is the kind of reason, by its id in the data;
    `outcome` what becomes of a dossier whose result is annulled (`steps.AnnulOutcome`). `clock` says whether the
    office's time "runs" or "stops" while the dossier is suspended; where it is "" the `cause` says it (`reason_kinds`).
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
    inner: str = ""
    until: int = 0
    defects: tuple[Defect, ...] = ()
    signer: str = ""
    decided_on: str = ""
    file: str = ""
    handed: str = ""
    item_code: str = ""
    paper_of_authority: str = ""
    cause: str = ""
    outcome: str = ""
    clock: str = ""


class Noted(Struct, frozen=True, kw_only=True):
    """A note for colleagues. It stands on no paper that a citizen gets, and moves nothing."""

    text: str


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
    """The district says which of several receptions of one id it had first, as `history.founding.digest_of` names it.

    Only where the id itself proves nothing, and only the district's word counts.
    """

    reception: str


Payload = (
    Received
    | Printed
    | Corrected
    | StepTaken
    | StepTakenBack
    | Noted
    | ConflictSettled
    | Attached
    | CustodyEvent
    | Founded
    | MessageEvent
    | OfficeChanged
    | OldRecordsBrought
    | OldRecordsTakenBack
    | ListEvent
    | MoneyEvent
)
OF_NO_DOSSIER = OfficeChanged | OldRecordsBrought | OldRecordsTakenBack | ListEvent
"""What desks record that belongs to no dossier."""

KINDS: dict[str, type[Payload]] = {
    "received": Received,
    "printed": Printed,
    "corrected": Corrected,
    "step": StepTaken,
    "step_taken_back": StepTakenBack,
    "noted": Noted,
    "settled": ConflictSettled,
    "attached": Attached,
    **CUSTODY_KINDS,
    "founded": Founded,
    **MESSAGE_KINDS,
    "office": OfficeChanged,
    "old_records": OldRecordsBrought,
    "old_records_back": OldRecordsTakenBack,
    **LIST_KINDS,
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
    `claim` says what speaks for one of several receptions of an id (`history.founding`), `desk` which desk signed a
    reception that names another (`history.signed_desks`), 0 else; neither is a part of the line.
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
    desk: int = 0

    @property
    def stamp(self) -> Stamp:
        return (self.lamport, self.log[:8])
