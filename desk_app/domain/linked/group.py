"""Which dossiers one reception of linked procedures made. Only records: the event of each of them keeps the whole."""

from __future__ import annotations

import hashlib

from msgspec import Struct


class LinkedPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One dossier of a group as its reception made it: id, code, procedure with version and title, due (UTC ms).

    No event has `fee` (đồng, None for one that nobody knows) and `mark` (`slip_scans.due_mark`): they are as of now,
    for a paper of the whole.
    """

    id: str
    code: str
    procedure: str
    version: str
    title: str
    due_at: int = 0
    fee: int | None = 0
    mark: str = ""


class LinkedGroup(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole that a dossier belongs to. `group` is the same text for all of them, `place` counts from 0.

    `bundle` and `version` name the rules it was received under, `title` is what people call it. `parts` are all
    dossiers in the order in which they are worked on, the one that leads first; `due_at` (UTC ms) is when the last
    of their results is due.
    """

    group: str
    bundle: str
    version: str
    title: str
    place: int = 0
    due_at: int = 0
    parts: tuple[LinkedPart, ...]

    @property
    def own(self) -> LinkedPart:
        """The part that this very dossier is."""
        return self.parts[min(self.place, len(self.parts) - 1)]

    @property
    def key(self) -> str:
        """What dossiers of one whole have in common: its name and the ids of all its parts, in 32 hex digits.

        Who names a group that a colleague made has another list of parts, and so is of another whole.
        """
        told = "\n".join([self.group, *(part.id for part in self.parts)])
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def has(self, dossier: str) -> bool:
        """Whether the dossier of this id is the part that it says it is."""
        return 0 <= self.place < len(self.parts) and self.own.id == dossier

    @property
    def leads(self) -> bool:
        """Whether the papers that all dossiers share are owed by this one."""
        return self.place == 0
