"""What desks record of where the papers of a dossier are: handed over, and taken. Nothing here is ever changed."""

from __future__ import annotations

from msgspec import Struct


class GivenToDesk(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Desk `giver` of the commune handed the dossier to desk `to` with its papers, `papers` as they are called.

    `to` the giver itself takes the hand-over back.
    """

    giver: int
    to: int
    papers: tuple[str, ...] = ()
    note: str = ""


class TakenAtDesk(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The dossier with its papers is at desk `desk` now, whoever handed it over."""

    desk: int
    note: str = ""


CustodyEvent = GivenToDesk | TakenAtDesk
CUSTODY_KINDS: dict[str, type[CustodyEvent]] = {"desk_given": GivenToDesk, "desk_taken": TakenAtDesk}
