"""Handing dossiers with their papers to another desk of the commune, and taking over what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk_app.domain.custody.custody_events import GivenToDesk, TakenAtDesk
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.numbering import DESKS
from desk_app.domain.permissions import Permission
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError
from desk_app.errors.custody import AlreadyHereError, DossierEndedError, HeldElsewhereError
from desk_app.lazy import lazy
from desk_app.services.accounts import session
from desk_app.services.accounts.session import Deed
from desk_app.services.desk.desk import Desk
from desk_app.store.peers import devices
from desk_app.store.queries import dossiers

if TYPE_CHECKING:
    from desk_app.protocol import known_devices
else:
    known_devices = lazy("desk_app.protocol.known_devices")  # with the ciphers of `cryptography`


def give(desk: Desk, codes: Sequence[str], to: int, *, note: str = "") -> list[Dossier]:
    """Hand these dossiers to desk `to`, all or none; to this desk itself, what was handed over and not taken stays.

    Raises `BadFactError` for a number no desk has, `UnknownDossierError`, `DossierEndedError`, `HeldElsewhereError`.
    """
    with session.deed(desk, Permission.STEP) as done:
        return given(desk, done, codes, to, note=note)


def given(desk: Desk, done: Deed, codes: Sequence[str], to: int, *, note: str = "") -> list[Dossier]:
    """As `give`, within a deed that does more."""
    here = desk.settings.desk
    if to not in DESKS and to not in _enrolled(desk):
        raise BadFactError(field="to", label="Quầy nhận", why=f"từ 1 đến {len(DESKS)}")
    moved = []
    for code in dict.fromkeys(codes):
        kept = _open(desk, code)
        if kept.holding.desk != here:
            raise HeldElsewhereError(code=kept.code, desk=kept.holding.desk)
        if to == here and not kept.holding.way_to:
            raise BadFactError(field="to", label="Quầy nhận", why="phải là quầy khác")
        papers = tuple(paper.name for paper in kept.components)
        moved.append(done.advance(kept, GivenToDesk(giver=here, to=to, papers=papers, note=nfc(note))))
    return moved


def take(desk: Desk, codes: Sequence[str], *, note: str = "") -> list[Dossier]:
    """Confirm that these dossiers and their papers are here, all or none, whoever handed them over.

    Raises `UnknownDossierError`, `DossierEndedError`, `AlreadyHereError`.
    """
    here = desk.settings.desk
    with session.deed(desk, Permission.STEP) as done:
        moved = []
        for code in dict.fromkeys(codes):
            kept = _open(desk, code)
            if kept.holding.desk == here and not kept.holding.way_to:
                raise AlreadyHereError(code=kept.code)
            moved.append(done.advance(kept, TakenAtDesk(desk=here, note=nfc(note))))
    return moved


def _enrolled(desk: Desk) -> set[int]:
    """The numbers of the desks that the district enrolled; it may give higher ones than `init` does."""
    return {known_devices.known_device(row.certificate).desk for row in devices.all(desk.db) if row.certificate}


def _open(desk: Desk, code: str) -> Dossier:
    kept = dossiers.by_code(desk.db, code)
    if not kept.status.is_open:
        raise DossierEndedError(code=kept.code, status=kept.status.label.lower())
    return kept
