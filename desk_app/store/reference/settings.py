"""What an office set once: its names, the desk's numbers, papers and printers. One row a key, JSON inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import time

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app import typed_values
from desk_app.domain.calendar.deadlines import WorkingHours
from desk_app.domain.dossiers.numbering import DEFAULT_PATTERN, Block
from desk_app.store.database.database import DeskDatabase
from desk_app.store.projections import office_facts


class DaysTaken(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was last taken over of the program's own days off: `on` ISO, "" for never.

    `left` days stayed as the office's own list has them.
    """

    on: str = ""
    added: int = 0
    changed: int = 0
    removed: int = 0
    left: tuple[str, ...] = ()


class DocumentPrint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one kind of document is printed. `printer` "" for that of its paper, `copies` 0 for as many as it owes.

    `duplex` is "one", "long" or "short" (the edge that is turned), "" for the printer's own way.
    """

    printer: str = ""
    duplex: str = ""
    copies: int = 0


class Settings(Struct, frozen=True, kw_only=True):
    """Everything with a default; `blocks` empty means those the program gives this desk number.

    `printers` by paper ("A4", "A5", "80mm") → queue name, "host:port" or "" for the system's own choice; `trays` by
    paper → the printer's own name of the tray. `documents` by kind ("slip", "forms", "steps", "reports").
    `quick_procedures` are codes in the order of their buttons, `first_procedure` is the one a new dossier begins with.
    `scale` in percent, `sync_every` in minutes, `drafts_days` in days, `backup_every` in hours. `units_seen` is the
    edition of administrative units told last, `days_edition` the program's list of days off taken over last. `prepared`
    says by step how the preparing of a new desk stands, `version_seen` of which version the news were shown last.
    `bank_…` is the commune's account for fees, `receipt_…` the template and series of its electronic receipts.
    `suspended_days` and `ready_days` in working days, `late_warn` and `late_most` in percent, set by `late_citation`.
    `message_…` are "on" or "off", `message_…_text` the office's own words, "" for the program's.
    `paper_wording` is the circular whose titles papers have, `paper_numbers` who gives outgoing numbers: "given" by the
    program, "by_hand" of the office's own book.
    """

    unit: str = ""
    office: str = ""
    commune: str = ""
    province: str = ""
    superior: str = ""
    address: str = ""
    phone: str = ""
    desk: int = 1
    pattern: str = DEFAULT_PATTERN
    blocks: tuple[Block, ...] = ()
    clerk: str = ""
    hours: WorkingHours = WorkingHours()
    printers: dict[str, str] = {}
    trays: dict[str, str] = {}
    documents: dict[str, DocumentPrint] = {}
    slip_paper: str = "A5"
    theme: str = "system"
    scale: int = 100
    scanner_port: str = ""
    scanner_baud: int = 9600
    is_demo: bool = False
    first_procedure: str = ""
    quick_count: int = 3
    quick_procedures: tuple[str, ...] = ()
    sync_every: int = 10
    drafts_days: int = 15
    backup_folder: str = ""
    backup_every: int = 4
    units_seen: str = ""
    days_edition: str = ""
    days_taken: DaysTaken = DaysTaken()
    prepared: dict[str, str] = {}
    version_seen: str = ""
    paper_wording: str = "tt-03-2025"
    paper_numbers: str = "given"
    bank_bin: str = ""
    bank_account: str = ""
    bank_holder: str = ""
    receipt_template: str = "EBL01"
    receipt_series: str = ""
    tax_code: str = ""
    suspended_days: int = 10
    ready_days: int = 3
    late_warn: int = 2
    late_most: int = 5
    late_citation: str = ""
    message_consent: str = "on"
    message_received: str = "off"
    message_completion: str = "off"
    message_late: str = "off"
    message_ready: str = "off"
    message_received_text: str = ""
    message_completion_text: str = ""
    message_late_text: str = ""
    message_ready_text: str = ""


_HOURS = {f"hours.{name}": name for name in WorkingHours.__struct_fields__}
_OF_PAYMENT = ("bank_bin", "bank_account", "bank_holder", "receipt_template", "receipt_series", "tax_code")
_OF_LATENESS = ("suspended_days", "ready_days", "late_warn", "late_most", "late_citation")
_OF_MESSAGES = tuple(name for name in Settings.__struct_fields__ if name.startswith("message_"))
_OF_PAPERS = ("paper_wording", "paper_numbers")
OF_COMMUNE = frozenset(
    {
        *("office", "commune", "province", "superior", "address", "phone", "pattern"),
        *_OF_PAYMENT,
        *_HOURS,
        *_OF_LATENESS,
        *_OF_MESSAGES,
        *_OF_PAPERS,
    }
)
"""What all desks of a commune hold alike (`office_facts`); the rest is the desk's own, whatever others say."""


def get(db: DeskDatabase) -> Settings:
    """The settings, the commune's over the desk's own. An unknown key, or a value of no known shape, is not set."""
    kept = dict(db.all("SELECT key, value FROM setting"))
    said = [{key: value for key, value in each.items() if key in OF_COMMUNE} for each in office_facts.in_order(db)]
    for each in said:
        kept |= each
    values = {}
    for field in msgspec.structs.fields(Settings):
        if field.name not in kept:
            continue
        try:
            values[field.name] = typed_values.from_json(kept[field.name], field.type)
        except msgspec.DecodeError:
            continue  # a later program may give a key another shape; its default is better than no desk
    found = Settings(**values)
    return replace(found, hours=_with_parts(found.hours, said))


def _with_parts(hours: WorkingHours, said: Sequence[Mapping[str, str]]) -> WorkingHours:
    """Each hour as it was set last.

    Where two desks set hours against each other that no day can have, the latest that was said is left out, and then
    the one before, on every desk alike.
    """
    for most in range(len(said), 0, -1):
        parts: dict[str, time] = {}
        for each in said[:most]:
            for key in _HOURS.keys() & each.keys():
                with suppress(msgspec.DecodeError):
                    parts[_HOURS[key]] = typed_values.from_json(each[key], time)
        changed = replace(hours, **parts)
        if not changed.problem:
            return changed
    return hours


def put(db: DeskDatabase, settings: Settings) -> None:
    """Keep the settings; only values that changed are written. Inside `unit_of_work` where several things change.

    What an event said for the whole commune is left to it: it would hide what this desk began with.
    """
    old = dict(db.all("SELECT key, value FROM setting"))
    of_events = {key.partition(".")[0] for each in office_facts.in_order(db) for key in each if key in OF_COMMUNE}
    new = {name: msgspec.json.encode(getattr(settings, name)).decode() for name in settings.__struct_fields__}
    changed = [(key, value) for key, value in new.items() if old.get(key) != value and key not in of_events]
    db.many(
        "INSERT INTO setting(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", changed
    )
