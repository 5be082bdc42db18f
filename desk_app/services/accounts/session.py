"""The one door to what a person changes: who acts, whether they may, by which clock, and what is noted of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from desk_app.domain import permissions
from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Payload, Recorded, Stamp
from desk_app.domain.permissions import EVERY_ROLE, Permission
from desk_app.errors import DeedNotAllowedError
from desk_app.services.desk.desk import Desk
from desk_app.store.accounts import access_log, accounts
from desk_app.store.accounts.access_log import AccessLine
from desk_app.store.accounts.accounts import Account
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal


class Deed:
    """What one person does in one transaction, at the moment `now`.

    Each event bears the actor; a deed without any leaves a line in the access log.
    """

    def __init__(self, desk: Desk, actor: Account, now: datetime) -> None:
        self.actor = actor
        self.now = now
        self.recorded = 0
        self._desk = desk

    def record(
        self,
        payload: Payload,
        *,
        dossier: str,
        seen: Mapping[str, tuple[Stamp, ...]] | None = None,
        at: datetime | None = None,
    ) -> Recorded:
        """Put one event in the journal of this desk: now, or at a moment that a person gave and no clock corrected.

        Raises `CodeTakenError`, `UnknownDossierError`.
        """
        desk = self._desk
        self.recorded += 1
        return journal.append(
            desk.db,
            payload,
            dossier=dossier,
            at=milliseconds(at or self.now),
            author=self.actor.name,
            actor=self.actor.id,
            seen=seen,
            clock_offset=0 if at else desk.clock_offset,
        )

    def advance(self, kept: Dossier, payload: Payload, seen: Mapping[str, tuple[Stamp, ...]] | None = None) -> Dossier:
        """The dossier after this event, which now stands in the journal."""
        return dossier.advance(kept, self.record(payload, dossier=kept.id, seen=seen)) or kept


def may(desk: Desk, permission: Permission) -> bool:
    """Whether the person at the desk may do what needs `permission`: for what a screen offers, no door by itself."""
    account = accounts.named(desk.db, desk.clerk)
    return permissions.may(account.roles if account else EVERY_ROLE, permission)


@contextmanager
def deed(desk: Desk, permission: Permission) -> Iterator[Deed]:
    """One transaction in which the person at the desk does what needs `permission`, or nothing.

    Raises `DeedNotAllowedError`, and the database's failures.
    """
    with unit_of_work(desk.db):
        now = desk.now()
        at = milliseconds(now)
        actor = accounts.of_name(desk.db, desk.clerk, at=at)
        if not permissions.may(actor.roles, permission):
            raise DeedNotAllowedError(deed=permission.label)
        done = Deed(desk, actor, now)
        yield done
        if not done.recorded:
            access_log.add(desk.db, AccessLine(at=at, actor=actor.id, deed=permission.value))
