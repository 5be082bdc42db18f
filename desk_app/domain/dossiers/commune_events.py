"""What desks record that is of no dossier: what all desks of the commune hold alike, and records of before."""

from __future__ import annotations

from msgspec import Struct


class OfficeChanged(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all desks of the commune hold alike was changed: JSON text by key of the settings
    ("address", "hours.hand_out"). It is of no dossier.

    Of each key the event with the latest stamp holds, on every desk; a key that a program does not know is kept for
    one that does.
    """

    values: dict[str, str]


class OldRecordsBrought(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of what one import brought of the time before this program. It is of no dossier, and receives none.

    `import_id` (16 characters) is the same for all parts and proves the desk (`domain.history.owned_ids`), `what` is
    "people" or "dossiers", `source` the file's name, `total` how many records the import has. `columns` name the facts,
    each row has a text for each of them (`domain.old_records` names them; a column that a program does not know is kept
    for one that does).
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
