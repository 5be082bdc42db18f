"""Which desk has a dossier with its papers, and to which one it is on the way. Pure; desk and district fold alike.

Whoever has the papers stays answerable until the other desk says that they have come.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

Stamp = tuple[int, str]


class Holding(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`desk` has the papers since `since`; `way_to` is the desk they were handed to at `given_at`, 0 for none.

    Moments are UTC ms. `given_by` names who handed them over; `void` are the stamps of hand-overs that came from a
    desk which had the papers no longer: they are kept in the history and move nothing.
    """

    desk: int
    since: int = 0
    way_to: int = 0
    given_at: int = 0
    given_by: str = ""
    void: tuple[Stamp, ...] = ()


def given(held: Holding, giver: int, to: int, *, stamp: Stamp, at: int, author: str) -> Holding:
    """After desk `giver` handed the papers to desk `to`; back to itself, they are on the way no longer."""
    if giver != held.desk:
        return replace(held, void=(*held.void, stamp))
    if to == giver:
        return replace(held, way_to=0, given_at=0, given_by="")
    return replace(held, way_to=to, given_at=at, given_by=author)


def taken(held: Holding, desk: int, *, at: int) -> Holding:
    """After desk `desk` said that it has the papers in its hands, which nobody else can know better."""
    return replace(held, desk=desk, since=at, way_to=0, given_at=0, given_by="")
