"""What an office set once: its names, the desk's numbers, papers and printers. One row a key, JSON inside."""

from __future__ import annotations

from contextlib import suppress
from datetime import time

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.calendar import WorkingHours
from desk_app.domain.numbering import DEFAULT_PATTERN, Block
from desk_app.store import office_facts
from desk_app.store.database import DeskDatabase


class DaysTaken(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was last taken over of the program's own days off: `on` ISO, "" for never.

    `left` days stayed as the office's own list has them.
    """

    on: str = ""
    added: int = 0
    changed: int = 0
    removed: int = 0
    left: tuple[str, ...] = ()


class Settings(Struct, frozen=True, kw_only=True):
    """Everything with a default; `blocks` empty means those the program gives this desk number.

    `printers` by paper ("A4", "A5", "80mm") → queue name, "host:port" or "" for the system's own choice.
    `first_procedure` is the code a new dossier begins with, `units_seen` the edition of administrative units told last.
    `days_edition` is the program's list of days off that was taken over last.
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
    slip_paper: str = "A5"
    theme: str = "system"
    scale: int = 100
    scanner_port: str = ""
    is_demo: bool = False
    first_procedure: str = ""
    units_seen: str = ""
    days_edition: str = ""
    days_taken: DaysTaken = DaysTaken()


_HOURS = {f"hours.{name}": name for name in WorkingHours.__struct_fields__}
OF_COMMUNE = frozenset({"office", "commune", "province", "superior", "address", "phone", "pattern", *_HOURS})
"""What all desks of a commune hold alike (`office_facts`); the rest is the desk's own, whatever others say."""


def get(db: DeskDatabase) -> Settings:
    """The settings, the commune's over the desk's own. An unknown key, or a value of no known shape, is not set."""
    kept = dict(db.all("SELECT key, value FROM setting"))
    common = {key: value for key, value in office_facts.values(db).items() if key in OF_COMMUNE}
    kept |= common
    values = {}
    for field in msgspec.structs.fields(Settings):
        if field.name not in kept:
            continue
        try:
            values[field.name] = msgspec.json.decode(kept[field.name], type=field.type)
        except msgspec.DecodeError:
            continue  # a later program may give a key another shape; its default is better than no desk
    found = Settings(**values)
    return replace(found, hours=_with_parts(found.hours, common))


def _with_parts(hours: WorkingHours, common: dict[str, str]) -> WorkingHours:
    """Each hour as it was set last; hours that two desks set against each other and no day can have change nothing."""
    parts: dict[str, time] = {}
    for key, name in _HOURS.items():
        if key in common:
            with suppress(msgspec.DecodeError):
                parts[name] = msgspec.json.decode(common[key], type=time)
    changed = replace(hours, **parts)
    return hours if changed.problem else changed


def put(db: DeskDatabase, settings: Settings) -> None:
    """Keep the settings; only values that changed are written. Inside `unit_of_work` where several things change."""
    old = dict(db.all("SELECT key, value FROM setting"))
    new = {name: msgspec.json.encode(getattr(settings, name)).decode() for name in settings.__struct_fields__}
    changed = [(key, value) for key, value in new.items() if old.get(key) != value]
    db.many(
        "INSERT INTO setting(key, value) VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value = excluded.value", changed
    )
