"""What was found rewritten at this desk, item by item: which event of which dossier, what was done, what differs."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.domain.history.rewriting_words import DEEDS, differing, event_told, paths_told
from desk_app.protocol.event_body import columns_of
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import set_aside
from desk_app.store.journal.set_aside import SetAside
from desk_app.store.proofs.rewritten_history import REASONS, ItemNote


class RewrittenEvent(Struct, frozen=True, kw_only=True):
    """An event that somebody changed after it was confirmed. `n` settles it (`set_aside.settle`); numbers are of the
    log, 0 for none; the lines are the confirmed one and the rewritten one, "" for none: they hold personal data.

    `is_own` tells a log of this desk from its copy of another's; `paths` name what differs, without the values;
    `found_at` is when it was found, UTC ms.
    """

    n: int
    code: str
    what: str
    kind: str
    action: str
    log: str
    confirmed: int
    said: int
    is_own: bool
    confirmed_line: str
    said_line: str
    found_at: int = 0

    @property
    def paths(self) -> tuple[str, ...]:
        return differing(self.confirmed_line.encode(), self.said_line.encode())

    @property
    def told(self) -> str:
        """A sentence without personal data."""
        differs = paths_told(self.paths)
        return (
            f"Hồ sơ {self.code or '—'}: việc «{event_told(self.kind, self.action)}» (số {self.confirmed or self.said} "
            f"của sổ {self.log[:8]}) {DEEDS[self.what]} sau khi đã xác nhận{': ' + differs if differs else ''}."
        )


def items(db: DeskDatabase) -> Iterator[RewrittenEvent]:
    """Those that nobody has settled, the oldest first."""
    whats = {reason: what for what, reason in REASONS.items()}
    return (read(db, one, whats[one.reason]) for one in set_aside.all(db) if one.reason in whats)


def of_dossier(db: DeskDatabase, code: str) -> Iterator[RewrittenEvent]:
    """Those of the dossier with this code, also those that somebody has settled."""
    whats = {reason: what for what, reason in REASONS.items()}
    return (read(db, one, whats[one.reason]) for one in set_aside.ever_of(db, code) if one.reason in whats)


def read(db: DeskDatabase, one: SetAside, what: str) -> RewrittenEvent:
    """The item that was noted so."""
    try:
        note = typed_values.from_json(one.body, ItemNote) if one.body else ItemNote("", said=one.seq)
    except msgspec.DecodeError:
        note = ItemNote("", said=one.seq)
    place = db.one(
        "SELECT event.body FROM event JOIN log ON log.id = event.log WHERE log.name = ? AND event.seq = ?",
        (one.log, note.confirmed or note.said),
    )
    here = place[0] if place else ""
    aside = db.one("SELECT body FROM orphan WHERE id = ?", (note.aside,))
    known = here if note.confirmed or not aside else aside[0]
    return RewrittenEvent(
        n=one.n,
        code=one.detail,
        what=what,
        kind=note.kind or _kind_of(known),
        action=_action_of(known),
        log=one.log.hex(),
        confirmed=note.confirmed,
        said=note.said,
        is_own=note.own,
        confirmed_line=here if note.confirmed else "",
        said_line=aside[0] if aside else "",
        found_at=one.at,
    )


class _Step(Struct, frozen=True):
    action: str = ""


class _StepLine(Struct, frozen=True):
    v: _Step = _Step()


def _action_of(line: str) -> str:
    try:
        return typed_values.from_json(line, _StepLine).v.action if line else ""
    except (msgspec.DecodeError, RecursionError):
        return ""


def _kind_of(line: str) -> str:
    try:
        return columns_of(line)[1] if line else ""
    except msgspec.DecodeError:
        return ""
