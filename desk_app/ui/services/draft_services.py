"""What the window can ask of half-filled pages; bound in the composition root."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.domain.dossiers.unfinished import Unfinished
    from desk_app.services.desk.unfinished import LeftPage


class DraftServices(Struct, frozen=True, kw_only=True):
    """All belong to the window's own thread and take milliseconds.

    `keep_half_read` keeps the parts of declarations of which others are missing, in place of those kept before.
    """

    tidy: Callable[[], None]
    keep: Callable[[Unfinished], bool]
    left: Callable[[], list[LeftPage]]
    put_away: Callable[[str], None]
    take_back: Callable[[str], Unfinished | None]
    forget: Callable[[str], None]
    keep_half_read: Callable[[Sequence[str]], None]
    half_read: Callable[[], tuple[str, ...]]
    keep_of_dossier: Callable[[Unfinished], None]
    of_dossier: Callable[[str], Unfinished | None]
