"""What a reception says of a dossier, and the frozen records of which it consists."""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain.holds.hold import PassedHold
from desk_app.domain.organisations.organisation import Organisation
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Document, Fee
from desk_app.domain.service_days.kept_day import KeptServiceDay


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
    `bank_account`, `bank_holder` and `bank_name` are the account for its fees (`payments.vietqr`), none before 0.5.0.
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
    bank_name: str = ""


class CardRead(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That a card was read, of what kind, which fields came from it, and fields nobody could name (kept raw)."""

    kind: str
    fields: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


class DossierFacts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a reception says of a dossier and a correction may change. Moments are UTC ms; `due_at` 0 for none.

    `people` by role ("applicant" always), `organisations` likewise, none in events before 0.4.0; `fields` are the
    answers to the forms' questions by field key. `channel` is one of `domain.channels`, "" on paper and in events
    before 0.4.0. `service_days` are those it was received under, `holds` the warnings it was received against; neither
    is ever corrected.
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
    service_days: tuple[KeptServiceDay, ...] = ()
    holds: tuple[PassedHold, ...] = ()
